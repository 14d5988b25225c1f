"""quorate-trainer COMMAND --option value …: every option is a field of the command's options, with its default."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, get_args, get_type_hints

from .errors import TrainerError

# A pool of threads in a second library on the same two cores only gets in the way.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _commands() -> dict[str, tuple[str, type, Callable[[Any], Any]]]:
    from .confidence.grace import GraceOptions, grace
    from .language.notice import NoticeOptions, notice
    from .language.pretrain import PretrainOptions, pretrain
    from .problems.files import ProblemsOptions, write_problems
    from .publish.agreement import AgreementOptions, write_agreement
    from .publish.evaluate import EvaluateOptions, evaluate
    from .publish.export import ExportOptions, export
    from .publish.traces import TracesOptions, write_traces

    return {
        "problems": ("write problems with their answers as JSON lines", ProblemsOptions, write_problems),
        "pretrain": ("train the small language model from scratch", PretrainOptions, pretrain),
        "notice": ("teach it to notice its own slips", NoticeOptions, notice),
        "grace": ("teach any causal language model its confidence token", GraceOptions, grace),
        "export": ("write a GGUF file for llama.cpp", ExportOptions, export),
        "agreement": ("write texts with their log-probabilities, to hold llama.cpp against", AgreementOptions, write_agreement),
        "traces": ("sample a model many times and record it", TracesOptions, write_traces),
        "evaluate": ("measure recorded samples", EvaluateOptions, evaluate),
    }


def main(arguments: list[str] | None = None) -> int:
    commands = _commands()
    parser = argparse.ArgumentParser(prog="quorate-trainer", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True)
    for name, (summary, options, _) in commands.items():
        subparser = subparsers.add_parser(name, help=summary, description=options.__doc__ or summary)
        _add_options(subparser, options)
    given = vars(parser.parse_args(arguments))
    _, options, run = commands[given.pop("command")]
    try:
        result = run(options(**given))
    except TrainerError as error:
        print(f"quorate-trainer: {error}", file=sys.stderr)
        return 2
    if result is not None:
        print(result)
    return 0


def _add_options(parser: argparse.ArgumentParser, options: type) -> None:
    hints = get_type_hints(options)
    for field in fields(options):
        flag = f"--{field.name.replace('_', '-')}"
        kind = next((part for part in get_args(hints[field.name]) if part is not type(None)), hints[field.name])
        if field.default is MISSING:
            parser.add_argument(flag, type=kind, required=True)
        elif kind is bool:
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=field.default)
        else:
            parser.add_argument(flag, type=kind, default=field.default, help=f"default {field.default}")


if __name__ == "__main__":
    sys.exit(main())
