"""One step of learning: the next token, and whether a slip has been read."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional
from transformers import LlamaForCausalLM

from ..errors import TrainerError
from .encoding import IGNORED
from .lessons import Batch


def new_optimizer(model: nn.Module, head: nn.Module, peak_learning_rate: float) -> torch.optim.Optimizer:
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    others = [p for p in model.parameters() if p.ndim < 2]
    return torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.05}, {"params": [*others, *head.parameters()], "weight_decay": 0.0}],
        lr=peak_learning_rate,
        betas=(0.9, 0.98),
        fused=True,
    )


def learning_rate(peak: float, warm_up_steps: int, step: int, done: float) -> float:
    """Warm-up, then a cosine down to a twentieth of the peak; `done` is the share of the training that is over."""
    return peak * min(1.0, (step + 1) / warm_up_steps) * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))


def train_step(
    model: LlamaForCausalLM,
    head: nn.Linear,
    optimizer: torch.optim.Optimizer,
    batch: Batch,
    device: torch.device,
    error_weight: float,
    rate: float,
) -> dict[str, float]:
    for group in optimizer.param_groups:
        group["lr"] = rate
    tokens, labels, slipped = batch.tokens.to(device), batch.labels.to(device), batch.slipped.to(device)
    # On a CPU every new shape costs bfloat16 kernels a compilation, which loses more than the arithmetic gains.
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
        # Right padding under a causal mask: real tokens never see it.
        states = model.model(input_ids=tokens).last_hidden_state
    learnt, judged = labels != IGNORED, slipped >= 0
    # A sum over none is 0 where a mean would not be a number: a batch may hold nothing but own solutions to judge.
    language = functional.cross_entropy(model.lm_head(states[learnt].float()), labels[learnt], reduction="sum")
    language = language / max(1, int(learnt.sum()))
    errors = functional.binary_cross_entropy_with_logits(head(states[judged].float()).squeeze(-1), slipped[judged].float())
    loss = language + error_weight * errors
    if not torch.isfinite(loss):
        raise TrainerError("The loss is not a number. Lower --learning-rate, and go on from the last checkpoint.")
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return {"language": round(language.item(), 4), "errors": round(errors.item(), 4)}
