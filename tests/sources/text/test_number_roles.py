"""Every number of a text has one role. The sentences are made up."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.claims.model import Estimate, Paper
from trialstats.errors import InputError
from trialstats.sources.text.reading import extract
from trialstats.sources.text.roles.of_numbers import ROLES, NumberRole, number_roles
from trialstats.sources.text.tokens.normalise import FILLER, normalise

# A role, a number that has it, and a sentence; the number is the first of its digits in the sentence.
SENTENCES = [
    ("estimate", "0.54", "The hazard ratio was 0.54 (95% CI, 0.36 to 0.81)."),
    ("estimate", "41%", "Relief was reported by 41% of those given zoltamine."),
    ("bound", "0.36", "The hazard ratio was 0.54 (95% CI, 0.36 to 0.81)."),
    ("bound", "43", "Response was 25% (95% CI, 12 to 43)."),
    ("level", "95%", "The hazard ratio was 0.54 (95% CI, 0.36 to 0.81)."),
    ("level", "90", "The odds ratio was 1.4 (90% confidence interval 1.1-1.8)."),
    ("P", ".003", "Zoltamine was better than placebo (P = .003)."),
    ("P", "0.001", "There was a trend (P for trend < 0.001)."),
    ("P", "0.04", "The hazard ratio was 0.54 (95% CI, 0.36 to 0.81; two-sided p=0.04)."),
    ("count", "8", "Response was seen in 8 of 32 women (25%)."),
    ("count", "Three", "After surgery of 80 women, three patients died; Three patients relapsed."),
    ("count", "one hundred and twelve", "We randomised 300 women; one hundred and twelve women withdrew."),
    ("denominator", "32", "Response was seen in 8 of 32 women (25%)."),
    ("denominator", "57", "Nausea occurred in 12/57 patients (21%)."),
    ("size", "31", "We randomly assigned 60 adults to zoltamine (n = 31) or placebo (n = 29)."),
    ("size", "60", "We randomly assigned 60 adults to zoltamine (n = 31) or placebo (n = 29)."),
    ("spread", "4.2", "The mean score was 31.5 (SD 4.2) with zoltamine."),
    ("spread", "3", "Median stay was 7 days (IQR, 3 to 12) with zoltamine."),
    ("test statistic", "2.31", "The slopes differed, t = 2.31."),
    ("test statistic", "26", "The slopes differed, t(26) = 2.31."),
    ("test statistic", "4.5", "Groups were compared: F(2, 45) = 4.5."),
    ("time point", "12", "Pain was assessed at 12 weeks."),
    ("time point", "6", "Blood was drawn on days 6, 9 and 30."),
    ("duration of follow-up", "24", "Patients were followed for 24 months."),
    ("duration of follow-up", "5", "The trial planned 5 years of follow-up."),
    ("dose", "5", "Women took zoltamine 5 mg daily."),
    ("dose", "10", "Women took 10, 20 or 40 mg of zoltamine."),
    ("dose", "25", "Relief was seen in 31 of those receiving 25 and 50 mg of zoltamine."),
    ("dose", "three", "Drops were given three times a day."),
    ("age limit", "18", "Adults aged 18 to 70 years could take part."),
    ("age limit", "70", "Adults aged 18 to 70 years could take part."),
    ("age limit", "65", "Women 65 years or older were excluded."),
    ("grade or stage", "3", "Neutropenia of grade 3 or 4 was rare."),
    ("grade or stage", "1", "A performance status of 0 or 1 was required."),
    ("date", "2011", "The ward opened on 3 May 2011."),
    ("date", "1998", "We randomised 300 women between May 1998 and 2003."),
    ("date", "14", "Recruitment ended on June 14, 2019."),
    ("reference", "2", "Rates are shown in Table 2."),
    ("reference", "366", "See Ann Invented Med 2012;366:1456-65."),
    ("reference", "1456", "See Ann Invented Med 2012;366:1456-65."),
    ("identifier", "00000000", "The trial is registered as NCT00000000."),
    ("identifier", "4", "We counted CD4 cells."),
    ("identifier", "3", "Capsules held omega-3 fatty acids."),
    ("identifier", "36", "The SF-36 was used."),
    ("identifier", "10.1000", "Read it at doi:10.1000/xyz12."),
    ("other: allocation ratio", "2", "Women were randomised in a 2:1 ratio."),
    ("other: allocation ratio", "1", "Allocation was 1:1 and concealed."),
    ("other: design", "80%", "The trial had 80% power for this."),
    ("other: design", "0.05", "Alpha was set at 0.05."),
    ("other: number of sites", "12", "The work was done at 12 hospitals."),
    ("other: number of sites", "nine", "Zoltamine was compared with placebo at nine urban clinics."),
    ("other: number of studies", "14", "Data were pooled over 14 studies."),
    ("other: number of groups", "three", "Women were seen in three arms."),
    ("other: phase", "2", "This was a phase 2 trial."),
    ("other: limit", "140", "A pressure of at least 140 was a reason for zoltamine."),
    ("other: scale", "10", "Pain was rated on a scale from 0 to 10."),
    ("other: part of a unit", "2", "Women took zoltamine 75 mg/m(2)."),
    ("other: sides of a test", "2", "There was a trend (P for trend (2-sided) < 0.001)."),
    ("other: unit of a rate", "1000", "Rates are per 1000 and year."),
    ("other: nothing we know", "627", "The 627 genes changed."),
    ("other: nothing we know", "4", "The nurse showed 4 signs."),
]  # fmt: skip


def shown(text):
    return [(text[one.start : one.end], str(one)) for one in number_roles(text)]


@pytest.mark.parametrize("role, number, text", SENTENCES)
def test_a_number_has_its_role(role, number, text):
    assert (number.removesuffix("%"), role) in shown(text)


def test_every_role_is_asked_about_twice():
    asked = [role.partition(":")[0] for role, *_ in SENTENCES]
    assert set(asked) == set(ROLES)
    assert all(asked.count(role) >= 2 for role in ROLES)


def test_numbers_of_claims_know_their_claim_and_arm():
    text = (
        "We randomly assigned 60 adults to zoltamine (n = 31) or placebo (n = 29). Response was 45% (14 of 31) with "
        "zoltamine and 24% (7 of 29) with placebo (P = .09)."
    )
    paper = extract(text)
    found = {text[one.start : one.end]: one for one in number_roles(paper)}
    zoltamine, placebo = (arm.id for arm in paper.arms)
    assert found["45"].arms == found["14"].arms == (zoltamine,)
    assert found["24"].arms == found["7"].arms == (placebo,)
    assert found["60"] == NumberRole(text.index("60"), text.index("60") + 2, "size", "randomised")
    assert paper.claim(found["45"].claim).value.text == "45%"
    assert [one.role for one in number_roles(paper)].count("size") == 3


def test_words_that_count_nothing_have_no_role():
    assert shown("One of them, for one, said no one came.") == []
    assert shown("We randomised 60 adults; six weeks later two patients died.") == [
        ("60", "size"),
        ("six", "time point"),
        ("two", "count"),
    ]


def test_only_what_was_read_from_a_text_has_places():
    with pytest.raises(InputError, match="not read from a text"):
        number_roles(Paper(id="typed", claims=(Estimate(id="a", measure="other"),)))
    with pytest.raises(InputError, match="looks like the name of a file"):
        number_roles("abstract.txt")


def test_what_could_be_read_in_two_ways_has_a_role_too():
    text = "The hazard ratio was 0.5 (95% CI, 0.3 to 0.8) at first and 0.7 (0.4 to 1.2) later; medians 7 (3-12)."
    paper = extract(text)
    claimed = {one.claim for one in number_roles(text)}
    assert {one.readings[0].id for one in paper.ambiguous} <= claimed


PIECES = [
    "95% CI", "(", ")", "[", "0.5", "12", "1,234", "-", "–", "P<", "p = ", "0.05", "%", " ", "to", ", ", "; ",
    ":", "of", "/", "IQR", "HR", "not reached", ". ", "vs", "n=", " and ", " x 10-", "±", "twenty",
    " one hundred ", ">", "=", "·", "\u2009", " months", " mg", "12 345", "(n = 12)", " randomised to ", "0,5",
    "\n", "&lt;", "&#48;", "The ", "CD4", "2011", " May ", "doi:10.1000/", "https://a.b/1", "phase ", "aged ",
    " years", "grade ", "1:1", "NCT01", "P for trend (2-sided) <", "m2", "ci95", " patients", "1" * 30, "٣",
    "İ", "\u0000", "@", " follow-up ", "table ", "[3,4]", "12/3/2004",
]  # fmt: skip


# A text that looks like the name of a file is refused.
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: "It was " + "".join(pieces))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_number_has_exactly_one_role(text):
    roles = number_roles(text)
    assert all(one.role in ROLES and (one.role != "other" or one.reason) for one in roles)
    assert all(first.end <= second.start for first, second in pairwise(roles))
    plain = normalise(text)
    for one in roles:
        assert 0 <= one.start < one.end <= len(text)
        assert plain[one.start : one.end].strip(" " + FILLER) == plain[one.start : one.end].rstrip(FILLER)
    digits = {at for at, letter in enumerate(plain) if letter in "0123456789"}
    covered = {at for one in roles for at in range(one.start, one.end)}
    assert digits <= covered


@pytest.mark.parametrize("text", ["It was P<" + "1" * 32 + "95% CI", "It was P<0,5" + "1" * 40])
def test_digits_without_end_are_no_p_value(text):
    assert all(one.p is None for one in extract(text).claims)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_places_of_claims_are_places_of_roles(text):
    paper = extract(text)
    starts = {one.start: one for one in number_roles(text)}
    for claim in paper.claims:
        for name, start, _ in claim.where.numbers:
            assert start in starts or name == "p", (name, text[start:])
    # What nobody knows is in no claim, and counted there as such.
    assert sum(not one.is_known for one in starts.values()) <= paper.unused


HOSTILE = {
    "numbers": lambda n: "12 " * (n // 3),
    "lists": lambda n: "5, " * (n // 3) + "6 mg",
    "slashes": lambda n: "2011/" * (n // 5),
    "months": lambda n: "1 may " * (n // 6),
    "addresses": lambda n: "a1." * (n // 3) + "@",
    "words": lambda n: "1 " + "grade of " * (n // 9) + "2",
    "hundreds": lambda n: "one hundred and " * (n // 16),
    "references": lambda n: "2011;1:1-" * (n // 9),
    "P values": lambda n: "P for trend (2-sided) < 0.001 " * (n // 30),
    "names": lambda n: "a1" * (n // 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name):
    def seconds(size):
        text = HOSTILE[name](size)
        best = 1e9
        for _ in range(3):
            began = time.process_time()
            number_roles(text)
            best = min(best, time.process_time() - began)
        return best

    small, large = seconds(4000), seconds(32000)
    assert large < 24 * small + 0.1


def test_the_same_text_has_the_same_roles():
    text = " ".join(text for *_, text in random.Random(3).sample(SENTENCES, 30))
    assert number_roles(text) == number_roles(text)
