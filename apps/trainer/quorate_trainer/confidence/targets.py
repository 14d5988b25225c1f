"""What P(<CNF>) is taught: soft targets instead of right or wrong (GrACE), or agreement with other samples (Self-Calibration).

GrACE (arXiv 2509.09438) trains a linear probe by k-fold cross-validation on the last hidden state, groups the samples by
their out-of-fold score, and takes each group's accuracy as the target. The number of folds and bins, the kind of bins and
the probe's optimiser are not given by the sources at hand: those numbers are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import TrainerError


@dataclass(frozen=True)
class ProbeOptions:
    """All of these are our own defaults. Bins of equal mass keep every target's noise alike."""

    folds: int = 10
    bins: int = 40
    ridge: float = 1.0
    iterations: int = 25
    seed: int = 1


def out_of_fold_scores(
    states: np.ndarray, right: np.ndarray, groups: np.ndarray, options: ProbeOptions = ProbeOptions()
) -> np.ndarray:
    """Score in (0, 1) of every sample by a logistic probe that never saw its question.

    `states`: samples × hidden; `right`: 0 or 1 each; `groups`: the question each sample belongs to. Folds are made of whole
    questions: two samples of one question in different folds would let the probe know the answer already.
    """
    if len({len(states), len(right), len(groups)}) != 1:
        raise TrainerError(f"Sizes differ: {len(states)} states, {len(right)} grades, {len(groups)} groups.")
    questions = np.unique(groups)
    if len(questions) < options.folds:
        raise TrainerError(f"{len(questions)} questions cannot make {options.folds} folds. Sample more questions.")
    fold_of = dict(
        zip(
            np.random.default_rng(options.seed).permutation(questions),
            _dealt(len(questions), options.folds),
            strict=True,
        )
    )
    folds = np.array([fold_of[group] for group in groups])
    scores = np.empty(len(states))
    for fold in range(options.folds):
        held_out = folds == fold
        weights = _logistic_regression(states[~held_out], right[~held_out], options)
        scores[held_out] = _probability(states[held_out], weights)
    return scores


def binned_accuracy(scores: np.ndarray, right: np.ndarray, bins: int) -> np.ndarray:
    """For every sample the share of right ones among those with a like score; bins of equal mass, in order of score."""
    order = np.argsort(scores, kind="stable")
    targets = np.empty(len(scores))
    for members in np.array_split(order, min(bins, len(order))):
        targets[members] = right[members].mean()
    return targets


def soft_self_consistency(answers: Sequence[str | None], confidences: Sequence[float]) -> list[float]:
    """Self-Calibration's label-free target for the samples of one question (arXiv 2503.00031):
    SSC(y) = sum of c_i over samples with answer y, divided by the sum of all c_i. Abstentions (None) get 0 and, unlike in
    the released code, stay in the denominator."""
    total = sum(confidences)
    if total <= 0:
        return [0.0 for _ in answers]
    mass: dict[str, float] = {}
    for answer, confidence in zip(answers, confidences, strict=True):
        if answer is not None:
            mass[answer] = mass.get(answer, 0.0) + confidence
    return [0.0 if answer is None else mass[answer] / total for answer in answers]


def _dealt(count: int, folds: int) -> np.ndarray:
    return np.arange(count) % folds


@dataclass(frozen=True)
class _Weights:
    mean: np.ndarray
    scale: np.ndarray
    values: np.ndarray


def _logistic_regression(states: np.ndarray, right: np.ndarray, options: ProbeOptions) -> _Weights:
    """Ridge-penalised maximum likelihood by Newton steps: no learning rate to choose, the same result everywhere."""
    mean, scale = states.mean(0), states.std(0) + 1e-6
    inputs = _inputs(states, mean, scale)
    values = np.zeros(inputs.shape[1])
    penalty = np.full(inputs.shape[1], options.ridge)
    penalty[-1] = 1e-6
    for _ in range(options.iterations):
        probability = _sigmoid(inputs @ values)
        gradient = inputs.T @ (probability - right) + penalty * values
        curvature = (inputs * (probability * (1 - probability))[:, None]).T @ inputs + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        values -= step
        if np.abs(step).max() < 1e-6:
            break
    return _Weights(mean, scale, values)


def _probability(states: np.ndarray, weights: _Weights) -> np.ndarray:
    return _sigmoid(_inputs(states, weights.mean, weights.scale) @ weights.values)


def _inputs(states: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return np.hstack([(states - mean) / scale, np.ones((len(states), 1))])


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
