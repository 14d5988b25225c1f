from __future__ import annotations

from itertools import islice
from random import Random

import pytest
import torch

from quorate_trainer.confidence.responses import open_speaker
from quorate_trainer.confidence.sampling import Response
from quorate_trainer.language.encoding import IGNORED, lesson_of
from quorate_trainer.language.grow import with_more_layers
from quorate_trainer.language.notice import own_lesson
from quorate_trainer.language.tokens import CONFIDENCE, PROMPT_TEMPLATE
from quorate_trainer.problems.generate import problems_of

PROBLEM = next(p for p in islice(problems_of("train", 4), 200) if len(p.steps) == 3)


def test_a_slip_is_judged_from_where_it_was_made(model_folder: str) -> None:
    speaker = open_speaker(model_folder, PROMPT_TEMPLATE, CONFIDENCE)
    prompt = speaker.prompt(PROBLEM.question)
    worked = speaker.tokenizer(PROBLEM.solution.text, add_special_tokens=False)["input_ids"]
    clean = own_lesson(speaker, PROBLEM, prompt, Response(tokens=list(worked), finished=True))
    assert clean.slipped == [-1] * len(prompt) + [0] * len(worked) + [-1]
    # Own solutions are judged, never learnt to be written.
    assert set(clean.labels) == {IGNORED}
    other = list(worked)
    other[7] = next(token for token in worked if token != worked[7])
    slipped = own_lesson(speaker, PROBLEM, prompt, Response(tokens=other, finished=True)).slipped
    assert slipped == [-1] * len(prompt) + [0] * 7 + [1] * (len(worked) - 7) + [-1]
    short = own_lesson(speaker, PROBLEM, prompt, Response(tokens=worked[:5], finished=True)).slipped
    assert short == [-1] * len(prompt) + [0, 0, 0, 0, 1, -1]


@pytest.mark.parametrize("seed", range(8))
def test_an_invented_slip_is_read_and_judged_but_not_learnt(seed: int, tokenizer) -> None:
    lesson = lesson_of(tokenizer, PROBLEM, Random(seed), wrong_share=1.0)
    first = lesson.slipped.index(1)
    assert lesson.slipped[first:-1] == [1] * (len(lesson.tokens) - first - 1)
    # The slip's own tokens are predicted one place earlier, and nothing is learnt there.
    assert lesson.labels[first - 1] == IGNORED
    learnt = [label for label in lesson.labels if label != IGNORED]
    assert learnt[-1] == tokenizer.eos_token_id


def test_more_layers_say_what_the_model_said(model_folder: str) -> None:
    model = open_speaker(model_folder, PROMPT_TEMPLATE, CONFIDENCE).model
    grown = with_more_layers(model, 2)
    tokens = torch.arange(5, 25)[None]
    with torch.no_grad():
        assert torch.equal(grown(tokens).logits, model(tokens).logits)
    assert grown.config.num_hidden_layers == model.config.num_hidden_layers + 2
    # They pass the residual stream on, and yet they learn: only their last matrices are 0.
    grown(tokens).logits.sum().backward()
    assert grown.model.layers[-1].self_attn.o_proj.weight.grad.abs().sum() > 0
