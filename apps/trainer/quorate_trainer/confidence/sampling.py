"""Samples of a causal language model, many at a time, with what a confidence can be read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from transformers import DynamicCache, PreTrainedModel

# Two short prompts of one length cost as much as one of both: rows a step of the sampler carries at once.
ROWS_AT_ONCE = 512


@dataclass(frozen=True)
class SampleOptions:
    max_tokens: int = 160
    temperature: float = 1.0
    seed: int = 1
    top_logprobs: int = 0


@dataclass
class Response:
    """One sample. Log-probabilities (natural, untempered, over the full vocabulary) belong to `tokens`; the closing token
    is in neither. `end_state` and `confidence` are read where the response closed: the last hidden state, and P(<CNF>)
    there. Both are None when it ran into the token limit."""

    tokens: list[int] = field(default_factory=list)
    logprobs: list[float] = field(default_factory=list)
    top: list[list[tuple[int, float]]] = field(default_factory=list)
    finished: bool = False
    confidence: float | None = None
    end_state: torch.Tensor | None = None


@dataclass(frozen=True)
class ControlTokens:
    """`end` closes a response; `confidence` (where the model has it) and `banned` are never sampled."""

    end: int
    banned: tuple[int, ...]
    confidence: int | None = None


@torch.no_grad()
def sample_responses(
    model: PreTrainedModel,
    prompts: Sequence[Sequence[int]],
    samples_each: int,
    control: ControlTokens,
    options: SampleOptions,
    rows_at_once: int = ROWS_AT_ONCE,
) -> list[list[Response]]:
    """`samples_each` responses for every prompt, in the prompts' order. Prompts of one length are sampled together."""
    generator = torch.Generator(device=model.device).manual_seed(options.seed)
    by_length: dict[int, list[int]] = {}
    for index, prompt in enumerate(prompts):
        by_length.setdefault(len(prompt), []).append(index)
    responses: list[list[Response]] = [[] for _ in prompts]
    prompts_at_once = max(1, rows_at_once // samples_each)
    for _, indices in sorted(by_length.items()):
        for start in range(0, len(indices), prompts_at_once):
            chosen = indices[start : start + prompts_at_once]
            rows = _sample_rows(model, [prompts[i] for i in chosen], samples_each, control, options, generator)
            for place, index in enumerate(chosen):
                responses[index] = rows[place * samples_each : (place + 1) * samples_each]
    return responses


def _sample_rows(model, prompts, samples_each, control, options, generator) -> list[Response]:
    cache = DynamicCache()
    tokens = torch.tensor(prompts, device=model.device)
    output = _forward(model, tokens, cache)
    # The prompt is read once; its cache is then repeated for every sample.
    cache.batch_repeat_interleave(samples_each)
    states = output[:, -1].repeat_interleave(samples_each, 0)
    rows = [Response() for _ in range(len(prompts) * samples_each)]
    open_rows = list(rows)
    banned = list(control.banned)
    for _ in range(options.max_tokens):
        logits = model.lm_head(states).float()
        logprobs = logits.log_softmax(-1)
        tempered = logits / options.temperature
        tempered[:, banned] = -torch.inf
        drawn = torch.multinomial(tempered.softmax(-1), 1, generator=generator).squeeze(1)
        ended = drawn == control.end
        if bool(ended.any()):
            for place in ended.nonzero().flatten().tolist():
                _close(open_rows[place], states[place], logprobs[place], control)
        keep = (~ended).nonzero().flatten()
        if keep.numel() == 0:
            break
        open_rows = [open_rows[place] for place in keep.tolist()]
        _append(open_rows, drawn[keep], logprobs[keep], options.top_logprobs)
        if keep.numel() < drawn.numel():
            cache.batch_select_indices(keep)
        states = _forward(model, drawn[keep].unsqueeze(1), cache)[:, -1]
    return rows


def _forward(model, tokens, cache) -> torch.Tensor:
    return model.get_decoder()(input_ids=tokens, past_key_values=cache, use_cache=True).last_hidden_state


def _append(rows, drawn, logprobs, top_logprobs) -> None:
    chosen = logprobs.gather(1, drawn.unsqueeze(1)).squeeze(1).tolist()
    top = logprobs.topk(top_logprobs) if top_logprobs else None
    for place, token in enumerate(drawn.tolist()):
        rows[place].tokens.append(token)
        rows[place].logprobs.append(chosen[place])
        if top is not None:
            rows[place].top.append(list(zip(top.indices[place].tolist(), top.values[place].tolist(), strict=True)))


def _close(row: Response, state: torch.Tensor, logprobs: torch.Tensor, control: ControlTokens) -> None:
    row.finished = True
    row.end_state = state.clone()
    if control.confidence is not None:
        row.confidence = float(logprobs[control.confidence].exp())
