import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parsePolicy, QuorateError } from "@quorate/core";
import { z } from "zod";
import { type Durability, storageFailure } from "./append-log.ts";
import { syncDirectory } from "./sync-directory.ts";

/** What makes a run the run it is: the same questions, asked the same way, decided the same way. */
const identitySchema = z.object({
  policy: z.unknown().transform((policy) => parsePolicy(policy)),
  model: z.string(),
  /** Who was asked about samples, where that was another model. */
  judge: z.string().optional(),
  questions: z.object({ path: z.string(), digest: z.string(), count: z.int() }),
  prompting: z.object({
    system: z.string().optional(),
    template: z.string().optional(),
    jsonField: z.string().optional(),
    confidence: z.literal("percent").optional(),
  }),
  grading: z.object({
    pattern: z.string().optional(),
    field: z.string().optional(),
    graderPath: z.string().optional(),
  }),
  temperature: z.number().optional(),
  seed: z.number(),
});

const limitsSchema = z.object({
  maxSamples: z.int(),
  maxTokens: z.int().optional(),
  budgetUsd: z.number().optional(),
  totalSamples: z.int().optional(),
  allocate: z.string().optional(),
  deadlineMs: z.number().optional(),
  concurrency: z.int(),
  speculate: z.int(),
  auditShare: z.number().optional(),
});

const runFileSchema = z.object({
  version: z.literal(1),
  quorate: z.string(),
  createdAt: z.string(),
  /** Of the identity: two runs with the same digest asked the same. */
  digest: z.string(),
  identity: identitySchema,
  /** Who was asked last: address and a fingerprint of the key, never the key. */
  account: z.string().optional(),
  /** As last given. */
  limits: limitsSchema,
  /** What a million tokens cost when the run began, and who says so; absent where nobody knows. */
  prices: z.record(z.string(), z.unknown()).optional(),
  /** The run whose samples were spent first. */
  reuse: z.string().optional(),
});

export type RunFile = z.infer<typeof runFileSchema>;
export type RunIdentity = z.infer<typeof identitySchema>;

export function identityDigest(identity: RunIdentity): string {
  return createHash("sha256")
    .update(stableJson(identity) ?? "")
    .digest("hex")
    .slice(0, 16);
}

export function readRunFile(path: string): RunFile | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return runFileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new QuorateError({
      code: "bad-input",
      what: `${path} is not the description of a run.`,
      hint: cause instanceof Error ? cause.message.slice(0, 300) : String(cause),
      cause,
    });
  }
}

/** Appears whole or not at all. */
export function writeRunFile(path: string, run: RunFile, durability: Durability): void {
  const temporary = `${path}.new`;
  try {
    // In mode `disk` the content must be on the disk before the name points to it.
    writeFileSync(temporary, `${JSON.stringify(run, undefined, 2)}\n`, { flush: durability === "disk" });
    renameSync(temporary, path);
    if (durability === "disk") syncDirectory(dirname(path));
  } catch (cause) {
    throw storageFailure(path, cause);
  }
}

/** @throws QuorateError `run-changed` naming each difference */
export function requireSameIdentity(directory: string, before: RunIdentity, now: RunIdentity): void {
  const { questions: oldQuestions, ...old } = before;
  const { questions: newQuestions, ...new_ } = now;
  const differences = [...questionDifferences(oldQuestions, newQuestions), ...differencesOf("", old, new_)];
  if (differences.length === 0) return;
  throw new QuorateError({
    code: "run-changed",
    what: `${directory} holds another run: ${differences.join("; ")}.`,
    hint: `Use another --out, and --reuse ${directory} to spend its samples first. Limits (samples, tokens, budget, concurrency) may change in place.`,
  });
}

/**
 * Samples may be spent again only where they answer the same request: policy and grading may differ, what was sent may not.
 *
 * @throws QuorateError `run-changed` naming each difference
 */
export function requireSameAsking(
  directory: string,
  older: RunIdentity,
  now: Pick<RunIdentity, "model" | "temperature"> & { readonly prompting: object },
): void {
  const asked = ({ model, temperature, prompting }: typeof now) => ({ model, temperature, prompting });
  const differences = differencesOf("", asked(older), asked(now));
  if (differences.length === 0) return;
  throw new QuorateError({
    code: "run-changed",
    what: `The samples of ${directory} answer another request: ${differences.join("; ")}.`,
    hint: "Ask the same model in the same words to spend them, or leave --reuse out.",
  });
}

/** A file that moved is the same file. */
function questionDifferences(before: RunIdentity["questions"], now: RunIdentity["questions"]): string[] {
  if (before.digest === now.digest && before.count === now.count) return [];
  if (before.count !== now.count || before.path !== now.path) {
    return [`questions ${before.path} (${before.count}) → ${now.path} (${now.count})`];
  }
  return [`questions: ${now.path} was edited, or is read with another --kind or --map`];
}

/** Down to the fields that differ: `policy.stop.level 0.95 → 0.99`. */
function differencesOf(path: string, before: unknown, now: unknown): string[] {
  if (stableJson(before) === stableJson(now)) return [];
  if (!isNode(before) || !isNode(now)) return [`${path} ${short(before)} → ${short(now)}`];
  return Object.keys({ ...before, ...now }).flatMap((key) =>
    differencesOf(path === "" ? key : `${path}.${key}`, before[key], now[key]),
  );
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function short(value: unknown): string {
  const text = stableJson(value);
  if (text === undefined) return "(none)";
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** JSON with sorted keys: equal values, equal text. */
function stableJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
