"""Arms of several drugs, schedules, sequences and codes; their labels, and whose a result is. All is made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


def labels(text: str) -> list[str]:
    return [arm.label for arm in extract(text).arms]


def armed(text: str) -> dict[str, list[str]]:
    """Return by the printed value of each result the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label for arm in paper.arms}
    return {claim.value.text: [name[arm] for arm in claim.arms] for claim in paper.claims if claim.value}


# --------------------------------------------------------------------------------------------------
# Drugs that commas join
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Patients were randomly assigned to melphalan, prednisone, and thalidomide (n = 60); melphalan, bortezomib,"
            " and dexamethasone (n = 62); or melphalan and prednisone (n = 120).",
            [
                "melphalan, prednisone, and thalidomide",
                "melphalan, bortezomib, and dexamethasone",
                "melphalan and prednisone",
            ],
        ),
        (
            "We randomised 300 women to four cycles of docetaxel followed by four cycles of fluorouracil, epirubicin,"
            " cyclophosphamide (FEC) or eight cycles of FEC.",
            [
                "four cycles of docetaxel followed by four cycles of fluorouracil, epirubicin, cyclophosphamide (FEC)",
                "eight cycles of FEC",
            ],
        ),
        (
            "Patients were randomly assigned to epirubicin, cisplatin, and capecitabine (ECX) or to cisplatin and"
            " capecitabine (CX).",
            ["epirubicin, cisplatin, and capecitabine (ECX)", "cisplatin and capecitabine (CX)"],
        ),
        (
            "Adults were randomly assigned to receive gemcitabine, docetaxel, and capecitabine followed by resection or"
            " immediate resection.",
            ["gemcitabine, docetaxel, and capecitabine followed by resection", "immediate resection"],
        ),
        (
            "Adults received bortezomib, lenalidomide, and dexamethasone (VRd; n = 110) or lenalidomide and"
            " dexamethasone (Rd; n = 108) after random assignment.",
            ["bortezomib, lenalidomide, and dexamethasone", "lenalidomide and dexamethasone"],
        ),
        # Each with its dose; behind the words for a course.
        (
            "Adults were randomised to a 7-day course of either: omeprazole 40 mg twice a day, clarithromycin 250 mg"
            " twice a day and tinidazole 400 mg twice a day (OCT group; n = 40); or ranitidine 300 mg twice a day,"
            " clarithromycin 250 mg twice a day and tinidazole 400 mg twice a day (RCT group; n = 42).",
            [
                "omeprazole 40 mg twice a day, clarithromycin 250 mg twice a day and tinidazole 400 mg twice a day",
                "ranitidine 300 mg twice a day, clarithromycin 250 mg twice a day and tinidazole 400 mg twice a day",
            ],
        ),
        # The last drugs before a bracket are not all of an arm.
        (
            "Women were randomised to either three 28-day cycles of epirubicin 110 mg/m2 (E110; n=81) or three 28-day"
            " cycles of docetaxel 80 mg/m2 plus carboplatin (DC) followed by two cycles of gemcitabine (G; n=79).",
            [
                "three 28-day cycles of epirubicin 110 mg/m2",
                "three 28-day cycles of docetaxel 80 mg/m2 plus carboplatin (DC) followed by two cycles of gemcitabine",
            ],
        ),
        # What "either" divides has all that stands before it.
        (
            "Patients were randomised to pemetrexed plus either lumarin or placebo.",
            ["pemetrexed plus lumarin", "pemetrexed plus placebo"],
        ),
    ],
)
def test_what_is_given_together_is_one_arm(text, names):
    assert labels(text) == names


def test_results_of_drugs_that_commas_join():
    text = (
        "In this trial, 240 patients were randomly allocated to receive tacrolimus, sirolimus, and prednisone or"
        " tacrolimus, mycophenolate, and prednisone. Rejection occurred in 20% with tacrolimus, sirolimus, and"
        " prednisone and 14% with tacrolimus, mycophenolate, and prednisone."
    )
    assert armed(text) == {
        "20%": ["tacrolimus, sirolimus, and prednisone"],
        "14%": ["tacrolimus, mycophenolate, and prednisone"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "Adults were randomised to zinc, iron, or placebo.",
        "Adults were randomly assigned to zinc, iron, and placebo groups. Zinc helped 20%, iron 25% and placebo 12%.",
    ],
)
def test_alternatives_between_commas_stay_apart(text):
    assert labels(text) == ["zinc", "iron", "placebo"]


# --------------------------------------------------------------------------------------------------
# Schedules
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arms", "first", "second"),
    [
        (
            "cisplatin (60 mg/m2) on day 8 plus oral tegafur on days 1 to 21 or cisplatin plus docetaxel",
            "cisplatin plus tegafur",
            "cisplatin plus docetaxel",
        ),
        (
            "gemcitabine 1,000 mg/m2 on days 1 and 8 plus erlotinib 150 mg daily or gemcitabine 1,000 mg/m2 on days 1"
            " and 8 alone",
            "gemcitabine plus erlotinib",
            "gemcitabine alone",
        ),
        (
            "irinotecan every 2 weeks plus cetuximab weekly, or cetuximab weekly alone",
            "irinotecan plus cetuximab",
            "cetuximab alone",
        ),
        (
            "docetaxel 70 mg/m2 intravenously every 3 weeks with oral prednisone twice daily or mitoxantrone every 3"
            " weeks with prednisone",
            "docetaxel",
            "mitoxantrone",
        ),
        (
            "amoxicillin three times daily for 7 days plus metronidazole for 5 days or amoxicillin three times daily"
            " for 7 days plus placebo",
            "metronidazole",
            "placebo",
        ),
    ],
)
def test_an_arm_goes_on_behind_a_schedule(arms, first, second):
    found = armed(
        f"Patients were randomly assigned to {arms}. The response rate was 44% with {first} and 31% with {second}."
    )
    assert len(found) == 2
    one, other = found["44%"], found["31%"]
    assert len(one) == len(other) == 1
    assert one != other
    assert all(word in one[0] for word in first.split() if word != "plus")
    assert all(word in other[0] for word in second.split() if word != "plus")
