"""Responses with targets, in batches of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from ..language.encoding import IGNORED, pad
from .responses import Speaker
from .sampling import Response


@dataclass(frozen=True)
class Example:
    """`confidence_at`: place of the last response token; the closing token follows it."""

    tokens: list[int]
    labels: list[int]
    confidence_at: int
    target: float


def example_of(speaker: Speaker, prompt: list[int], response: Response, target: float) -> Example:
    end = speaker.control.end
    tokens = [*prompt, *response.tokens, end]
    labels = [*[IGNORED] * (len(prompt) - 1), *response.tokens, end, IGNORED]
    return Example(tokens, labels, len(tokens) - 2, target)


@dataclass(frozen=True)
class ExampleBatch:
    tokens: torch.Tensor
    labels: torch.Tensor
    confidence_at: torch.Tensor
    targets: torch.Tensor


def example_batches(
    examples: Sequence[Example], tokens_a_batch: int, pad_token: int, random: np.random.Generator
) -> Iterator[ExampleBatch]:
    by_width: dict[int, list[Example]] = {}
    groups: list[list[Example]] = []
    for place in random.permutation(len(examples)):
        example = examples[place]
        width = _width(example)
        group = by_width.setdefault(width, [])
        group.append(example)
        if len(group) >= max(1, tokens_a_batch // width):
            groups.append(by_width.pop(width))
    groups.extend(by_width.values())
    for place in random.permutation(len(groups)):
        group = groups[place]
        width = _width(group[0])
        yield ExampleBatch(
            torch.from_numpy(pad([e.tokens for e in group], pad_token, width)),
            torch.from_numpy(pad([e.labels for e in group], IGNORED, width)),
            torch.tensor([e.confidence_at for e in group]),
            torch.tensor([e.target for e in group], dtype=torch.float32),
        )


def _width(example: Example) -> int:
    """Lengths in steps of 16: every new shape costs the CPU kernels a compilation."""
    return -(-len(example.tokens) // 16) * 16
