import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../seeded-random.ts";
import { drawToken } from "./sampler.ts";

const none: ReadonlySet<number> = new Set();
const logitsOf = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 2, maxLength: 40 });
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function draw(logits: readonly number[], parts: Partial<Parameters<typeof drawToken>[1]> = {}): number {
  const random = parts.random ?? (() => 0.5);
  return drawToken(Float32Array.from(logits), { temperature: 1, topP: 1, banned: none, ...parts, random });
}

describe("drawToken", () => {
  it("never draws a banned token", () => {
    fc.assert(
      fc.property(
        logitsOf,
        unit,
        fc.constantFrom(0, 0.1, 1, 3),
        fc.constantFrom(0.1, 0.9, 1),
        (logits, at, t, topP) => {
          const banned = new Set([...logits.keys()].filter((token) => token % 2 === 0));
          const token = draw(logits, { banned, temperature: t, topP, random: () => at });
          expect(token % 2).toBe(1);
        },
      ),
    );
  });

  it("takes the likeliest at temperature 0, near it, and with a tiny share", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2 }), unit, (logits, at) => {
        const likeliest = logits.indexOf(Math.max(...logits));
        const random = (): number => at;
        expect(draw(logits, { temperature: 0, random })).toBe(likeliest);
        expect(draw(logits, { temperature: 1e-6, random })).toBe(likeliest);
        expect(draw(logits, { topP: 1e-9, random })).toBe(likeliest);
      }),
    );
  });

  it("draws among the fewest of the likeliest that reach the share", () => {
    fc.assert(
      fc.property(logitsOf, unit, fc.constantFrom(0.3, 0.6, 0.95), (logits, at, topP) => {
        const token = draw(logits, { topP, random: () => at });
        const weights = logits.map(Math.exp);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        // Logits that differ in their last bits may be alike after the highest is taken off.
        const same = weights[token]! * (1 + 1e-9);
        const likelier = weights.filter((weight) => weight > same).reduce((sum, weight) => sum + weight, 0);
        expect(likelier / total).toBeLessThan(topP + 1e-9);
      }),
    );
  });

  it("does not care what is added to all logits", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 2 }), unit, (logits, at) => {
        const random = (): number => at;
        const moved = logits.map((logit) => logit + 64);
        expect(draw(moved, { random })).toBe(draw(logits, { random }));
      }),
    );
  });

  it.each([0.5, 1, 2])("draws as often as softmax at temperature %d says", (temperature) => {
    const logits = [0, 1, 2, -1];
    const random = seededRandom("often", temperature);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) counts[draw(logits, { temperature, random })]!++;
    const weights = logits.map((logit) => Math.exp(logit / temperature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    // Five standard deviations are at most 0.0125.
    for (const [token, count] of counts.entries()) {
      expect(Math.abs(count / 40_000 - weights[token]! / total)).toBeLessThan(0.0125);
    }
  });
});
