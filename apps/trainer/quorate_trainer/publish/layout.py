"""Where a Llama's tensors lie in a GGUF file, and in which order of rows."""

from __future__ import annotations

import torch

from ..errors import TrainerError
from .source import Source

_IN_LAYER = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def gguf_tensors(source: Source) -> dict[str, torch.Tensor]:
    """The model's tensors under llama.cpp's names; queries and keys in the order of rows its rotation expects."""
    config = source.config
    tensors: dict[str, torch.Tensor] = {}
    for name, tensor in source.tensors.items():
        if name.endswith("q_proj.weight"):
            tensor = _interleaved(tensor, config.num_attention_heads)
        elif name.endswith("k_proj.weight"):
            tensor = _interleaved(tensor, config.num_key_value_heads)
        tensors[gguf_name(name)] = tensor
    return tensors


def gguf_name(name: str) -> str:
    whole = {
        "model.embed_tokens.weight": "token_embd.weight",
        "model.norm.weight": "output_norm.weight",
        "lm_head.weight": "output.weight",
    }
    if name in whole:
        return whole[name]
    _, _, layer, inner = name.removesuffix(".weight").split(".", 3) if name.count(".") >= 4 else ("", "", "", "")
    if inner not in _IN_LAYER:
        raise TrainerError(f"The model has a tensor '{name}' that a plain Llama does not have; it cannot be exported.")
    return f"blk.{layer}.{_IN_LAYER[inner]}.weight"


def _interleaved(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """Hugging Face rotates row i of a head with row i + half, llama.cpp row 2i with row 2i + 1."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).transpose(1, 2).reshape(rows, columns)
