"""The second reading agrees with plain print and refuses whatever it cannot account for."""

from dataclasses import replace

import pytest

from trialstats.claims.model import Estimate, Place
from trialstats.reanalysis import check
from trialstats.reported import Reported
from trialstats.sources.text.reading import extract
from trialstats.sources.text.second_reading import agrees

PLAIN = [
    "OS was longer (hazard ratio, 0.54; 95% CI, 0.36 to 0.81; P = .003).",
    "OS was longer (HR 0·54 [95% CI 0·36–0·81]; p=0·0030).",
    "The odds ratio was 1.4 (95% confidence interval 1.1 to 1.8).",
    "The difference was −2.1 mm Hg (95% CI −3.9 to −0.3).",
    "The mean fell (-1.52, 95% CI = -2.91 to -0.13).",
    "The rate was 25% (8 of 32; 95% CI, 12 to 43).",
    "Median OS was 12.4 months (95% CI, 10.1 to not reached).",
    "Relapse occurred in 41 of 160 patients (26%).",
    "Death occurred in one (1%) of 93.",
    "Death occurred in 19 of 12 310 adults.",
    "Response was better (58% v 39%, P = .03).",
    "It was 1.9 (two-sided 95% CI 1.2 to 3.1).",
    "It was 0.8 (90% credible interval, 0.6 to 0.9).",
    "Relief came in 61% of those with two-layer hats (74/121).",
    "The fall was slower by 1.31 ml/min/1.73 m² a year (SE, 0.40; 95% CI, 0.53 to 2.09).",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_print_is_read_twice(text):
    claims = extract(text).claims
    assert claims
    assert all(agrees(text, claim) for claim in claims)


DOUBTFUL = {
    "a number of its own": "Risk doubled to 2.15 in all over 7.2 years (95% CI, 1.33-3.48).",
    "a standard deviation": "It was 31.4 ± 2.1; 95% CI 27.2-35.6.",
    "a repaired number": "Deaths fell (RR 0. 71, 95% CI 0.52-0. 96).",
    "no estimate": "Cure was less common (p = 0.03; 95% CI: −0.0712, −0.0041).",
    "a range beside": "OS was 9.5 months (range 1-117; 95% CI 8.3-11.2).",
}


@pytest.mark.parametrize("text", DOUBTFUL.values(), ids=DOUBTFUL)
def test_doubtful_print_is_not(text):
    claims = [claim for claim in extract(text).claims if getattr(claim, "interval", None)]
    assert claims
    assert not any(agrees(text, claim) for claim in claims)


@pytest.mark.parametrize(
    "changed",
    [
        lambda claim: replace(claim, value=Reported("0.55")),
        lambda claim: replace(claim, spread=replace(claim.spread, lower=Reported("0.35"))),
        lambda claim: replace(claim, spread=replace(claim.spread, upper=Reported("-0.81"))),
        lambda claim: replace(claim, spread=replace(claim.spread, level=Reported("90%"))),
        lambda claim: replace(claim, p=None),
        lambda claim: replace(claim, p=replace(claim.p, value=Reported("<0.003"))),
        lambda claim: replace(claim, x=Reported("8")),
        lambda claim: replace(claim, where=Place()),
        lambda claim: replace(claim, where=replace(claim.where, start=claim.where.start + 1)),
    ],
)
def test_another_claim_of_the_same_words_is_refused(changed):
    text = "OS was longer (hazard ratio, 0.54; 95% CI, 0.36 to 0.81; P = .003)."
    claim = extract(text).claims[0]
    assert agrees(text, claim)
    assert not agrees(text, changed(claim))


def test_words_cut_inside_a_number_are_refused():
    text = "OS was longer (hazard ratio 10.54; 95% CI, 9.36 to 12.81)."
    claim = extract(text).claims[0]
    start = text.index("0.54")
    cut = replace(
        claim,
        value=Reported("0.54"),
        where=Place(start=start, end=claim.where.end, quote=text[start : claim.where.end]),
    )
    assert not agrees(text, cut)


@pytest.mark.parametrize(
    "text",
    [
        "Of the 84 women seen, 21 (25%) fell.",
        "Of 1 224 women, 306 (25%) fell.",
        "Among thirty-four women, 17 (50%) fell.",
        "Of 1,224 women seen, 306 (25%; 95% CI, 23% to 28%) fell.",
        "Cough (21 [25%]) and rash (42 [50%]) of the 84 women treated with lumarin.",
    ],
)
def test_a_total_apart_from_its_count_is_read_where_it_stands(text):
    claim = extract(text).claims[0]
    assert claim.n is not None and "n" not in claim.inferred
    assert agrees(text, claim)
    assert not agrees(text, replace(claim, n=Reported("85")))


def test_a_p_value_of_two_arms_in_the_bracket_of_one_leaves_its_interval_sure():
    text = (
        "Unbroken sleep at week 9 was told by four (8·3% [95% CI 2·3-20·0]) of 48 adults on placebo, by 21 (42·9% "
        "[28·8-57·8], p=0·0001) of 49 adults on lumarin, and by 33 (66·0% [51·2-78·8], p<0·0001) of 50 adults on "
        "solvatan."
    )
    shares = [claim for claim in extract(text).claims if isinstance(claim, Estimate)]
    assert [agrees(text, claim) for claim in shares] == [True, True, True]
    wrong = text.replace("42·9%", "47·9%")
    asked = [one.verdict.value for one in check(wrong).findings if one.verdict.is_question or one.look]
    assert asked[:1] == ["inconsistent"]
