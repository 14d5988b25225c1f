"""Recorded samples for replay: many samples a question with a real confidence each, in the forms that Quorate reads."""

from __future__ import annotations

import gzip
import io
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..confidence.responses import Graded, Speaker, graded_responses, open_speaker
from ..confidence.sampling import SampleOptions
from ..problems.files import Question, read_questions, refuse_overlap

# Prompts of one length are sampled together: among many questions more of them meet.
QUESTIONS_AT_ONCE = 1000


@dataclass(frozen=True)
class TracesOptions:
    """`form`: compact (answer, P(<CNF>), mean token log-probability, tokens) or samples (full text and top-20 tokens too)."""

    model: str
    questions: str
    out: str
    name: str = "grade-school"
    form: str = "compact"
    template: str | None = None
    confidence_token: str = "<CNF>"
    samples: int = 32
    max_tokens: int = 160
    temperature: float = 1.0
    top_logprobs: int = 20
    seed: int = 1


def write_traces(options: TracesOptions) -> Path:
    speaker = open_speaker(options.model, options.template, options.confidence_token)
    questions = read_questions(options.questions)
    refuse_overlap(Path(options.model), questions, options.questions)
    path = Path(options.out)
    with _packed(path) as file:
        for line in _lines(speaker, questions, options):
            file.write(json.dumps(line, separators=(",", ":")) + "\n")
    return path


def _packed(path: Path) -> io.TextIOBase:
    # No time and no name in the header: the same samples give the same bytes.
    raw = gzip.GzipFile(filename="", fileobj=open(path, "wb"), mode="wb", mtime=0)  # noqa: SIM115
    return io.TextIOWrapper(raw, encoding="utf-8")


def _lines(speaker: Speaker, questions: list[Question], options: TracesOptions) -> Iterator[dict[str, Any]]:
    write = _compact if options.form == "compact" else _samples
    if options.form != "compact":
        yield {"quorate": "samples", "version": 1}
    started_at = time.monotonic()
    for start in range(0, len(questions), QUESTIONS_AT_ONCE):
        chosen = questions[start : start + QUESTIONS_AT_ONCE]
        top = 0 if options.form == "compact" else options.top_logprobs
        # Another seed for every part: the same one would draw the same random numbers again.
        sampling = SampleOptions(options.max_tokens, options.temperature, options.seed * 1_000_003 + start, top)
        groups = graded_responses(speaker, chosen, options.samples, sampling)
        for index, (question, group) in enumerate(zip(chosen, groups, strict=True), start):
            yield from write(speaker, index, question, group, options)
        done = start + len(chosen)
        rate = round(done * options.samples / (time.monotonic() - started_at), 1)
        print(
            json.dumps({"event": "traced", "questions": done, "of": len(questions), "samplesPerSecond": rate}),
            flush=True,
        )


def _compact(
    speaker: Speaker, index: int, question: Question, group: list[Graded], options: TracesOptions
) -> Iterable[dict[str, Any]]:
    yield {
        "version": 1,
        "id": question.id,
        "dataset": options.name,
        "model": options.name,
        "question": question.question,
        "gold": question.gold,
        **{key: question.more[key] for key in ("split", "difficulty") if key in question.more},
        "samples": [
            {
                "answer": graded.answer,
                "confidence": _rounded(graded.response.confidence, 5),
                "logprob": _rounded(_mean(graded.response.logprobs), 4),
                "tokens": len(graded.response.tokens),
            }
            for graded in group
        ],
    }


def _samples(
    speaker: Speaker, index: int, question: Question, group: list[Graded], options: TracesOptions
) -> Iterable[dict[str, Any]]:
    about = {"index": index, "id": question.id, "kind": "number", "text": question.question, "gold": question.gold}
    yield {"question": about}
    prompt_length = len(speaker.prompts([question])[0])
    for place, graded in enumerate(group):
        yield {"sample": {"question": index, "index": place, "wave": 0, **_sample(speaker, graded, prompt_length)}}


def _sample(speaker: Speaker, graded: Graded, prompt_length: int) -> dict[str, Any]:
    response = graded.response
    tokens = [speaker.tokenizer.decode([token]) for token in response.tokens]
    return {
        "extraction": {"kind": "answer", "answer": graded.answer}
        if graded.answer is not None
        else {"kind": "abstention", "reason": "no-answer" if response.finished else "truncated"},
        "text": speaker.text(response),
        "finishReason": "stop" if response.finished else "length",
        "usage": {"inputTokens": prompt_length, "outputTokens": len(tokens)},
        "signals": _signals(response.confidence, response.logprobs),
        "tokens": [
            {
                "token": token,
                "logprob": _rounded(logprob, 4),
                "top": [{"token": speaker.tokenizer.decode([other]), "logprob": _rounded(value, 2)} for other, value in top],
            }
            for token, logprob, top in zip(tokens, response.logprobs, response.top, strict=True)
        ],
    }


def _signals(confidence: float | None, logprobs: list[float]) -> dict[str, float]:
    mean = _rounded(_mean(logprobs), 4)
    return {
        **({"mean-logprob": mean, "sequence-logprob": _rounded(sum(logprobs), 4)} if mean is not None else {}),
        **({"special-token": _rounded(confidence, 4)} if confidence is not None else {}),
    }


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else min(0.0, round(value, digits)) if value <= 0 else round(value, digits)
