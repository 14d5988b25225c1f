import type { CustomGrader } from "@quorate/answers";
import type { Clock, Provider, TraceFile } from "@quorate/providers";
import type { RunPlan } from "../plan.ts";
import type { QuestionSource } from "../questions/question-source.ts";
import type { RunDirectory } from "../storage/run-directory.ts";

/** Everything a local pool needs to carry a run out. The caller opens and closes it all. */
export interface LocalRun {
  readonly plan: RunPlan;
  readonly provider: Provider;
  /** Another model, for policies that have samples judged. */
  readonly judge?: Provider;
  readonly questions: QuestionSource;
  readonly directory: RunDirectory;
  readonly clock: Clock;
  readonly random: () => number;
  readonly customGrader?: CustomGrader;
  /** An older run whose samples are spent first. */
  readonly reuse?: TraceFile;
}
