import { z } from "zod";
import { certaintyChoices, readCertainty } from "./follow-up/certainty-labels.ts";
import { readReply } from "./follow-up/read-reply.ts";
import { afterResponse, endOf, optionLines, questionText, userMessage } from "./follow-up/shown.ts";
import type { Asking, Followed } from "./follow-up.ts";
import { followUpElicitor } from "./follow-up-elicitor.ts";
import { statedNumber } from "./stated-number.ts";

const options = z.strictObject({
  /** Another model's answer is judged, or one's own. */
  person: z.enum(["third", "second"]).default("third"),
  /** The other options are shown beside the answer. */
  showOptions: z.boolean().default(true),
  scale: z.enum(["labels", "numeric"]).default("labels"),
  maxTokens: z.int().min(1).max(100_000).default(32),
});

type Options = z.output<typeof options>;

/**
 * The Confidence Querying Prompt (2405.16282, CQP): question, options and answer as another model's, then six labels from
 * "very certain" (1) to "very uncertain" (0). The options are its ablations: second person, no options, a number from 1 to 100.
 */
export const verbalScale = followUpElicitor({
  name: "verbal-scale",
  options,
  build: (given) => ({
    asks: "model",
    when: "sample",
    means: "text",
    worstCalls: (shape) => [{ kind: "ask", asking: askingFor(given, shape, shape.response) }],
    async follow({ text }, context) {
      if (text === undefined) return { gap: "no-text" };
      const read = given.scale === "labels" ? readCertainty : statedNumber;
      return readReply(await context.ask(askingFor(given, context, text)), read);
    },
  }),
});

function askingFor(given: Options, followed: Followed, response: string): Asking {
  const { maxTokens, person } = given;
  const messages =
    person === "third"
      ? asAnothers(given, followed, response)
      : afterResponse(followed, response, asOwn(given, followed));
  return { messages, maxTokens };
}

/** Order of the parts as in the paper: question, options, the answer, what to weigh, how certain, the choices. */
function asAnothers(
  { showOptions, scale }: Options,
  followed: Followed,
  response: string,
): ReturnType<typeof userMessage> {
  const listed = showOptions ? optionLines(followed.question) : "";
  return userMessage(
    `A language model was asked this question:\n${questionText(followed)}`,
    listed === "" ? "" : `It could choose among:\n${listed}`,
    `The model replied:\n${endOf(response, followed.mostResponseBytes)}`,
    listed === "" ? "Weigh the model's answer." : "Weigh the model's answer against the other options.",
    ending("the model's answer", scale),
  );
}

function asOwn({ showOptions, scale }: Options, { question }: Followed): string {
  const listed = showOptions ? optionLines(question) : "";
  return [listed === "" ? "" : `Weigh your answer against the other options:\n${listed}`, ending("your answer", scale)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function ending(judged: string, scale: Options["scale"]): string {
  return scale === "labels"
    ? `How certain are you that ${judged} is right? Reply with the letter and the words of one choice only.\n${certaintyChoices}`
    : `On a scale of 1 to 100, how certain are you that ${judged} is right? Reply with the number only.`;
}
