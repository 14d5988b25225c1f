import { type Policy, type RuleSpec, ruleNamed, type Sweep, setParameter } from "@quorate/core";

/** Where a policy can be made stricter. */
export interface SweptParameter {
  /** As `--set` writes it: `stop.level`, `stop.beta.level`. */
  readonly path: string;
  readonly strictness: Sweep["strictness"];
  /** What the policy itself has. */
  readonly own: number;
  /** The rule's grid and the policy's own value, loosest first. */
  readonly values: readonly number[];
}

/** The parameter of the policy's rule or, where it combines several, of the first that has one; undefined without. */
export function sweptParameter({ stop }: Pick<Policy, "stop">): SweptParameter | undefined {
  const found = firstSwept(stop, "stop");
  if (found === undefined) return undefined;
  const { sweep, path, own } = found;
  const ascending = [...new Set([...sweep.values, own])].sort((a, b) => a - b);
  return {
    path: `${path}.${sweep.parameter}`,
    strictness: sweep.strictness,
    own,
    values: sweep.strictness === "ascending" ? ascending : ascending.reverse(),
  };
}

/** The policy with another value in place of its own, which takes away what it was tuned for. */
export function variantAt(policy: Policy, { path }: SweptParameter, value: number): Policy {
  return setParameter(policy, `${path}=${value}`);
}

interface Found {
  readonly sweep: Sweep;
  readonly path: string;
  readonly own: number;
}

function firstSwept(spec: RuleSpec, path: string): Found | undefined {
  const definition = ruleNamed(spec.rule);
  if (definition === undefined) return undefined;
  const { sweep } = definition;
  const own = sweep === undefined ? undefined : spec[sweep.parameter];
  if (sweep !== undefined && typeof own === "number") return { sweep, path, own };
  for (const member of definition.members(spec)) {
    const found = firstSwept(member, `${path}.${member.rule}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
