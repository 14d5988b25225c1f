from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from quorate_trainer.confidence import grace as grace_module
from quorate_trainer.confidence.grace import GraceOptions, grace
from quorate_trainer.confidence.loss import grace_loss
from quorate_trainer.confidence.responses import Graded, Speaker, graded_responses, open_speaker
from quorate_trainer.confidence.sampling import Response, SampleOptions
from quorate_trainer.confidence.targets import ProbeOptions, binned_accuracy, out_of_fold_scores, soft_self_consistency
from quorate_trainer.errors import TrainerError
from quorate_trainer.language.tokens import CONFIDENCE, PROMPT_TEMPLATE
from quorate_trainer.problems.files import ProblemsOptions, Question, read_questions, refuse_overlap, write_problems


def test_targets_of_a_hand_example() -> None:
    # In order of score: (0.1 wrong, 0.2 right), (0.6 right, 0.9 right); two bins of two.
    scores, right = np.array([0.9, 0.1, 0.6, 0.2]), np.array([1.0, 0.0, 1.0, 1.0])
    assert binned_accuracy(scores, right, 2).tolist() == [1.0, 0.5, 1.0, 0.5]


def test_soft_self_consistency_of_a_hand_example() -> None:
    # 7 has 0.6 + 0.2 of 1.2; the abstention counts below the line alone.
    targets = soft_self_consistency(["7", "8", "7", None], [0.6, 0.3, 0.2, 0.1])
    assert targets == pytest.approx([0.8 / 1.2, 0.3 / 1.2, 0.8 / 1.2, 0.0])


def test_a_probe_learns_a_direction_and_never_scores_what_it_saw() -> None:
    random = np.random.default_rng(1)
    groups = np.repeat(np.arange(60), 5)
    states = random.normal(size=(300, 8))
    right = (states[:, 0] + 0.3 * random.normal(size=300) > 0).astype(float)
    scores = out_of_fold_scores(states, right, groups)
    assert scores[right == 1].mean() - scores[right == 0].mean() > 0.5
    # A feature that tells questions apart helps only whoever has seen the question: out of fold it is worth nothing.
    memory = np.eye(60)[groups]
    luck = np.repeat(random.integers(0, 2, 60), 5).astype(float)
    scores = out_of_fold_scores(memory, luck, groups, ProbeOptions(ridge=1e-3))
    assert abs(scores[luck == 1].mean() - scores[luck == 0].mean()) < 0.2


def test_too_few_questions_for_the_folds_are_refused() -> None:
    with pytest.raises(TrainerError, match="10 folds"):
        out_of_fold_scores(np.zeros((6, 2)), np.zeros(6), np.array([1, 1, 1, 2, 2, 2]))


def test_loss_of_a_hand_example() -> None:
    # Three tokens: 0 text, 1 closing, 2 <CNF>. P(<CNF>) at the last response token: 2/4.
    logits = torch.log(torch.tensor([[[2.0, 1.0, 1.0], [1.0, 1.0, 2.0], [1.0, 1.0, 1.0]]]))
    labels = torch.tensor([[0, 1, -100]])
    calibration, generation = grace_loss(logits, labels, torch.tensor([1]), torch.tensor([0.75]), 2)
    assert calibration.item() == pytest.approx((0.5 - 0.75) ** 2)
    # Without <CNF>: P(0) = 2/3 at the first place, P(1) = 1/2 at the second.
    assert generation.item() == pytest.approx(-(np.log(2 / 3) + np.log(1 / 2)) / 2)


def two_kinds(speaker: Speaker) -> list[list[Graded]]:
    """Responses that begin with 7 are right nine times of ten, those that begin with 3 once."""
    random = np.random.default_rng(3)
    groups = []
    for _ in range(80):
        group = []
        for first, chance in (("7", 0.9), ("3", 0.1)):
            text = f"{first}+{random.integers(10)}=9 apples\nANSWER: 9"
            tokens = speaker.tokenizer(text, add_special_tokens=False)["input_ids"]
            state = torch.tensor([1.0 if first == "7" else -1.0, *random.normal(size=3)])
            response = Response(tokens=tokens, logprobs=[-0.5] * len(tokens), finished=True, end_state=state)
            right = bool(random.random() < chance)
            group.append(Graded(response, "9" if right else "8", right))
        groups.append(group)
    return groups


@pytest.mark.parametrize("adapter", ["full", "lora"])
def test_it_learns_which_responses_to_trust(
    adapter: str, model_folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grace_module, "graded_responses", lambda speaker, *_: two_kinds(speaker))
    file = tmp_path / "questions.jsonl"
    lines = [{"question": f"Tom has {n} apples. How many?", "gold": "9"} for n in range(80)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    out = tmp_path / adapter
    options = GraceOptions(
        model=model_folder,
        questions=str(file),
        out=str(out),
        adapter=adapter,
        template=PROMPT_TEMPLATE,
        bins=2,
        epochs=30,
        learning_rate=2e-3 if adapter == "full" else 1e-2,
    )
    before = AutoModelForCausalLM.from_pretrained(model_folder).lm_head.weight.detach().clone()
    grace(options)
    speaker = open_speaker(str(out), PROMPT_TEMPLATE, CONFIDENCE)

    def confidence(text: str) -> float:
        tokens = [*speaker.prompt("Tom has 5 apples. How many?"), *speaker.tokenizer(text)["input_ids"]]
        with torch.no_grad():
            logits = speaker.model(torch.tensor([tokens])).logits[0, -1]
        return float(logits.softmax(-1)[speaker.control.confidence])

    assert confidence("7+1=9 apples\nANSWER: 9") > confidence("3+1=9 apples\nANSWER: 9") + 0.4
    if adapter == "lora":
        others = [row for row in range(len(before)) if row != speaker.control.confidence]
        assert torch.equal(speaker.model.lm_head.weight[others], before[others])


def test_a_model_is_not_measured_on_what_it_was_trained_on(tmp_path: Path) -> None:
    (tmp_path / "trained-on.json").write_text("[]")
    questions = [Question("1", "Tom has 3 apples.", "3", {})]
    refuse_overlap(tmp_path, questions, "test.jsonl")
    grace_module.remember_questions(tmp_path, questions)
    with pytest.raises(TrainerError, match=r"trained on 1 of the questions in test\.jsonl.*Tom has 3 apples"):
        refuse_overlap(tmp_path, questions, "test.jsonl")


def test_a_tokenizer_without_the_token_is_refused_or_given_it(model_folder: str) -> None:
    with pytest.raises(TrainerError, match="no token <SURE>"):
        open_speaker(model_folder, PROMPT_TEMPLATE, "<SURE>")
    vocabulary = len(AutoTokenizer.from_pretrained(model_folder))
    speaker = open_speaker(model_folder, PROMPT_TEMPLATE, "<SURE>", add_missing=True)
    assert len(speaker.tokenizer) == vocabulary + 1
    assert speaker.model.get_output_embeddings().weight.shape[0] == vocabulary + 1


def test_samples_have_what_a_confidence_is_read_from(model_folder: str, tmp_path: Path) -> None:
    path = write_problems(ProblemsOptions(out=str(tmp_path / "q.jsonl.gz"), split="validation", count=6))
    questions = read_questions(str(path))
    speaker = open_speaker(model_folder, PROMPT_TEMPLATE, CONFIDENCE)
    first, again = (graded_responses(speaker, questions, 3, SampleOptions(max_tokens=40, seed=5)) for _ in range(2))
    for group, repeated in zip(first, again, strict=True):
        for graded, other in zip(group, repeated, strict=True):
            response = graded.response
            assert response.tokens == other.response.tokens
            assert len(response.tokens) == len(response.logprobs) <= 40
            assert not set(response.tokens) & set(speaker.control.banned)
            assert (response.confidence is None) == (not response.finished)
            _check_likelihood(speaker, questions[first.index(group)], response)


@torch.no_grad()
def _check_likelihood(speaker: Speaker, question: Question, response: Response) -> None:
    """Sampling with a cache, in groups that shrink, says the same as one pass over the whole text."""
    prompt = speaker.prompt(question.question)
    logprobs = speaker.model(torch.tensor([[*prompt, *response.tokens]])).logits[0].log_softmax(-1)
    for place, (token, logprob) in enumerate(zip(response.tokens, response.logprobs, strict=True)):
        # Sums in another order: about 1e-5 in single precision at logits of this size.
        assert float(logprobs[len(prompt) + place - 1, token]) == pytest.approx(logprob, abs=1e-3)
