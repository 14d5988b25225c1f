import { presetNamed } from "@quorate/core";
import { IdIndex } from "@quorate/providers";
import { curveOf } from "../matched/curves.ts";
import { PolicySweep } from "../matched/sweep.ts";
import { Contender } from "./contender.ts";
import { answerOf } from "./ending.ts";
import type { Evaluation, FullVoteScore } from "./evaluation.ts";
import { type FittedPolicy, fittedPolicy } from "./fitted-policies.ts";
import { HardestQuestions } from "./hardest-questions.ts";
import type { PolicyScore } from "./policy-score.ts";
import type { PreparedQuestion } from "./prepared-question.ts";
import { ScoreKeeper } from "./score-keeper.ts";
import { type QuestionCounts, ScoreStatistics } from "./score-statistics.ts";

interface SumsSettings {
  readonly seed: string | number;
  readonly samplesPerRequest?: number;
  readonly baseline?: string;
  readonly matched?: boolean;
}

interface Entrant {
  readonly contender: Contender;
  readonly keeper: ScoreKeeper;
  readonly sweep: PolicySweep | undefined;
}

type Results = Pick<Evaluation, "fullVote" | "baseline" | "policies" | "curves" | "hardest">;

/** Nodes of all memos together: about 32 bytes each. */
const mostNodes = 2 ** 21;

/** What an evaluation adds up while it reads a trace: every policy, its sweep, and the full vote they are held against. */
export class EvaluationSums {
  readonly #settings: SumsSettings;
  readonly #fullVote: Contender;
  readonly #entrants: readonly Entrant[];
  readonly #hardest: HardestQuestions;
  readonly #groups = new IdIndex();

  constructor(
    working: readonly FittedPolicy[],
    settings: SumsSettings,
    contend = (fitted: FittedPolicy, mostNodes: number) => new Contender(fitted, mostNodes),
  ) {
    const { matched = false, samplesPerRequest = Number.POSITIVE_INFINITY } = settings;
    const policies = working.map(({ compiled }) => compiled.policy);
    const swept = matched ? policies.reduce((sum, policy) => sum + PolicySweep.sizeOf(policy), 0) : 0;
    const nodes = Math.floor(mostNodes / (1 + working.length + swept));
    this.#settings = settings;
    this.#fullVote = new Contender(fittedPolicy(presetNamed("sc")), nodes);
    this.#entrants = working.map((fitted) => {
      const contender = contend(fitted, nodes);
      const sweep = matched ? PolicySweep.of(contender, nodes) : undefined;
      return { contender, keeper: new ScoreKeeper(samplesPerRequest), sweep };
    });
    this.#hardest = new HardestQuestions(policies.map(({ name }) => name));
  }

  add(question: PreparedQuestion): void {
    const { place: group } = this.#groups.add(question.question.group ?? question.question.id);
    const full = this.#fullVote.endings(question);
    const answers = full.map((ending, permutation) => answerOf(ending, question.orders[permutation]!));
    this.#fullVote.add(question, full, answers, group);
    const tallies = this.#entrants.map(({ contender, keeper, sweep }) => {
      const endings = contender.endings(question);
      keeper.add(endings, question);
      sweep?.add(question, answers, group);
      return contender.add(question, endings, answers, group);
    });
    if (tallies.length > 0) this.#hardest.see(question, tallies);
  }

  results(counts: QuestionCounts): Results {
    const { seed, matched = false } = this.#settings;
    if (counts.questions === 0) return { policies: [], hardest: [] };
    const statistics = new ScoreStatistics(this.#fullVote.totals, seed, counts);
    const baseline = this.#baseline();
    const sweeps = this.#entrants.map(({ sweep }) => sweep).filter((sweep) => sweep !== undefined);
    return {
      fullVote: this.#fullVoteScore(statistics),
      ...(baseline !== undefined && { baseline: nameOf(baseline) }),
      policies: this.#entrants.map((entrant) => scoreOf(entrant, baseline, statistics)),
      ...(matched && {
        curves: sweeps.map(({ swept }) => curveOf(swept, this.#fullVote.totals, statistics)),
      }),
      hardest: this.#hardest.questions,
    };
  }

  /** The one that was named, where it works on the trace; else the first. */
  #baseline(): Entrant | undefined {
    const { baseline } = this.#settings;
    return this.#entrants.find((entrant) => nameOf(entrant) === baseline) ?? this.#entrants[0];
  }

  #fullVoteScore(statistics: ScoreStatistics): FullVoteScore {
    const { accuracy, accuracyInterval, meanSamples } = statistics.score(this.#fullVote.totals);
    return {
      ...(accuracy !== undefined && { accuracy }),
      ...(accuracyInterval !== undefined && { accuracyInterval }),
      meanSamples,
    };
  }
}

const nameOf = ({ contender }: Entrant): string => contender.fitted.compiled.policy.name;

function scoreOf(entrant: Entrant, baseline: Entrant | undefined, statistics: ScoreStatistics): PolicyScore {
  const { totals, fitted } = entrant.contender;
  const isCompared = baseline !== undefined && baseline !== entrant;
  return {
    policy: nameOf(entrant),
    ...statistics.score(totals),
    meanRounds: totals.mean("rounds"),
    ...entrant.keeper.score(),
    earlyStops: totals.mean("early"),
    wrongModeStops: totals.mean("wrongMode"),
    ...(isCompared && { versusBaseline: statistics.difference(baseline.contender.totals, totals) }),
    definition: fitted.compiled.policy,
  };
}
