"""The last part of pre-training: noticing one's own slips.

Slips that a generator invents are not those that the model makes. Here it solves problems itself, every token of its
solutions is labelled by comparison with the worked one, and the slip head learns on these, beside fresh worked solutions
that keep generation what it was. A model's own wrong tokens are judged, never learnt.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import torch
from torch import nn

from ..confidence.responses import Speaker, open_speaker
from ..confidence.sampling import Response, SampleOptions, sample_responses
from ..errors import TrainerError
from ..problems.generate import Problem, problems_of
from .encoding import IGNORED, Lesson, lesson_of
from .grow import with_more_layers
from .lessons import in_batches
from .tokens import CONFIDENCE, PROMPT_TEMPLATE
from .training import learning_rate, new_optimizer, train_step

HEAD_FILE = "slip-head.pt"


@dataclass(frozen=True)
class NoticeOptions:
    """`model`: a folder written by `pretrain`, `notice` or `grace`. `add_layers`: grow it by so many first."""

    model: str
    out: str
    add_layers: int = 0
    rounds: int = 4
    problems: int = 2000
    samples: int = 4
    wrong_share: float = 0.25
    error_weight: float = 1.0
    peak_learning_rate: float = 6e-4
    tokens_a_batch: int = 4096
    seed: int = 1


def notice(options: NoticeOptions) -> Path:
    torch.manual_seed(options.seed)
    if not Path(options.model).is_dir():
        raise TrainerError(f"There is no folder {options.model}: run `quorate-trainer pretrain --out {options.model}` first.")
    speaker = open_speaker(options.model, PROMPT_TEMPLATE, CONFIDENCE)
    device = speaker.model.device
    if options.add_layers > 0:
        speaker.model = with_more_layers(speaker.model, options.add_layers)
    head = _head(Path(options.model), speaker.model.config.hidden_size).to(device)
    optimizer = new_optimizer(speaker.model, head, options.peak_learning_rate)
    started_at, step = time.monotonic(), 0
    for index in range(options.rounds):
        lessons, accuracy = _lessons(speaker, options, index)
        batches = list(in_batches(speaker.tokenizer, lessons, options.tokens_a_batch, Random(f"{options.seed}:{index}")))
        speaker.model.train()
        errors = 0.0
        for place, batch in enumerate(batches):
            done = (index + place / len(batches)) / options.rounds
            rate = learning_rate(options.peak_learning_rate, 100, step, done)
            losses = train_step(speaker.model, head, optimizer, batch, device, options.error_weight, rate)
            errors += losses["errors"] / len(batches)
            step += 1
        speaker.model.eval()
        figures = {"accuracy": round(accuracy, 4), "errors": round(errors, 4), "language": losses["language"]}
        print(json.dumps({"round": index + 1, **figures, "seconds": round(time.monotonic() - started_at)}), flush=True)
        _save(speaker, head, Path(options.out))
    return Path(options.out)


def _save(speaker: Speaker, head: nn.Linear, out: Path) -> None:
    speaker.model.save_pretrained(out)
    speaker.tokenizer.save_pretrained(out)
    torch.save({"head": head.state_dict()}, out / HEAD_FILE)


def _head(folder: Path, width: int) -> nn.Linear:
    """The slip head of an earlier lesson where there is one (`grace` keeps none)."""
    head = nn.Linear(width, 1)
    for file in (folder / HEAD_FILE, folder / "checkpoint.pt"):
        if file.exists():
            head.load_state_dict(torch.load(file, weights_only=True)["head"])
            break
    return head


def _lessons(speaker: Speaker, options: NoticeOptions, index: int) -> tuple[list[Lesson], float]:
    seed = options.seed * 1_000_003 + index
    problems = list(islice(problems_of("train", seed), options.problems))
    prompts = [speaker.prompt(problem.question) for problem in problems]
    groups = sample_responses(speaker.model, prompts, options.samples, speaker.control, SampleOptions(seed=seed))
    own = [
        (own_lesson(speaker, problem, prompt, response))
        for problem, prompt, group in zip(problems, prompts, groups, strict=True)
        for response in group
        if response.finished
    ]
    random = Random(f"worked:{seed}")
    worked = [
        lesson_of(speaker.tokenizer, problem, random, options.wrong_share)
        for problem in islice(problems_of("train", seed + 500_000), len(own))
    ]
    accuracy = sum(1 - max(lesson.slipped) for lesson in own) / max(1, len(own))
    return [*own, *worked], accuracy


def own_lesson(speaker: Speaker, problem: Problem, prompt: Sequence[int], response: Response) -> Lesson:
    """A slip is the first token that differs from the worked solution: a story has one order of steps, so both agree until
    then."""
    worked = speaker.tokenizer.backend_tokenizer.encode(problem.solution.text, add_special_tokens=False).ids
    same = 0
    while same < min(len(worked), len(response.tokens)) and worked[same] == response.tokens[same]:
        same += 1
    slipped = [0] * same + [1] * (len(response.tokens) - same)
    if same == len(response.tokens) < len(worked):
        slipped[-1] = 1
    tokens = [*prompt, *response.tokens, speaker.control.end]
    return Lesson(tokens, [IGNORED] * len(tokens), [*[-1] * len(prompt), *slipped, -1])
