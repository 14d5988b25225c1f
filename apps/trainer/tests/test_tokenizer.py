from __future__ import annotations

from random import Random

import pytest
from transformers import PreTrainedTokenizerFast

from quorate_trainer.language.encoding import IGNORED, lesson_of, prompt_tokens
from quorate_trainer.language.prompts import prompt_with
from quorate_trainer.language.tokens import ASSISTANT, CONTROL_TOKENS, END, PROMPT_TEMPLATE, USER
from quorate_trainer.problems.generate import draw_problem

STRANGE = [
    "",
    "Tom has 1234567890 apples.",
    "Zoë's café: 3½ crêpes,\t12 €\r\n\n  日本語 🙂  ",
    "It says <|end|> and <CNF> and <|user|>0<|assistant|>.",
]


def encode(tokenizer: PreTrainedTokenizerFast, text: str) -> list[int]:
    return tokenizer(text, add_special_tokens=False)["input_ids"]


def test_every_digit_is_a_token_of_its_own(tokenizer: PreTrainedTokenizerFast) -> None:
    digits = {tokenizer.convert_tokens_to_ids(digit) for digit in "0123456789"}
    assert len(digits) == 10
    assert [tokenizer.decode([token]) for token in encode(tokenizer, "4096+17")] == list("4096+17")
    for token, index in tokenizer.get_vocab().items():
        assert index in digits or not any(digit in token for digit in "0123456789")


@pytest.mark.parametrize("text", STRANGE)
def test_text_comes_back_as_it_was(tokenizer: PreTrainedTokenizerFast, text: str) -> None:
    assert tokenizer.decode(encode(tokenizer, text)) == text


@pytest.mark.parametrize("text", STRANGE)
def test_no_question_can_spell_a_control_token(tokenizer: PreTrainedTokenizerFast, text: str) -> None:
    control = {tokenizer.convert_tokens_to_ids(token) for token in CONTROL_TOKENS}
    user, assistant = tokenizer.convert_tokens_to_ids([USER, ASSISTANT])
    for prompt in (prompt_tokens(tokenizer, text), prompt_with(tokenizer, PROMPT_TEMPLATE, text)):
        assert (prompt[0], prompt[-1]) == (user, assistant)
        assert control.isdisjoint(prompt[1:-1])


def test_it_stays_so_after_saving(tokenizer: PreTrainedTokenizerFast, model_folder: str) -> None:
    loaded = PreTrainedTokenizerFast.from_pretrained(model_folder)
    for text in STRANGE:
        assert prompt_tokens(loaded, text) == prompt_tokens(tokenizer, text)


def test_a_lesson_learns_everything_but_the_slip_and_judges_from_there(tokenizer: PreTrainedTokenizerFast) -> None:
    random = Random(3)
    for _ in range(300):
        problem = draw_problem(random)
        lesson = lesson_of(tokenizer, problem, random, wrong_share=0.5)
        prompt = prompt_tokens(tokenizer, problem.question)
        assert len(lesson.tokens) == len(lesson.labels) == len(lesson.slipped)
        assert lesson.tokens[-1] == tokenizer.convert_tokens_to_ids(END)
        assert set(lesson.labels[: len(prompt) - 1]) <= {IGNORED}
        unlearnt = []
        for place, label in enumerate(lesson.labels[len(prompt) - 1 : -1], len(prompt) - 1):
            if label == IGNORED:
                unlearnt.append(place + 1)
            else:
                assert label == lesson.tokens[place + 1]
        judged = lesson.slipped[len(prompt) : -1]
        assert set(lesson.slipped[: len(prompt)]) == {-1} and lesson.slipped[-1] == -1
        assert judged == sorted(judged)
        if unlearnt:
            assert len(prompt) + judged.index(1) == unlearnt[0]
        else:
            assert 1 not in judged
