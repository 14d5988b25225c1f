"""GrACE fine-tuning (arXiv 2509.09438) of any causal language model: P(<CNF>) at the end of a response becomes its
confidence, without a second prompt, another model or a further pass."""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch

from ..errors import TrainerError
from ..problems.files import read_questions, remember_questions
from .examples import Example, example_of
from .fine_tuning import FineTuning, fine_tune, trainable
from .responses import Graded, Speaker, begin_confidence_row, graded_responses, kept_responses, open_speaker
from .sampling import Response, SampleOptions
from .targets import ProbeOptions, binned_accuracy, out_of_fold_scores, soft_self_consistency


@dataclass(frozen=True, kw_only=True)
class GraceOptions(FineTuning):
    """From the paper: the probe and its bins as targets, the two losses, a trained row for the new token. Not given by it,
    so ours: every number."""

    model: str
    questions: str
    out: str
    template: str | None = None
    confidence_token: str = "<CNF>"
    responses: str | None = None  # a file to keep the sampled responses in, for another training on the same
    samples: int = 8
    sampling_seed: int = 1
    max_tokens: int = 160
    temperature: float = 1.0
    target: str = "probe"  # probe: GrACE; self-consistency: Self-Calibration's SSC, without labels
    probe_features: str = "state"  # the last hidden state, as in the paper; or state+likelihood
    folds: int = 10
    bins: int = 40


def grace(options: GraceOptions) -> Path:
    torch.manual_seed(options.seed)
    speaker = open_speaker(options.model, options.template, options.confidence_token, add_missing=True)
    questions = read_questions(options.questions)
    started_at = time.monotonic()
    sampling = SampleOptions(options.max_tokens, options.temperature, options.sampling_seed)
    if options.responses is None:
        groups = graded_responses(speaker, questions, options.samples, sampling)
    else:
        groups = kept_responses(Path(options.responses), speaker, questions, options.samples, sampling)
    right = np.mean([graded.right for group in groups for graded in group])
    _say("sampled", responses=len(questions) * options.samples, accuracy=round(float(right), 4), started_at=started_at)
    examples = _examples(speaker, speaker.prompts(questions), groups, options)
    begin_confidence_row(speaker)
    speaker.model = trainable(speaker, options)
    report = fine_tune(speaker, examples, options, partial(_say, started_at=started_at))
    out = _save(speaker, options, {**report, "trainAccuracy": float(right), "examples": len(examples)})
    remember_questions(out, questions)
    return out


def _examples(speaker: Speaker, prompts: list[list[int]], groups: list[list[Graded]], options: GraceOptions) -> list[Example]:
    """Responses that ran into the token limit have no end to read a confidence from: they are left out."""
    closed = [(q, g) for q, group in enumerate(groups) for g in group if g.response.finished]
    if not closed:
        raise TrainerError("No response closed within --max-tokens. Raise it, or train the model further first.")
    if options.target == "self-consistency":
        targets = [t for group in groups for t, g in zip(_agreement(group), group, strict=True) if g.response.finished]
    elif options.target == "probe":
        probe = ProbeOptions(folds=options.folds, bins=options.bins, seed=options.seed)
        states = np.stack([_features(g.response, options.probe_features) for _, g in closed])
        right = np.array([g.right for _, g in closed], dtype=float)
        scores = out_of_fold_scores(states, right, np.array([q for q, _ in closed]), probe)
        targets = list(binned_accuracy(scores, right, options.bins))
    else:
        raise TrainerError(f"--target is probe or self-consistency, not {options.target!r}.")
    return [example_of(speaker, prompts[q], g.response, float(t)) for (q, g), t in zip(closed, targets, strict=True)]


def _features(response: Response, features: str) -> np.ndarray:
    """What the probe sees. A small model's state knows little about how surprising its own tokens were; the likelihoods that
    it gave them do: targets made with them are far better, if the model has the room to learn them."""
    state = response.end_state.cpu().numpy()
    if features == "state":
        return state
    if features != "state+likelihood":
        raise TrainerError(f"--probe-features is state or state+likelihood, not {features!r}.")
    logprobs = np.array(response.logprobs or [0.0])
    likelihoods = [np.exp(logprobs.sum()), max(logprobs.sum(), -20.0), logprobs.mean(), np.exp(logprobs.min())]
    return np.concatenate([state, likelihoods])


def _agreement(group: list[Graded]) -> list[float]:
    """The geometric mean of the token probabilities stands for the confidence that an untuned model cannot give."""
    confidences = [math.exp(float(np.mean(g.response.logprobs or [-30.0]))) for g in group]
    return soft_self_consistency([g.answer for g in group], confidences)


def _save(speaker: Speaker, options: GraceOptions, report: dict[str, float]) -> Path:
    out = Path(options.out)
    model = speaker.model.merge_and_unload() if options.adapter == "lora" else speaker.model
    model.save_pretrained(out)
    speaker.tokenizer.save_pretrained(out)
    (out / "grace.json").write_text(json.dumps({"options": asdict(options), **report}, indent=2) + "\n")
    return out


def _say(what: str, started_at: float, **figures: object) -> None:
    print(json.dumps({"event": what, **figures, "seconds": round(time.monotonic() - started_at)}), flush=True)
