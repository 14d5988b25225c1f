import type { KnownOrUnknown, Usage, Usd } from "@quorate/core";
import type { Attempt, AttemptLedger } from "../contract.ts";

export type AttemptEnding =
  | { readonly kind: "settled"; readonly usage: Usage; readonly usd: Usd | undefined }
  | { readonly kind: "presumed"; readonly why: string }
  | { readonly kind: "released"; readonly why: string };

export interface RecordedAttempt {
  readonly samples: readonly number[];
  readonly worstCaseUsd: KnownOrUnknown;
  /** Exactly one in a correct provider, once the attempt is over. */
  readonly endings: readonly AttemptEnding[];
}

/** Keeps all attempts. It can pay for everything, or for as many attempts as `affordable` says. */
export class RecordingLedger implements AttemptLedger {
  readonly attempts: RecordedAttempt[] = [];
  readonly #affordable: number;

  constructor({ affordable = Number.POSITIVE_INFINITY }: { readonly affordable?: number } = {}) {
    this.#affordable = affordable;
  }

  open(intent: {
    readonly samples: readonly number[];
    readonly worstCaseUsd: KnownOrUnknown;
  }): Promise<Attempt | "unaffordable"> {
    if (this.attempts.length >= this.#affordable) return Promise.resolve("unaffordable");
    const endings: AttemptEnding[] = [];
    this.attempts.push({ samples: [...intent.samples], worstCaseUsd: intent.worstCaseUsd, endings });
    return Promise.resolve({
      settle: (usage, usd) => void endings.push({ kind: "settled", usage, usd }),
      presume: (why) => void endings.push({ kind: "presumed", why }),
      release: (why) => void endings.push({ kind: "released", why }),
    });
  }

  /** How the attempts ended, in the order in which they were opened. */
  get endings(): readonly AttemptEnding[] {
    return this.attempts.flatMap((attempt) => attempt.endings);
  }

  /** Attempts without an ending yet. */
  get inFlight(): number {
    return this.attempts.filter((attempt) => attempt.endings.length === 0).length;
  }
}
