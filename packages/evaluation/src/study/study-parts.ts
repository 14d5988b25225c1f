import { figuresOf, shareOf } from "./figures.ts";
import { gradedSignal } from "./graded-signal.ts";
import type { StudiedQuestion, StudiedSample } from "./studied-samples.ts";
import type { StudiedPart } from "./study.ts";
import type { StudySignal } from "./study-signals.ts";

/** More are no categories: a group of its own for every question or two tells them apart, and says nothing of them. */
const mostParts = 100;

/** The answers by category and by model, the largest part first. One part alone is all there is, and is not told again. */
export function partsBy(
  questions: readonly StudiedQuestion[],
  signals: readonly StudySignal[],
): { readonly categories: readonly StudiedPart[]; readonly models: readonly StudiedPart[] } {
  const byCategory = new Map<string, StudiedQuestion[]>();
  const models = new Set<string>();
  for (const question of questions) {
    if (question.category !== undefined) {
      const members = byCategory.get(question.category);
      if (members === undefined) byCategory.set(question.category, [question]);
      else members.push(question);
    }
    for (const { model } of question.samples) if (model !== undefined) models.add(model);
  }
  return {
    categories: several([...byCategory])
      .map(([name, members]) => partOf(name, members, signals))
      .sort(largestFirst),
    models: several([...models])
      .map((name) => partOf(name, questions, signals, ({ model }) => model === name))
      .sort(largestFirst),
  };
}

function several<Part>(parts: readonly Part[]): readonly Part[] {
  return parts.length >= 2 && parts.length <= mostParts ? parts : [];
}

function partOf(
  name: string,
  questions: readonly StudiedQuestion[],
  signals: readonly StudySignal[],
  includes?: (sample: StudiedSample) => boolean,
): StudiedPart {
  const all = gradedSignal(questions, { name: "all", score: () => 0 }, includes).scores.isRight;
  return {
    name,
    n: all.length,
    accuracy: shareOf(all),
    signals: signals.map((signal) => figuresOf(signal, gradedSignal(questions, signal, includes))),
  };
}

function largestFirst(a: StudiedPart, b: StudiedPart): number {
  return b.n - a.n || (a.name < b.name ? -1 : 1);
}
