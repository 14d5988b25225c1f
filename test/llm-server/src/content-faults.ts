import type { FaultRule } from "./fault-rule.ts";
import type { Choice } from "./generation.ts";
import { hostileText } from "./hostile.ts";
import { countTokens, takeTokens } from "./tokens.ts";

const refusalText = "I'm sorry, but I can't help with that request.";

/** The choices as the fault makes them; most faults leave them alone. */
export function spoilChoices(
  choices: Choice[],
  fault: FaultRule | undefined,
  number: number,
  maxTokens: number,
): Choice[] {
  switch (fault?.kind) {
    case "refusal": {
      const { text, tokens } = takeTokens(refusalText, maxTokens);
      return choices.map((choice) => ({
        ...withText(choice, "", null),
        refusal: text,
        finishReason: fault.finishReason,
        tokens,
        reasoningTokens: 0,
      }));
    }
    case "empty-content":
      return choices.map((choice) => ({ ...withText(choice, "", null), tokens: 0, finishReason: "stop" }));
    case "fewer-choices":
      return choices.slice(0, fault.choices);
    case "hostile-content":
      return choices.map((choice) => {
        const text = hostileText(fault.hostile, number + choice.index, choice.answer);
        // Such a server does not keep to the limit, yet what it bills stays within it.
        const tokens = Math.min(countTokens(text), maxTokens - choice.reasoningTokens);
        return { ...withText(choice, text, choice.answer), tokens, finishReason: "stop" };
      });
    default:
      return choices;
  }
}

function withText(choice: Choice, text: string, answer: string | null): Choice {
  return { ...choice, text, answer, answerStart: answer === null ? -1 : text.lastIndexOf(answer) };
}
