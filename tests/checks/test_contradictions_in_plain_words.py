"""Contradictions told in plain words, each with a sound twin; and sound texts that look like them."""

from __future__ import annotations

import pytest

import trialstats as ts

TWINS = [
    (
        "We randomly assigned {} women to oars (n=260) or poles (n=238); all were included in the analysis.",
        "498",
        "518",
    ),
    (
        "Rowers given oars went ashore after a median of 6.5 days, those on poles after a median of 13.0 days; the"
        " medians thus differed by {} days.",
        "6.5",
        "2.5",
    ),
    (
        "RESULTS: Risk of stroke was lower with lumarin than with placebo (hazard ratio, 0.69; 95% CI, 0.55 to 0.86)."
        " CONCLUSIONS: Lumarin lowered the risk of stroke (hazard ratio, {}) in adults with old gout.",
        "0.69",
        "0.79",
    ),
    (
        "Survival with oars was 84.2% at 1 year, 66.5% at 3 years and {}% at 5 years; no late fall was told.",
        "58.1",
        "78.1",
    ),
    (
        "After a median follow-up of 4 years, {} of 800 women had died. The hazard ratio for death with oars as"
        " against poles was 0.83 (95% CI, 0.70 to 0.98).",
        "571",
        "57",
    ),
    (
        "Of 174 tumours, 41 were well differentiated, {} moderately differentiated and 45 poorly differentiated.",
        "88",
        "98",
    ),
]
SOUND = [
    "The difference in rowing time was 3.08 minutes with a standard error of 1.27 (90% confidence interval, 0.99"
    " to 5.17).",
    "Of 24 boathouses, 12 were allocated to letters. Falls were seen in 246 of 1068 rowers in the boathouses with"
    " letters and in 282 of 988 in the others (P=0.19, t test on the shares of boathouses).",
    "Of 24 general practices, 12 were allocated to letters. Falls were seen in 246 of 1068 patients in the practices"
    " with letters and in 282 of 988 in control practices (P=0.19).",
    "RESULTS: Risk of stroke was lower with lumarin than with placebo (hazard ratio, 0.69; 95% CI, 0.55 to 0.86), and"
    " in women (hazard ratio, 0.79; 95% CI, 0.59 to 1.05). CONCLUSIONS: Lumarin lowered the risk of stroke (hazard"
    " ratio, 0.79) in women with old gout.",
    "We randomly assigned 518 women to oars (n=260) or poles (n=258), of whom 498 were analysed.",
]


def asked(text: str) -> list[str]:
    return [one.code for one in ts.check(text).findings if one.verdict.is_question]


@pytest.mark.parametrize(("text", "sound", "slip"), TWINS)
def test_a_slip_is_asked_about_and_its_twin_is_not(text: str, sound: str, slip: str) -> None:
    assert not asked(text.format(sound))
    assert asked(text.format(slip))


@pytest.mark.parametrize("text", SOUND)
def test_what_only_looks_so_is_not_asked_about(text: str) -> None:
    assert not asked(text)
