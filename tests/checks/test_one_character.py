"""Which one changed character would make the numbers of a question agree: said in its message, and counted."""

import pytest

from trialstats.catalogue import load_catalogue
from trialstats.checks import find_check
from trialstats.checks.check import Context
from trialstats.claims.model import Arm, Estimate, Paper, PValue, Size, Spread
from trialstats.findings import Sum
from trialstats.reanalysis import check, reanalyse
from trialstats.reported import Reported

R = Reported


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The odds ratio for stroke was 83 (95% CI 0.71 to 0.97).", "If 0.83 were printed for 83 (the decimal point"),
        ("The mean difference was 2.4 (95% CI 5.3 to 10.1) kg.", "If -5.3 were printed for 5.3 (a minus sign"),
        ("Nausea occurred in 52 of 84 patients (26%).", "If 62% were printed for 26% (two digits that changed places)"),
        ("The hazard ratio was 0.44 (95% CI, 0.33 to 0.59; P = .01).", "If <.01 were printed for .01 (less than"),
        ("The hazard ratio was 0.71 (95% CI, 0.56 to 0.90; P = .05).", "If .005 were printed for .05"),
    ],
)
def test_it_names_the_likeliest_slip(text, words):
    messages = [one.message for one in check(text).findings if one.verdict.is_question]
    assert any(words in one for one in messages), messages


def test_a_size_may_be_the_slip():
    arms = (Arm("a", "a", {"randomised": Size(R("118"))}), Arm("b", "b", {"randomised": Size(R("112"))}))
    (found,) = (
        one
        for one in reanalyse(Paper(id="p", arms=arms, of={"randomised": Size(R("203"))}), select=["totals"]).findings
        if one.claim == "total.randomised"
    )
    assert "If 230 were printed for 203 (two digits that changed places) the numbers would agree" in found.message


def test_what_agrees_by_itself_is_not_asked_again():
    rate = Estimate(id="r", measure="hazard-ratio", value=R("0.54"), spread=Spread("confidence", R("0.36"), R("0.81")))
    for one in reanalyse(Paper(id="p", claims=(rate,))).findings:
        assert "one_character" not in one.searched
        assert "one character" not in one.message


def test_a_repair_that_makes_another_check_ask_is_none():
    """A P value of .30 would suit the words, and not the interval."""
    claim = Estimate(
        id="hr",
        measure="hazard-ratio",
        value=R("0.54"),
        spread=Spread("confidence", R("0.36"), R("0.81")),
        p=PValue(R(".30")),
    )
    found = {one.check: one for one in reanalyse(Paper(id="p", claims=(claim,))).findings}
    asked = [one for one in found.values() if one.verdict.is_question]
    assert asked
    for one in asked:
        assert all(repair["repaired"] != ".04" for repair in one.searched["one_character"]["first"])


@pytest.mark.parametrize(
    ("text", "words", "tried"),
    [
        (
            "Admissions: 702311 of 1402001 (50.1%) v 410222 of 1401999 (29.3%), P = .7.",
            "None of the 16 likeliest changes of one character would make the numbers agree",
            16,
        ),
        ("Relief: 70 of 140 (50.0%) v 41 of 139 (29.5%), P = .7.", " of 158 changes of one character", 158),
    ],
)
def test_fewer_copies_are_tried_of_so_many_patients_and_the_message_says_so(text, words, tried):
    (found,) = (one for one in check(text).findings if one.code == "TS301")
    assert words in found.message
    assert found.searched["one_character"]["tried"] == tried


def test_what_another_check_would_ask_about_is_no_repair():
    found = check("The odds ratio was 0.50 (95% CI, 0.70 to 0.90).").findings
    (told,) = (one.searched["one_character"] for one in found if one.verdict.is_question)
    assert [one["repaired"] for one in told["first"] if one["number"] == "estimate"] == ["0.80"]
    # 0.70 and 0.90 lie in the interval too, and far off its centre.
    assert told["agree"] == 4


def test_every_change_is_tried_of_a_proportion_whose_interval_has_a_slip():
    found = next(one for one in check(_SHARE.format("19.7")).findings if one.code == "TS104")
    assert "If 39.7 were printed for 19.7 (another digit) the numbers would agree" in found.message
    assert "likeliest" not in found.message
    assert not [one for one in check(_SHARE.format("39.7")).findings if one.verdict.is_question]


_SHARE = "A cramp came to 49 of 98 rowers (50.0%; 95% CI, {} to 60.3)."


def test_a_repair_leaves_no_question_about_its_claim():
    text = "Survival at 2 years was 65% (95% CI, 70 to 82)."
    found = next(one for one in check(text).findings if one.code == "TS101")
    assert "7.0 were printed" not in found.message


@pytest.mark.parametrize(
    ("text", "repairs"),
    [
        (
            "484 patients: 334 received lumarin and 130 received placebo.",
            [("484", "464"), ("334", "354"), ("130", "150")],
        ),
        ("We randomised 484 patients: 334 to lumarin and 130 to placebo.", [("484", "464"), ("334", "354")]),
        ("Of 80 patients, 30 improved, 28 were unchanged and 32 deteriorated.", [("80", "90"), ("30", "10")]),
        ("Stage was I in 25%, II in 40%, III in 30% and IV in 25% of patients.", [("25%", "5%"), ("30%", "10%")]),
    ],
)
def test_every_number_of_a_sum_is_tried_and_its_total(text, repairs):
    (asked,) = (one for one in check(text).findings if one.verdict.is_question)
    assert "one character" in asked.message
    assert "None of" not in asked.message
    told = asked.searched["one_character"]
    assert told["agree"] >= len(repairs)
    for printed, repaired in [*repairs, *((one["printed"], one["repaired"]) for one in told["first"])]:
        assert_no_question(text, printed, repaired)


def assert_no_question(text, printed, repaired):
    copies = [text.replace(printed, repaired, 1), repaired.join(text.rsplit(printed, 1))]
    assert any(not any(one.verdict.is_question for one in check(copy).findings) for copy in copies), (printed, repaired)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # 34 apart: no one digit makes the sum.
        ("484 patients: 315 received lumarin and 135 received placebo.", "None of"),
        ("484 patients: 334 received lumarin and 130 received placebo.", "If 464 were printed for 484 (another digit)"),
    ],
)
def test_a_sum_that_no_character_mends_says_so(text, words):
    (asked,) = (one for one in check(text).findings if one.verdict.is_question)
    assert words in asked.message


@pytest.mark.parametrize(
    ("parts", "whole", "relation", "agrees"),
    [
        (("334", "130"), "464", "=", True),
        (("334", "130"), "484", "=", False),
        (("30", "28"), "80", "<=", True),
        (("30", "52"), "80", "<=", False),
        (("33%", "33%", "33%"), "100%", "=", True),
        (("33%", "33%", "38%"), "100%", "=", True),
        (("33%", "33%", "39%"), "100%", "=", False),
        (("50",), "200", "divides", True),
        (("50",), "220", "divides", False),
    ],
)
def test_a_sum_says_whether_it_agrees(parts, whole, relation, agrees):
    assert Sum(tuple(map(R, parts)), R(whole), relation).agrees is agrees


def _share(measure, value, lower, upper, **more):
    return Estimate(id="r", measure=measure, value=R(value), spread=Spread("confidence", R(lower), R(upper)), **more)


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("survival-interval", _share("survival", "81%", "60%", "84%")),
        ("survival-interval", _share("survival", "81%", "69%", "96%")),
        ("proportion-interval", _share("proportion", "25%", "18%", "36%", x=R("8"), n=R("32"))),
        ("proportion-interval", _share("proportion", "41%", "38%", "70%", n=R("51"))),
        ("proportion-interval", _share("proportion", "25%", "12%", "43%", n=R("32"))),
    ],
)
def test_a_copy_has_the_verdict_that_it_would_have_if_read_in_full(name, claim):
    rule, paper = find_check(name), Paper(id="p", claims=(claim,))
    (full,) = rule.run(rule, Context(paper, load_catalogue()))
    (alone,) = rule.run(rule, Context(paper, load_catalogue(), verdicts_alone=True))
    assert (alone.verdict, alone.look) == (full.verdict, full.look)


def test_of_a_copy_no_nearest_miss_is_looked_for():
    claim = _share("survival", "81%", "60%", "84%")
    rule, paper = find_check("survival-interval"), Paper(id="p", claims=(claim,))
    (full,) = rule.run(rule, Context(paper, load_catalogue()))
    (alone,) = rule.run(rule, Context(paper, load_catalogue(), verdicts_alone=True))
    assert full.nearest is not None
    assert alone.nearest is None
