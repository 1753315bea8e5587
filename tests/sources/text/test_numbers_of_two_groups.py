"""What a P value compares: counts written out and means with their sizes, and no denominator among them."""

import pytest

from trialstats import extract
from trialstats.claims.model import Comparison


def compared(text):
    """Return what the last P value compares: measure, value, count, denominator of each."""
    paper = extract(text)
    comparison = [claim for claim in paper.claims if isinstance(claim, Comparison)][-1]
    members = [paper.claim(name) for name in comparison.of]
    return [
        (one.measure, one.value.text, one.x and one.x.text, one.n and one.n.text) for one in members
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Relapse was seen in 9 of 55 patients given zincol and in 21 of 58 given a dummy (P = .02).",
         [("9", "55"), ("21", "58")]),
        ("Relapse was seen in 9/55 women on zincol and 21/58 on a dummy (P = .02).", [("9", "55"), ("21", "58")]),
        ("Relapse was seen in 9 of 55 patients v 21 of 58 patients (P = .02).", [("9", "55"), ("21", "58")]),
        ("Nine of 55 men on zincol and four of 58 on a dummy relapsed (P = .13).", [("9", "55"), ("4", "58")]),
        ("Bleeding occurred in one of 55 on zincol and 12 of 58 on a dummy (P = .002).", [("1", "55"), ("12", "58")]),
    ],
)  # fmt: skip
def test_counts_written_out(text, counts):
    assert compared(text) == [("count", x, x, n) for x, n in counts]


@pytest.mark.parametrize(
    "text",
    [
        "The mean score was 31.2 (SD 7.1) in 48 patients on zincol and 36.0 (SD 8.4) in 51 on a dummy (P = .003).",
        "The mean score was 31.2 (SD 7.1; n = 48) on zincol and 36.0 (SD 8.4; n = 51) on a dummy (P = .003).",
        "The mean (SD) score was 31.2 (7.1; n = 48) on zincol and 36.0 (8.4; n = 51) on a dummy (P = .003).",
        "The mean score was 31.2 ± 7.1 in 48 women given zincol v 36.0 ± 8.4 in 51 women given a dummy (P = .003).",
    ],
)
def test_sizes_behind_means(text):
    assert compared(text) == [("mean", "31.2", None, "48"), ("mean", "36.0", None, "51")]


def test_people_counted_are_no_mean():
    found = compared("Relapse was seen in 37 patients given zincol and in 50 given a dummy (P = .04).")
    assert [one[:2] for one in found] == [("count", "37"), ("count", "50")]


@pytest.mark.parametrize(
    "text",
    [
        "Genotypes *4/7 and *6/9 were more frequent (P = .01).",  # names
        "The mean score was 31 on zincol and 36 on a dummy (P = .003).",
        "Blood pressure was 120/80 with zincol and 130/85 with a dummy (P = .003).",
    ],
)
def test_what_only_looks_like_a_count(text):
    paper = extract(text)
    assert not [claim for claim in paper.claims if not isinstance(claim, Comparison) and claim.x and claim.n]


def test_those_who_took_part_are_no_result():
    paper = extract(
        "Of 350 eligible, 191 of the 350 women were randomly assigned to zincol (n = 95) or a dummy (n = 96)."
    )
    assert not [claim for claim in paper.claims if claim.n is not None]
