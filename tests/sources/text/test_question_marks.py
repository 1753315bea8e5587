"""Question marks that an export left in the place of signs. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.question_marks import with_asked_signs


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Sleep was 7.4? 1.2 h v 6.1? 0.9 h.", "Sleep was 7.4± 1.2 h v 6.1± 0.9 h."),
        ("Mood was 31.4?2.6 and 28.8?3.1.", "Mood was 31.4±2.6 and 28.8±3.1."),
        (
            "Sleep was 7.4? 1.2 h v 6.1? 0.9 h, pulse 81? 9 v 77? 8.",
            "Sleep was 7.4± 1.2 h v 6.1± 0.9 h, pulse 81± 9 v 77± 8.",
        ),
        ("Pain fell by 3?1 (P = 0?004).", "Pain fell by 3.1 (P = 0.004)."),
        ("The ratio was 0?71 (95% CI 0?52-0?97).", "The ratio was 0.71 (95% CI 0.52-0.97)."),
        ("Those who lost?5% and women aged?50 slept.", "Those who lost≥5% and women aged≥50 slept."),
        ("lumarin (n?=?31) or rest (n? = 30; P?=?.04)", "lumarin (n = 31) or rest ( n = 30; P = .04)"),
        ("CI, ?0.41 to ?0.10", "CI, -0.41 to -0.10"),
    ],
)
def test_a_sign_is_put_back(printed, meant):
    assert with_asked_signs(printed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Is one week enough? 12 women slept.",
        "Is the cut-off 30? 41 men were asked.",
        "Was it safe at a dose of 2.5? 31 women were asked.",
        "Was it given in? 31 women were asked.",
        "Do women sleep? Men do (p?0.05).",
    ],
)
def test_a_question_stays_one(text):
    assert with_asked_signs(text) == text


def test_means_with_lost_signs_have_their_spread():
    claims = extract("Mean sleep was 7.4? 1.2 h with tea and 6.1? 0.9 h with milk.").claims
    assert [(one.value.digits, one.spread.kind, one.spread.value.digits) for one in claims] == [
        ("7.4", "sd", "1.2"),
        ("6.1", "sd", "0.9"),
    ]
