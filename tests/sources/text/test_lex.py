"""Tokens: one letter each, their places exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialstats.sources.text.tokens.document import read_tokens
from trialstats.sources.text.tokens.lex import lex
from trialstats.sources.text.tokens.normalise import normalise

CASES = {
    "8 of 32 (25%)": "dod(q)",
    "HR 0.54; 95% CI, 0.36 to 0.81": "wd;qC,dtd",
    "12,345 and 12 345 and 1,79": "dadad",
    "95 percent confidence limits": "qC",
    "95% confidence interval (CI)": "qC(C)",
    "not yet reached, NE, NR, 5": "x,x,x,d",
    "5.4 versus 6.1 vs. 7 v 8": "dvdvdvd",
    "as compared with 5": "wvwd",
    "3.1 ± 1.2 (SD 4)": "dzd(Dd)",
    "median 5 (IQR 3-8)": "wd(Idmd)",
    "P < .001; p=0·03; P value of .04": "P;P;P",
    "P for trend = .03, Pinteraction<0.1": "P,P",
    "P was less than .05": "P",
    "3 x 10-5 and 2e-4": "dad",
    "V600E CD4 CI95%": "wwCq",
    "RR1.16": "wd",
    "thirty-two of 94": "kod",
    "End of 5. Next 6.": "wodSwdS",
    "sizes 0. 92 and 5": "wdad",
    "follow-up 3-year": "wdmu",
    "to1.30": "td",
}


@pytest.mark.parametrize(("text", "letters"), CASES.items(), ids=CASES)
def test_letters(text, letters):
    assert lex(normalise(text)).letters == letters


def test_sentences_without_digits_are_passed_over():
    assert lex("Nothing to see here. One of 5. Nothing again.").letters == "SkodSS"


@given(st.text(max_size=120))
def test_tokens_stand_in_order_and_do_not_overlap(text):
    tokens = lex(normalise(text))
    assert len(tokens.letters) == len(tokens.starts) == len(tokens.ends)
    assert all(start <= end for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert all(end <= start for end, start in zip(tokens.ends, tokens.starts[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("12,345", "12345"),
        ("12 345", "12345"),
        ("0,54", "0.54"),
        (".5", "0.5"),
        ("0.50", "0.50"),
        ("25 per cent", "25"),
        ("25 %", "25"),
        ("3 x 10-5", "3e-5"),
        ("0,5e-12", "0.5e-12"),
        ("0. 92", "0.92"),
    ],
)
def test_numbers_in_one_spelling(text, digits):
    document = read_tokens(text)
    assert document.digits(0) == digits


def test_brackets_know_their_partners():
    document = read_tokens("5 (6 [7] 8) 9. (10")
    letters = document.letters
    assert letters == "d(d(d)d)dS(d"
    assert document.partner == {1: 7, 7: 1, 3: 5, 5: 3}
    assert [document.inside(at) for at in range(len(letters))] == [-1, -1, 1, 1, 3, 3, 1, 1, -1, -1, -1, 10]


def test_a_document_decides_about_its_commas():
    text = "Values were 1,5 and 2,25 and 3,125 and 4,5 in all."
    document = read_tokens(text)
    assert document.decimal_comma
    assert [document.digits(at) for at, letter in enumerate(document.letters) if letter == "d"] == [
        "1.5",
        "2.25",
        "3.125",
        "4.5",
    ]
