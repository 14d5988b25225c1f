"""The kinds of stories. Each takes as many steps as it is asked for, and leaves a question at the end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from .arithmetic import Term
from .story import Story

_PEOPLE = [
    "Tom",
    "Anna",
    "Ben",
    "Mia",
    "Sam",
    "Lily",
    "Max",
    "Emma",
    "Leo",
    "Nora",
    "Finn",
    "Ida",
    "Omar",
    "Zoe",
    "Raj",
    "Kim",
]
_THINGS = ["apples", "marbles", "books", "stamps", "coins", "shells", "cards", "pencils", "stickers", "beads"]
_GOODS = ["pens", "cups", "lamps", "toys", "hats", "plants", "cakes", "chairs", "bags", "pots"]


def collection(story: Story) -> None:
    """One person's things: more, fewer, times, shared."""
    name, things = story.random.choice(_PEOPLE), story.random.choice(_THINGS)
    story.unit = things
    held = story.number(3, story.limit // 2)
    story.say(f"{name} has {held.value} {things}.", f"{name} starts with {held.value} {things}.")
    while story.left:
        held = _change(story, held, name, things)
    story.say(f"How many {things} does {name} have now?", f"How many {things} are left with {name}?")


def _change(story: Story, held: Term, name: str, things: str) -> Term:
    kind = story.random.choice("++--*/")
    if kind == "+":
        more = story.number(2, max(2, story.limit - held.value))
        story.say(
            f"{name} finds {more.value} more.",
            f"{name} buys {more.value} {things}.",
            f"A friend gives {more.value} more.",
        )
        return story.calculate("+", held, more)
    if kind == "-":
        fewer = story.number(2, max(2, held.value - 1))
        story.say(f"{name} gives away {fewer.value}.", f"{name} loses {fewer.value} {things}.", f"{name} sells {fewer.value}.")
        return story.calculate("-", held, fewer)
    if kind == "*":
        times = Term(story.random.randint(2, 9))
        story.say(f"Then {name} gets {times.value} times as many.", f"The number grows to {times.value} times as much.")
        return story.calculate("*", held, times)
    shares = story.divisor_of(held.value)
    story.say(
        f"{name} makes {shares.value} equal groups and keeps one.",
        f"{name} shares them equally among {shares.value} people, {name} included.",
    )
    return story.calculate("/", held, shares)


def shop(story: Story) -> None:
    """A bill of counts times prices, and the change if a step is left for it."""
    name = story.random.choice(_PEOPLE)
    story.unit = "dollars"
    total: Term | None = None
    while story.left:
        if total is not None and story.left == 1:
            paid = Term(total.value + story.number(2, max(2, story.limit - total.value)).value)
            story.say(f"{name} pays with {paid.value} dollars.", f"{name} has {paid.value} dollars to pay with.")
            story.calculate("-", paid, total)
            story.say("How many dollars come back?", f"How much change does {name} get?")
            return
        count = Term(story.random.randint(2, 12))
        price = story.number(2, max(2, story.limit // (2 * count.value)))
        goods = story.random.choice(_GOODS)
        story.say(
            f"{name} buys {count.value} {goods} at {price.value} dollars each.",
            f"{count.value} {goods} cost {price.value} dollars each.",
        )
        cost = story.calculate("*", count, price)
        total = cost if total is None else story.calculate("+", total, cost)
    story.say("How many dollars is it in all?", f"How much does {name} spend?")


def comparing(story: Story) -> None:
    """People who have more, fewer or times as many as the one before; asked for the last or for all."""
    things = story.random.choice(_THINGS)
    story.unit = things
    people = story.random.sample(_PEOPLE, min(9, story.step_count + 1))
    together = story.step_count >= 2 and story.random.random() < 0.5
    amounts = [story.number(3, story.limit // 3)]
    story.say(f"{people[0]} has {amounts[0].value} {things}.")
    links = (story.step_count + 1) // 2 if together else story.step_count
    for previous, person in pairwise(people[: links + 1]):
        amounts.append(_relative(story, amounts[-1], previous, person, things))
    if not together:
        story.say(f"How many {things} does {people[links]} have?")
        return
    total = amounts[0]
    for amount in amounts[1 : 1 + story.left]:
        total = story.calculate("+", total, amount)
    counted = 1 + story.step_count - links
    story.say(
        f"How many {things} do {people[0]} to {people[counted - 1]} have together?"
        if counted > 2
        else f"How many {things} do {people[0]} and {people[1]} have together?"
    )


def _relative(story: Story, held: Term, previous: str, person: str, things: str) -> Term:
    kind = story.random.choice("+-*/")
    if kind == "+":
        more = story.number(2, max(2, story.limit - held.value))
        story.say(f"{person} has {more.value} more {things} than {previous}.")
        return story.calculate("+", held, more)
    if kind == "-":
        fewer = story.number(2, max(2, held.value - 1))
        story.say(f"{person} has {fewer.value} fewer than {previous}.")
        return story.calculate("-", held, fewer)
    if kind == "*":
        times = Term(story.random.randint(2, 7))
        story.say(f"{person} has {times.value} times as many as {previous}.")
        return story.calculate("*", held, times)
    parts = story.divisor_of(held.value, 6)
    story.say(f"{previous} has {parts.value} times as many as {person}.")
    return story.calculate("/", held, parts)


def journey(story: Story) -> None:
    """Legs of speed times hours, added up; the rest of the way if a step is left for it."""
    story.unit = "km"
    vehicle = story.random.choice(["train", "bus", "truck", "ship", "car"])
    total: Term | None = None
    while story.left:
        if total is not None and story.left == 1:
            whole = Term(total.value + story.number(2, max(2, story.limit - total.value)).value)
            story.say(f"The whole way is {whole.value} km.")
            story.calculate("-", whole, total)
            story.say("How many km are left?")
            return
        hours = Term(story.random.randint(2, 9))
        speed = story.number(3, max(3, story.limit // (2 * hours.value)))
        story.say(
            f"A {vehicle} goes {speed.value} km an hour for {hours.value} hours.",
            f"For {hours.value} hours it makes {speed.value} km each hour.",
        )
        leg = story.calculate("*", speed, hours)
        total = leg if total is None else story.calculate("+", total, leg)
    story.say(f"How far does the {vehicle} go in all?", "How many km is that?")


def savings(story: Story) -> None:
    """Money that grows by weeks and shrinks by spending."""
    name = story.random.choice(_PEOPLE)
    story.unit = "dollars"
    held = story.number(2, story.limit // 3)
    story.say(f"{name} has saved {held.value} dollars.")
    while story.left:
        if story.left >= 2 and story.random.random() < 0.5:
            weeks = Term(story.random.randint(2, 12))
            amount = story.number(2, max(2, (story.limit - held.value) // weeks.value))
            story.say(f"{name} earns {amount.value} dollars a week for {weeks.value} weeks.")
            held = story.calculate("+", held, story.calculate("*", amount, weeks))
        elif story.random.random() < 0.5:
            spent = story.number(2, max(2, held.value - 1))
            story.say(f"{name} spends {spent.value} dollars.", f"A bill takes {spent.value} dollars.")
            held = story.calculate("-", held, spent)
        else:
            gift = story.number(2, max(2, story.limit - held.value))
            story.say(f"{name} gets {gift.value} dollars as a gift.")
            held = story.calculate("+", held, gift)
    story.say(f"How many dollars does {name} have?", "How much money is there at the end?")


def packing(story: Story) -> None:
    """Boxes of things: filled, damaged, packed again."""
    things = story.random.choice(_GOODS)
    story.unit = things
    boxes = story.number(2, min(99, max(2, story.limit // 6)))
    each = story.number(2, max(2, story.limit // (2 * boxes.value)))
    story.say(
        f"A factory fills {boxes.value} boxes with {each.value} {things} each.",
        f"There are {boxes.value} boxes of {each.value} {things}.",
    )
    held = story.calculate("*", boxes, each)
    while story.left:
        kind = story.random.choice("+--/")
        if kind == "+":
            more = story.number(2, max(2, story.limit - held.value))
            story.say(f"Then {more.value} more {things} arrive.")
            held = story.calculate("+", held, more)
        elif kind == "-":
            broken = story.number(2, max(2, held.value - 1))
            story.say(f"{broken.value} of them break.", f"{broken.value} {things} are sold.")
            held = story.calculate("-", held, broken)
        else:
            bags = story.divisor_of(held.value)
            story.say(f"They go to {bags.value} shops in equal parts, and we look at one shop.")
            held = story.calculate("/", held, bags)
    story.say(f"How many {things} are there?", f"How many {things} remain?")


FAMILIES: dict[str, Callable[[Story], None]] = {
    "collection": collection,
    "shop": shop,
    "comparing": comparing,
    "journey": journey,
    "savings": savings,
    "packing": packing,
}
