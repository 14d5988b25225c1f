"""Seeded problems, with splits that cannot overlap."""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from ..errors import TrainerError
from .arithmetic import Step, WrittenSolution, write_solution
from .families import FAMILIES
from .story import DoesNotFit, Story

# Shares of all possible problems in thousandths; a problem's computation alone decides its split.
SPLITS = {
    "train": (0, 800),
    "grace": (800, 880),
    "validation": (880, 910),
    "calibration": (910, 955),
    "test": (955, 1000),
}

MAX_STEPS = 8
SMALLEST_LIMIT = 20
LARGEST_LIMIT = 999


@dataclass(frozen=True)
class Problem:
    question: str
    steps: list[Step]
    unit: str
    family: str
    limit: int

    @property
    def answer(self) -> int:
        return self.steps[-1].result

    @property
    def computation(self) -> str:
        """What is calculated, whatever the story: the identity that keeps splits apart."""
        return ";".join(f"{s.left.value}{s.operator}{s.right.value}" for s in self.steps)

    @property
    def solution(self) -> WrittenSolution:
        return write_solution(self.steps, self.unit)

    @property
    def difficulty(self) -> dict[str, int | str]:
        """`work`: decimal digits written in all results, the number of places where a slip can happen."""
        return {
            "family": self.family,
            "steps": len(self.steps),
            "largest": max(max(s.left.value, s.right.value, s.result) for s in self.steps),
            "products": sum(s.operator in "*/" for s in self.steps),
            "work": sum(len(str(s.result)) for s in self.steps),
            "level": level_of(self.steps),
        }


LEVELS = ("easy", "medium", "hard")


def level_of(steps: list[Step]) -> str:
    work = sum(len(str(s.result)) for s in steps)
    return "easy" if work <= 6 else "medium" if work <= 15 else "hard"


def split_of(problem: Problem) -> str:
    place = int.from_bytes(hashlib.sha256(problem.computation.encode()).digest()[:8]) % 1000
    return next(name for name, (low, high) in SPLITS.items() if low <= place < high)


def draw_problem(random: Random, largest: int = LARGEST_LIMIT) -> Problem:
    """Steps uniform in 1 to 8; the range of numbers uniform in its digits, from 20 to `largest`."""
    while True:
        family = random.choice(list(FAMILIES))
        limit = round(math.exp(random.uniform(math.log(SMALLEST_LIMIT), math.log(largest))))
        story = Story(random, limit, random.randint(1, MAX_STEPS))
        try:
            FAMILIES[family](story)
        except DoesNotFit:
            continue
        if story.left == 0:
            return Problem(" ".join(story.sentences), story.steps, story.unit, family, limit)


def mixed_problems_of(split: str, seed: int) -> Iterator[Problem]:
    """Distinct draws, an easy one, a medium one and a hard one in turn: the mixture that is asked and measured."""
    waiting: dict[str, list[Problem]] = {level: [] for level in LEVELS}
    seen: set[str] = set()
    drawn = problems_of(split, seed)
    for place in itertools.count():
        wanted = waiting[LEVELS[place % len(LEVELS)]]
        while not wanted:
            problem = next(drawn)
            if problem.computation not in seen:
                seen.add(problem.computation)
                waiting[problem.difficulty["level"]].append(problem)
        yield wanted.pop(0)


def problems_of(split: str, seed: int, largest: int = LARGEST_LIMIT) -> Iterator[Problem]:
    """Endless draws of one split: the same seed gives the same problems."""
    if split not in SPLITS:
        raise TrainerError(f"Unknown split '{split}'; choose one of {', '.join(SPLITS)}.")
    random = Random(f"{split}:{seed}")
    while True:
        problem = draw_problem(random, largest)
        if split_of(problem) == split:
            yield problem
