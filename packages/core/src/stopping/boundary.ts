/** Fewest votes of a leader that stop a rule, by the most votes of any other class. Rises with them. */
export type Boundary = (runnerUp: number) => number;

/**
 * A boundary as a table that fills as it is asked, since every question asks again. `isEnough` must become true and stay
 * so as the leader's votes rise, and must not become true as the runner-up's rise.
 *
 * Such a boundary gives `need`: the leader lacks b(v₂) − v₁ votes. A challenger has fewer votes and, with v₁ against it, a
 * higher boundary, so it lacks no fewer; an abstention brings nobody closer.
 */
export function boundaryOf(isEnough: (leader: number, runnerUp: number) => boolean): Boundary {
  const table: number[] = [];
  return (runnerUp) => {
    while (table.length <= runnerUp) {
      const next = table.length;
      let leader = Math.max(next, table[next - 1] ?? 1);
      while (!isEnough(leader, next)) leader += 1;
      table.push(leader);
    }
    return table[runnerUp]!;
  };
}

/** One table for each value of a parameter, for as long as the process lives. */
export function perParameter<Table>(create: (parameter: number) => Table): (parameter: number) => Table {
  const tables = new Map<number, Table>();
  return (parameter) => {
    let table = tables.get(parameter);
    if (table === undefined) {
      table = create(parameter);
      tables.set(parameter, table);
    }
    return table;
  };
}
