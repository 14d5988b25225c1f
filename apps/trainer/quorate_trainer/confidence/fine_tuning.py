"""Examples with targets, and a model that learns them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from ..errors import TrainerError
from .examples import Example, example_batches
from .loss import grace_loss
from .responses import Speaker


@dataclass(frozen=True)
class FineTuning:
    """Every number is ours: the paper, as far as we know it, gives none."""

    adapter: str = "full"  # full, or lora
    lora_rank: int = 16
    generation_weight: float = 1.0
    calibration_weight: float = 4.0
    learning_rate: float = 3e-4
    epochs: int = 1
    tokens_a_batch: int = 4096
    seed: int = 1


def trainable(speaker: Speaker, options: FineTuning) -> nn.Module:
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


def fine_tune(speaker: Speaker, examples: list[Example], options: FineTuning, say: Callable[..., None]) -> dict[str, float]:
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
                say("trained", share=round(seen / total, 3), **report)
                sums = np.zeros(2)
    return {**report, "steps": step}
