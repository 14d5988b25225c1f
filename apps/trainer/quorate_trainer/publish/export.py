"""From a Hugging Face Llama folder to one GGUF file that llama.cpp runs, with what Quorate needs to know about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import torch

from ..errors import TrainerError
from ..language.tokens import CONFIDENCE, PROMPT_TEMPLATE
from .layout import gguf_tensors
from .source import Source, load_source
from .verify import verify

PRECISIONS = {
    "f16": (gguf.GGMLQuantizationType.F16, gguf.LlamaFileType.MOSTLY_F16),
    "q8_0": (gguf.GGMLQuantizationType.Q8_0, gguf.LlamaFileType.MOSTLY_Q8_0),
}

PROMPT_TEMPLATE_KEY = "quorate.prompt_template"
CONFIDENCE_TOKEN_KEY = "quorate.confidence_token"


@dataclass(frozen=True)
class ExportOptions:
    """`precision`: f16, or q8_0 where the rows of a matrix divide into its blocks of 32. `check`: read the file back."""

    model: str
    out: str
    precision: str = "f16"
    name: str = "quorate-embedded"
    license: str = "apache-2.0"
    description: str = "A small Llama that solves word problems step by step and says how sure it is (GrACE, <CNF>)."
    check: bool = True


def export(options: ExportOptions) -> Path:
    """Writes the file and, unless `check` is off, holds it against the model it came from before it takes its name."""
    if options.precision not in PRECISIONS:
        raise TrainerError(f"Unknown precision '{options.precision}'; choose one of {', '.join(PRECISIONS)}.")
    source = load_source(options.model)
    out = Path(options.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    unchecked = out.with_name(f"{out.name}.new")
    try:
        _write(unchecked, source, options)
        if options.check:
            report = verify(source, unchecked)
            print(json.dumps({"file": str(out), "bytes": unchecked.stat().st_size, **report}), flush=True)
        unchecked.replace(out)
    finally:
        unchecked.unlink(missing_ok=True)
    return out


def _write(path: Path, source: Source, options: ExportOptions) -> None:
    writer = gguf.GGUFWriter(path, "llama")
    quantization, file_type = PRECISIONS[options.precision]
    writer.add_name(options.name)
    writer.add_license(options.license)
    writer.add_description(options.description)
    writer.add_file_type(file_type)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_string(PROMPT_TEMPLATE_KEY, PROMPT_TEMPLATE)
    writer.add_string(CONFIDENCE_TOKEN_KEY, CONFIDENCE)
    _add_shape(writer, source)
    _add_vocabulary(writer, source)
    for name, tensor in gguf_tensors(source).items():
        data, kind = _stored(name, tensor, quantization)
        writer.add_tensor(name, data, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_shape(writer: gguf.GGUFWriter, source: Source) -> None:
    config = source.config
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_rope_dimension_count(config.head_dim)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)


def _add_vocabulary(writer: gguf.GGUFWriter, source: Source) -> None:
    tokenizer = source.tokenizer
    names = {index: token for token, index in tokenizer.get_vocab().items()}
    control = set(tokenizer.get_added_vocab().values())
    tokens, types = [], []
    for index in range(source.config.vocab_size):
        tokens.append(names.get(index, f"[PAD{index}]"))
        known = gguf.TokenType.CONTROL if index in control else gguf.TokenType.NORMAL
        types.append(known if index in names else gguf.TokenType.UNUSED)
    merges = json.loads(tokenizer.backend_tokenizer.to_str())["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in merges])
    writer.add_eos_token_id(tokenizer.eos_token_id)
    writer.add_eot_token_id(tokenizer.eos_token_id)
    if tokenizer.pad_token_id is not None:
        writer.add_pad_token_id(tokenizer.pad_token_id)
    # Without an id of its own llama.cpp takes token 11 for the beginning, an ordinary character here.
    writer.add_bos_token_id(tokenizer.eos_token_id if tokenizer.bos_token_id is None else tokenizer.bos_token_id)
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)


def _stored(
    name: str, tensor: torch.Tensor, quantization: gguf.GGMLQuantizationType
) -> tuple[np.ndarray, gguf.GGMLQuantizationType]:
    """Norms stay float32; a matrix whose rows do not divide into blocks of the wanted form is kept in float16."""
    values = tensor.contiguous().numpy()
    if tensor.ndim < 2:
        return values, gguf.GGMLQuantizationType.F32
    if float(tensor.abs().max()) > np.finfo(np.float16).max or not bool(torch.isfinite(tensor).all()):
        raise TrainerError(f"The tensor {name} holds values beyond the range of float16; training went wrong before this.")
    block, _ = gguf.GGML_QUANT_SIZES[quantization]
    kind = quantization if tensor.shape[-1] % block == 0 else gguf.GGMLQuantizationType.F16
    return gguf.quants.quantize(values, kind), kind
