"""Arms that add up to the total, or do not: asked only where one sentence tells both. The sentences are made up."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.findings import Verdict


def total(text):
    """Return what the check of totals says of the randomised patients of a text."""
    return next(one for one in ts.check(text).findings if one.check == "totals" and one.claim == "total.randomised")


TOLD_TOGETHER = "A total of {} men were randomised, 38 to the zinc group and 36 to the sugar group."


def test_arms_that_make_the_total():
    assert total(TOLD_TOGETHER.format(74)).verdict is Verdict.REPRODUCED


def test_arms_that_do_not_make_the_total_of_their_own_sentence():
    finding = total(TOLD_TOGETHER.format(75))
    assert finding.verdict is Verdict.INCONSISTENT
    assert "38 and 36 randomised patients add up to 74, and the printed total is 75." in finding.message


@pytest.mark.parametrize(
    "text",
    [
        # Far from the total: they are of other patients.
        TOLD_TOGETHER.format(740),
        # Apart from it.
        "A total of 75 men were randomised. They were asked to sleep. We gave 38 the zinc group's tablets. In all 38 "
        "were allocated to the zinc group and 36 to the sugar group.",
        # Some had left.
        "Of 75 men who were randomised, one withdrew before treatment; 38 were assigned to the zinc group and 36 to "
        "the sugar group.",
        # A number of the sentence accounts for the difference.
        "A total of 77 men were randomised, 38 to the zinc group and 36 to the sugar group, and 3 men went home.",
    ],
)
def test_what_need_not_add_up_is_not_asked_about(text):
    found = [one for one in ts.check(text).findings if one.check == "totals"]
    assert not any(one.verdict in (Verdict.INCONSISTENT, Verdict.STRAINED) for one in found)


def test_a_text_and_its_paper_are_judged_alike():
    text = TOLD_TOGETHER.format(75)
    assert ts.check(text).findings == ts.check(ts.extract(text)).findings
