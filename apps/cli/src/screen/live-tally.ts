import type { RunEvent } from "@quorate/runs";
import { voteLines } from "./question.ts";
import { safeText, shortened } from "./safe-text.ts";

/** The votes of one question while they come in: redrawn on a terminal, a line a sample elsewhere. */
export class LiveTally {
  readonly #stream: NodeJS.WriteStream;
  readonly #maxSamples: number;
  readonly #counts = new Map<string, number>();
  #drawnLines = 0;
  #samples = 0;
  #abstentions = 0;
  #wave = 0;

  constructor(stream: NodeJS.WriteStream, maxSamples: number) {
    this.#stream = stream;
    this.#maxSamples = maxSamples;
  }

  show(event: RunEvent): void {
    if (event.type === "wave-launched") {
      this.#wave = event.wave + 1;
      this.#draw(`wave ${this.#wave}: ${event.samples} ${event.samples === 1 ? "sample" : "samples"}`);
    }
    if (event.type !== "sample-recorded") return;
    this.#samples += 1;
    const { ballot } = event;
    if (ballot.kind === "answer") {
      this.#counts.set(ballot.answer, (this.#counts.get(ballot.answer) ?? 0) + 1);
      this.#draw(`sample ${event.index + 1}: ${safeText(ballot.answer)}`);
    } else {
      this.#abstentions += 1;
      this.#draw(
        `sample ${event.index + 1}: — (${ballot.reason}${event.detail === undefined ? "" : `: ${shortened(safeText(event.detail), 100)}`})`,
      );
    }
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write("\n");
  }

  #draw(news: string): void {
    if (!this.#stream.isTTY) {
      this.#stream.write(`${news}\n`);
      return;
    }
    const votes = [...this.#counts]
      .sort(([, a], [, b]) => b - a)
      .map(([answer, count]) => ({ answer, count, weight: count }));
    const abstained = this.#abstentions > 0 ? `, ${this.#abstentions} without an answer` : "";
    const head = `  wave ${this.#wave} · ${this.#samples} of at most ${this.#maxSamples} samples${abstained}`;
    const lines = [head, ...voteLines(votes)].map((line) => shortened(line, (this.#stream.columns ?? 80) - 1));
    const back = this.#drawnLines > 0 ? `\u001b[${this.#drawnLines}A` : "";
    this.#stream.write(`${back}\u001b[J${lines.join("\n")}\n`);
    this.#drawnLines = lines.length;
  }
}
