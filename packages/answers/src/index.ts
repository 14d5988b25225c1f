export { answerClasses, distributionOverClasses } from "./answer-classes.ts";
export { type CustomGrader, loadCustomGrader } from "./custom.ts";
export { type Grader, type GraderSettings, graderFor } from "./grader.ts";
export { isRight } from "./is-right.ts";
export { type AnswerSource, readAnswer } from "./read-answer.ts";
export { recordedGraderFor } from "./recorded-grader.ts";
