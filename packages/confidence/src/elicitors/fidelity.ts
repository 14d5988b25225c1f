import { z } from "zod";
import { fidelityOf, normalisedEntropy } from "./follow-up/fidelity-chains.ts";
import { optionLetter, questionText, userMessage } from "./follow-up/shown.ts";
import type { Asking, Elicited, Followed, FollowUpContext } from "./follow-up.ts";
import { followUpElicitor } from "./follow-up-elicitor.ts";

const options = z.strictObject({
  /** How much more the start of a chain weighs than what follows. */
  tau: z.number().positive().default(2),
});

/** What stands in the seed's place (2404.02655, section 3.2). */
const replacement = "All other options are wrong.";

/**
 * UF calibration of multiple choice (2404.02655): (1 − uncertainty of the samples) × fidelity of the answer. A chain
 * begins with an answer that was sampled; its option is replaced by "All other options are wrong.", and whatever the model
 * picks instead is deleted, until it picks the replaced one. A chain costs up to as many greedy calls as there are options,
 * and one is paid for each different answer. Reads the samples of this wave and those before it: the paper's value under a
 * policy that draws all at once, and what it is so far under one that stops early.
 */
export const fidelity = followUpElicitor({
  name: "fidelity",
  options,
  build: ({ tau }) => ({
    asks: "model",
    when: "wave",
    means: "text",
    worstCalls: (shape) => {
      const count = shape.question.options?.length ?? 0;
      const letters = Array.from({ length: count }, (_, index) => optionLetter(index));
      return letters.map(() => ({ kind: "ask", asking: asking(shape, letters, letters[0]!) }));
    },
    follow: (sample, context) => elicit(sample.answer, tau, context),
  }),
});

async function elicit(answer: string, tau: number, context: FollowUpContext): Promise<Elicited> {
  const letters = (context.question.options ?? []).map((_, index) => optionLetter(index));
  const answers = context.samples.map((sample) => sample.answer).filter((given) => letters.includes(given));
  if (!letters.includes(answer)) return { gap: "no-label", detail: "the question lists no such option" };
  const counts = new Map<string, number>();
  for (const given of answers) counts.set(given, (counts.get(given) ?? 0) + 1);
  const seeds = [...counts.keys()];
  const chains = await Promise.all(seeds.map((seed) => chainFrom(seed, letters, context)));
  const failure = chains.find((chain) => chain.failure !== undefined)?.failure;
  if (failure !== undefined) return { gap: "failed", detail: failure };
  const shares = seeds.map((seed) => counts.get(seed)! / answers.length);
  const weighed = chains.map(({ picks }, place) => ({ share: shares[place]!, picks }));
  const broken = chains.filter((chain) => chain.isBroken).length;
  return {
    signal: (1 - normalisedEntropy(shares, letters.length)) * (fidelityOf(weighed, tau).get(answer) ?? 0),
    ...(broken > 0 && {
      detail: `${broken} of ${chains.length} chains broke off: the reply named no option that was left`,
    }),
  };
}

interface Chain {
  /** The seed first. */
  readonly picks: readonly string[];
  readonly isBroken: boolean;
  readonly failure?: string;
}

async function chainFrom(seed: string, letters: readonly string[], context: FollowUpContext): Promise<Chain> {
  const picks = [seed];
  let left = letters;
  while (left.length > 0) {
    const answered = await context.ask(asking(context, left, seed));
    if (answered.kind === "failed") return { picks, isBroken: true, failure: answered.detail };
    const picked = letterIn(answered.result.text);
    if (picked === seed) break;
    if (picked === undefined || !left.includes(picked)) return { picks, isBroken: true };
    picks.push(picked);
    left = left.filter((letter) => letter !== picked);
    // With the replaced option alone there is nothing left to ask.
    if (left.length === 1) break;
  }
  return { picks, isBroken: false };
}

function asking(followed: Pick<Followed, "question" | "messages">, letters: readonly string[], seed: string): Asking {
  const options = followed.question.options ?? [];
  const lines = letters.map(
    (letter) => `${letter}. ${letter === seed ? replacement : (options[letter.charCodeAt(0) - 65] ?? "")}`,
  );
  return {
    messages: userMessage(
      'Choose the option you agree with most. Reply with its letter and nothing else, in the form "Answer: X".',
      `The question is:\n${questionText(followed)}`,
      `Options:\n${lines.join("\n")}`,
      "Answer:",
    ),
    maxTokens: 8,
  };
}

const named = /^\W*(?:(?:the\s+)?answer(?:\s+is)?\W*)?(?:option\s+)?([A-Z])(?![A-Za-z])/i;

function letterIn(reply: string): string | undefined {
  return named.exec(reply)?.[1]?.toUpperCase();
}
