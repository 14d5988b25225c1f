import type { Answer, AnswerDistribution } from "../answer.ts";
import type { Stakes } from "./stakes.ts";

/** The bets that the leader is likelier than a rival, and those that the rival is likelier than the leader. */
interface Duel {
  readonly ahead: Float64Array;
  readonly behind: Float64Array;
}

/** Votes in reverse order: the probabilities of the answers known when each came. */
interface History {
  readonly probabilities: readonly number[];
  readonly before: History | undefined;
}

/** The leader by the sum of probabilities, and its duel with each answer. A value: `vote` returns a new one. */
export interface Duels {
  /** In the order in which they were first seen. */
  readonly answers: readonly Answer[];
  readonly sums: readonly number[];
  /** Place of the leader in `answers`, −1 before the first vote. */
  readonly leader: number;
  /** One for each answer, the leader's own without meaning; last, the duel with any answer that has not been seen. */
  readonly duels: readonly Duel[];
  readonly history: History | undefined;
}

export function noDuels(stakes: Stakes): Duels {
  return {
    answers: [],
    sums: [],
    leader: -1,
    duels: [{ ahead: stakes.none, behind: stakes.none }],
    history: undefined,
  };
}

/**
 * One vote more. O(answers × stakes) as long as the leader stays; a new leader's duels are fought again from the first vote.
 * An answer that appears now had probability 0 so far, as every unseen one: its duel goes on from theirs.
 */
export function withDistribution(known: Duels, distribution: AnswerDistribution, stakes: Stakes): Duels {
  const answers = [...known.answers];
  const sums = [...known.sums];
  const probabilities = answers.map(() => 0);
  for (const { answer, probability } of distribution) {
    let place = answers.indexOf(answer);
    if (place === -1) {
      place = answers.push(answer) - 1;
      sums.push(0);
    }
    probabilities[place] = probability;
    sums[place]! += probability;
  }
  const history = { probabilities, before: known.history };
  const leader = sums.indexOf(Math.max(...sums));
  if (leader !== known.leader)
    return { answers, sums, leader, duels: foughtAgain(history, leader, sums.length, stakes), history };
  const unseen = known.duels.at(-1)!;
  const duels = Array.from({ length: answers.length + 1 }, (_, place) =>
    afterVote(place < known.answers.length ? known.duels[place]! : unseen, probabilities, leader, place, stakes),
  );
  return { answers, sums, leader, duels, history };
}

function afterVote(
  { ahead, behind }: Duel,
  probabilities: readonly number[],
  leader: number,
  rival: number,
  stakes: Stakes,
): Duel {
  const difference = (probabilities[leader] ?? 0) - (probabilities[rival] ?? 0);
  return { ahead: stakes.after(ahead, difference), behind: stakes.after(behind, -difference) };
}

function foughtAgain(history: History, leader: number, answerCount: number, stakes: Stakes): Duel[] {
  const votes: (readonly number[])[] = [];
  for (let vote: History | undefined = history; vote !== undefined; vote = vote.before) votes.push(vote.probabilities);
  votes.reverse();
  return Array.from({ length: answerCount + 1 }, (_, rival) =>
    votes.reduce<Duel>((duel, probabilities) => afterVote(duel, probabilities, leader, rival, stakes), {
      ahead: stakes.none,
      behind: stakes.none,
    }),
  );
}
