const stopReasons: Readonly<Record<string, string>> = {
  fixed: "All samples of the full vote were drawn.",
  beta: "The leader was far enough ahead of the runner-up (Beta criterion).",
  dirichlet: "The leader was far enough ahead of all other answers together (Dirichlet criterion).",
  entropy: "The votes had little disorder left (entropy criterion).",
  majority: "The leader probably had the majority (majority criterion).",
  crp: "The leader would probably lead the full vote (Chinese-restaurant criterion).",
  horizon: "The leader would probably still lead at the full vote.",
  sprt: "A sequential test found the leader ahead (ConSol).",
  msprt: "A sequential test found the leader ahead (ConSol, mixture).",
  "e-process": "The leader was certified as the most likely answer.",
  ppr: "The leader was certified as the most likely answer (prior-posterior ratio).",
  mmc: "The leader was certified as the most likely answer (against the runner-up and against the rest).",
  "without-replacement": "The leader was certified as the full vote's answer.",
  "first-pair": "The first two samples agreed.",
  learned: "A table learned from recorded samples said so.",
  value: "No number of further samples was worth its price.",
  window: "A window of samples in a row gave one answer.",
  lead: "The leader was ahead by the margin.",
  threshold: "One sample was confident enough.",
  gate: "The first sample was confident enough.",
  share: "The leader held enough of the weight.",
  cges: "One answer's posterior probability reached the level.",
  "cges-other": "None of the answers seemed right, and more were not worth having; the likeliest stands.",
  reasc: "The first sample was confident enough, or the leader far enough ahead (ReASC).",
  "asc-d": "The leader was certified as the most likely answer.",
  beacon: "The next sample was not expected to be worth its cost.",
  rasc: "Enough confident samples were gathered.",
  "bayes-l3": "By what is known of other questions the leader was the most likely answer.",
  curtailed: "The samples left could not change the answer.",
  "max-samples": "All samples were drawn before the rule was met.",
  "no-votes": "No sample gave an answer.",
  budget: "The money ran out; the question is open.",
  deadline: "The time ran out; the question is open.",
  cancelled: "The run was cancelled; the question is open.",
};

const abstentionReasons: Readonly<Record<string, string>> = {
  "no-answer": "The response held no answer.",
  refused: "The model declined, or a filter did.",
  truncated: "Cut off at the token limit before an answer.",
  empty: "The response was empty or malformed.",
  failed: "All attempts failed or ran out of time.",
  cancelled: "A deadline or a cancellation came first.",
  recorded: "The recording says that no answer could be parsed.",
};

/** Undefined for a reason that only a newer rule knows. */
export function stopMeaning(reason: string): string | undefined {
  return Object.hasOwn(stopReasons, reason) ? stopReasons[reason] : undefined;
}

export function abstentionMeaning(reason: string): string | undefined {
  return Object.hasOwn(abstentionReasons, reason) ? abstentionReasons[reason] : undefined;
}
