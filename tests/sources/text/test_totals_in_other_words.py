"""Numbers of all that are told by an age, in one sentence with others, or with an adjective. Made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


def whole(text):
    return {name: size.value.digits for name, size in extract(text).of.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In all, 300 rowers were screened and 241 men with a blister were included.", {"included": "241"}),
        (
            "Since May, 300 adults were screened and 241 adults (131 [54%] male and 110 [46%] female) with a blister"
            " were included and randomly assigned to lumarin or solvatan.",
            {"screened": "300", "randomised": "241"},
        ),
        (
            "In spring 102 adults were first randomised and 96 adults were available for the last analysis.",
            {"randomised": "102", "analysed": "96"},
        ),
        ("Over a year, 65 eligible adults with a blister were randomly assigned.", {"randomised": "65"}),
        ("We enrolled 65 eligible adults with a blister.", {"enrolled": "65"}),
        ("Of the lot, 65 eligible adults did not row.", {"eligible": "65"}),
        ("In all, 300 adults were assessed for eligibility.", {"screened": "300"}),
        ("We assessed 300 adults for eligibility.", {"screened": "300"}),
        ("In all, 300 adults were assessed for pain.", {"evaluable": "300"}),
        ("Of 84 analyzable adults, some rowed.", {"evaluable": "84"}),
        ("We saw boats. The 382 participants had a mean age of 47.5 years.", {"included": "382"}),
        ("PARTICIPANTS: The 2,528 participants were aged 70 y or more.", {"included": "2528"}),
        ("Among 1,520 adults (61% women, median age 41 years), 70 got a blister.", {"included": "1520"}),
        ("Among 1,359 5-year survivors, 140 rowed again.", {"included": "1359"}),
        ("We took swabs from 275 5- to 18-month-old lively children.", {"included": "275"}),
        ("The trial was completed by 30 adults with blisters.", {"completed": "30"}),
        ("The form was completed by 1,185 rowing clients.", {"completed": "1185"}),
        (
            "Of 176 women all had completed rowing lessons. Later, 142 women completed the diary.",
            {"completed": "176", "analysed": "142"},
        ),
        ("Rowing consumers (N = 317) with blisters participated.", {"included": "317"}),
        ("The test took place in 250 rowing schoolchildren.", {"included": "250"}),
        ("Thirty-five town pharmacies were randomised to three groups.", {"clusters": "35"}),
        ("Of 47 trials found, 29 were included (7665 adults).", {"included": "7665"}),
        ("Results from 33 sound trials (2,609 adults) in which boats differed were used.", {"included": "2609"}),
        ("Eight studies of boats were included in the review (117 adults).", {"included": "117"}),
        ("Adults (N = 74) who completed school at least 6 years ago were randomised.", {"randomised": "74"}),
        ("Blood levels of 8 salts were analysed at 6 mo (n = 647).", {"analysed": "647"}),
        ("From 2004 on, 88 adults received a boat. Rust was seen before treatment in 13 adults.", {"treated": "88"}),
    ],
)
def test_all(text, expected):
    assert expected.items() <= whole(text).items()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("In all, 231 adults treated 589 evaluable rowing attacks.", "589"),
        ("The 25 rowers with a blister were glad.", "25"),
        ("Of 47 trials found, 29 were included (7665 adults).", "29"),
        ("The remaining 40 studies (15,021 adults) gave good evidence for boats.", "15021"),
        ("Nine trials (6507 adults) were 24 weeks long.", "6507"),
        ("Seven trials of 2689 rowers were included. The largest trial with 985 rowers had clusters.", "985"),
        ("A boat lowered the score of 36 tired (TI) adults (WMD 0.74, 95% CI 0.11 to 1.37).", "36"),
        ("A boat had no benefit on sleep at 12 months in 64 rowers.", "64"),
        ("By lot, 44 rowers between 40 and 69 were selected from the boat group.", "44"),
        ("Rest was had by 41% of 69 adults who had received one line and by 68% of 28 who had received none.", "69"),
        ("We saw 448 adults (mean age, 56 years; 360 women [80.4%]), and 381 completed the trial.", "360"),
    ],
)
def test_no_number_of_all(text, number):
    assert number not in whole(text).values()


def test_two_kinds_of_treated_are_parts():
    assert "treated" not in whole("From 2004 on, 88 adults received a boat, and 61 adults received a bike.")
