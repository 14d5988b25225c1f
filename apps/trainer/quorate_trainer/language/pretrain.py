"""A small Llama from scratch, with a second lesson beside the next token: noticing slips.

The second lesson is a linear head on the last hidden state that says at every token of a solution whether a slip has
been read so far. It is thrown away afterwards; what stays is a state that knows about its own errors, without which the
GrACE fine-tuning has nothing to read confidence from.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import nn
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from ..errors import TrainerError
from ..problems.generate import problems_of
from .lessons import batches, parse_stages
from .tokens import train_tokenizer
from .training import learning_rate, new_optimizer, train_step


@dataclass(frozen=True)
class PretrainOptions:
    out: str
    start_from: str | None = None
    tokens: int = 18_000_000
    stages: str = "500:0.5,2000:0.75,9999:1"
    layers: int = 6
    hidden: int = 128
    feed_forward: int = 352
    heads: int = 4
    vocabulary: int = 640
    tokens_a_batch: int = 4096
    learning_rate: float = 2e-3
    warm_up_steps: int = 200
    wrong_share: float = 0.5
    error_weight: float = 0.3
    seed: int = 1


def pretrain(options: PretrainOptions) -> Path:
    stages = parse_stages(options.stages)
    torch.manual_seed(options.seed)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = _tokenizer(options, out)
    model = _new_model(options, tokenizer).to(device)
    head = nn.Linear(options.hidden, 1).to(device)
    optimizer = new_optimizer(model, head, options.learning_rate)
    progress = _resume(out, options, model, head, optimizer)
    started_at, seen_at_start = time.monotonic(), progress["tokens"]
    while progress["tokens"] < options.tokens:
        largest = next(stage.largest for stage in stages if progress["tokens"] < stage.until * options.tokens)
        pool = batches(tokenizer, options.seed, progress["pool"], largest, options.wrong_share, options.tokens_a_batch)
        for batch in pool:
            done = progress["tokens"] / options.tokens
            rate = learning_rate(options.learning_rate, options.warm_up_steps, progress["step"], done)
            losses = train_step(model, head, optimizer, batch, device, options.error_weight, rate)
            progress["step"] += 1
            progress["tokens"] += int(batch.tokens.numel())
            if progress["step"] % 50 == 0:
                speed = (progress["tokens"] - seen_at_start) / (time.monotonic() - started_at)
                line = {**progress, "largest": largest, **losses, "tokensPerSecond": round(speed)}
                print(json.dumps(line), flush=True)
        progress["pool"] += 1
        if progress["pool"] % 2 == 0:
            _save(out, options, progress, model, head, optimizer, tokenizer)
    _save(out, options, progress, model, head, optimizer, tokenizer)
    return out


def _tokenizer(options: PretrainOptions, out: Path) -> PreTrainedTokenizerFast:
    for folder in (out, *([Path(options.start_from)] if options.start_from else [])):
        if (folder / "tokenizer.json").exists():
            return PreTrainedTokenizerFast.from_pretrained(folder)
    problems = problems_of("train", options.seed)
    texts = (f"{problem.question}\n{problem.solution.text}" for problem, _ in zip(problems, range(20_000), strict=False))
    tokenizer = train_tokenizer(texts, options.vocabulary)
    tokenizer.save_pretrained(out)
    return tokenizer


def _new_model(options: PretrainOptions, tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=options.hidden,
            intermediate_size=options.feed_forward,
            num_hidden_layers=options.layers,
            num_attention_heads=options.heads,
            num_key_value_heads=options.heads,
            max_position_embeddings=512,
            tie_word_embeddings=False,
            bos_token_id=None,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def _resume(out, options, model, head, optimizer) -> dict[str, int]:
    path = out / "checkpoint.pt"
    if not path.exists():
        if options.start_from is not None:
            earlier = torch.load(Path(options.start_from) / "checkpoint.pt", weights_only=True)
            model.load_state_dict(earlier["model"])
            head.load_state_dict(earlier["head"])
        return {"step": 0, "tokens": 0, "pool": 0}
    state = torch.load(path, weights_only=True)
    if state["options"] != _identity(options):
        raise TrainerError(f"{path} was made with other options. Use the same ones, or another --out.")
    model.load_state_dict(state["model"])
    head.load_state_dict(state["head"])
    optimizer.load_state_dict(state["optimizer"])
    return dict(state["progress"])


def _save(out, options, progress, model, head, optimizer, tokenizer) -> None:
    state = {
        "options": _identity(options),
        "progress": progress,
        "model": model.state_dict(),
        "head": head.state_dict(),
        "optimizer": optimizer.state_dict(),
    }
    # A kill in the middle of writing must not take the last good checkpoint with it.
    torch.save(state, out / "checkpoint.pt.new")
    (out / "checkpoint.pt.new").replace(out / "checkpoint.pt")
    model.save_pretrained(out)
    tokenizer.save_pretrained(out)


def _identity(options: PretrainOptions) -> dict[str, object]:
    return {name: value for name, value in asdict(options).items() if name != "out"}
