import { type Policy, QuorateError, type RuleSpec, ruleDefinitions, ruleNamed } from "@quorate/core";

/** A parameter of a policy by the path that `--set` takes, and its values. */
export interface TunableParameter {
  readonly path: string;
  /** As the policy has it now. */
  readonly value: unknown;
  readonly strictToLoose: readonly number[];
}

/** The parameter that is meant. @throws QuorateError `bad-option` naming the choices */
export function tunableParameter(policy: Policy, wanted?: string): TunableParameter {
  const choices = tunableIn(policy.stop, "stop").filter(({ path }) => isAtWork(policy, path));
  const named = choices.map(({ path }) => path).join(", ");
  if (choices.length === 0) {
    throw new QuorateError({
      code: "bad-option",
      what: `Policy "${policy.name}" has no level to tune.`,
      hint: `Rules that have one: ${ruleDefinitions.flatMap(({ name, sweep }) => (sweep === undefined ? [] : [name])).join(", ")}.`,
    });
  }
  if (wanted === undefined) {
    if (choices.length === 1) return choices[0]!;
    throw new QuorateError({
      code: "bad-option",
      what: `Policy "${policy.name}" has several parameters to tune.`,
      hint: `Say which with --parameter: ${named}.`,
    });
  }
  const choice = choices.find(({ path }) => path === wanted);
  if (choice !== undefined) return choice;
  throw new QuorateError({
    code: "bad-option",
    what: `Policy "${policy.name}" has no parameter ${wanted} to tune.`,
    hint: `There is ${named}.`,
  });
}

/** Of members with one name only the first has a path, as for `--set`. */
function tunableIn(spec: RuleSpec, path: string): TunableParameter[] {
  const sweep = ruleNamed(spec.rule)?.sweep;
  if (sweep !== undefined) {
    const { parameter, values, strictness } = sweep;
    // A grid that was fixed before any data was seen: one chosen by looking would void the test.
    const strictToLoose = strictness === "descending" ? values : values.toReversed();
    return [{ path: `${path}.${parameter}`, value: spec[parameter], strictToLoose }];
  }
  const members = new Map<string, RuleSpec>();
  if (Array.isArray(spec.rules)) {
    for (const member of spec.rules as RuleSpec[]) {
      if (!members.has(member.rule)) members.set(member.rule, member);
    }
  }
  return [...members].flatMap(([name, member]) => tunableIn(member, `${path}.${name}`));
}

/** A gate without a confidence stays closed, whatever its level. */
function isAtWork({ confidence }: Policy, path: string): boolean {
  return confidence !== null || !path.split(".").includes("gate");
}
