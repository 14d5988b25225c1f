import { QuorateError } from "../errors.ts";
import { type Policy, parsePolicy } from "./schema.ts";
import { withoutFits } from "./without-fits.ts";

type Node = Record<string, unknown>;

/**
 * Changes one named parameter: `stop.level=0.9`, `weighting.form=linear`. Inside a combined rule a member goes by its
 * rule's name: `stop.beta.level=0.9`. Values are read as JSON where they are JSON, else as text.
 *
 * @throws QuorateError `bad-option` for a path that leads nowhere, `bad-policy` for a value out of range
 */
export function setParameter(policy: Policy, assignment: string): Policy {
  const equals = assignment.indexOf("=");
  if (equals <= 0) {
    throw new QuorateError({
      code: "bad-option",
      what: "A parameter is set as name=value.",
      seen: assignment,
      expected: "something like stop.level=0.9",
    });
  }
  const path = assignment.slice(0, equals).trim().split(".");
  const copy = structuredClone(path[0] === "abstainBelow" ? policy : withoutFits(policy)) as unknown as Node;
  assign(copy, path, readValue(assignment.slice(equals + 1)), path.join("."));
  return parsePolicy(copy, `policy after --set ${assignment}`);
}

function assign(node: Node, path: readonly string[], value: unknown, whole: string): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    refuseMembersParameter(node, key, whole);
    // A rule of another name, or another form, has other parameters: start it from its defaults.
    if (key === "elicitor") delete node.options;
    if (key === "rule" || key === "form") for (const old of Object.keys(node)) if (old !== "rule") delete node[old];
    node[key] = value;
    return;
  }
  if (key === "confidence" && node[key] === null) node[key] = {};
  if (key === "options" && "elicitor" in node) node[key] ??= {};
  const child = memberOf(node, key) ?? node[key];
  if (typeof child !== "object" || child === null || Array.isArray(child)) {
    throw new QuorateError({
      code: "bad-option",
      what: `The policy has no "${key}" to set ${whole} in.`,
      hint: `Here are: ${choices(node).join(", ")}.`,
    });
  }
  assign(child as Node, rest, value, whole);
}

function membersOf(node: Node): Node[] {
  return Array.isArray(node.rules) ? (node.rules as Node[]) : [];
}

function memberOf(node: Node, rule: string): Node | undefined {
  return membersOf(node).find((member) => member.rule === rule);
}

function choices(node: Node): string[] {
  return [...Object.keys(node).filter((key) => key !== "rules"), ...membersOf(node).map((member) => `${member.rule}`)];
}

function refuseMembersParameter(node: Node, key: string, whole: string): void {
  const owners = membersOf(node).filter((member) => key in member && key !== "rule");
  if (owners.length === 0) return;
  const prefix = whole.slice(0, whole.length - key.length);
  throw new QuorateError({
    code: "bad-option",
    what: `${whole} could mean several rules.`,
    hint: `Say ${owners.map((owner) => `${prefix}${owner.rule}.${key}`).join(" or ")}.`,
  });
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
