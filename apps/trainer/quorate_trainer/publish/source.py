"""A Hugging Face folder of a small Llama, checked for everything the GGUF form takes for granted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, LlamaConfig, PreTrainedTokenizerFast

from ..errors import TrainerError
from ..language.tokens import CONFIDENCE, QWEN2_SPLIT


@dataclass(frozen=True)
class Source:
    """`tensors` are float32 under their Hugging Face names."""

    config: LlamaConfig
    tokenizer: PreTrainedTokenizerFast
    tensors: dict[str, torch.Tensor]

    def encode(self, text: str) -> list[int]:
        """Text that spells a control token stays text."""
        return self.tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"] if text else []


def load_source(folder: str | Path) -> Source:
    path = Path(folder)
    config = _config(path)
    tokenizer = _tokenizer(path)
    if len(tokenizer) > config.vocab_size:
        raise TrainerError(
            f"The tokenizer in {path} has {len(tokenizer)} tokens, the model only {config.vocab_size} rows. "
            "They do not belong together; take both from the folder that training wrote."
        )
    return Source(config, tokenizer, _tensors(path))


def _config(path: Path) -> LlamaConfig:
    if not path.is_dir():
        raise TrainerError(f"There is no folder {path}. Give the folder that `pretrain` or `grace` wrote.")
    if not (path / "config.json").exists():
        raise TrainerError(f"{path} holds no model: config.json is missing.")
    kind = json.loads((path / "config.json").read_text()).get("model_type")
    if kind != "llama":
        raise TrainerError(f"{path} holds a model of type '{kind}'; only 'llama' can be exported.")
    config = AutoConfig.from_pretrained(path)
    rope = (config.rope_parameters or {}).get("rope_type", "default")
    if rope != "default" or config.attention_bias or config.mlp_bias or config.hidden_act != "silu":
        raise TrainerError(
            f"{path} is a Llama with scaled positions, biases or another activation than silu, which this export does "
            "not write. Use llama.cpp's own converter for it."
        )
    return config


def _tokenizer(path: Path) -> PreTrainedTokenizerFast:
    if not (path / "tokenizer.json").exists():
        raise TrainerError(f"{path} holds no tokenizer: tokenizer.json is missing.")
    tokenizer = PreTrainedTokenizerFast.from_pretrained(path)
    if CONFIDENCE not in tokenizer.get_added_vocab():
        raise TrainerError(
            f"The tokenizer in {path} has no control token {CONFIDENCE}, so no confidence can be read from the model. "
            "Fine-tune it with `grace` first."
        )
    if tokenizer.eos_token_id is None:
        raise TrainerError(f"The tokenizer in {path} names no token that ends a response (eos_token).")
    if not _cuts_like_qwen2(json.loads(tokenizer.backend_tokenizer.to_str())):
        raise TrainerError(
            f"The tokenizer in {path} cuts text in another way than llama.cpp's pre-tokenizer 'qwen2', so the exported "
            "model would read other tokens than it was trained on. Use llama.cpp's own converter for it."
        )
    return tokenizer


def _cuts_like_qwen2(tokenizer: dict) -> bool:
    pieces = (tokenizer["pre_tokenizer"] or {}).get("pretokenizers", [])
    return (
        tokenizer["normalizer"] is None
        and tokenizer["model"]["type"] == "BPE"
        and not tokenizer["model"].get("ignore_merges")
        and [piece["type"] for piece in pieces] == ["Split", "ByteLevel"]
        and pieces[0]["pattern"] == {"Regex": QWEN2_SPLIT}
        and pieces[0]["behavior"] == "Isolated"
        and not pieces[1]["add_prefix_space"]
        and not pieces[1]["use_regex"]
    )


def _tensors(path: Path) -> dict[str, torch.Tensor]:
    files = sorted(path.glob("model*.safetensors"))
    if not files:
        raise TrainerError(f"{path} holds no weights (model.safetensors). An adapter has to be merged into its model first.")
    tensors: dict[str, torch.Tensor] = {}
    for file in files:
        tensors.update(load_file(file))
    tensors.setdefault("lm_head.weight", tensors["model.embed_tokens.weight"])
    return {name: tensor.float() for name, tensor in tensors.items()}
