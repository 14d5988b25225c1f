const most = 20_000;

/** What follows a block of hidden reasoning, and of that the end; nothing where the block was never closed. */
export function saidAloud(text: string): string {
  const closed = Math.max(text.lastIndexOf("</think>"), text.lastIndexOf("</thinking>"));
  const opened = Math.max(text.lastIndexOf("<think>"), text.lastIndexOf("<thinking>"));
  if (opened > closed) return "";
  const said = closed === -1 ? text : text.slice(text.indexOf(">", closed) + 1);
  return said.slice(-most);
}
