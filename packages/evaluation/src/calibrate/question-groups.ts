import type { Question } from "@quorate/core";
import { groupName } from "./graded-trace.ts";

/** Numbers what errs together, from 0. */
export class QuestionGroups {
  readonly #numbers = new Map<string, number>();

  numberOf(question: Pick<Question, "id" | "group">): number {
    const name = groupName(question);
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(name, number);
    }
    return number;
  }
}
