import { elicitorForSignal, elicitors, signalName } from "@quorate/confidence";
import { QuorateError, type Reading } from "@quorate/core";
import type { TraceFile } from "@quorate/providers";
import type { StudiedSample } from "./studied-samples.ts";

/** What a study asks of every sample. */
export interface StudySignal {
  readonly name: string;
  readonly score: (sample: StudiedSample) => Reading | undefined;
}

/** Needs no signal at all: how many of a question's samples say the same. */
const consistency: StudySignal = { name: "consistency", score: ({ voteShare }) => voteShare };

/**
 * The signals of a recording, by the names that recordings give them; only the wanted ones where some are named.
 *
 * @throws QuorateError `missing-signal` for a wanted signal that the recording does not bring
 */
export function studySignals(
  trace: Pick<TraceFile, "path" | "signals">,
  wanted?: readonly string[],
): readonly StudySignal[] {
  const brought = elicitors.filter(({ needs }) => trace.signals.includes(needs));
  if (wanted === undefined) return [...brought.map(signalOf), consistency];
  return wanted.map((name) => {
    if (name === consistency.name) return consistency;
    const elicitor = elicitorForSignal(name);
    if (brought.includes(elicitor)) return signalOf(elicitor);
    throw new QuorateError({
      code: "missing-signal",
      what: `${trace.path} does not bring the signal ${name}.`,
      hint: `It brings ${[...brought.map(signalName), consistency.name].join(", ")}.`,
    });
  });
}

function signalOf(elicitor: (typeof elicitors)[number]): StudySignal {
  return { name: signalName(elicitor), score: ({ signals }) => elicitor.score(signals) };
}
