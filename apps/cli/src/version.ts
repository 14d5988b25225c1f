/** Kept equal to package.json by its test. */
export const version = "0.1.0";
