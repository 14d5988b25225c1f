import type { TraceEntry } from "@quorate/providers";
import { seededRandom } from "@quorate/providers";
import { recordedQuestion } from "./trace-of.ts";

/** How often the likelier of two answers is given, from a clear question to a toss-up; each as frequent as the others. */
export const clarities = [1, 1, 1, 0.97, 0.95, 0.9, 0.85, 0.8, 0.7, 0.55];

/** Votes on A or B, question by question of another clarity: independent draws from one population. */
export function coinQuestions(count: number, samples: number, seed: string | number): TraceEntry[] {
  const random = seededRandom("coin-votes", seed);
  return Array.from({ length: count }, (_, place) => {
    const clarity = clarities[Math.floor(random() * clarities.length)]!;
    const letters = Array.from({ length: samples }, () => (random() < clarity ? "A" : "B")).join("");
    return recordedQuestion(`q${place}`, letters, { gold: "A" });
  });
}
