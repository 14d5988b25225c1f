"""Plausible errors, for teaching a model what a wrong solution looks like (never to write one)."""

from __future__ import annotations

from random import Random

from .arithmetic import Slip, Step

_PARTS = ("result", "result", "result", "result", "result", "left", "right", "operator", "answer")


def random_slip(steps: list[Step], random: Random) -> Slip:
    """A slip that changes what is written: mostly a wrong digit in a result, as a small model makes them."""
    while True:
        part = random.choice(_PARTS)
        index = len(steps) if part == "answer" else random.randrange(len(steps))
        step = steps[min(index, len(steps) - 1)]
        if part == "operator":
            return Slip(index, part, random.choice([sign for sign in "+-*" if sign != step.operator]))
        value = {"left": step.left.value, "right": step.right.value}.get(part, step.result)
        text = _misread(value, random)
        if text != str(value) and not (part == "right" and step.operator == "/" and int(text) == 0):
            return Slip(index, part, text)


def _misread(value: int, random: Random) -> str:
    digits = str(abs(value))
    place = random.randrange(len(digits))
    kind = random.random()
    if kind < 0.45:
        # A lost or imagined carry: the digit is off by one.
        return str(max(0, abs(value) + random.choice((-1, 1)) * 10 ** (len(digits) - 1 - place)))
    if kind < 0.85:
        return str(int(digits[:place] + random.choice("0123456789") + digits[place + 1 :]))
    if kind < 0.93 and len(digits) > 1:
        other = random.randrange(len(digits))
        swapped = list(digits)
        swapped[place], swapped[other] = swapped[other], swapped[place]
        return str(int("".join(swapped)))
    return str(abs(value) + random.choice((-10, -5, -2, 2, 5, 10))) if abs(value) > 10 else str(random.randrange(20))
