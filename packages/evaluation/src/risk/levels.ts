import { type Policy, QuorateError, type RuleSpec } from "@quorate/core";

/** The parameter of a rule that makes it stop earlier or later, and the values that tuning tries, strict first. */
interface Sweep {
  readonly parameter: string;
  readonly strictToLoose: readonly number[];
}

/** Fixed before any data is seen: a grid chosen by looking would void the test. */
const probabilities = [0.999, 0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 0.92, 0.91, 0.9, 0.87, 0.85, 0.8, 0.75];

const sweeps: Readonly<Record<string, Sweep>> = {
  beta: { parameter: "level", strictToLoose: probabilities },
  gate: { parameter: "level", strictToLoose: probabilities },
  lead: { parameter: "margin", strictToLoose: [16, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1] },
  share: {
    parameter: "level",
    strictToLoose: [1, 0.98, 0.95, 0.92, 0.9, 0.87, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55],
  },
  threshold: { parameter: "level", strictToLoose: probabilities },
  window: { parameter: "size", strictToLoose: [20, 16, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2] },
};

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
      hint: `Rules that have one: ${Object.keys(sweeps).join(", ")}.`,
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
  const sweep = Object.hasOwn(sweeps, spec.rule) ? sweeps[spec.rule] : undefined;
  if (sweep !== undefined) {
    const { parameter, strictToLoose } = sweep;
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
