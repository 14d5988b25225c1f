import { compilePolicy, parsePolicy, Tally } from "@quorate/core";

/**
 * How often a rule, asked after every vote up to 400, stops on an answer that is not the most likely one: the table of
 * docs/policies.md. Seeded.
 *
 *   node test/bench/wrong-stops.mjs [--streams 5000]
 */
const at = process.argv.indexOf("--streams");
const streams = at === -1 ? 5000 : Number(process.argv[at + 1]);
const maxSamples = 400;

const rules = [
  ["`beta` 0.95", { rule: "beta", level: 0.95 }],
  ["`beta` 0.99", { rule: "beta", level: 0.99 }],
  ["`lead` 3", { rule: "lead", margin: 3 }],
  ["`window` 5", { rule: "window", size: 5 }],
  ["`ppr` 0.05", { rule: "ppr", delta: 0.05 }],
  ["`e-process` 0.05", { rule: "e-process", delta: 0.05 }],
  ["`mmc` 0.05", { rule: "mmc", delta: 0.05 }],
];

const distributions = [
  [".55/.45", [0.55, 0.45]],
  [".60/.40", [0.6, 0.4]],
  [".80/.20", [0.8, 0.2]],
  [".40/.30/.20/.10", [0.4, 0.3, 0.2, 0.1]],
  [".35/.30/35 × .01", [0.35, 0.3, ...Array.from({ length: 35 }, () => 0.01)]],
];

/** mulberry32: the same numbers on every machine. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function draw(probabilities, uniform) {
  let left = uniform;
  const id = probabilities.findIndex((probability) => {
    left -= probability;
    return left < 0;
  });
  return id === -1 ? probabilities.length - 1 : id;
}

function wrongStops(stop, probabilities) {
  const { rule } = compilePolicy(parsePolicy({ name: "measured", stop }));
  const context = {
    maxSamples,
    weightRange: { min: 1, max: 1 },
    weightsShift: false,
    calibrated: false,
    optionCount: probabilities.length,
  };
  const uniform = generator(1);
  const samples = probabilities.map((_, id) => ({ kind: "vote", answer: String(id), weight: 1 }));
  let wrong = 0;
  for (let stream = 0; stream < streams; stream += 1) {
    let tally = Tally.empty();
    let state = rule.init(context);
    // `need` is proven: asking sooner would change nothing.
    let dueAt = 1;
    for (let n = 1; n <= maxSamples; n += 1) {
      const sample = samples[draw(probabilities, uniform())];
      tally = tally.add(sample.answer, 1);
      state = rule.observe(state, sample, tally);
      if (n < dueAt) continue;
      const verdict = rule.verdict(state, tally, maxSamples - n);
      if (!verdict.stop) {
        dueAt = n + verdict.need;
        continue;
      }
      if (verdict.answer !== "0") wrong += 1;
      break;
    }
  }
  return (100 * wrong) / streams;
}

const shown = (percent) => (percent >= 1 ? percent.toFixed(1) : percent.toFixed(2));
console.log(`| votes | ${rules.map(([name]) => name).join(" | ")} |`);
console.log(`| --- |${" ---: |".repeat(rules.length)}`);
for (const [name, probabilities] of distributions) {
  console.log(`| ${name} | ${rules.map(([, stop]) => shown(wrongStops(stop, probabilities))).join(" | ")} |`);
}
