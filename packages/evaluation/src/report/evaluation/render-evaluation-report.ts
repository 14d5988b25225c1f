import type { EvaluationJson } from "../../record/evaluation-json.ts";
import { counted } from "../../text/numbers.ts";
import { html } from "../html.ts";
import { pageEnd, pageHead } from "../page.ts";

/**
 * The report of what `quorate eval` kept as one HTML file, piece by piece: nothing is loaded from anywhere, all of it can be
 * read without its script, and everything that comes from files is escaped.
 */
export async function* renderEvaluationReport(evaluations: readonly EvaluationJson[]): AsyncGenerator<string> {
  // Whoever writes no report does not wait for its parts to load.
  const { evaluationSections } = await import("./evaluation-sections.ts");
  const [only] = evaluations;
  const title = evaluations.length === 1 ? shortName(only!.file) : counted(evaluations.length, "recording");
  yield* pageHead({ title: `${title} · policies compared` });
  yield html`<header><p class="brand">Quorate evaluation</p><h1>${title}</h1></header>
`.markup;
  if (evaluations.length === 1) yield* evaluationSections(only!, 2);
  else {
    const links = evaluations.map(
      ({ file }, place) => html`<li><a href="#recording-${place + 1}"><bdi>${shortName(file)}</bdi></a></li>
`,
    );
    yield html`<nav aria-label="Recordings"><ul>${links}</ul></nav>
`.markup;
    for (const [place, evaluation] of evaluations.entries()) {
      yield html`<article id="recording-${place + 1}"><h2 class="recording"><bdi>${shortName(evaluation.file)}</bdi></h2>
`.markup;
      yield* evaluationSections(evaluation, 3);
      yield "</article>\n";
    }
  }
  yield pageEnd;
}

/** The file's own name; where it lay is told under how it was made. */
const shortName = (file: string): string => file.split(/[\\/]/).at(-1) || file;
