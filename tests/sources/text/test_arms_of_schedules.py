"""Arms that differ by how often one thing is given, and labels in quotation marks. All is made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract

BY_WEEKS = "Adults were randomly assigned to lumarin every 3 weeks, lumarin every 9 weeks or placebo. "
BY_WORD = "Adults were randomly assigned to weekly lumarin, monthly lumarin or placebo. "


def labels(text: str) -> list[str]:
    return [arm.label for arm in extract(text).arms]


def armed(text: str) -> dict[str, list[str]]:
    """Return by the printed value of each result the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label for arm in paper.arms}
    return {
        claim.value.text: [name[arm] for arm in claim.arms] for claim in paper.claims if getattr(claim, "value", None)
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Patients were randomly allocated to lumarin every 4 weeks (n = 86), lumarin every 8 weeks (n = 90), or dummy"
         " injections (n = 88).", ["lumarin every 4 weeks", "lumarin every 8 weeks", "dummy injections"]),
        ("In all, 64 adults were assigned to receive lumarin every 2 weeks, 79 to receive lumarin every 4 weeks and 43"
         " to receive solvatan.", ["lumarin every 2 weeks", "lumarin every 4 weeks", "solvatan"]),
        ("Women were randomised to subcutaneous lumarin 20 mg once every 4 weeks, lumarin 20 mg once every 8 weeks, or"
         " placebo.", ["subcutaneous lumarin 20 mg once every 4 weeks", "lumarin 20 mg once every 8 weeks", "placebo"]),
        ("Patients were randomly allocated to lumarin 10 mg once daily, lumarin 10 mg twice daily or placebo.",
         ["lumarin 10 mg once daily", "lumarin 10 mg twice daily", "placebo"]),
        # Only the dose is told again, or not even that.
        ("Adults were randomised to lumarin 10 mg once daily, 10 mg twice daily, or placebo for 12 weeks.",
         ["lumarin 10 mg once daily", "lumarin 10 mg twice daily", "placebo"]),
        ("Adults were randomly assigned to receive lumarin once daily or twice daily.",
         ["lumarin once daily", "lumarin twice daily"]),
        ("Adults were randomly assigned to lumarin either daily or weekly for a year.",
         ["lumarin daily", "lumarin weekly"]),
        (BY_WORD, ["weekly lumarin", "monthly lumarin", "placebo"]),
        # Nothing here differs by a schedule.
        ("Adults were randomised to lumarin or placebo once daily for 12 weeks.", ["lumarin", "placebo"]),
        ("Adults were randomised to lumarin twice daily or solvatan once daily.", ["lumarin", "solvatan"]),
        ("Adults were randomised to 80 mg of lumarin every 2 weeks, 160 mg of lumarin every 2 weeks, or placebo.",
         ["80 mg of lumarin", "160 mg of lumarin", "placebo"]),
    ],
)  # fmt: skip
def test_arms_that_differ_by_a_schedule(text: str, names: list[str]) -> None:
    assert labels(text) == names


@pytest.mark.parametrize(
    ("text", "value", "arms"),
    [
        (BY_WEEKS + "Sleep improved in 44% in the every-3-weeks group and 29% in the every-9-weeks group.", "29%",
         ["lumarin every 9 weeks"]),
        (BY_WEEKS + "Sleep improved in 41% of the q3w group, 32% of the q9w group and 15% of the placebo group.",
         "41%", ["lumarin every 3 weeks"]),
        # The schedules alone are listed before their noun.
        (BY_WEEKS + "Sleep improved in 44% and 29% in the every 3 weeks and every 9 weeks groups.", "44%",
         ["lumarin every 3 weeks"]),
        (BY_WORD + "Sleep improved in 41%, 32% and 15% in the weekly, monthly and placebo groups, respectively.", "32%",
         ["monthly lumarin"]),
        (BY_WORD + "Sleep improved in 41% and 32% with weekly and monthly lumarin and 15% with placebo.", "41%",
         ["weekly lumarin"]),
        (BY_WORD + "The difference from placebo was 12.3 points (95% CI, 8 to 16) for weekly lumarin and 9.2 points"
         " (95% CI, 5 to 13) for monthly lumarin.", "9.2", ["monthly lumarin", "placebo"]),
        (BY_WORD + "The difference versus placebo was 12.3 points (95% CI, 8 to 16) for weekly lumarin and 9.2 points"
         " (95% CI, 5 to 13) for monthly lumarin.", "12.3", ["weekly lumarin", "placebo"]),
        ("Adults were randomly assigned to receive lumarin once daily or twice daily. Sleep improved in 41% taking it"
         " once daily and in 32% of the twice-daily group.", "32%", ["lumarin twice daily"]),
        # When something was measured names no arm.
        (BY_WEEKS + "Sleep was measured every 3 weeks and improved in 15% with placebo.", "15%", ["placebo"]),
    ],
)  # fmt: skip
def test_results_of_schedules(text: str, value: str, arms: list[str]) -> None:
    assert armed(text)[value] == arms


@pytest.mark.parametrize(
    ("sentence", "shares"),
    [
        ("Sleep improved in 41% and 32% with lumarin and solvatan and 15% with usual care.", ["41%", "32%", "15%"]),
        ("Sleep improved in 15% with usual care and in 41% and 32% with lumarin and solvatan.", ["41%", "32%", "15%"]),
    ],
)
def test_arms_are_listed_behind_some_values(sentence: str, shares: list[str]) -> None:
    found = armed("Adults were randomly assigned to lumarin, solvatan or usual care. " + sentence)
    assert [found[share] for share in shares] == [["lumarin"], ["solvatan"], ["usual care"]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Adults were randomised to 'lumarin' (n = 40) or 'usual care' (n = 38).", ["lumarin", "usual care"]),
        ("We randomised 90 schools to a ‘rolling desk’ (n = 45) or to ‘no programme’ (n = 45).",
         ["rolling desk", "no programme"]),
        ("Infants were randomised to “early” or “late” weaning.", ["early weaning", "late weaning"]),
        # These marks are no quotation.
        ("We randomised 90 dyads to nurses' coaching (n = 45) or parents' coaching (n = 45).",
         ["nurses' coaching", "parents' coaching"]),
    ],
)  # fmt: skip
def test_labels_have_no_quotation_marks(text: str, names: list[str]) -> None:
    assert labels(text) == names
