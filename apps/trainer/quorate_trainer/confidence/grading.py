"""Reads the last line of a response. Only a whole, plain number after `ANSWER:` counts."""

from __future__ import annotations

import re

_ANSWER = re.compile(r"ANSWER: (-?\d{1,12})\s*$")


def answer_in(text: str) -> str | None:
    """The answer in canonical form, or None for an abstention."""
    found = _ANSWER.search(text)
    return str(int(found.group(1))) if found else None
