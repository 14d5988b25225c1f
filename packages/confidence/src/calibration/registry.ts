import { beta } from "./beta.ts";
import { histogram } from "./histogram.ts";
import { isotonic } from "./isotonic.ts";
import type { CalibrationMethod } from "./method.ts";
import { platt } from "./platt.ts";
import { temperature } from "./temperature.ts";

/** Every way to calibrate a score there is. A new one is a file, its test and a line here. */
const registered = [beta, histogram, isotonic, platt, temperature] as const;

export type CalibrationMethodName = (typeof registered)[number]["name"];

export const calibrationMethods: readonly CalibrationMethod<CalibrationMethodName>[] = registered;

const byName = new Map<string, CalibrationMethod<CalibrationMethodName>>(
  calibrationMethods.map((method) => [method.name, method]),
);

export function methodNamed(name: string): CalibrationMethod<CalibrationMethodName> | undefined {
  return byName.get(name);
}
