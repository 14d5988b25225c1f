import type { Question } from "@quorate/core";
import { seededInteger } from "../seeded-random.ts";
import type { Bytes } from "./bytes.ts";
import { countOf, type Fields, isFields } from "./fields.ts";
import { GrowableFloat64, GrowableUint32 } from "./growable.ts";
import { IdIndex } from "./id-index.ts";
import type { Line } from "./lines.ts";
import { NoteLines } from "./note-lines.ts";
import { type Place, wrongField, wrongLine } from "./place.ts";
import { readCall, readQuestion, readSample, withFollowUp } from "./samples-line.ts";
import { type SamplePlaces, SamplesTrace } from "./samples-trace.ts";
import { SignalsSeen } from "./signals-seen.ts";
import type { TraceBuilder } from "./trace-builder.ts";
import type { RecordedSample, TraceFile } from "./trace-file.ts";

/**
 * The run journal's form. Each header begins a section with a numbering of questions of its own, so that journals may be
 * concatenated: a question that several sections hold has the samples of all of them, section by section.
 */
export class SamplesTraceBuilder implements TraceBuilder {
  readonly #ids = new IdIndex();
  readonly #signals = new SignalsSeen();
  readonly #positions = new GrowableFloat64();
  readonly #lengths = new GrowableUint32();
  /** Of what a question says, to notice two different ones under one id. */
  readonly #digests = new GrowableUint32();
  readonly #counts = new GrowableUint32();
  /** In which section a question was last announced. */
  readonly #lastSections = new GrowableUint32();
  readonly #samplePositions = new GrowableFloat64();
  readonly #sampleLengths = new GrowableUint32();
  readonly #sampleIndexes = new GrowableUint32();
  readonly #sampleOwners = new GrowableUint32();
  readonly #sampleSections = new GrowableUint32();
  readonly #sampleLines = new GrowableUint32();
  /** 1 where the sample takes the place of an earlier one of its index, asked for again because it had no answer. */
  readonly #sampleReplaces = new GrowableUint32();
  readonly #followUps = new NoteLines();
  readonly #calls = new NoteLines();
  #section = 0;
  /** From the section's number of a question to its place in the whole file. */
  #numbers = new Map<number, number>();

  add(fields: Fields, line: Line, place: Place): void {
    if ("quorate" in fields) {
      this.#section++;
      this.#numbers = new Map();
    } else if (isFields(fields.question)) this.#addQuestion(fields.question, line, place);
    else if (isFields(fields.sample)) this.#addSample(fields.sample, line, place);
    else if (isFields(fields.followUp)) this.#addFollowUp(fields.followUp, line, place);
    else if (isFields(fields.call)) this.#addCall(fields.call, line, place);
    else throw wrongLine(place, "expected a header, a question, a sample or what was asked about one.");
  }

  finish(path: string, content: Bytes): TraceFile {
    this.#ids.trim();
    const owners = this.#sampleOwners.trimmed();
    const positions = this.#samplePositions.trimmed();
    const lengths = this.#sampleLengths.trimmed();
    const indexes = this.#sampleIndexes.trimmed();
    const sections = this.#sampleSections.trimmed();

    const starts = startsOf(this.#counts.trimmed());
    const order = new Uint32Array(owners.length);
    const filled = starts.slice();
    for (let sample = 0; sample < owners.length; sample++) order[filled[owners[sample]!]!++] = sample;
    const keptStarts = new Uint32Array(starts.length);
    let kept = 0;
    for (let question = 0; question + 1 < starts.length; question++) {
      const own = order.subarray(starts[question]!, starts[question + 1]!);
      own.sort((a, b) => sections[a]! - sections[b]! || indexes[a]! - indexes[b]! || a - b);
      keptStarts[question] = kept;
      for (let i = 0; i < own.length; i++) {
        const [here, next] = [own[i]!, own[i + 1]];
        const isTwice = next !== undefined && indexes[here] === indexes[next] && sections[here] === sections[next];
        if (isTwice) this.#requireReplacement(here, next, path);
        else order[kept++] = here;
      }
    }
    keptStarts[starts.length - 1] = kept;
    const places = order.subarray(0, kept);

    const followUps = this.#followUps.bySample(kept, (place) => {
      const sample = places[place]!;
      return {
        question: owners[sample]!,
        section: sections[sample]!,
        sample: indexes[sample]!,
        line: this.#sampleLines.at(sample),
      };
    });
    const calls = this.#calls.byQuestion(this.#counts.trimmed().length);
    const samples: SamplePlaces = {
      ...(followUps !== undefined && { followUps }),
      ...(calls !== undefined && { calls }),
      starts: keptStarts,
      positions: Float64Array.from(places, (sample) => positions[sample]!),
      lengths: Uint32Array.from(places, (sample) => lengths[sample]!),
    };
    const questions = { positions: this.#positions.trimmed(), lengths: this.#lengths.trimmed(), ids: this.#ids };
    return new SamplesTrace(path, content, questions, samples, this.#signals.seen);
  }

  #addQuestion(fields: Fields, line: Line, place: Place): void {
    const number = countOf(fields.index, "question.index", place);
    const question = readQuestion(fields, place);
    const digest = digestOf(question);
    const added = this.#ids.add(question.id);
    const known = this.#numbers.get(number);
    if (known !== undefined && known !== added.place) {
      throw wrongField(place, "question.index", "a number not used for another question of this section", number);
    }
    if (added.isNew) {
      this.#positions.push(line.position);
      this.#lengths.push(line.bytes.length);
      this.#digests.push(digest);
      this.#counts.push(0);
      this.#lastSections.push(this.#section);
    } else if (this.#digests.at(added.place) !== digest) {
      throw wrongLine(place, `the id ${JSON.stringify(question.id)} was used before for a different question.`);
    } else if (known === undefined && this.#lastSections.at(added.place) === this.#section) {
      throw wrongLine(place, `the id ${JSON.stringify(question.id)} was used before in this section.`);
    }
    this.#numbers.set(number, added.place);
    this.#lastSections.set(added.place, this.#section);
  }

  #addSample(fields: Fields, line: Line, place: Place): void {
    const owner = this.#ownerOf(fields, "sample", place);
    const sample = readSample(fields, place);
    this.#signals.add(sample);
    this.#counts.set(owner, this.#counts.at(owner) + 1);
    this.#samplePositions.push(line.position);
    this.#sampleLengths.push(line.bytes.length);
    this.#sampleIndexes.push(sample.index);
    this.#sampleOwners.push(owner);
    this.#sampleSections.push(this.#section);
    this.#sampleLines.push(line.number);
    this.#sampleReplaces.push(fields.replaces === true ? 1 : 0);
  }

  #addFollowUp(fields: Fields, line: Line, place: Place): void {
    const question = this.#ownerOf(fields, "followUp", place);
    const sample = countOf(fields.index, "followUp.index", place);
    this.#signals.add(withFollowUp(unasked, fields, place));
    this.#followUps.add({ question, section: this.#section, sample }, line);
  }

  #addCall(fields: Fields, line: Line, place: Place): void {
    readCall(fields, place);
    const question = this.#ownerOf(fields, "call", place);
    this.#calls.add({ question, section: this.#section, sample: 0 }, line);
  }

  #ownerOf(fields: Fields, line: string, place: Place): number {
    const number = countOf(fields.question, `${line}.question`, place);
    const owner = this.#numbers.get(number);
    if (owner !== undefined) return owner;
    throw wrongField(place, `${line}.question`, "the index of a question line above", number);
  }

  /** Of two samples at one index the later counts if it says that it takes the place of the earlier. */
  #requireReplacement(earlier: number, later: number, path: string): void {
    if (this.#sampleReplaces.at(later) === 1) return;
    const [first, second] = [this.#sampleLines.at(earlier), this.#sampleLines.at(later)];
    const index = this.#sampleIndexes.at(later);
    throw wrongLine({ path, line: second }, `sample ${index} of this question is on line ${first} already.`);
  }
}

/** For checking what is said about a sample without the sample. */
const unasked: RecordedSample = {
  index: 0,
  wave: 0,
  extraction: { kind: "abstention", reason: "recorded" },
  signals: {},
};

/** Where each question's samples begin, and at the end where the last one's stop. */
function startsOf(counts: Uint32Array): Uint32Array {
  const starts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i]! + counts[i]!;
  return starts;
}

function digestOf({ text, messages, kind, options, gold }: Question): number {
  return seededInteger(JSON.stringify([text, messages, kind, options, gold]));
}
