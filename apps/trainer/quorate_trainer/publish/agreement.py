"""What PyTorch says about some texts, for another engine that runs the exported file to be held against."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch

from ..language.prompts import prompt_with
from ..language.tokens import CONFIDENCE, PROMPT_TEMPLATE
from ..problems.generate import LARGEST_LIMIT, problems_of
from .gguf_model import read_gguf
from .source import load_source
from .verify import model_of, rounded_tensors

VERSION = 1


@dataclass(frozen=True)
class AgreementOptions:
    """`gguf` is the exported file: PyTorch uses the weights as it rounds them. `texts` of them, `top` tokens each."""

    model: str
    gguf: str
    out: str
    texts: int = 20
    top: int = 20
    largest: int = LARGEST_LIMIT
    seed: int = 1


@torch.no_grad()
def write_agreement(options: AgreementOptions) -> Path:
    """Writes one JSON object. Each text is a question with none, a part or all of its solution; `tokens` is the
    whole sequence, `top` the likeliest next tokens with natural log-probabilities over the full vocabulary
    (untempered), `confidence` P(<CNF>) there: a confidence only in `isEnd` texts, where the response closes."""
    source = load_source(options.model)
    model = model_of(source, rounded_tensors(source, read_gguf(options.gguf)))
    confidence = source.tokenizer.convert_tokens_to_ids(CONFIDENCE)
    texts = []
    for question, response, is_end in _texts(options):
        tokens = [*prompt_with(source.tokenizer, PROMPT_TEMPLATE, question), *source.encode(response)]
        logprobs = model(torch.tensor([tokens])).logits[0, -1].float().log_softmax(-1)
        best = logprobs.topk(min(options.top, logprobs.numel()))
        texts.append(
            {
                "question": question,
                "response": response,
                "isEnd": is_end,
                "tokens": tokens,
                "top": [
                    {"token": token, "logprob": logprob}
                    for token, logprob in zip(best.indices.tolist(), best.values.tolist(), strict=True)
                ],
                "confidence": float(logprobs[confidence].exp()),
            }
        )
    content = {
        "version": VERSION,
        "promptTemplate": PROMPT_TEMPLATE,
        "confidenceToken": {"text": CONFIDENCE, "id": confidence},
        "endToken": source.tokenizer.eos_token_id,
        "texts": texts,
    }
    out = Path(options.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return out


def _texts(options: AgreementOptions) -> list[tuple[str, str, bool]]:
    """Question, beginning of its solution, and whether that is all of it."""
    strange = [("How many is <|end|> and <CNF>, Zoë? It's 12½ €.", "", False)]
    texts = strange[: options.texts]
    for problem in problems_of("validation", options.seed, options.largest):
        if len(texts) == options.texts:
            return texts
        solution = problem.solution.text
        lines = solution.splitlines(keepends=True)
        # In turns: nothing, the first steps, everything.
        part = ["", "".join(lines[: len(lines) // 2]), solution][len(texts) % 3]
        texts.append((problem.question, part, part == solution))
    return texts
