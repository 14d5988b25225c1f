import { counted, dollars, grouped, percent, percentRange } from "../text/numbers.ts";
import type { AuditSummary, AuditVerdict } from "./audit-summary.ts";

/** What the audits found, and whether the promise still holds by them. */
export function auditText(audit: AuditSummary): { readonly found: string; readonly verdict: string } {
  const { decisions, audited, disagreements, interval, samples, costUsd, verdict } = audit;
  const among = decisions === audited ? "" : ` (one a group; ${grouped(decisions)} in all)`;
  const cost = costUsd === undefined ? "" : `, ${dollars(costUsd)}`;
  return {
    found:
      `${grouped(disagreements)} of ${grouped(audited)} audited decisions${among} differ from the full vote ` +
      `(95 %: ${percentRange(interval)} %), for ${counted(samples, "more sample")}${cost}`,
    verdict: verdict === undefined ? "there is no promise that these audits could test" : verdictText(verdict),
  };
}

function verdictText({ tested, lost, risk, epsilon, pValue, drift }: AuditVerdict): string {
  const promised = `${risk} of at most ${percent(epsilon, 2)}`;
  const seen = `${grouped(lost)} of ${grouped(tested)}`;
  return drift
    ? `drift: ${seen} is more than the promised ${promised} explains (p = ${pValue.toPrecision(2)}); tune the policy anew on samples of now`
    : `consistent with the promised ${promised}: ${seen} (p = ${pValue.toPrecision(2)})`;
}
