import type { MetricName } from "@quorate/confidence";
import { alignedRows, type Column, wrapped } from "../text/columns.ts";
import { counted, grouped, percent } from "../text/numbers.ts";
import { shortened, visible } from "../text/plain.ts";
import type { SignalFigures, SignalStudy, StudiedAlignment, StudiedPart, Study } from "./study.ts";

const rowsShown = 20;

/** Lines for a terminal, without escape codes. */
export function studyLines(study: Study, width = 100): string[] {
  const { file, questionCount, sampleCount, graded, accuracy, signals, alignment, categories, models, notes } = study;
  return [
    ...wrapped(
      `${visible(file)}: ${counted(questionCount, "question")}, ${counted(sampleCount, "sample")}, ${grouped(graded)} graded answers, ${percent(accuracy)} right`,
      width,
      "  ",
    ),
    "",
    ...signalRows(signals),
    ...wrapped(
      "In brackets 95 % intervals, questions resampled whole. acc@80: accuracy of the most confident 80 %.",
      width,
    ),
    ...(alignment === undefined ? [] : ["", ...alignmentRows(alignment, width)]),
    ...partRows("category", categories),
    ...partRows("model", models),
    ...(notes.length > 0 ? ["", ...notes.flatMap((note) => wrapped(`note: ${visible(note)}`, width, "  "))] : []),
  ];
}

const columns: readonly Column[] = [
  { head: "signal", align: "left" },
  ...["n", "ECE", "Brier", "AUROC", "AURC", "acc@80", "WQD"].map((head) => ({ head, align: "right" }) as const),
];

function signalRows(signals: readonly SignalStudy[]): string[] {
  const rows = signals.map((study) => [
    study.signal,
    grouped(study.n),
    withInterval(study, "ece"),
    figure(study, "brier"),
    withInterval(study, "auroc"),
    figure(study, "aurc"),
    figure(study, "selective-accuracy"),
    withInterval(study, "wqd"),
  ]);
  return alignedRows(columns, rows);
}

/** A metric of a signal as a cell; a dash where it has no value. */
export function figure({ metrics }: SignalFigures, name: MetricName): string {
  const value = metrics[name];
  return value === undefined ? "–" : value.toFixed(3);
}

function withInterval(study: SignalStudy, name: MetricName): string {
  const interval = study.intervals[name];
  const range = interval === undefined ? "" : ` (${interval.low.toFixed(3)}–${interval.high.toFixed(3)})`;
  return `${figure(study, name)}${study.metrics[name] === undefined ? "" : range}`;
}

function alignmentRows(alignment: StudiedAlignment, width: number): string[] {
  return wrapped(alignmentText(alignment), width, "  ");
}

/** Whether what is stated goes with the probabilities, in a sentence or two. */
export function alignmentText(alignment: StudiedAlignment): string {
  const { internal, verbalised, count, spearman, table, internalHigh, verbalisedHigh } = alignment;
  if (count === 0) return `No answer has both ${verbalised} and ${internal}.`;
  const rank = typeof spearman === "number" ? `Spearman's ρ ${spearman.toFixed(3)}` : "no rank correlation (constant)";
  const share = (cases: number) => percent(cases / count, 0);
  return (
    `${verbalised} against ${internal}, ${counted(count, "answer")}: ${rank}. ` +
    `Both high ${share(table.consistentAlignment)}, ${internal} alone ${share(table.internalOverconfidence)}, ` +
    `${verbalised} alone ${share(table.externalOverconfidence)}, both low ${share(table.consistentDiscordance)} ` +
    `(high: ${internal} from ${(internalHigh ?? 0).toFixed(3)}, the median; ${verbalised} from ${verbalisedHigh}).`
  );
}

function partRows(head: string, parts: readonly StudiedPart[]): string[] {
  if (parts.length === 0) return [];
  const signals = parts[0]!.signals.map(({ signal }) => signal);
  const partColumns: Column[] = [
    { head, align: "left" },
    { head: "n", align: "right" },
    { head: "right", align: "right" },
    ...signals.map((signal) => ({ head: `${shortened(signal, 20)} ECE/AUROC`, align: "right" }) as const),
  ];
  const rows = parts
    .slice(0, rowsShown)
    .map(({ name, n, accuracy, signals: figures }) => [
      shortened(visible(name), 36),
      grouped(n),
      percent(accuracy),
      ...figures.map((one) => `${figure(one, "ece")}/${figure(one, "auroc")}`),
    ]);
  const more = parts.length - rowsShown;
  return ["", ...alignedRows(partColumns, rows), ...(more > 0 ? [`and ${more} more, in --json and --report`] : [])];
}
