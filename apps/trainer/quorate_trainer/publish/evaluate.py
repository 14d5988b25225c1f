"""What a recording of the model shows: how often it is right, and how good each confidence it brings is."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ..confidence.metrics import Metric, Scored, accuracy, auroc, brier, ece, interval, wqd
from .recorded import RecordedQuestion, RecordedSample, read_recording

METRICS: dict[str, Metric] = {"ece": ece, "brier": brier, "auroc": auroc, "wqd": wqd}


@dataclass(frozen=True)
class EvaluateOptions:
    """`votes`: samples of a question that vote; `draws`: bootstrap draws of an interval, at 95 %."""

    traces: str
    out: str | None = None
    votes: int = 16
    draws: int = 1000
    seed: int = 1


def _sequence_likelihood(sample: RecordedSample) -> float | None:
    """Probability of the whole response: exp of the sum of its token log-probabilities."""
    if sample.mean_logprob is None or sample.tokens is None:
        return None
    return math.exp(sample.mean_logprob * sample.tokens)


def _token_probability(sample: RecordedSample) -> float | None:
    """Geometric mean of the token probabilities, Quorate's `token-probability`: exp of the mean log-probability."""
    return None if sample.mean_logprob is None else math.exp(sample.mean_logprob)


DRIVERS: dict[str, Callable[[RecordedSample], float | None]] = {
    "P(<CNF>)": lambda sample: sample.confidence,
    "sequence likelihood": _sequence_likelihood,
    "mean token probability": _token_probability,
}


def evaluate(options: EvaluateOptions) -> Path | None:
    """Prints a table, and writes the same as JSON where `out` says."""
    questions = read_recording(options.traces)
    report = report_of(questions, options)
    print(table_of(report), flush=True)
    if options.out is None:
        return None
    out = Path(options.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return out


def report_of(questions: Sequence[RecordedQuestion], options: EvaluateOptions) -> dict[str, object]:
    samples = [sample for question in questions for sample in question.samples]
    levels = sorted({q.level for q in questions if q.level is not None}, key=_order_of_level)
    return {
        "options": {key: value for key, value in asdict(options).items() if key not in ("traces", "out")},
        "questions": len(questions),
        "samples": len(samples),
        "abstentions": sum(sample.answer is None for sample in samples),
        "accuracy": _accuracies(questions, options),
        "byLevel": {level: _accuracies([q for q in questions if q.level == level], options) for level in levels},
        "confidence": {name: _judged(questions, driver, options) for name, driver in DRIVERS.items()},
    }


def majority(samples: Iterable[RecordedSample]) -> str | None:
    """The most frequent answer, the one seen first where several are; abstentions have no vote."""
    votes = Counter(sample.answer for sample in samples if sample.answer is not None)
    return votes.most_common(1)[0][0] if votes else None


def _accuracies(questions: Sequence[RecordedQuestion], options: EvaluateOptions) -> dict[str, object]:
    """A sample without an answer, and a question without a vote, count as wrong."""
    single = [(n, 0.0, s.answer == q.gold) for n, q in enumerate(questions) for s in q.samples]
    voted = [(n, 0.0, majority(q.samples[: options.votes]) == q.gold) for n, q in enumerate(questions)]
    return {
        "questions": len(questions),
        "single": _measured(accuracy, _scored(single), options),
        "majority": _measured(accuracy, _scored(voted), options),
    }


def _judged(
    questions: Sequence[RecordedQuestion], driver: Callable[[RecordedSample], float | None], options: EvaluateOptions
) -> dict[str, object]:
    """Over samples that have an answer and this confidence; how many have not is told, never filled in."""
    rows: list[tuple[int, float, bool]] = []
    missing = 0
    for number, question in enumerate(questions):
        for sample in question.samples:
            if sample.answer is None:
                continue
            confidence = driver(sample)
            if confidence is None:
                missing += 1
            else:
                rows.append((number, confidence, sample.answer == question.gold))
    scored = _scored(rows)
    measured = {name: _measured(metric, scored, options) for name, metric in METRICS.items()}
    return {"samples": len(rows), "missing": missing, **measured}


def _scored(rows: Sequence[tuple[int, float, bool]]) -> Scored:
    return Scored.of(*zip(*rows, strict=True)) if rows else Scored.of([], [], [])


def _measured(metric: Metric, scored: Scored, options: EvaluateOptions) -> dict[str, object] | None:
    value = metric(scored)
    if value is None:
        return None
    between = interval(metric, scored, options.seed, options.draws)
    return {"value": value, "interval": None if between is None else list(between)}


def _order_of_level(level: str) -> tuple[int, str]:
    known = ("easy", "medium", "hard")
    return (known.index(level) if level in known else len(known), level)


def table_of(report: dict[str, object]) -> str:
    votes = report["options"]["votes"]
    lines = [
        f"{report['questions']} questions, {report['samples']} samples, {report['abstentions']} without an answer",
        "",
        f"{'':24}{'questions':>10}{'single sample':>26}{f'majority of {votes}':>26}",
    ]
    for name, row in [("all", report["accuracy"]), *report["byLevel"].items()]:
        lines.append(f"{name:24}{row['questions']:>10}{_percent(row['single']):>26}{_percent(row['majority']):>26}")
    lines += ["", f"{'':24}{'samples':>10}" + "".join(f"{name.upper():>26}" for name in METRICS)]
    for name, row in report["confidence"].items():
        cells = "".join(f"{_number(row[metric]):>26}" for metric in METRICS)
        lines.append(f"{name:24}{row['samples']:>10}{cells}")
    lines += ["", "In brackets: 95 % intervals, bootstrap over questions."]
    return "\n".join(lines)


def _percent(measured: dict[str, object] | None) -> str:
    return _shown(measured, lambda value: f"{100 * value:.1f}", " %")


def _number(measured: dict[str, object] | None) -> str:
    return _shown(measured, lambda value: f"{value:.4f}", "")


def _shown(measured: dict[str, object] | None, form: Callable[[float], str], unit: str) -> str:
    if measured is None:
        return "-"
    between = measured["interval"]
    return f"{form(measured['value'])}{unit}" + (f" ({form(between[0])}-{form(between[1])})" if between else "")
