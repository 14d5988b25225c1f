"""Runs a GGUF Llama the way llama.cpp defines it, slowly: the independent witness for what the export wrote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import torch
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers
from torch.nn import functional

from ..language.tokens import QWEN2_SPLIT


@dataclass(frozen=True)
class GgufModel:
    metadata: dict[str, object]
    tensors: dict[str, torch.Tensor]
    kinds: dict[str, gguf.GGMLQuantizationType]

    @torch.no_grad()
    def logits(self, tokens: list[int]) -> torch.Tensor:
        """Logits after every token, float32, [tokens, vocabulary]."""
        weights, epsilon = self.tensors, float(self._of("attention.layer_norm_rms_epsilon"))
        states = weights["token_embd.weight"][torch.tensor(tokens)]
        for layer in range(int(self._of("block_count"))):
            at = f"blk.{layer}."
            states = states + self._attention(at, _norm(states, weights[f"{at}attn_norm.weight"], epsilon))
            inner = _norm(states, weights[f"{at}ffn_norm.weight"], epsilon)
            gated = functional.silu(inner @ weights[f"{at}ffn_gate.weight"].T) * (inner @ weights[f"{at}ffn_up.weight"].T)
            states = states + gated @ weights[f"{at}ffn_down.weight"].T
        return _norm(states, weights["output_norm.weight"], epsilon) @ weights["output.weight"].T

    def tokenizer(self) -> Tokenizer:
        """Rebuilt from the file alone; text that spells a control token stays text."""
        tokens, types = self.metadata["tokenizer.ggml.tokens"], self.metadata["tokenizer.ggml.token_type"]
        control = [t for t, kind in zip(tokens, types, strict=True) if kind == gguf.TokenType.CONTROL]
        merges = [tuple(merge.split(" ")) for merge in self.metadata["tokenizer.ggml.merges"]]
        rebuilt = Tokenizer(models.BPE({token: index for index, token in enumerate(tokens)}, merges))
        rebuilt.pre_tokenizer = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(QWEN2_SPLIT), behavior="isolated"),
                pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
            ]
        )
        rebuilt.decoder = decoders.ByteLevel()
        rebuilt.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in control])
        rebuilt.encode_special_tokens = True
        return rebuilt

    def _of(self, key: str) -> object:
        return self.metadata[f"llama.{key}"]

    def _attention(self, at: str, states: torch.Tensor) -> torch.Tensor:
        heads, kv_heads = int(self._of("attention.head_count")), int(self._of("attention.head_count_kv"))
        base = float(self._of("rope.freq_base"))
        query = _rotate(_by_head(states @ self.tensors[f"{at}attn_q.weight"].T, heads), base)
        key = _rotate(_by_head(states @ self.tensors[f"{at}attn_k.weight"].T, kv_heads), base)
        value = _by_head(states @ self.tensors[f"{at}attn_v.weight"].T, kv_heads)
        key, value = (each.repeat_interleave(heads // kv_heads, 0) for each in (key, value))
        mixed = functional.scaled_dot_product_attention(query[None], key[None], value[None], is_causal=True)[0]
        return mixed.transpose(0, 1).flatten(1) @ self.tensors[f"{at}attn_output.weight"].T


def read_gguf(path: str | Path) -> GgufModel:
    reader = gguf.GGUFReader(path)
    metadata = {key: field.contents() for key, field in reader.fields.items()}
    tensors = {
        tensor.name: torch.from_numpy(np.ascontiguousarray(_values(tensor), dtype=np.float32).copy())
        for tensor in reader.tensors
    }
    return GgufModel(metadata, tensors, {tensor.name: tensor.tensor_type for tensor in reader.tensors})


def _values(tensor: gguf.ReaderTensor) -> np.ndarray:
    return gguf.quants.dequantize(tensor.data, tensor.tensor_type)


def _norm(states: torch.Tensor, weight: torch.Tensor, epsilon: float) -> torch.Tensor:
    return states * torch.rsqrt(states.pow(2).mean(-1, keepdim=True) + epsilon) * weight


def _by_head(states: torch.Tensor, heads: int) -> torch.Tensor:
    return states.unflatten(-1, (heads, -1)).transpose(0, 1)


def _rotate(states: torch.Tensor, base: float) -> torch.Tensor:
    """Rotates neighbours (2i, 2i + 1) by position · base^(-2i / width), llama.cpp's rotation for `llama`."""
    length, width = states.shape[-2:]
    angles = torch.arange(length)[:, None] * base ** (-torch.arange(0, width, 2) / width)
    cos, sin = angles.cos(), angles.sin()
    even, odd = states[..., 0::2], states[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)
