import type { Choice } from "./generation.ts";
import { firstToken, splitTokens } from "./tokens.ts";

interface Alternative {
  readonly token: string;
  readonly probability: number;
}

const censored = "-9999.0";
const otherWords =
  " the| a| so| and| is| then| we| it| this| of|,| to| in| that|.| for| as| with| one| or| by| not".split("|");

/** One JSON object for each token of the text. `censoredShare` of them lie outside the top 20. */
export function tokenLogprobs(choice: Choice, top: number, censoredShare: number): string[] {
  let at = 0;
  return splitTokens(choice.text).map((token, index) => {
    const holdsAnswer = at <= choice.answerStart && choice.answerStart < at + token.length;
    at += token.length;
    const ranked = holdsAnswer ? answerAlternatives(choice, token) : wordAlternatives(choice, token, top);
    const own = ranked.find((alternative) => alternative.token === token)?.probability ?? 1;
    const hidden = Math.floor((index + 1) * censoredShare) > Math.floor(index * censoredShare);
    const shown = ranked
      .slice(0, top)
      .map((alternative) => `${lead(alternative.token)}${log(alternative.probability)}}`);
    return `${lead(token)}${hidden ? censored : log(own)},"top_logprobs":[${shown.join(",")}]}`;
  });
}

/** At the answer's first token the rivals are the other answers, with their real probabilities. */
function answerAlternatives({ source, answer, probability }: Choice, token: string): Alternative[] {
  const space = token.startsWith(" ") ? " " : "";
  const byToken = new Map<string, number>([[token, 0]]);
  const given = source.answers.some((candidate) => candidate.answer === answer);
  for (const candidate of given ? source.answers : [{ answer, probability }]) {
    if (candidate.answer === null) continue;
    const first = firstToken(space + candidate.answer);
    const key = candidate.answer === answer ? token : first;
    byToken.set(key, (byToken.get(key) ?? 0) + candidate.probability);
  }
  const ranked = [...byToken].map(([rival, share]) => ({ token: rival, probability: share }));
  return ranked.sort((a, b) => b.probability - a.probability);
}

function wordAlternatives({ random, probability }: Choice, token: string, top: number): Alternative[] {
  // Likely answers are written with more certainty: that is what makes token probabilities a signal.
  const own = Math.exp(-(0.05 + 0.6 * (1 - probability)) * random() * 2);
  const ranked: Alternative[] = [{ token, probability: own }];
  let share = (1 - own) / 2;
  for (let rank = 0; ranked.length < top && rank < otherWords.length; rank++) {
    const word = otherWords[rank];
    if (word === undefined || word === token) continue;
    ranked.push({ token: word, probability: share });
    share /= 2;
  }
  return ranked.sort((a, b) => b.probability - a.probability);
}

function log(probability: number): string {
  const value = Math.log(Math.max(probability, 1e-8));
  return String(Math.min(0, Math.round(value * 1e4) / 1e4));
}

const leads = new Map<string, string>();
const mostLeads = 20_000;

/** The beginning of a token's JSON object, up to its number; the vocabulary is small, so it is kept. */
function lead(token: string): string {
  const known = leads.get(token);
  if (known !== undefined) return known;
  const made = `{"token":${JSON.stringify(token)},"bytes":[${Buffer.from(token).join(",")}],"logprob":`;
  if (leads.size < mostLeads) leads.set(token, made);
  return made;
}
