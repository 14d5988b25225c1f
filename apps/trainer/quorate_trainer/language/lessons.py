"""The endless stream of lessons, in batches of like length; the place in the stream is all there is to resume."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import torch
from transformers import PreTrainedTokenizerFast

from ..errors import TrainerError
from ..problems.generate import draw_problem, split_of
from .encoding import IGNORED, Lesson, lesson_of, pad


@dataclass(frozen=True)
class Stage:
    """Numbers up to `largest` until the share `until` of all tokens has been seen."""

    largest: int
    until: float


def parse_stages(text: str) -> list[Stage]:
    """`500:0.5,999:1`. A model that meets large numbers at once learns no arithmetic in this time; small numbers first."""
    try:
        stages = [Stage(int(largest), float(until)) for largest, until in (part.split(":") for part in text.split(","))]
    except ValueError as error:
        raise TrainerError(f"Stages are written as in 500:0.5,999:1, not {text!r}.") from error
    if [stage.until for stage in stages] != sorted(stage.until for stage in stages) or stages[-1].until != 1:
        raise TrainerError(f"Stages rise to a share of 1, as in 500:0.5,999:1; these do not: {text}.")
    return stages


@dataclass(frozen=True)
class Batch:
    tokens: torch.Tensor
    labels: torch.Tensor
    slipped: torch.Tensor


def batches(
    tokenizer: PreTrainedTokenizerFast,
    seed: int,
    pool_index: int,
    largest: int,
    wrong_share: float,
    tokens_a_batch: int,
    pool_size: int = 4096,
) -> Iterator[Batch]:
    """One pool of lessons, cut into batches of like length in random order."""
    random = Random(f"lessons:{seed}:{pool_index}")
    pool: list[Lesson] = []
    while len(pool) < pool_size:
        problem = draw_problem(random, largest)
        if split_of(problem) == "train":
            pool.append(lesson_of(tokenizer, problem, random, wrong_share))
    yield from in_batches(tokenizer, pool, tokens_a_batch, random)


def in_batches(
    tokenizer: PreTrainedTokenizerFast, lessons: list[Lesson], tokens_a_batch: int, random: Random
) -> Iterator[Batch]:
    """Lessons of like length together, in random order."""
    random.shuffle(lessons)
    groups: list[list[Lesson]] = []
    by_width: dict[int, list[Lesson]] = {}
    for lesson in lessons:
        width = _width(lesson)
        group = by_width.setdefault(width, [])
        group.append(lesson)
        if len(group) == max(1, tokens_a_batch // width):
            groups.append(by_width.pop(width))
    groups.extend(by_width.values())
    random.shuffle(groups)
    for group in groups:
        width = _width(group[0])
        yield Batch(
            torch.from_numpy(pad([lesson.tokens for lesson in group], tokenizer.pad_token_id, width)),
            torch.from_numpy(pad([lesson.labels for lesson in group], IGNORED, width)),
            torch.from_numpy(pad([lesson.slipped for lesson in group], -1, width)),
        )


def _width(lesson: Lesson) -> int:
    """Lengths in steps of 16: every new shape costs the CPU kernels a compilation."""
    return -(-len(lesson.tokens) // 16) * 16
