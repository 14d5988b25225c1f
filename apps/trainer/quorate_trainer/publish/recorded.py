"""Reads a trace in Quorate's compact form: JSON lines, one a question, plain or gzip."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import TrainerError


@dataclass(frozen=True)
class RecordedSample:
    """`answer` is None for an abstention; `confidence` in [0, 1]; `mean_logprob` natural, over `tokens` tokens."""

    answer: str | None
    confidence: float | None
    mean_logprob: float | None
    tokens: int | None


@dataclass(frozen=True)
class RecordedQuestion:
    id: str
    gold: str
    level: str | None
    samples: list[RecordedSample]


def read_recording(path: str | Path) -> list[RecordedQuestion]:
    file = Path(path)
    if not file.exists():
        raise TrainerError(f"There is no file {file}. `traces` makes one.")
    questions = []
    for number, text in enumerate(_lines(file), 1):
        try:
            line = json.loads(text)
            # The first line may only name form and version.
            if "quorate" not in line:
                questions.append(_question(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TrainerError(f"{file}, line {number} is not a question with its samples: {error!r}") from error
    if not questions:
        raise TrainerError(f"{file} holds no questions.")
    return questions


def _lines(file: Path) -> Iterator[str]:
    with file.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    with gzip.open(file, "rt", encoding="utf-8") if packed else file.open(encoding="utf-8") as lines:
        yield from (line for line in lines if line.strip())


def _question(line: dict[str, Any]) -> RecordedQuestion:
    level = line.get("level") or (line.get("difficulty") or {}).get("level")
    return RecordedQuestion(line["id"], line["gold"], level, [_sample(sample) for sample in line["samples"]])


def _sample(sample: dict[str, Any]) -> RecordedSample:
    return RecordedSample(sample["answer"], sample.get("confidence"), sample.get("logprob"), sample.get("tokens"))
