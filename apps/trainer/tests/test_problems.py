from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import pytest

from quorate_trainer.errors import TrainerError
from quorate_trainer.problems.arithmetic import Slip, Step, Term, write_solution
from quorate_trainer.problems.families import FAMILIES
from quorate_trainer.problems.generate import MAX_STEPS, SPLITS, Problem, draw_problem, problems_of, split_of
from quorate_trainer.problems.slips import random_slip

DRAWS = 3000


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    random = Random("problems")
    return [draw_problem(random) for _ in range(DRAWS)]


def test_every_line_of_a_solution_is_right_and_the_answer_is_its_last_result(problems: list[Problem]) -> None:
    for problem in problems:
        *lines, answer = problem.solution.text.splitlines()
        assert len(lines) == len(problem.steps)
        for line in lines:
            computation, result = line.split(" ")[0].split("=")
            # Computed here, not by the code under test; divisions of a story leave no rest.
            assert eval(computation) == int(result)
        assert answer == f"ANSWER: {problem.answer}"
        assert problem.solution.wrong_at is None


def test_numbers_of_a_story_stand_in_its_question_and_results_are_positive(problems: list[Problem]) -> None:
    for problem in problems:
        for step in problem.steps:
            assert step.result > 0
            for term in (step.left, step.right):
                if term.step is not None:
                    assert term.value == problem.steps[term.step].result
                else:
                    assert str(term.value) in problem.question


def test_every_family_and_every_number_of_steps_occurs(problems: list[Problem]) -> None:
    assert set(FAMILIES) == {problem.family for problem in problems}
    assert {len(problem.steps) for problem in problems} == set(range(1, MAX_STEPS + 1))
    assert {problem.difficulty["level"] for problem in problems} == {"easy", "medium", "hard"}


def test_numbers_stay_within_the_limit(problems: list[Problem]) -> None:
    for problem in problems:
        assert all(step.result <= problem.limit for step in problem.steps)


def test_the_same_seed_gives_the_same_problems() -> None:
    first, again, other = ([problem.question for problem in islice(problems_of("grace", seed), 50)] for seed in (1, 1, 2))
    assert first == again != other


def test_splits_share_no_computation_and_have_their_shares(problems: list[Problem]) -> None:
    counts = Counter(split_of(problem) for problem in problems)
    for name, (low, high) in SPLITS.items():
        # Five standard deviations.
        share = (high - low) / 1000
        assert abs(counts[name] - share * DRAWS) < 5 * (DRAWS * share * (1 - share)) ** 0.5 + 1


def test_draws_of_two_splits_are_never_the_same_problem() -> None:
    drawn = {
        split: {(p.computation, p.question) for p in islice(problems_of(split, 7), DRAWS if split == "train" else 600)}
        for split in SPLITS
    }
    computations = {split: {computation for computation, _ in pairs} for split, pairs in drawn.items()}
    questions = {split: {question for _, question in pairs} for split, pairs in drawn.items()}
    for one in SPLITS:
        for other in SPLITS:
            if one < other:
                assert computations[one].isdisjoint(computations[other])
                assert questions[one].isdisjoint(questions[other])


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(TrainerError, match="'tests'.*train"):
        next(problems_of("tests", 1))


def test_a_slip_always_changes_the_text_and_nothing_before_it(problems: list[Problem]) -> None:
    random = Random("slips")
    parts = Counter()
    for problem in problems:
        slip = random_slip(problem.steps, random)
        parts[slip.part] += 1
        clean, wrong = problem.solution, write_solution(problem.steps, problem.unit, slip)
        assert wrong.wrong_at is not None
        low, high = wrong.wrong_at
        assert wrong.text != clean.text
        assert wrong.text[:low] == clean.text[:low]
        assert wrong.text[low:high] == slip.text
        # What the marked span replaced was something else, up to the mark that follows it.
        assert not f"{clean.text}\n"[low:].startswith(f"{wrong.text}\n"[low : high + 1])
    assert set(parts) == {"left", "operator", "right", "result", "answer"}


def test_steps_after_a_slip_go_on_from_it() -> None:
    steps = [Step("+", Term(12), Term(5)), Step("*", Term(17, 0), Term(2))]
    written = write_solution(steps, "apples", Slip(0, "result", "18"))
    assert written.text == "12+5=18 apples\n18*2=36 apples\nANSWER: 36"
    assert written.answer == 36
    assert written.text[slice(*written.wrong_at)] == "18"
