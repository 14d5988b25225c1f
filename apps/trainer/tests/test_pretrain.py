from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from quorate_trainer.errors import TrainerError
from quorate_trainer.language import pretrain as pretrain_module
from quorate_trainer.language.lessons import Stage, parse_stages
from quorate_trainer.language.pretrain import PretrainOptions, pretrain

POOL = 96
TINY = PretrainOptions(
    out="",
    tokens=220_000,
    stages="30:1",
    layers=2,
    hidden=32,
    feed_forward=64,
    heads=2,
    vocabulary=400,
    tokens_a_batch=1024,
    learning_rate=5e-3,
    warm_up_steps=20,
)


@pytest.fixture(autouse=True)
def small_pools(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pretrain_module.batches
    monkeypatch.setattr(pretrain_module, "batches", lambda *arguments: whole(*arguments, pool_size=POOL))


@pytest.fixture
def folder(tmp_path: Path, tokenizer: PreTrainedTokenizerFast) -> Callable[[str], str]:
    """Output folders that have their tokenizer already: training one for every run would take most of the time."""

    def made(name: str) -> str:
        tokenizer.save_pretrained(tmp_path / name)
        return str(tmp_path / name)

    return made


def losses(output: str) -> list[float]:
    return [json.loads(line)["language"] for line in output.splitlines() if line.startswith("{")]


def test_it_learns(folder: Callable[[str], str], capsys: pytest.CaptureFixture[str]) -> None:
    out = pretrain(replace(TINY, out=folder("model")))
    seen = losses(capsys.readouterr().out)
    # A fresh model knows nothing: ln 400 = 6.0 nats a token.
    assert len(seen) >= 4
    assert seen[-1] < 1.9 and seen[-1] < seen[0] - 0.5
    assert LlamaForCausalLM.from_pretrained(out).config.vocab_size == 400


class Killed(Exception):
    pass


def test_a_run_that_was_killed_ends_as_one_that_was_not(folder: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    options = replace(TINY, tokens=90_000)
    whole = pretrain(replace(options, out=folder("whole")))
    parts = Path(folder("parts"))

    step, taken = pretrain_module.train_step, 0

    def killed_in_the_middle(*arguments: object) -> dict[str, float]:
        nonlocal taken
        taken += 1
        if taken == 80:
            raise Killed
        return step(*arguments)

    monkeypatch.setattr(pretrain_module, "train_step", killed_in_the_middle)
    with pytest.raises(Killed):
        pretrain(replace(options, out=str(parts)))
    monkeypatch.setattr(pretrain_module, "train_step", step)
    saved = torch.load(parts / "checkpoint.pt", weights_only=True)["progress"]
    assert 0 < saved["step"] < 80
    pretrain(replace(options, out=str(parts)))
    first, second = (torch.load(path / "checkpoint.pt", weights_only=True) for path in (whole, parts))
    assert first["progress"] == second["progress"]
    for part in ("model", "head"):
        for name, tensor in first[part].items():
            assert torch.equal(tensor, second[part][name]), name


def test_other_options_are_refused(folder: Callable[[str], str]) -> None:
    options = replace(TINY, out=folder("model"), tokens=2000)
    pretrain(options)
    with pytest.raises(TrainerError, match="other options"):
        pretrain(replace(options, learning_rate=1e-3))


def test_stages_rise_to_the_end() -> None:
    assert parse_stages("500:0.5,9999:1") == [Stage(500, 0.5), Stage(9999, 1.0)]
    for wrong in ("500:0.5", "500:0.7,2000:0.6,9999:1"):
        with pytest.raises(TrainerError, match="Stages rise"):
            parse_stages(wrong)
