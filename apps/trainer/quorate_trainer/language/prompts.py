"""Prompts as tokens: control tokens come from the template alone, never from the question's text."""

from __future__ import annotations

from transformers import PreTrainedTokenizerBase

from ..errors import TrainerError

QUESTION = "{{question}}"


def template_of(tokenizer: PreTrainedTokenizerBase, template: str | None) -> str:
    """The given template, or the tokenizer's own chat template with one user turn."""
    if template is None:
        if tokenizer.chat_template is None:
            raise TrainerError(f"The tokenizer has no chat template. Give --template with {QUESTION} in it.")
        template = tokenizer.apply_chat_template(
            [{"role": "user", "content": QUESTION}], tokenize=False, add_generation_prompt=True
        )
    if template.count(QUESTION) != 1:
        raise TrainerError(f"A template holds {QUESTION} exactly once; this one does not: {template!r}")
    return template


def prompt_with(tokenizer: PreTrainedTokenizerBase, template: str, question: str) -> list[int]:
    before, after = template.split(QUESTION)
    return [
        *_encode(tokenizer, before, control=True),
        *_encode(tokenizer, question, control=False),
        *_encode(tokenizer, after, control=True),
    ]


def _encode(tokenizer: PreTrainedTokenizerBase, text: str, control: bool) -> list[int]:
    return tokenizer(text, add_special_tokens=False, split_special_tokens=not control)["input_ids"] if text else []
