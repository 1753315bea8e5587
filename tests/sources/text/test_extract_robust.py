"""Whatever the text, an answer comes, and in a time linear in its length."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.claims.model import Estimate
from trialstats.errors import InputError
from trialstats.reanalysis import check
from trialstats.sources.labels import labels_from_paper
from trialstats.sources.text.reading import extract
from trialstats.sources.text.second_reading import agrees

PIECES = [
    "95% CI",
    "(",
    ")",
    "[",
    "]",
    "0.5",
    "12",
    "1,234",
    "-",
    "–",
    "P<",
    "p = ",
    "0.05",
    "%",
    " ",
    "to",
    ", ",
    "; ",
    ":",
    "of",
    "/",
    "IQR",
    "HR",
    "not reached",
    ".",
    "vs",
    "n=",
    "and",
    " x 10-",
    "e-",
    "±",
    "twenty",
    ">",
    "=",
    "·",
    "\u2009",
    "months",
    "12 345",
    "posterior probability",
    "(n = 12)",
    "randomised to",
    "0,5",
    "\n",
    "?",
    "$",
    "&lt;",
    "&#48;",
    "The ",
    "\x00",
    "İ",
]

ADVERSARIAL = {
    "labels": lambda n: "95% CI" * (n // 6),
    "deep brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "shares behind open brackets": lambda n: "((((((((12% (" * (n // 13),
    "mixed brackets": lambda n: "([)]" * (n // 4),
    "digits": lambda n: "1" * n,
    "long bounds": lambda n: "HR 0.5 (95% CI " + "1" * (n // 2) + " to " + "2" * (n // 2) + ")",
    "commas": lambda n: "1," * (n // 2),
    "thousands": lambda n: "1" + ",234" * (n // 4),
    "spaced digits": lambda n: "1 " * (n // 2),
    "stops": lambda n: "1. " * (n // 3),
    "P values": lambda n: "P = .05 " * (n // 8),
    "P words": lambda n: "5 P for trend (for trend " * (n // 25),
    "spaces": lambda n: "1" + " " * n + "1",
    "hyphens": lambda n: "1 a" + "-a" * (n // 2),
    "entities": lambda n: "&lt;" * (n // 4),
    "broken lines": lambda n: "a-\n" * (n // 3),
    "intervals": lambda n: "1 (95% CI 0 to 2) " * (n // 18),
    "sentences": lambda n: "Of 8, 1 (95% CI 0 to 2, P=.04) or 3 (5%) v 4 (6%). " * (n // 52),
    "counts": lambda n: "8 of 32 (25%) " * (n // 14),
    "comparisons": lambda n: "12% v 13%, P = .05, " * (n // 20),
    "ratios": lambda n: "HR 0.5 (0.3-0.9), " * (n // 18),
    "posteriors": lambda n: "posterior probability 0.9 " * (n // 26),
    "arms": lambda n: "randomised A (n = 5) " * (n // 21),
    "fillers": lambda n: "0." + "\x00" * n + "5",
    "lists of arms": lambda n: "Randomised to A, B, C or D. " * (n // 28),
    "arms in one list": lambda n: "Adults were randomised to " + "zinc, sugar, " * (n // 13) + "or not. Pain was 4%.",
    "groups": lambda n: "12% in the zinc group and 14% in the sugar group. " * (n // 51),
    "groups of one sentence": lambda n: "12% in the zinc group and 14% in the sugar group, " * (n // 51),
    "lettered groups": lambda n: "12% in group A, 14% in arm 2, " * (n // 30),
    "mentions": lambda n: "Randomised to zinc (n = 5) or sugar (n = 5). 12% with zinc. " + "zinc sugar " * (n // 11),
    "mentions and numbers": lambda n: "Randomised to zinc or sugar. " + "zinc 4.2 sugar 5.1, " * (n // 20),
    "single values": lambda n: "Median 12 months, " * (n // 18),
    "single percentages": lambda n: "41%, " * (n // 5),
    "percentages of one sentence": lambda n: "rash in 12% and 14%, " * (n // 21),
    "counted": lambda n: "24 deaths and nine strokes, " * (n // 28),
    "number words": lambda n: "twenty one hundred and " * (n // 23),
    "spreads": lambda n: "5.1 ± 0.4, 4 (IQR 3-6), " * (n // 24),
    "changes": lambda n: "fell from 6.1 to 4.2 points, " * (n // 29),
    "times": lambda n: "12 months, week 4, 5-year, " * (n // 27) + "41% slept.",
    "times with results": lambda n: "At week 4, 41% slept, at 2 years 12%, " * (n // 38),
    "outcomes": lambda n: "primary outcome was pain (PN), " * (n // 31),
    "abbreviations": lambda n: "good long sleep (GLS) in 4%, " * (n // 29),
    "words": lambda n: "with in of the and " * (n // 19) + "41% slept",
    "one word": lambda n: "a" * n + " 41%",
    "drugs": lambda n: "Randomised to zincmab or sugarnib. " + "zincmab-sugarnib/" * (n // 17),
    "years": lambda n: "In 2014 patients were treated. " * (n // 31),
    "sizes": lambda n: "zinc (n = 12), " * (n // 15),
    "versus": lambda n: "zinc versus sugar versus " * (n // 25),
}


def mixed(seed, length):
    source = random.Random(seed)
    return "".join(source.choice(PIECES) + source.choice(("", " ")) for _ in range(length))


def read(text):
    paper = extract(text)
    labels_from_paper(paper)
    for claim in paper.claims:
        assert text[claim.where.start : claim.where.end] == claim.where.quote
        agrees(text, claim)
    assert paper.unused >= 0
    return paper


@pytest.mark.parametrize("seed", range(300))
def test_mixed_pieces(seed):
    read(mixed(seed, 1 + seed % 60))


@pytest.mark.slow
def test_many_mixed_pieces():
    for seed in range(300, 100_300):
        read(mixed(seed, 1 + seed % 40))


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text(text):
    try:
        read(text)
    except InputError as error:
        assert "name of a file" in str(error)  # noqa: PT017 - any other refusal is a fault


@given(st.text(alphabet="0123456789.,-–()[]%;: CIPHRto=<>", max_size=120))
@settings(max_examples=200)
def test_any_figures(text):
    read(text)


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_time_is_linear(name):
    def seconds(size):
        text = ADVERSARIAL[name](size)
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            extract(text)
            best = min(best, time.process_time() - start)
        return best

    small, large = 8_000, 32_000
    # Four times the text: four times the time, with room for a busy machine; a square would be sixteen.
    assert seconds(large) <= 10 * max(seconds(small), 0.004)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["labels", "digits", "deep brackets"])
def test_a_megabyte(name):
    start = time.process_time()
    extract(ADVERSARIAL[name](1_000_000))
    assert time.process_time() - start < 30


def test_empty_text():
    paper = extract("", id="none")
    assert (paper.id, paper.claims, paper.arms, paper.unused) == ("none", (), (), 0)


def test_only_text_is_read():
    with pytest.raises(InputError, match="must be a string, got int"):
        extract(5)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The odds ratio for mirvatol was 3.1 (95% CI 1e-420 to 2e+310; P = .4).", []),
        ("The mean difference with quenzamab was 7e390 (95% CI 2 to 9).", ["2", "9"]),
        ("The hazard ratio was 0.61 (95% CI 0.41 to 0.90; P = 3 x 10-420).", ["0.61", "0.41", "0.90"]),
        ("The hazard ratio was 0.11 (95% CI 0.04 to 0.31; P = 2 x 10-14).", ["0.11", "0.04", "0.31", "2e-14"]),
    ],
)
def test_powers_of_ten_beyond_all_results_are_not_read(text, numbers):
    paper = extract(text)
    whole = [claim for claim in paper.claims if isinstance(claim, Estimate) and claim.interval is not None]
    read = [one for claim in whole for one in (claim.value, claim.spread.lower, claim.spread.upper)]
    read += [claim.p.value for claim in whole if claim.p is not None]
    assert [one.digits for one in read if one is not None] == numbers
    check(text).to_html()


def test_a_long_list_of_counts_is_checked_in_linear_time():
    def seconds(items):
        text = ", ".join(f"{at % 90 + 1}% (n={at % 97 + 15})" for at in range(items))
        start = time.process_time()
        check(text)
        return time.process_time() - start

    seconds(50)
    assert seconds(2400) < 14 * seconds(400)
