import type { Extraction, Question, Signals } from "@quorate/core";
import {
  countOf,
  type Fields,
  isFields,
  isMissing,
  logprobOf,
  probabilityOf,
  textOf,
  textsOf,
  type Writable,
} from "./fields.ts";
import { type Place, wrongField } from "./place.ts";
import type { RecordedSample, TraceEntry } from "./trace-file.ts";

const unparsed: Extraction = { kind: "abstention", reason: "recorded" };
const noSignals: Signals = {};

/** One line of the compact form: a question with all of its samples, the answers already canonical. */
export function readCompactLine(line: Fields, place: Place): TraceEntry {
  const recorded = line.samples;
  if (!Array.isArray(recorded)) throw wrongField(place, "samples", "a list of samples", recorded);
  const samples = new Array<RecordedSample>(recorded.length);
  const model = isMissing(line.model) ? undefined : textOf(line.model, "model", place);
  for (let index = 0; index < recorded.length; index++) {
    samples[index] = readSample(recorded[index], index, model, place);
  }
  return { question: readQuestion(line, place), samples };
}

function readQuestion(line: Fields, place: Place): Question {
  const question: Writable<Question> = { id: textOf(line.id, "id", place), kind: "exact" };
  const { question: text, gold, group, options } = line;
  const category = isMissing(line.category) ? line.dataset : line.category;
  if (!isMissing(text)) question.text = textOf(text, "question", place);
  if (!isMissing(gold)) question.gold = textOf(gold, "gold", place);
  if (!isMissing(group)) question.group = textOf(group, "group", place);
  if (!isMissing(category)) question.category = textOf(category, "category", place);
  if (!isMissing(options)) question.options = textsOf(options, "options", place);
  return question;
}

/** @param ofLine the model of all samples that name none */
function readSample(recorded: unknown, index: number, ofLine: string | undefined, place: Place): RecordedSample {
  if (!isFields(recorded)) throw wrongField(place, `samples[${index}]`, "a sample", recorded);
  const { answer, tokens, model, kind } = recorded;
  if (answer !== null && typeof answer !== "string") {
    throw wrongField(place, `samples[${index}].answer`, "a text, or null where none could be parsed", answer);
  }
  const sample: Writable<RecordedSample> = {
    index,
    wave: 0,
    extraction: answer === null ? unparsed : { kind: "answer", answer },
    signals: readSignals(recorded, index, place),
  };
  // The recording counts generated tokens only: 0 input tokens means "not recorded" here, and no price is put on it.
  if (!isMissing(tokens)) {
    sample.usage = { inputTokens: 0, outputTokens: countOf(tokens, `samples[${index}].tokens`, place) };
  }
  if (!isMissing(model)) sample.model = textOf(model, `samples[${index}].model`, place);
  else if (ofLine !== undefined) sample.model = ofLine;
  if (kind === "completed") sample.finishReason = "stop";
  else if (kind === "truncated") sample.finishReason = "length";
  return sample;
}

function readSignals(recorded: Fields, index: number, place: Place): Signals {
  const { confidence, logprob, tokens } = recorded;
  if (isMissing(confidence) && isMissing(logprob)) return noSignals;
  const signals: Writable<Signals> = {};
  if (!isMissing(confidence)) signals.recorded = probabilityOf(confidence, `samples[${index}].confidence`, place);
  if (!isMissing(logprob)) {
    const mean = logprobOf(logprob, `samples[${index}].logprob`, place);
    signals["mean-logprob"] = mean;
    if (!isMissing(tokens)) {
      signals["sequence-logprob"] =
        mean === "censored" ? mean : mean * countOf(tokens, `samples[${index}].tokens`, place);
    }
  }
  return signals;
}
