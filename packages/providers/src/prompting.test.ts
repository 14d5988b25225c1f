import { answerKinds, type Question } from "@quorate/core";
import { describe, expect, it } from "vitest";
import { checkTemplate, messagesFor } from "./prompting.ts";

const question: Question = { id: "q", text: "Which is prime?", kind: "choice", options: ["4", "5"] };

describe("messagesFor", () => {
  it("lists the options and says where the answer goes", () => {
    const [message] = messagesFor(question);
    expect(message?.role).toBe("user");
    expect(message?.content).toMatch(/^Which is prime\?\n\nA\. 4\nB\. 5\n\n/);
    expect(message?.content).toContain("ANSWER: <letter>");
  });

  it.each(answerKinds)("has a prompt for a %s", (kind) => {
    const [message] = messagesFor({ id: "q", text: "Why?", kind });
    expect(message?.content.startsWith("Why?")).toBe(true);
    if (kind === "pattern" || kind === "custom") expect(message?.content).toBe("Why?");
    else if (kind === "json") expect(message?.content).toContain('{"answer": <answer>}');
    else expect(message?.content).toContain("\nANSWER: ");
  });

  it("names the field of a json answer", () => {
    const [message] = messagesFor({ id: "q", text: "Why?", kind: "json" }, { jsonField: "total" });
    expect(message?.content).toContain('{"total": <answer>}');
  });

  it("goes on with double letters after Z", () => {
    const options = Array.from({ length: 28 }, (_, i) => `option ${i}`);
    const [message] = messagesFor({ ...question, options });
    expect(message?.content).toContain("Z. option 25\nAA. option 26\nAB. option 27");
  });

  it("asks for a confidence after the answer, below a template too, and never in the question's own messages", () => {
    for (const template of [undefined, "{{question}}"]) {
      const options = { confidence: "percent", ...(template !== undefined && { template }) } as const;
      const [message] = messagesFor(question, options);
      expect(message?.content).toMatch(/\n\nAfter the answer[\s\S]*\nCONFIDENCE: <0 to 100>\n/);
      const { confidence: _, ...without } = options;
      expect(message?.content.startsWith(messagesFor(question, without)[0]!.content)).toBe(true);
    }
    const messages = [{ role: "user", content: "Exactly this." }] as const;
    expect(messagesFor({ ...question, messages }, { confidence: "percent" })).toBe(messages);
  });

  it("puts the system text first", () => {
    expect(messagesFor(question, { system: "Be brief." })[0]).toEqual({ role: "system", content: "Be brief." });
  });

  it("leaves messages of the question as they are", () => {
    const messages = [{ role: "user", content: "Exactly this." }] as const;
    expect(messagesFor({ ...question, messages }, { system: "x", template: "{{question}}" })).toBe(messages);
  });

  it("has nothing to send for a recording without text", () => {
    expect(messagesFor({ id: "q", kind: "exact" })).toEqual([]);
  });

  it("fills a template once: a question cannot bring placeholders of its own", () => {
    const tricky = { ...question, text: "What is {{options}} or $&?" };
    expect(messagesFor(tricky, { template: "Q: {{ question }}\n{{options}}" })).toEqual([
      { role: "user", content: "Q: What is {{options}} or $&?\nA. 4\nB. 5" },
    ]);
  });
});

describe("checkTemplate", () => {
  it("refuses placeholders that do not exist", () => {
    expect(() => checkTemplate("{{question}} {{answer}}")).toThrow("{{answer}}");
  });

  it("refuses a template without the question", () => {
    expect(() => checkTemplate("Say something.")).toThrow("{{question}}");
  });
});
