import { readFileSync } from "node:fs";
import OpenAI from "openai";
import PQueue from "p-queue";

/**
 * What Quorate is measured against: the official package and p-queue, asking the same questions with requests of the same
 * shape at the same concurrency, and doing nothing with the answers but keeping them.
 */
const [questionsPath, baseURL, samples, perRequest, concurrency] = process.argv.slice(2);
const instruction =
  "Think step by step. End with a line of the form\nANSWER: <number>\nwith nothing but the number after the colon.";
const questions = readFileSync(questionsPath, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const queue = new PQueue({ concurrency: Number(concurrency) });
const answers = questions.map(() => []);

for (const [place, { question }] of questions.entries()) {
  for (let sent = 0; sent < Number(samples); sent += Number(perRequest)) {
    await queue.onSizeLessThan(Number(concurrency));
    void queue.add(async () => {
      const completion = await client.chat.completions.create({
        model: "fake-model",
        messages: [{ role: "user", content: `${question}\n\n${instruction}` }],
        max_tokens: 300,
        ...(Number(perRequest) > 1 && { n: Number(perRequest) }),
        seed: sent,
      });
      for (const choice of completion.choices) answers[place].push(choice.message.content);
    });
  }
}
await queue.onIdle();
if (answers.some((given) => given.length !== Number(samples))) throw new Error("the bare loop lost a sample");
