"""Does the exported file say what the trained model says? Same tokens for a text, same logits for the tokens."""

from __future__ import annotations

from pathlib import Path
from random import Random

import gguf
import torch
from transformers import LlamaForCausalLM

from ..errors import TrainerError
from ..language.prompts import prompt_with
from ..language.tokens import PROMPT_TEMPLATE
from ..problems.generate import draw_problem
from .gguf_model import GgufModel, read_gguf
from .layout import gguf_name
from .source import Source

# Of a logit. Both sides compute in float32 from the same rounded weights; only the order of sums differs.
ROUNDED_TOLERANCE = 1e-3

_STRANGE_TEXTS = (
    "",
    "A question that spells <|end|> and <CNF>.",
    "Zoë's café: 3½ crêpes, 12,5 €\r\n\n\t 日本語 🙂  ",
    "it's I'M we'LL 1234567890 x_y __init__ (a)\n",
)


def verify(source: Source, path: str | Path, texts: int = 20, seed: int = 1) -> dict[str, float]:
    """Largest differences of logits: to the model with its weights rounded (must be next to none), and to the model
    as trained (what the precision costs).

    Raises TrainerError when tokens or logits differ.
    """
    exported = read_gguf(path)
    questions = list(_STRANGE_TEXTS)
    random = Random(f"verify:{seed}")
    while len(questions) < texts:
        problem = draw_problem(random)
        questions.append(problem.question)
        questions.append(problem.solution.text)
    _check_tokens(source, exported, questions)
    trained = model_of(source, source.tensors)
    rounded = model_of(source, rounded_tensors(source, exported))
    sums, precision = 0.0, 0.0
    for question in questions:
        tokens = prompt_with(source.tokenizer, PROMPT_TEMPLATE, question)[: source.config.max_position_embeddings]
        seen = exported.logits(tokens)
        sums = max(sums, _difference(seen, rounded, tokens))
        precision = max(precision, _difference(seen, trained, tokens))
    if not sums <= ROUNDED_TOLERANCE:
        raise TrainerError(
            f"The exported file gives other logits than the model: they differ by {sums:.3g}, "
            f"and {ROUNDED_TOLERANCE} is allowed. The file was not kept."
        )
    return {"largestLogitDifference": sums, "largestLogitDifferenceToTraining": precision}


def model_of(source: Source, tensors: dict[str, torch.Tensor]) -> LlamaForCausalLM:
    model = LlamaForCausalLM(source.config)
    model.load_state_dict(tensors)
    return model.eval()


def rounded_tensors(source: Source, exported: GgufModel) -> dict[str, torch.Tensor]:
    """The model's own weights, each rounded in the form the file has chosen for it; no value comes from the file."""
    kinds = {name: exported.kinds[gguf_name(name)] for name in source.tensors}
    return {
        name: torch.from_numpy(gguf.quants.dequantize(gguf.quants.quantize(tensor.numpy(), kinds[name]), kinds[name]))
        for name, tensor in source.tensors.items()
    }


def _check_tokens(source: Source, exported: GgufModel, texts: list[str]) -> None:
    rebuilt = exported.tokenizer()
    for text in texts:
        expected = source.encode(text)
        found = rebuilt.encode(text, add_special_tokens=False).ids
        if found != expected:
            raise TrainerError(f"The exported tokenizer cuts {text!r} into {found}, the trained one into {expected}.")


@torch.no_grad()
def _difference(seen: torch.Tensor, model: LlamaForCausalLM, tokens: list[int]) -> float:
    expected = model(torch.tensor([tokens])).logits[0].float()
    return float((seen - expected).abs().max())
