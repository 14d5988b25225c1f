import { describe, expect, it } from "vitest";
import { ask, serve, texts } from "./__fixtures__/test-client.ts";

const answersOf = (contents: (string | null)[]) => contents.map((content) => /ANSWER: (.*)$/.exec(content ?? "")?.[1]);

describe("answers", () => {
  it("depend on the server's seed, the prompt and the sample number alone", async () => {
    const [one, two, other] = await Promise.all([serve({ seed: 5 }), serve({ seed: 5 }), serve({ seed: 6 })]);
    const wave = await texts(one, { n: 6 });
    await texts(two, { prompt: "something else" });
    const single = [];
    for (let sample = 0; sample < 6; sample++) single.push(...(await texts(two)));
    expect(single).toEqual(wave);
    expect(await texts(other, { n: 6 })).not.toEqual(wave);
  });

  it("follow the request's seed plus the choice's index", async () => {
    const server = await serve();
    const wave = await texts(server, { n: 4 });
    expect(await texts(server, { n: 2, seed: 2 })).toEqual(wave.slice(2));
    expect(await texts(server, { n: 2, seed: 2 })).toEqual(wave.slice(2));
    expect(await texts(server, { n: 4, seed: 2 ** 40 })).not.toEqual(wave);
  });

  it("follow the script, then start it again", async () => {
    const server = await serve({
      behaviour: { default: { scripted: ["42", null, { answer: "41", text: "is {answer}!" }] } },
    });
    const contents = await texts(server, { n: 5 });
    expect(answersOf(contents)).toEqual(["42", undefined, undefined, "42", undefined]);
    expect(contents[2]).toBe("is 41!");
    expect(server.entries()[0]?.answers).toEqual(["42", null, "41", "42", null]);
  });

  it("come from the distribution past the end of a script", async () => {
    const server = await serve({
      behaviour: { default: { scripted: ["1"], answers: [{ answer: "2", probability: 1 }] } },
    });
    expect(answersOf(await texts(server, { n: 3 }))).toEqual(["1", "2", "2"]);
  });

  it("are as frequent as their probabilities", async () => {
    const answers = [
      { answer: "42", probability: 0.7 },
      { answer: "41", probability: 0.2 },
    ];
    const server = await serve({ behaviour: { default: { answers } } });
    await ask(server, { n: 128 });
    await ask(server, { n: 128, seed: 1_000_000 });
    const given = server.entries().flatMap((entry) => entry.answers);
    const share = (answer: string | null) => given.filter((one) => one === answer).length / given.length;
    expect(share("42")).toBeGreaterThan(0.6);
    expect(share("42")).toBeLessThan(0.8);
    expect(share(null)).toBeGreaterThan(0.03);
  });

  it("are the likeliest at temperature 0", async () => {
    const answers = [
      { answer: "1", probability: 0.3 },
      { answer: "2", probability: 0.4 },
    ];
    const server = await serve({ behaviour: { default: { answers } } });
    const contents = await texts(server, { n: 4, temperature: 0 });
    expect(new Set(contents).size).toBe(1);
    expect(answersOf(contents)[0]).toBe("2");
  });

  it("belong to the longest key that is found, of all its parts", async () => {
    const question = (key: string | string[], answer: string) => ({ key, scripted: [answer] });
    const questions = [
      question("q1", "one"),
      question("q10", "ten"),
      question(["q1", "Is this right?"], "judged"),
      { ...question("q1", "large"), model: "large" },
    ];
    const server = await serve({ behaviour: { questions } });
    expect(answersOf(await texts(server, { prompt: "[q1]" }))).toEqual(["one"]);
    expect(answersOf(await texts(server, { prompt: "[q10]" }))).toEqual(["ten"]);
    expect(answersOf(await texts(server, { prompt: "[q1] Is this right?" }))).toEqual(["judged"]);
    expect(answersOf(await texts(server, { prompt: "[q1]", model: "large" }))).toEqual(["large"]);
    expect(server.entries().map(({ key }) => key)).toEqual(["q1", "q10", "q1 Is this right?", "q1"]);
  });

  it("take the configured form", async () => {
    const json = await serve({ behaviour: { default: { format: "json", scripted: ["42"] } } });
    expect((await texts(json))[0]).toMatch(/\n\{"answer":"42"\}$/);
    expect(JSON.parse((await texts(json, { response_format: { type: "json_object" } }))[0] ?? "")).toEqual({
      reasoning: expect.any(String),
      answer: "42",
    });
    const letter = await serve({ behaviour: { default: { format: "letter" } } });
    for (const content of await texts(letter, { n: 20 })) expect(content).toMatch(/ANSWER: [ABCD]$|cannot settle/);
  });

  it("fill templates", async () => {
    const text = "{thoughts} {answer} at {confidence}% {other}";
    const server = await serve({ behaviour: { default: { text, tokens: { median: 0 }, scripted: ["7"] } } });
    expect((await texts(server))[0]).toMatch(/^ 7 at \d+% \{other\}$/);
  });

  it("are right always at difficulty 0, and vary in length", async () => {
    const server = await serve({ behaviour: { default: { difficulty: 0 } } });
    const contents = await texts(server, { n: 20 });
    expect(new Set(answersOf(contents)).size).toBe(1);
    expect(new Set(contents.map((content) => content?.length)).size).toBeGreaterThan(5);
  });
});
