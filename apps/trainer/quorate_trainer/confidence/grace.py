"""GrACE fine-tuning (arXiv 2509.09438) of any causal language model: P(<CNF>) at the end of a response becomes its
confidence, without a second prompt, another model or a further pass."""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..errors import TrainerError
from ..problems.files import read_questions, remember_questions
from .examples import Example, example_batches, example_of
from .loss import grace_loss
from .responses import Graded, Speaker, begin_confidence_row, graded_responses, kept_responses, open_speaker
from .sampling import SampleOptions
from .targets import ProbeOptions, binned_accuracy, out_of_fold_scores, soft_self_consistency


@dataclass(frozen=True)
class GraceOptions:
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
    folds: int = 10
    bins: int = 40
    generation_weight: float = 1.0
    calibration_weight: float = 4.0
    adapter: str = "full"  # full, or lora
    lora_rank: int = 16
    learning_rate: float = 3e-4
    epochs: int = 1
    tokens_a_batch: int = 4096
    seed: int = 1


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
    speaker.model = _trainable(speaker, options)
    report = _train(speaker, examples, options, started_at)
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
        states = np.stack([g.response.end_state.cpu().numpy() for _, g in closed])
        right = np.array([g.right for _, g in closed], dtype=float)
        scores = out_of_fold_scores(states, right, np.array([q for q, _ in closed]), probe)
        targets = list(binned_accuracy(scores, right, options.bins))
    else:
        raise TrainerError(f"--target is probe or self-consistency, not {options.target!r}.")
    return [example_of(speaker, prompts[q], g.response, float(t)) for (q, g), t in zip(closed, targets, strict=True)]


def _agreement(group: list[Graded]) -> list[float]:
    """The geometric mean of the token probabilities stands for the confidence that an untuned model cannot give."""
    confidences = [math.exp(float(np.mean(g.response.logprobs or [-30.0]))) for g in group]
    return soft_self_consistency([g.answer for g in group], confidences)


def _trainable(speaker: Speaker, options: GraceOptions) -> nn.Module:
    if options.adapter == "full":
        return speaker.model
    if options.adapter != "lora":
        raise TrainerError(f"--adapter is full or lora, not {options.adapter!r}.")
    from peft import LoraConfig, get_peft_model

    adapted = get_peft_model(
        speaker.model, LoraConfig(r=options.lora_rank, lora_alpha=2 * options.lora_rank, target_modules="all-linear")
    )
    # Of the vocabulary only the new token's row learns; the others keep their meaning.
    rows = speaker.model.get_output_embeddings().weight.requires_grad_(True)
    mask = torch.zeros(rows.shape[0], 1, device=rows.device)
    mask[speaker.control.confidence] = 1
    rows.register_hook(lambda gradient: gradient * mask)
    return adapted


def _train(speaker: Speaker, examples: list[Example], options: GraceOptions, started_at: float) -> dict[str, float]:
    model, device = speaker.model.train(), next(speaker.model.parameters()).device
    optimizer = torch.optim.AdamW(
        [p for p in model.parameters() if p.requires_grad],
        lr=options.learning_rate,
        weight_decay=0.0,
        betas=(0.9, 0.98),
    )
    total = options.epochs * sum(len(e.tokens) for e in examples)
    random = np.random.default_rng(options.seed)
    pad_token = speaker.tokenizer.pad_token_id if speaker.tokenizer.pad_token_id is not None else speaker.control.end
    seen, step, sums, report = 0, 0, np.zeros(2), {}
    for _ in range(options.epochs):
        for batch in example_batches(examples, options.tokens_a_batch, pad_token, random):
            for group in optimizer.param_groups:
                group["lr"] = options.learning_rate * min(1.0, (step + 1) / 50) * (0.05 + 0.95 * (1 - min(1.0, seen / total)))
            logits = model(input_ids=batch.tokens.to(device)).logits
            calibration, generation = grace_loss(
                logits,
                batch.labels.to(device),
                batch.confidence_at.to(device),
                batch.targets.to(device),
                speaker.control.confidence,
            )
            loss = options.calibration_weight * calibration + options.generation_weight * generation
            if not torch.isfinite(loss):
                raise TrainerError("The loss is not a number. Lower --learning-rate.")
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            seen, step, sums = seen + batch.tokens.numel(), step + 1, sums + np.array([calibration.item(), generation.item()])
            if step % 50 == 0:
                report = {"calibration": round(sums[0] / 50, 5), "generation": round(sums[1] / 50, 5)}
                _say("trained", share=round(seen / total, 3), **report, started_at=started_at)
                sums = np.zeros(2)
    return {**report, "steps": step}


def _save(speaker: Speaker, options: GraceOptions, report: dict[str, float]) -> Path:
    out = Path(options.out)
    model = speaker.model.merge_and_unload() if options.adapter == "lora" else speaker.model
    model.save_pretrained(out)
    speaker.tokenizer.save_pretrained(out)
    (out / "grace.json").write_text(json.dumps({"options": asdict(options), **report}, indent=2) + "\n")
    return out


def _say(what: str, started_at: float, **figures: object) -> None:
    print(json.dumps({"event": what, **figures, "seconds": round(time.monotonic() - started_at)}), flush=True)
