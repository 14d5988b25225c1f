"""From problems to token sequences with what is to be learnt from each token."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
from transformers import PreTrainedTokenizerFast

from ..problems.arithmetic import WrittenSolution, write_solution
from ..problems.generate import Problem
from ..problems.slips import random_slip
from .tokens import ASSISTANT, END, USER

IGNORED = -100


@dataclass(frozen=True)
class Lesson:
    """`labels[t]` is the token to predict at t (IGNORED: nothing is learnt); `slipped[t]` is 1 once a slip has been read,
    0 before, -1 where the question stands no judgement."""

    tokens: list[int]
    labels: list[int]
    slipped: list[int]


def prompt_tokens(tokenizer: PreTrainedTokenizerFast, question: str) -> list[int]:
    return [
        tokenizer.convert_tokens_to_ids(USER),
        *tokenizer(question, add_special_tokens=False, split_special_tokens=True)["input_ids"],
        tokenizer.convert_tokens_to_ids(ASSISTANT),
    ]


def lesson_of(tokenizer: PreTrainedTokenizerFast, problem: Problem, random: Random, wrong_share: float) -> Lesson:
    """A worked solution; a share of them holds one slip, which is read and judged but never learnt to be written."""
    written = (
        write_solution(problem.steps, problem.unit, random_slip(problem.steps, random))
        if random.random() < wrong_share
        else problem.solution
    )
    return _lesson(tokenizer, problem.question, written)


def _lesson(tokenizer: PreTrainedTokenizerFast, question: str, written: WrittenSolution) -> Lesson:
    prompt = prompt_tokens(tokenizer, question)
    encoded = tokenizer.backend_tokenizer.encode(written.text, add_special_tokens=False)
    response = [*encoded.ids, tokenizer.convert_tokens_to_ids(END)]
    starts = np.array([offset[0] for offset in encoded.offsets])
    labels = list(response)
    slipped = [0] * len(response)
    if written.wrong_at is not None:
        low, high = written.wrong_at
        for place in np.flatnonzero((starts >= low) & (starts < high)):
            labels[place] = IGNORED
        first = int(np.searchsorted(starts, low))
        slipped[first:] = [1] * (len(response) - first)
    # The token at t is predicted at t - 1; the judgement at t may use the token at t. The closing token is never judged:
    # confidence is read before it.
    tokens = [*prompt, *response]
    shifted = [*[IGNORED] * (len(prompt) - 1), *labels, IGNORED]
    judged = [*[-1] * len(prompt), *slipped[:-1], -1]
    return Lesson(tokens, shifted, judged)


def pad(rows: list[list[int]], value: int, width: int) -> np.ndarray:
    padded = np.full((len(rows), width), value, dtype=np.int64)
    for index, row in enumerate(rows):
        padded[index, : len(row)] = row
    return padded
