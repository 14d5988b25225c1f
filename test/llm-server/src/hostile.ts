type Hostile = "terminal" | "html" | "huge";

const kinds: readonly Hostile[] = ["terminal", "html", "huge"];
const hugeLength = 1024 * 1024;

const terminal =
  "\u001b[2J\u001b[1;1H\u001b]0;owned\u0007\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007\r\u001b[31mDONE\u001b[0m\u0000\u009b\u202egnp.exe";
const html =
  "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)></td></table>{{7*7}}$\u007b7*7}</script>";
const huge = "(((a+)+)+)+ \\frac{1}{".repeat(Math.ceil(hugeLength / 21)).slice(0, hugeLength);

/** Text that breaks terminals, pages and slow patterns; the answer, if any, is on its last line. */
export function hostileText(kind: Hostile | undefined, turn: number, answer: string | null): string {
  const chosen = kind ?? kinds[turn % kinds.length] ?? "terminal";
  const text = chosen === "terminal" ? terminal : chosen === "html" ? html : huge;
  return answer === null ? text : `${text}\nANSWER: ${answer}`;
}
