import { createHash } from "node:crypto";

/** Sorts tables, and filters the one of questions. The report reads the same without it. */
export const script = `
for (const table of document.querySelectorAll(".sortable")) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = (row) => row.cells[place].textContent;
      const number = (row) => parseFloat(text(row).replace(/[$,]/g, "").replace("\u2212", "-"));
      const isNumber = head.classList.contains("n");
      const least = (row) => Number.isNaN(number(row)) ? -Infinity : number(row);
      const order = (a, b) => isNumber
        ? (least(a) < least(b) ? -1 : least(a) > least(b) ? 1 : 0)
        : text(a).localeCompare(text(b), "en", { numeric: true });
      body.append(...[...body.rows].sort((a, b) => (down ? -1 : 1) * order(a, b)));
    });
  });
}
const body = document.querySelector(".questions")?.tBodies[0];
if (body) {
  const filter = document.querySelector(".filter"), input = filter.querySelector("input"), said = filter.querySelector("output");
  filter.hidden = false;
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) shown++;
    }
    said.textContent = wanted === "" ? "" : shown + " of " + body.rows.length;
  });
}
`;

/** Lets the content security policy allow this script and no other. */
export const scriptHash = `sha256-${createHash("sha256").update(script).digest("base64")}`;
