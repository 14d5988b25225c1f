"""Solutions as data: every step names its operands, so that a slip can be carried on consistently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Term:
    """An operand: a number of the story, or the result of an earlier step."""

    value: int
    step: int | None = None


@dataclass(frozen=True)
class Step:
    operator: str
    left: Term
    right: Term

    @property
    def result(self) -> int:
        return apply(self.operator, self.left.value, self.right.value)


@dataclass(frozen=True)
class Slip:
    """One error in a written solution: `part` of step `step` (or of the answer line, `step` = number of steps)."""

    step: int
    part: str  # left | operator | right | result | answer
    text: str


@dataclass(frozen=True)
class WrittenSolution:
    """`wrong_at` is the span of characters that holds the slip; absent in a clean solution."""

    text: str
    answer: int
    wrong_at: tuple[int, int] | None = None


def apply(operator: str, left: int, right: int) -> int:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    # Divisions of a story are exact; after a slip the written quotient is the whole part.
    return left // right if right != 0 else 0


@dataclass
class _Page:
    text: str = ""
    wrong_at: tuple[int, int] | None = None
    results: list[int] = field(default_factory=list)

    def write(self, text: str, wrong: bool = False) -> None:
        if wrong:
            self.wrong_at = (len(self.text), len(self.text) + len(text))
        self.text += text


def write_solution(steps: Sequence[Step], unit: str, slip: Slip | None = None) -> WrittenSolution:
    """One line a step, `12+5=17 apples`, then `ANSWER: 17`; steps after a slip go on from the slipped value."""
    page = _Page()
    for index, step in enumerate(steps):
        wrong: Mapping[str, str] = {slip.part: slip.text} if slip is not None and slip.step == index else {}
        left = page.results[step.left.step] if step.left.step is not None else step.left.value
        right = page.results[step.right.step] if step.right.step is not None else step.right.value
        left_text, operator, right_text = (
            wrong.get("left", str(left)),
            wrong.get("operator", step.operator),
            wrong.get("right", str(right)),
        )
        result = wrong.get("result", str(apply(operator, int(left_text), int(right_text))))
        page.write(left_text, "left" in wrong)
        page.write(operator, "operator" in wrong)
        page.write(right_text, "right" in wrong)
        page.write("=")
        page.write(result, "result" in wrong)
        page.write(f" {unit}\n")
        page.results.append(int(result))
    answer = str(page.results[-1])
    page.write("ANSWER: ")
    if slip is not None and slip.part == "answer":
        answer = slip.text
        page.write(answer, wrong=True)
    else:
        page.write(answer)
    return WrittenSolution(page.text, int(answer), page.wrong_at)
