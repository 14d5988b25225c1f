"""A story under construction: sentences and steps grow together, within the largest number allowed."""

from __future__ import annotations

from random import Random

from .arithmetic import Step, Term


class DoesNotFit(Exception):
    """A drawn number would leave the range; the story is drawn again."""


class Story:
    def __init__(self, random: Random, limit: int, step_count: int) -> None:
        self.random = random
        self.limit = limit
        self.step_count = step_count
        self.steps: list[Step] = []
        self.sentences: list[str] = []
        self.unit = ""

    @property
    def left(self) -> int:
        """Steps still to take."""
        return self.step_count - len(self.steps)

    def say(self, *choices: str) -> None:
        self.sentences.append(self.random.choice(choices))

    def number(self, low: int, high: int) -> Term:
        """Small and large numbers alike: uniform in the number of digits rather than in the value."""
        high = min(high, self.limit)
        if high < low:
            raise DoesNotFit
        ceiling = max(low, round(low * (high / low) ** self.random.random())) if self.random.random() < 0.5 else high
        return Term(self.random.randint(low, ceiling))

    def calculate(self, operator: str, left: Term, right: Term) -> Term:
        step = Step(operator, left, right)
        if not 0 < step.result <= self.limit or self.left == 0:
            raise DoesNotFit
        if operator == "/" and left.value % right.value != 0:
            raise DoesNotFit
        self.steps.append(step)
        return Term(step.result, len(self.steps) - 1)

    def divisor_of(self, value: int, high: int = 12) -> Term:
        divisors = [d for d in range(2, high + 1) if value % d == 0 and value > d]
        if not divisors:
            raise DoesNotFit
        return Term(self.random.choice(divisors))
