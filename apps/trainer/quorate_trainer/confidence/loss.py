"""The GrACE loss: P(<CNF>) at the end of a response towards its target, while generation stays what it was."""

from __future__ import annotations

import torch
from torch.nn import functional

IGNORED = -100


def grace_loss(
    logits: torch.Tensor,
    labels: torch.Tensor,
    confidence_at: torch.Tensor,
    targets: torch.Tensor,
    confidence_token: int,
) -> tuple[torch.Tensor, torch.Tensor]:
    """(calibration, generation).

    `logits`: batch × length × vocabulary; `labels[b, t]`: token that follows t, IGNORED outside the response;
    `confidence_at[b]`: place of the last response token, whose next-token distribution holds P(<CNF>); `targets[b]` in [0, 1].

    calibration = mean (P(<CNF>) - target)^2, softmax over the whole vocabulary;
    generation = mean cross-entropy of the response, its closing token included, with <CNF> left out of the softmax: what
    the model says when it does not say <CNF> must not change, and nothing pushes P(<CNF>) but its target.
    """
    rows = torch.arange(logits.shape[0], device=logits.device)
    confidence = logits[rows, confidence_at].float().softmax(-1)[:, confidence_token]
    calibration = functional.mse_loss(confidence, targets)
    learnt = labels != IGNORED
    spoken = logits[learnt].float()
    spoken = spoken.index_fill(1, torch.tensor([confidence_token], device=logits.device), -torch.inf)
    generation = functional.cross_entropy(spoken, labels[learnt])
    return calibration, generation
