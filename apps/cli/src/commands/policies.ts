import { presetNamed, presets } from "@quorate/core";
import { exitCodes } from "../exit-codes.ts";

/** Lists the presets, or prints one as JSON. */
export function policies(name: string | undefined): number {
  if (name !== undefined) {
    process.stdout.write(`${JSON.stringify(presetNamed(name), undefined, 2)}\n`);
    return exitCodes.allDecided;
  }
  const width = Math.max(...presets.map((preset) => preset.name.length));
  for (const preset of presets) process.stdout.write(`${preset.name.padEnd(width)}  ${preset.summary}\n`);
  return exitCodes.allDecided;
}
