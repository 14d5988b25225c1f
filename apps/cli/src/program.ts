import { risks, tuningMethods } from "@quorate/core";
import { Command, Option } from "commander";
import type { AskOptions } from "./commands/ask.ts";
import type { CalibrateOptions } from "./commands/calibrate.ts";
import type { EvalOptions } from "./commands/eval.ts";
import type { RunOptions } from "./commands/run.ts";
import type { StudyCommandOptions } from "./commands/study.ts";
import type { TuneCommandOptions } from "./commands/tune.ts";
import { addSamplingOptions, calibratorHelp, confidenceHelp, mostSamples } from "./setup/sampling-options.ts";
import { collect, fieldMap, integerFrom, latencyModel, openShare, share } from "./setup/values.ts";
import { version } from "./version.ts";

/** Held against the registry by a test: importing it here would make help wait for all of it. */
export const calibrationMethodNames = ["beta", "histogram", "isotonic", "platt", "temperature"] as const;

/** The command line. Commands are loaded when they are called, so that help is instant. */
export function buildProgram(): Command {
  const program = new Command("quorate")
    .description("Sample a model several times, weigh the votes, stop when another sample is not worth its price.")
    .version(version)
    .exitOverride()
    .showHelpAfterError("(see --help)");

  addSamplingOptions(
    program
      .command("run")
      .description("decide a file of questions")
      .argument("[questions]", "JSONL or CSV, plain or gzip"),
  )
    .option("--map <pairs>", "other field names, e.g. question=prompt,gold=label", fieldMap)
    .option("--limit <n>", "only the first n questions", integerFrom(1))
    .option(
      "--total-samples <n>",
      "all questions share so many samples; those not settled by then get their best answer",
      integerFrom(1),
    )
    .option("--allocate <name>", "how the total is spent: equal, unsettled, value (when not given: value)")
    .option("--dry-run", "print expected and worst-case dollars, samples and time, and send nothing")
    .option("--audit <share>", "give so many questions, e.g. 2%, the full vote after an early decision", share)
    .option("--reuse <dir>", "spend the samples of another run first")
    .option("--extend", "decide decided questions anew under a larger --max-samples")
    .option("--retry-failed", "ask again where no sample gave an answer")
    .action(async (questions: string | undefined, options: RunOptions) => {
      const { run } = await import("./commands/run.ts");
      process.exitCode = await run(questions, options);
    });

  addSamplingOptions(
    program
      .command("ask")
      .description("decide one question and watch the votes")
      .argument("<question>", "the question's text"),
  )
    .option("--options <list>", "for a choice: options separated by |")
    .action(async (question: string, options: AskOptions) => {
      const { ask } = await import("./commands/ask.ts");
      process.exitCode = await ask(question, options);
    });

  program
    .command("show")
    .description("what a run decided; with an id, everything about one question")
    .argument("<run>", "a run directory")
    .argument("[id]", "a question's id")
    .option("--json", "one JSON object on standard output")
    .action(async (run: string, id: string | undefined, options: { readonly json?: boolean }) => {
      const { show } = await import("./commands/show.ts");
      process.exitCode = await show(run, id, options);
    });

  program
    .command("report")
    .description("one HTML file that opens without a network, of a run or of what eval --out kept")
    .argument("<run|evaluation>", "a run directory, or a file of eval --out")
    .option("--out <file>", "where it goes; when not given, report.html of the run, or FILE.html beside FILE.json")
    .action(async (source: string, options: { readonly out?: string }) => {
      const { report } = await import("./commands/report.ts");
      process.exitCode = await report(source, options);
    });

  program
    .command("compare")
    .description("two runs over the same questions, paired, with intervals")
    .argument("<run>", "a run directory")
    .argument("<other>", "another")
    .option("--json", "one JSON object on standard output")
    .action(async (run: string, other: string, options: { readonly json?: boolean }) => {
      const { compare } = await import("./commands/compare.ts");
      process.exitCode = await compare(run, other, options);
    });

  program
    .command("eval")
    .description("replay policies on recorded samples: what would each have cost and found?")
    .argument("<traces...>", "trace files, or samples.jsonl of runs; plain or gzip")
    .option("--policies <list>", "names or files, separated by commas", "sc,asc,esc,quorate")
    .option("--confidence <signal>", confidenceHelp)
    .option("--calibrator <file>", "what `quorate calibrate --signal` wrote", collect)
    .option("--max-samples <n>", "samples of the full vote", integerFrom(1, mostSamples), 16)
    .option("--permutations <n>", "orders of each question's samples", integerFrom(1), 20)
    .option(
      "--samples-per-request <n>",
      "samples that one request may carry; any number when not given",
      integerFrom(1),
    )
    .option("--total-samples <n>", "all questions of a file share so many samples", integerFrom(1))
    .option("--allocate <list>", "how the total is spent: equal, unsettled, value; all of them when not given")
    .option("--baseline <name>", "the policy that the others are held against; the first when not given")
    .option("--matched", "sweep each policy over its levels and compare samples at equal agreement")
    .option(
      "--cascade <traces>",
      "the same questions to further models: decisions that are too likely wrong go on to the next",
    )
    .option("--escalate-below <p>", "where a decision goes on; a range when not given", share)
    .option("--price-model <provider:model>", "dollars at this model's prices, e.g. openai:gpt-4o-mini")
    .option("--prices <file>", "JSON with prices of models that the list does not know")
    .option("--latency <model>", "time: measured (as recorded) or lognormal:MEDIAN_SECONDS,SIGMA", latencyModel)
    .option("--out <file>", "keep everything as JSON, for `quorate report`")
    .option("--report <file>", "the same as one HTML file that opens without a network")
    .option("--pattern <regex>", "read the texts of pattern questions again; recorded answers count when not given")
    .option("--field <path>", "the same for json: the field that holds the answer")
    .option("--grader <module>", "the same for custom: a module with extract(text) and, if wanted, equal(a, b)")
    .option("--seed <n>", "of the orders", integerFrom(0), 1)
    .option("--json", "one JSON object a line for each file")
    .action(async (traces: readonly string[], options: EvalOptions) => {
      if (options.cascade === undefined) {
        const { evaluate } = await import("./commands/eval.ts");
        process.exitCode = await evaluate(traces, options);
      } else {
        const { evaluateCascadeOf } = await import("./commands/eval-cascade.ts");
        process.exitCode = await evaluateCascadeOf(traces, options);
      }
    });

  program
    .command("tune")
    .description("find the level that keeps a bound on what stopping early changes, on recorded samples")
    .argument("<trace>", "a trace file, or samples.jsonl of a run; plain or gzip")
    .requiredOption("--policy <name|file>", "the policy whose level is sought")
    .addOption(
      new Option("--risk <risk>", "disagreement with the full vote, or errors that the full vote would not have made")
        .choices(risks)
        .makeOptionMandatory(),
    )
    .requiredOption("--epsilon <e>", "bound on the risk, e.g. 0.02 or 2%", openShare)
    .option("--delta <d>", "chance that the bound fails to hold, e.g. 0.1; not for conformal", openShare)
    .requiredOption("--max-samples <n>", "samples of the full vote", integerFrom(1, mostSamples))
    .requiredOption("--out <file>", "where the tuned policy goes")
    .addOption(
      new Option(
        "--method <method>",
        "learn-then-test bounds the risk with confidence 1 − δ, conformal on average over calibrations",
      )
        .choices(tuningMethods)
        .default("learn-then-test"),
    )
    .option("--parameter <path>", "which level, where a policy has several, e.g. stop.horizon.level")
    .option("--set <name=value>", "change a parameter of the policy first; may repeat", collect)
    .option("--seed <n>", "of the orders; to be chosen before looking", integerFrom(0), 1)
    .option(
      "--permutations <n>",
      "orders of each question's samples; more than one needs more questions",
      integerFrom(1),
      1,
    )
    .option("--pattern <regex>", "as for eval")
    .option("--field <path>", "as for eval")
    .option("--grader <module>", "as for eval")
    .option("--json", "one JSON object on standard output")
    .action(async (path: string, options: TuneCommandOptions) => {
      const { tune } = await import("./commands/tune.ts");
      process.exitCode = await tune(path, options);
    });

  program
    .command("calibrate")
    .description("fit a confidence on recorded samples: how often is an answer right that looks like this?")
    .argument("<traces...>", "trace files with gold answers, or samples.jsonl of runs; plain or gzip")
    .option("--signal <name>", "of samples: what their score is, e.g. token-probability, special-token, confidence")
    .addOption(
      new Option("--method <method>", "from scores to probabilities; platt when not given").choices(
        calibrationMethodNames,
      ),
    )
    .option("--decision", "of decisions: P(right) from the state of the vote, for --policy and --max-samples")
    .option("--policy <name|file>", "whose decisions")
    .option("--max-samples <n>", "samples of the full vote", integerFrom(1, mostSamples))
    .option("--confidence <signal>", confidenceHelp)
    .option("--calibrator <file>", calibratorHelp, collect)
    .option("--isotonic", "bend what the regression on the state of the vote leaves crooked")
    .option("--permutations <n>", "orders of each question's samples", integerFrom(1), 8)
    .option("--policy-out <file>", "where the policy goes that carries its decisions' confidence")
    .addOption(
      new Option("--unsupervised <method>", "without gold answers, from recorded option probabilities").choices([
        "daca",
      ]),
    )
    .option("--reference <trace>", "for daca: the same questions to the model before it was post-trained")
    .addOption(
      new Option("--form <form>", "for daca; temperature when not given").choices(["temperature", "vector", "matrix"]),
    )
    .option("--set <name=value>", "a parameter of the method, or of the policy; may repeat", collect)
    .option("--folds <n>", "parts that questions are dealt into, each judged by a fit on the others", integerFrom(2), 5)
    .option("--out <file>", "where the fit goes, as JSON")
    .option("--seed <n>", "of the orders", integerFrom(0), 1)
    .option("--pattern <regex>", "as for eval")
    .option("--field <path>", "as for eval")
    .option("--grader <module>", "as for eval")
    .option("--json", "one JSON object on standard output")
    .action(async (traces: readonly string[], options: CalibrateOptions) => {
      const { calibrate } = await import("./commands/calibrate.ts");
      process.exitCode = await calibrate(traces, options);
    });

  program
    .command("study")
    .description("what are the confidences in recorded samples worth? signals against metrics, with intervals")
    .argument("<traces...>", "trace files with gold answers, or samples.jsonl of runs; plain or gzip")
    .option("--signals <list>", "separated by commas, e.g. confidence,logprob; all of them when not given")
    .option("--report <file>", "a page with reliability diagrams and coverage curves")
    .option("--resamples <n>", "of the intervals", integerFrom(2), 400)
    .option("--seed <n>", "of the resamples", integerFrom(0), 1)
    .option("--pattern <regex>", "as for eval")
    .option("--field <path>", "as for eval")
    .option("--grader <module>", "as for eval")
    .option("--json", "one JSON object a line for each file")
    .action(async (traces: readonly string[], options: StudyCommandOptions) => {
      const { study } = await import("./commands/study.ts");
      process.exitCode = await study(traces, options);
    });

  program
    .command("policies")
    .description("the policies that have a name; with one, its JSON to save and change")
    .argument("[name]", "a policy's name")
    .action(async (name: string | undefined) => {
      const { policies } = await import("./commands/policies.ts");
      process.exitCode = policies(name);
    });
  return program;
}
