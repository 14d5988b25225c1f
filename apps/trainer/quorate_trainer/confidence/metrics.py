"""How good a confidence is: calibration, discrimination, and how far chance alone could have moved either.

c_i is a confidence in [0, 1], y_i is 1 for a right answer and 0 for a wrong one. What cannot be computed is None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

ECE_BINS = 10


@dataclass(frozen=True)
class Scored:
    """One row a sample: the number of its question (any integers), its confidence, whether it is right."""

    question: np.ndarray
    confidence: np.ndarray
    correct: np.ndarray

    @staticmethod
    def of(question: object, confidence: object, correct: object) -> Scored:
        return Scored(
            np.asarray(question, dtype=np.int64),
            np.asarray(confidence, dtype=np.float64),
            np.asarray(correct, dtype=bool),
        )

    @property
    def size(self) -> int:
        return len(self.confidence)


Metric = Callable[[Scored], float | None]


def accuracy(scored: Scored) -> float | None:
    """Share of right samples: mean of y."""
    return float(scored.correct.mean()) if scored.size else None


def ece(scored: Scored, bins: int = ECE_BINS) -> float | None:
    """Expected calibration error: sum over bins of n_b/N · |accuracy_b - mean confidence_b|.

    Equal widths, bins (low, high], c = 0 in the first (Guo et al. 2017, arXiv 1706.04599; Naeini et al. 2015).
    """
    if not scored.size:
        return None
    place = np.searchsorted(np.arange(1, bins) / bins, scored.confidence, side="left")
    gap = np.bincount(place, weights=scored.correct - scored.confidence, minlength=bins)
    return float(np.abs(gap).sum() / scored.size)


def brier(scored: Scored) -> float | None:
    """Mean of (c - y)² (Brier 1950)."""
    return float(np.mean((scored.confidence - scored.correct) ** 2)) if scored.size else None


def auroc(scored: Scored) -> float | None:
    """P(c of a right sample > c of a wrong one) + P(equal)/2, over all samples (Hanley and McNeil 1982)."""
    return _share(*_wins(np.zeros(scored.size, dtype=np.int64), scored.confidence, scored.correct))


def wqd(scored: Scored) -> float | None:
    """Within-question discrimination: over all pairs (right, wrong) of samples of the same question, the share where
    the right one has the larger confidence; a tie counts half. Pairs of all questions weigh the same, so a question
    with many mixed pairs weighs more (CISC, arXiv 2502.06233; all pairs instead of drawn ones)."""
    return _share(*_wins(scored.question, scored.confidence, scored.correct))


def _share(wins: float, pairs: int) -> float | None:
    return wins / pairs if pairs else None


def _wins(group: np.ndarray, confidence: np.ndarray, correct: np.ndarray) -> tuple[float, int]:
    """Pairs (right, wrong) of one group that the right one wins, ties as half, and all such pairs.

    For every right sample: the wrong ones of its group below it, and half of those level with it.
    """
    order = np.lexsort((confidence, group))
    group, confidence, correct = group[order], confidence[order], correct[order]
    if not len(group):
        return 0.0, 0
    starts_group = np.append(True, group[1:] != group[:-1])
    starts_level = starts_group | np.append(True, confidence[1:] != confidence[:-1])
    wrong = ~correct
    wrong_before = np.cumsum(wrong) - wrong
    level = np.cumsum(starts_level) - 1
    below = (wrong_before[starts_level])[level] - (wrong_before[starts_group])[np.cumsum(starts_group) - 1]
    equal = np.bincount(level, weights=wrong)[level]
    number = np.cumsum(starts_group) - 1
    right_each, wrong_each = np.bincount(number, weights=correct), np.bincount(number, weights=wrong)
    return float((below + equal / 2)[correct].sum()), int((right_each * wrong_each).sum())


def interval(
    metric: Metric, scored: Scored, seed: int = 1, draws: int = 1000, level: float = 0.95
) -> tuple[float, float] | None:
    """Percentile bootstrap over questions: all samples of a drawn question come along, since they are not independent
    (Efron and Tibshirani 1993). A question drawn twice counts as two questions. Draws without a value are left out."""
    if not scored.size:
        return None
    random = np.random.default_rng(seed)
    order = np.argsort(scored.question, kind="stable")
    _, starts, sizes = np.unique(scored.question[order], return_index=True, return_counts=True)
    values = []
    for _ in range(draws):
        drawn = random.integers(0, len(starts), len(starts))
        value = metric(_drawn(scored, order, starts[drawn], sizes[drawn]))
        if value is not None:
            values.append(value)
    if not values:
        return None
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def _drawn(scored: Scored, order: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> Scored:
    first_of_each = np.cumsum(sizes) - sizes
    within = np.arange(int(sizes.sum())) - np.repeat(first_of_each, sizes)
    rows = order[np.repeat(starts, sizes) + within]
    return Scored(np.repeat(np.arange(len(sizes)), sizes), scored.confidence[rows], scored.correct[rows])
