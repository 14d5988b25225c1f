#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const built = new URL("../dist/main.js", import.meta.url);
if (existsSync(fileURLToPath(built))) {
  const { main } = await import(built.href);
  await main(process.argv);
} else {
  console.error("quorate has not been built yet: run `npm start` once, or `npm run build`.");
  process.exitCode = 2;
}
