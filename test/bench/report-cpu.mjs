import { writeFileSync } from "node:fs";

// Preloaded into both sides of a comparison: what the process used, from its first moment to its last.
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(process.env.QUORATE_CPU_FILE, JSON.stringify({ cpuUs: userCPUTime + systemCPUTime, rssKb: maxRSS }));
});
