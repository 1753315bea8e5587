"""What may be said of a size that was read from a text: the text's own numbers bear it out, or somebody looks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trialstats.claims.model import Arm, Basis, Estimate, Paper, Size
from trialstats.claims.trust import doubt, is_of_others, knows_size, sizes_agree
from trialstats.reported import Reported


def arm(name, n, population="randomised"):
    return Arm(name, name, {population: Size(Reported(n))})


def paper(*arms, total=None, claims=(), text="So it was."):
    of = {} if total is None else {"randomised": Size(Reported(total))}
    return Paper(id="p", arms=arms, of=of, claims=claims, text=text)


def share(value, name="c1", arms=("a",), **parts):
    return Estimate(id=name, measure="proportion", value=Reported(value), arms=arms, **parts)


def asked(of, claim, *rests_on):
    """Whether a question about a claim may be asked: nothing speaks for a misreading."""
    return not doubt(of, [claim], set(rests_on), lambda claim: True)


# --------------------------------------------------------------------------------------------------
# Sizes that add up
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sizes", "total", "agree"),
    [
        (("40", "41"), "81", True),
        (("40", "41"), "80", False),
        (("40", "41"), None, False),
        (("81",), "81", False),
        (("20", "30", "31"), "81", True),
        (("1,040", "1,041"), "2081", True),
    ],
)
def test_sizes_agree_with_a_total_that_is_printed(sizes, total, agree):
    arms = [arm(f"a{at}", n) for at, n in enumerate(sizes)]
    assert sizes_agree(paper(*arms, total=total)) is agree


def test_sizes_of_different_populations_are_not_added():
    assert not sizes_agree(paper(arm("a", "40"), arm("b", "41", "treated"), total="81"))


def test_a_total_of_another_population_will_do():
    of = replace(paper(arm("a", "40", "treated"), arm("b", "41", "treated")), of={"enrolled": Size(Reported("81"))})
    assert sizes_agree(of)


# --------------------------------------------------------------------------------------------------
# Whose size it is
# --------------------------------------------------------------------------------------------------
AGREEING = (arm("a", "40"), arm("b", "41"))


def test_a_size_printed_with_the_number_is_known():
    assert knows_size(paper(), share("25%", arms=(), n=Reported("40")))


@pytest.mark.parametrize(("total", "known"), [("81", True), ("90", False), (None, False)])
def test_the_size_of_an_arm_is_known_where_the_text_bears_it_out(total, known):
    assert knows_size(paper(*AGREEING, total=total), share("25%")) is known


def test_the_size_of_an_arm_that_was_guessed_is_not_known():
    assert not knows_size(paper(*AGREEING, total="81"), share("25%", inferred=("arms",)))
    assert not knows_size(paper(*AGREEING, total="81"), share("25%", arms=()))


def test_what_a_person_typed_is_known():
    typed = replace(paper(*AGREEING, text=None), basis=Basis.TYPED)
    assert knows_size(typed, share("25%"))
    assert asked(typed, share("26.1%"), "size")


# --------------------------------------------------------------------------------------------------
# Shares of an arm against its size
# --------------------------------------------------------------------------------------------------
def test_a_question_that_rests_on_a_size_nothing_bears_out_is_not_asked():
    assert not asked(paper(*AGREEING), share("26%"), "value", "size")
    assert asked(paper(*AGREEING, total="81"), share("26%"), "value", "size")


def test_a_size_that_most_shares_of_its_arm_contradict_was_misread():
    # Of 40 patients 10 are 25.0% and 12 are 30.0%; no number of them is 26.3% or 27.1%.
    odd = share("26.3%")
    fitting = [share("25.0%", "c2"), share("30.0%", "c3")]
    contradicting = [share("27.1%", "c4"), share("28.9%", "c5"), share("31.1%", "c6")]
    assert not is_of_others(paper(*AGREEING, total="81", claims=(odd, *fitting)), odd)
    assert is_of_others(paper(*AGREEING, total="81", claims=(odd, *contradicting)), odd)
    assert is_of_others(paper(*AGREEING, total="81", claims=(odd, *fitting, *contradicting)), odd)


def test_shares_of_another_arm_say_nothing_of_a_size():
    odd = share("26.3%")
    others = [share("27.1%", "c4", arms=("b",)), share("28.9%", "c5", arms=("b",))]
    assert not is_of_others(paper(*AGREEING, total="81", claims=(odd, *others)), odd)


def test_shares_with_a_number_of_their_own_say_nothing_of_a_size():
    odd = share("26.3%")
    own = [share("27.1%", "c4", n=Reported("48")), share("28.9%", "c5", n=Reported("45"))]
    assert not is_of_others(paper(*AGREEING, total="81", claims=(odd, *own)), odd)


def test_a_share_that_its_arm_prints_is_of_its_arm():
    assert not is_of_others(paper(*AGREEING), share("25.0%"))


def test_a_count_with_its_percentage_bears_the_size_of_its_arm_out():
    assert asked(paper(*AGREEING), share("25.0%", x=Reported("10")), "value", "n")
    assert not asked(paper(*AGREEING), share("26.3%", x=Reported("10")), "value", "n")


def test_other_measures_do_not_rest_on_a_size():
    mean = Estimate(id="c1", measure="mean", value=Reported("26.3"), arms=("a",))
    assert asked(paper(*AGREEING), mean, "value")
    assert not asked(paper(*AGREEING), mean, "value", "size")
