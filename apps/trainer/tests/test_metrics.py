from __future__ import annotations

import numpy as np
import pytest

from quorate_trainer.confidence.metrics import Scored, accuracy, auroc, brier, ece, interval, wqd


def test_accuracy_and_brier() -> None:
    scored = Scored.of([0, 0, 1], [0.9, 0.4, 0.2], [True, False, False])
    assert accuracy(scored) == pytest.approx(1 / 3)
    assert brier(scored) == pytest.approx((0.01 + 0.16 + 0.04) / 3)


def test_ece_weighs_each_bin_by_its_samples() -> None:
    # Bin (0.8, 0.9]: accuracy 0.5, confidence 0.85; bin (0.1, 0.2]: accuracy 0, confidence 0.2.
    scored = Scored.of([0, 1, 2], [0.9, 0.8 + 1e-9, 0.2], [True, False, False])
    assert ece(scored) == pytest.approx(2 / 3 * 0.35 + 1 / 3 * 0.2)


def test_ece_keeps_both_ends_and_puts_an_edge_below() -> None:
    assert ece(Scored.of([0, 1], [0.0, 1.0], [False, True])) == 0
    assert ece(Scored.of([0, 1], [0.0, 1.0], [True, False])) == 1
    # 0.3 belongs to (0.2, 0.3] with 0.25: together they are right half the time.
    assert ece(Scored.of([0, 1], [0.3, 0.25], [True, False])) == pytest.approx(abs(0.5 - 0.275))
    assert ece(Scored.of([0, 1], [0.7, 0.65], [True, False])) == pytest.approx(abs(0.5 - 0.675))


def test_auroc_counts_a_tie_as_half() -> None:
    assert auroc(Scored.of([0, 0, 0, 0], [0.9, 0.5, 0.5, 0.1], [True, True, False, False])) == pytest.approx(3.5 / 4)
    assert auroc(Scored.of([0, 1], [0.5, 0.5], [True, False])) == 0.5


def test_wqd_pools_the_pairs_of_all_questions() -> None:
    # Question 4: one right (0.6) against 0.5 and 0.6: 1.5 of 2. Question 9: 0.9 against 0.95: 0 of 1. Question 2: no pair.
    scored = Scored.of([4, 9, 4, 2, 4, 9], [0.5, 0.95, 0.6, 0.7, 0.6, 0.9], [False, False, True, True, False, True])
    assert wqd(scored) == pytest.approx(1.5 / 3)


def test_discrimination_agrees_with_counting_every_pair() -> None:
    random = np.random.default_rng(5)
    question = random.integers(0, 12, 150)
    confidence = random.integers(0, 8, 150) / 8
    correct = random.random(150) < 0.4
    for metric, within in ((auroc, False), (wqd, True)):
        wins, pairs = 0.0, 0
        for right in np.flatnonzero(correct):
            for wrong in np.flatnonzero(~correct):
                if not within or question[right] == question[wrong]:
                    pairs += 1
                    wins += (np.sign(confidence[right] - confidence[wrong]) + 1) / 2
        assert metric(Scored(question, confidence, correct)) == pytest.approx(wins / pairs)


def test_what_cannot_be_computed_is_none() -> None:
    empty, all_right = Scored.of([], [], []), Scored.of([0, 0], [0.2, 0.4], [True, True])
    assert [metric(empty) for metric in (accuracy, ece, brier, auroc, wqd)] == [None] * 5
    assert auroc(all_right) is None and wqd(all_right) is None
    assert interval(accuracy, empty) is None and interval(auroc, all_right) is None
    assert wqd(Scored.of([0, 1], [0.2, 0.4], [True, False])) is None


def test_an_interval_is_seeded_and_resamples_questions() -> None:
    # Every question is all right or all wrong: 25 independent things, whatever the number of samples.
    question = np.repeat(np.arange(25), 40)
    scored = Scored(question, np.full(1000, 0.5), question < 10)
    low, high = interval(accuracy, scored, seed=3)
    assert (low, high) == interval(accuracy, scored, seed=3) != interval(accuracy, scored, seed=4)
    # Standard error sqrt(0.4 · 0.6 / 25) = 0.098.
    assert 0.15 < low < 0.28 and 0.52 < high < 0.65


def test_an_interval_keeps_the_pairs_of_a_question_together() -> None:
    # One pair a question: with copies mixed up, pairs between them would appear and move the value off 1.
    question = np.repeat(np.arange(20), 2)
    confidence = np.where(np.arange(40) % 2 == 0, 0.5, 0.4) + question * 0.01
    assert interval(wqd, Scored(question, confidence, np.arange(40) % 2 == 0), draws=50) == (1.0, 1.0)
