/** Answers come last, so of a longer response only its end is read. In UTF-16 code units, like all limits here. */
export const responseLength = 1_048_576;

/** What follows an explicit marker and is read as the answer. */
export const candidateLength = 1_000;

/** A text answer in canonical form. */
export const textLength = 2_000;

/** Occurrences of one marker that are tried, from the last. */
export const occurrences = 16;

/** Numbers with more digits before or after the point than this are kept as digits and exponent. */
export const numberDigits = 1_000;

/** Nesting of brackets, braces and JSON values that is followed. */
export const depth = 32;
