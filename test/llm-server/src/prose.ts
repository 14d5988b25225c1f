import type { AnswerSource, DrawnAnswer } from "./answer-source.ts";
import type { Random } from "./seeded-random.ts";
import { logNormal } from "./seeded-random.ts";
import { countTokens } from "./tokens.ts";

const sentences = [
  "Let me read the question once more.",
  "First I write down what is given.",
  "The quantities are linked in one equation.",
  "I can simplify both sides before going on.",
  "That leaves one unknown to find.",
  "Substituting the first value into the second line helps.",
  "Now I carry the remainder over.",
  "Each group contributes the same amount.",
  "Adding the parts gives the total so far.",
  "The units agree, so nothing has to be converted.",
  "I check the sign of the last term.",
  "Dividing by the common factor makes the numbers small.",
  "There is a special case at the boundary.",
  "It does not change the result here.",
  "Wait, I should count the first one as well.",
  "With that corrected the sum is consistent.",
  "A rough estimate points the same way.",
  "So the last step is a plain subtraction.",
].map((text) => ({ text, tokens: countTokens(text) + 1 }));

export interface Response {
  readonly text: string;
  /** Where the answer begins in the text; -1 without one. */
  readonly answerStart: number;
}

/** A short chain of thought that ends in the answer. */
export function writeResponse(drawn: DrawnAnswer, source: AnswerSource, wantsJson: boolean, random: Random): Response {
  const { answer } = drawn;
  const thoughts = think(random, source.tokens);
  if (drawn.text !== undefined) {
    const text = fill(drawn.text, { answer: answer ?? "", thoughts, confidence: statedConfidence(drawn, random) });
    return { text, answerStart: answer === null ? -1 : text.lastIndexOf(answer) };
  }
  if (answer === null) return { text: `${thoughts}\nI cannot settle on one result.`, answerStart: -1 };
  if (wantsJson) {
    const text = JSON.stringify({ reasoning: thoughts, answer });
    return { text, answerStart: text.lastIndexOf('"answer":"') + 10 };
  }
  if (source.format === "json") {
    const text = `${thoughts}\n${JSON.stringify({ answer })}`;
    return { text, answerStart: thoughts.length + 1 + '{"answer":"'.length };
  }
  return { text: `${thoughts}\nANSWER: ${answer}`, answerStart: thoughts.length + "\nANSWER: ".length };
}

function think(random: Random, tokens: AnswerSource["tokens"]): string {
  const wanted = logNormal(random, tokens.median, tokens.sigma);
  let text = "";
  for (let written = 0; written < wanted; ) {
    const sentence = sentences[Math.floor(random() * sentences.length)];
    if (sentence === undefined) break;
    text += text === "" ? sentence.text : ` ${sentence.text}`;
    written += sentence.tokens;
  }
  return text;
}

/** Percent; tells right answers from wrong ones a little, as stated confidences do. */
function statedConfidence({ probability }: DrawnAnswer, random: Random): string {
  const confidence = 45 + 45 * probability + 20 * (random() - 0.5);
  return String(Math.round(Math.min(100, Math.max(0, confidence))));
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(answer|thoughts|confidence)\}/g, (whole, name: string) => values[name] ?? whole);
}
