"""One rule of trust: what was read for certain is asked about; of the rest, somebody is asked to look."""

from dataclasses import replace

import pytest

import trialstats as ts
from trialstats.claims.model import Basis
from trialstats.findings import Verdict

TEXT = "The odds ratio was 0.70 (95% CI, 0.62 to 1.20)."


@pytest.fixture
def paper():
    """What is read from the text: an odds ratio far from the middle of its interval."""
    return ts.extract(TEXT)


def judged(paper):
    """The finding of the check that asks about the ratio."""
    return next(one for one in ts.check(paper).findings if one.check == "ratio-interval")


def changed(paper, **parts):
    """The paper with its only claim read otherwise."""
    (claim,) = paper.claims
    return replace(paper, claims=(replace(claim, **parts),))


def test_what_two_readings_agree_on_is_asked_about(paper):
    finding = judged(paper)
    assert finding.verdict is Verdict.INCONSISTENT and not finding.look


def test_what_a_second_reading_does_not_find_at_its_place_is_to_be_looked_at(paper):
    """The first reading says 0.71: nothing like it stands there."""
    finding = judged(changed(paper, value=ts.Reported("0.71")))
    assert finding.verdict is Verdict.UNCHECKED and finding.look
    assert finding.details.sentence.startswith("Please look at 0.71 (0.62 to 1.20)")
    assert "is not the centre of its interval" in finding.message


@pytest.mark.parametrize(("part", "look"), [("value", True), ("measure", True), ("outcome", False)])
def test_a_guess_is_asked_about_only_if_the_check_does_not_rest_on_it(paper, part, look):
    finding = judged(changed(paper, inferred=(part,)))
    assert (finding.look, finding.verdict) == (look, Verdict.UNCHECKED if look else Verdict.INCONSISTENT)


def test_what_a_person_typed_is_always_asked_about(paper):
    typed = replace(changed(paper, inferred=("value",)), basis=Basis.TYPED)
    assert judged(typed).verdict is Verdict.INCONSISTENT


def test_the_words_of_a_claim_that_has_no_place_are_not_read_again(paper):
    (claim,) = paper.claims
    nowhere = changed(paper, value=ts.Reported("0.71"), where=replace(claim.where, start=None, end=None))
    assert judged(nowhere).verdict is Verdict.INCONSISTENT
