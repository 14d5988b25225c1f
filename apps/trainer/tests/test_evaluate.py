from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest

from quorate_trainer.errors import TrainerError
from quorate_trainer.publish.evaluate import EvaluateOptions, evaluate, majority, report_of
from quorate_trainer.publish.recorded import RecordedSample, read_recording


def sample(answer: str | None, confidence: float | None = None, logprob: float | None = None) -> dict:
    return {"answer": answer, "confidence": confidence, "logprob": logprob, "tokens": 10}


def write(path: Path, lines: list[dict]) -> Path:
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def measured(path: Path, votes: int = 16) -> dict:
    return report_of(read_recording(path), EvaluateOptions(traces=str(path), votes=votes, draws=5))


LINES = [
    {
        "version": 1,
        "id": "a",
        "gold": "7",
        "difficulty": {"level": "easy"},
        "samples": [sample("7", 0.9, -0.01), sample("7", 0.8, -0.02), sample("8", 0.3, -0.03), sample(None)],
    },
    {
        "version": 1,
        "id": "b",
        "gold": "5",
        "difficulty": {"level": "hard"},
        # A tie: 4 was seen first, and is wrong.
        "samples": [sample("4", 0.2, -0.2), sample("5", 0.6, -0.1), sample("5", 0.4, -0.4), sample("4", 0.5, -0.3)],
    },
]


@pytest.mark.parametrize("name", ["traces.jsonl", "traces.jsonl.gz"])
def test_a_recording_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    out = tmp_path / "report.json"
    assert evaluate(EvaluateOptions(traces=str(write(tmp_path / name, LINES)), out=str(out), draws=20)) == out
    report = json.loads(out.read_text())
    assert (report["questions"], report["samples"], report["abstentions"]) == (2, 8, 1)
    assert report["accuracy"]["single"]["value"] == 0.5
    assert report["accuracy"]["majority"]["value"] == 0.5
    assert list(report["byLevel"]) == ["easy", "hard"]
    assert report["byLevel"]["hard"]["majority"]["value"] == 0
    token = report["confidence"]["P(<CNF>)"]
    assert (token["samples"], token["missing"]) == (7, 0)
    # Pairs within a: 2 of 2 won; within b: 0.6 beats 0.2 and 0.5, 0.4 beats 0.2 only.
    assert token["wqd"]["value"] == pytest.approx(5 / 6)
    assert token["brier"]["value"] == pytest.approx((0.01 + 0.04 + 0.09 + 0.04 + 0.16 + 0.36 + 0.25) / 7)
    likelihood = report["confidence"]["sequence likelihood"]
    right, wrong = [-0.1, -0.2, -1.0, -4.0], [-0.3, -2.0, -3.0]
    squares = [(math.exp(x) - 1) ** 2 for x in right] + [math.exp(x) ** 2 for x in wrong]
    assert likelihood["brier"]["value"] == pytest.approx(sum(squares) / 7)
    table = capsys.readouterr().out
    assert "majority of 16" in table and "P(<CNF>)" in table and "0.8333" in table


def test_a_confidence_that_was_not_recorded_is_absent(tmp_path: Path) -> None:
    lines = [{"id": "a", "gold": "1", "samples": [{"answer": "1", "confidence": None, "logprob": None, "tokens": None}]}]
    report = measured(write(tmp_path / "t.jsonl", lines))
    assert report["byLevel"] == {}
    for judged in report["confidence"].values():
        assert judged == {"samples": 0, "missing": 1, "ece": None, "brier": None, "auroc": None, "wqd": None}


def test_only_the_first_votes_count_and_abstentions_have_none(tmp_path: Path) -> None:
    answers = ["1", None, "2", "2"]
    assert majority(RecordedSample(answer, None, None, None) for answer in answers) == "2"
    assert majority([RecordedSample(None, None, None, None)]) is None
    lines = [{"id": "a", "gold": "1", "samples": [sample(answer) for answer in answers]}]
    path = write(tmp_path / "t.jsonl", lines)
    for votes, value in ((3, 1), (4, 0)):
        report = measured(path, votes)
        assert report["accuracy"]["majority"]["value"] == value


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainerError, match="There is no file"):
        read_recording(tmp_path / "missing.jsonl")
    with pytest.raises(TrainerError, match="line 2"):
        read_recording(write(tmp_path / "t.jsonl", [LINES[0], {"id": "b"}]))
    with pytest.raises(TrainerError, match="holds no questions"):
        read_recording(write(tmp_path / "e.jsonl", []))
