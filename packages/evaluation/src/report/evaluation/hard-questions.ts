import type { EvaluationJson } from "../../record/evaluation-json.ts";
import type { HardQuestion } from "../../replay/hardest-questions.ts";
import { counted, mean, percent } from "../../text/numbers.ts";
import { shortened } from "../../text/plain.ts";
import { bar } from "../bars.ts";
import { dataTable } from "../data-table.ts";
import { type Html, html } from "../html.ts";

const longestId = 80;
const longestAnswer = 80;
const mostAnswers = 5;
const mostPolicies = 4;
const mostQuestions = 10;

/** Where the policies left the full vote most often. Undefined where there is nothing to show. */
export function hardQuestions({ hardest }: EvaluationJson): Html | undefined {
  if (hardest.length === 0) return undefined;
  const rows = hardest.slice(0, mostQuestions);
  const further = hardest.length > rows.length ? ` The evaluation has ${hardest.length - rows.length} more.` : "";
  return dataTable({
    caption: `Most disagreement with the full vote first, then most samples. Votes of all recorded samples.${further}`,
    head: "Question",
    name: ({ id, group }) =>
      html`<bdi>${shortened(id, longestId)}</bdi>${group === undefined ? undefined : html`<small>group <bdi>${shortened(group, longestId)}</bdi></small>`}`,
    columns: [
      { head: "Votes", content: "text", cell: votesCell },
      { head: "Agreement", content: "text", cell: policiesCell },
    ],
    rows,
  });
}

function votesCell({ votes, otherVotes, abstentions, samples, gold }: HardQuestion): Html {
  const listed = votes.slice(0, mostAnswers);
  const further = otherVotes + votes.slice(mostAnswers).reduce((sum, { count }) => sum + count, 0);
  const isListed = listed.some(({ answer }) => answer === gold);
  const rest = [
    ...(further > 0 ? [`${counted(further, "vote")} for other answers`] : []),
    ...(abstentions > 0 ? [counted(abstentions, "abstention")] : []),
  ];
  return html`<ul class="votes">${listed.map(
    ({ answer, count }) =>
      html`<li><span><bdi>${shortened(answer, longestAnswer)}</bdi>${answer === gold ? html` <span class="right">✓ gold</span>` : undefined}</span>${bar(count / samples)}<span class="n">${count}</span></li>
`,
  )}</ul>${rest.length > 0 ? html`<small>${rest.join(", ")}</small>` : undefined}${
    gold === undefined || isListed ? undefined : html`<small>gold <bdi>${shortened(gold, longestAnswer)}</bdi></small>`
  }`;
}

/** Those that left the full vote most often, the worst first. */
function policiesCell({ policies }: HardQuestion): Html {
  const worst = policies.filter(({ agreement }) => agreement < 1).toSorted((a, b) => a.agreement - b.agreement);
  if (worst.length === 0) return html`<span class="hint">100 % under every policy</span>`;
  const shown = worst.slice(0, mostPolicies);
  const others = policies.length - shown.length;
  const best = worst[mostPolicies] === undefined ? "100 %" : `${percent(worst[mostPolicies].agreement, 0)} or more`;
  const rest = html`<small>${others} ${others === 1 ? "other" : "others"}: ${best}</small>`;
  return html`<ul class="plain">${shown.map(
    ({ policy, agreement, meanSamples }) =>
      html`<li><bdi>${policy}</bdi> ${percent(agreement, 0)} <span class="hint">with ${mean(meanSamples, 1)} samples</span></li>
`,
  )}</ul>${others === 0 ? undefined : rest}`;
}
