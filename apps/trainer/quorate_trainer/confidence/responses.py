"""Graded responses of a model to questions: what the fine-tuning and the measurements start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from ..errors import TrainerError
from ..language.prompts import prompt_with, template_of
from ..problems.files import Question
from .grading import answer_in
from .sampling import ControlTokens, Response, SampleOptions, sample_responses


@dataclass
class Speaker:
    """A model with its tokenizer, the way it is prompted and the tokens it must not say."""

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    template: str
    control: ControlTokens

    def prompt(self, question: str) -> list[int]:
        return prompt_with(self.tokenizer, self.template, question)

    def prompts(self, questions: Sequence[Question]) -> list[list[int]]:
        return [self.prompt(q.question) for q in questions]

    def text(self, response: Response) -> str:
        return self.tokenizer.decode(response.tokens)


@dataclass(frozen=True)
class Graded:
    response: Response
    answer: str | None
    right: bool


def open_speaker(path: str, template: str | None, confidence_token: str, add_missing: bool = False) -> Speaker:
    """`add_missing`: a tokenizer without the confidence token gets it."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(path)
    model = AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32).to(device).eval()
    if tokenizer.eos_token_id is None:
        raise TrainerError(f"The tokenizer of {path} has no end-of-sequence token: a response would never close.")
    if confidence_token not in tokenizer.get_vocab():
        if not add_missing:
            raise TrainerError(
                f"The tokenizer of {path} has no token {confidence_token}. "
                "Train one with `quorate-trainer grace`, or name it with --confidence-token."
            )
        tokenizer.add_special_tokens({"additional_special_tokens": [confidence_token]}, replace_extra_special_tokens=False)
        if len(tokenizer) > model.get_input_embeddings().weight.shape[0]:
            model.resize_token_embeddings(len(tokenizer))
    confidence = tokenizer.convert_tokens_to_ids(confidence_token)
    banned = tuple(i for i in tokenizer.all_special_ids if i != tokenizer.eos_token_id)
    return Speaker(
        model, tokenizer, template_of(tokenizer, template), ControlTokens(tokenizer.eos_token_id, banned, confidence)
    )


@torch.no_grad()
def begin_confidence_row(speaker: Speaker) -> None:
    """The token's rows begin as copies of the closing token's, so that P(<CNF>) starts near a half. A row that training
    never asked for starts near 0, where the softmax passes no gradient, and stays there."""
    for table in {speaker.model.get_input_embeddings(), speaker.model.get_output_embeddings()}:
        table.weight[speaker.control.confidence] = table.weight[speaker.control.end]


def graded_responses(
    speaker: Speaker, questions: Sequence[Question], samples_each: int, options: SampleOptions
) -> list[list[Graded]]:
    groups = sample_responses(speaker.model, speaker.prompts(questions), samples_each, speaker.control, options)
    return [
        [_graded(speaker, question, response) for response in group] for question, group in zip(questions, groups, strict=True)
    ]


def kept_responses(
    path: Path, speaker: Speaker, questions: Sequence[Question], samples_each: int, options: SampleOptions
) -> list[list[Graded]]:
    """As `graded_responses`, kept in a file: another training on the same responses need not sample again."""
    asked = {"questions": [q.question for q in questions], "samples": samples_each, "options": asdict(options)}
    if path.exists():
        kept = torch.load(path, weights_only=True)
        if kept["asked"] != asked:
            raise TrainerError(f"{path} holds responses to other questions or with other options. Name another file.")
        return [[Graded(Response(**r), a, ok) for r, a, ok in group] for group in kept["groups"]]
    groups = graded_responses(speaker, questions, samples_each, options)
    plain = [[(vars(g.response), g.answer, g.right) for g in group] for group in groups]
    torch.save({"asked": asked, "groups": plain}, path)
    return groups


def _graded(speaker: Speaker, question: Question, response: Response) -> Graded:
    answer = answer_in(speaker.text(response)) if response.finished else None
    return Graded(response, answer, answer == question.gold)
