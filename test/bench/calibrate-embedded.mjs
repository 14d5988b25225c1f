import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fitCalibratorSpec, packScores } from "@quorate/confidence";
import { openTrace } from "@quorate/providers";

/**
 * Fits the embedded model's calibration table, from P(<CNF>) to the chance of being right, on its recorded calibration
 * split, and writes it into packages/embedded-model. `test/e2e/embedded-model.e2e.ts` holds it against the recording.
 *
 *   node test/bench/calibrate-embedded.mjs
 */
const inModel = (path) => fileURLToPath(new URL(`../../packages/embedded-model/${path}`, import.meta.url));
const trace = await openTrace(inModel("traces/calibration.jsonl.gz"));
const scores = [];
for await (const { question, samples } of trace)
  for (const { extraction, signals } of samples)
    if (extraction.kind === "answer")
      scores.push({ score: signals.recorded, isRight: extraction.answer === question.gold });
await trace.close();
const { points } = fitCalibratorSpec("isotonic", packScores(scores));
const lines = points.map(([score, probability]) => `  [${score.toFixed(4)}, ${probability.toFixed(4)}],`);
const source = `/**
 * [P(\`<CNF>\`), chance of being right]: isotonic regression on the recorded calibration split. Written by
 * \`node test/bench/calibrate-embedded.mjs\`; a test holds it against the recording.
 */
export const calibration: readonly (readonly [number, number])[] = [
${lines.join("\n")}
];
`;
writeFileSync(inModel("src/calibration.ts"), source);
console.log(`${points.length} points from ${scores.length} samples`);
