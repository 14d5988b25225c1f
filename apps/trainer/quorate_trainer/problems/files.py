"""Problems on disk: JSON lines that Quorate reads as questions too."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ..errors import TrainerError
from .generate import SPLITS, Problem, mixed_problems_of


@dataclass(frozen=True)
class ProblemsOptions:
    out: str
    split: str = "test"
    count: int = 1000
    seed: int = 1
    solutions: bool = False


@dataclass(frozen=True)
class Question:
    id: str
    question: str
    gold: str
    more: dict[str, Any]


def write_problems(options: ProblemsOptions) -> Path:
    if options.split not in SPLITS:
        raise TrainerError(f"Unknown split '{options.split}'; choose one of {', '.join(SPLITS)}.")
    path = Path(options.out)
    with _opened(path, "wt") as file:
        for line in lines_of(islice(mixed_problems_of(options.split, options.seed), options.count), options):
            file.write(json.dumps(line) + "\n")
    return path


def lines_of(problems: Iterable[Problem], options: ProblemsOptions) -> Iterable[dict[str, Any]]:
    for index, problem in enumerate(problems):
        line = {
            "id": f"{options.split}-{options.seed}-{index:05d}",
            "question": problem.question,
            "kind": "number",
            "gold": str(problem.answer),
            "split": options.split,
            "difficulty": problem.difficulty,
        }
        yield {**line, "solution": problem.solution.text} if options.solutions else line


def read_questions(path: str) -> list[Question]:
    """Lines with `question` and `gold` (`id` optional), plain or gzip; anything else in a line is kept as it is."""
    questions: list[Question] = []
    if not Path(path).exists():
        raise TrainerError(f"There is no file {path}. `quorate-trainer problems` makes one.")
    with _opened(Path(path), "rt") as file:
        for number, text in enumerate(file, 1):
            line = json.loads(text)
            if not isinstance(line.get("question"), str) or not isinstance(line.get("gold"), str):
                raise TrainerError(f"{path}, line {number}: `question` and `gold` must be texts.")
            more = {key: value for key, value in line.items() if key not in ("id", "question", "gold")}
            questions.append(Question(str(line.get("id", number)), line["question"], line["gold"], more))
    return questions


TRAINED_ON = "trained-on.json"


def remember_questions(folder: Path, questions: Iterable[Question]) -> None:
    """Keeps what a model was trained on beside its weights, as hashes, so that it is never measured on the same."""
    (folder / TRAINED_ON).write_text(json.dumps(sorted({_fingerprint(q) for q in questions})) + "\n")


def refuse_overlap(folder: Path, questions: Iterable[Question], name: str) -> None:
    if not (folder / TRAINED_ON).exists():
        return
    known = set(json.loads((folder / TRAINED_ON).read_text()))
    common = [q.question for q in questions if _fingerprint(q) in known]
    if common:
        raise TrainerError(
            f"{folder} was trained on {len(common)} of the questions in {name}, for instance {common[0]!r}. "
            "Take another split or seed: a model measured on what it was trained on shows nothing."
        )


def _fingerprint(question: Question) -> str:
    return hashlib.sha256(question.question.encode()).hexdigest()[:16]


def _opened(path: Path, mode: str):
    return gzip.open(path, mode, encoding="utf-8") if path.suffix == ".gz" else open(path, mode, encoding="utf-8")
