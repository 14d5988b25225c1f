export interface Column {
  readonly head: string;
  readonly align: "left" | "right";
}

const gap = "  ";

/** Rows under a head, columns as wide as their widest cell. No trailing spaces. */
export function alignedRows(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns.map(({ head }) => head), ...rows];
  const widths = columns.map((_, place) => Math.max(...all.map((row) => row[place]!.length)));
  return all.map((row) =>
    row
      .map((cell, place) =>
        columns[place]!.align === "right" ? cell.padStart(widths[place]!) : cell.padEnd(widths[place]!),
      )
      .join(gap)
      .trimEnd(),
  );
}

/** Text in lines of at most this width, later ones indented; a longer word keeps a line of its own. */
export function wrapped(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && longer.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}
