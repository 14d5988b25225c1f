import { existsSync, readFileSync } from "node:fs";
import { type Policy, parsePolicy, presetNamed, QuorateError } from "@quorate/core";

/** A preset by name, or a policy in a JSON file. */
export function policyNamed(nameOrFile: string): Policy {
  const looksLikeFile = nameOrFile.endsWith(".json") || nameOrFile.includes("/");
  return looksLikeFile ? policyInFile(nameOrFile) : presetNamed(nameOrFile);
}

function policyInFile(path: string): Policy {
  if (!existsSync(path)) throw new QuorateError({ code: "bad-policy", what: `There is no policy file ${path}.` });
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new QuorateError({ code: "bad-policy", what: `The policy file ${path} cannot be read: ${why}.`, cause });
  }
  return parsePolicy(content, `policy file ${path}`);
}
