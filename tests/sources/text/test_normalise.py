"""Normalising changes spellings and moves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialstats.reanalysis import check
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.lex import lower
from trialstats.sources.text.tokens.normalise import FILLER, normalise
from trialstats.sources.trial_file.draft import draft_trial_file

CASES = {
    "Unicode minus": ("−0.5 – 1.2", "-0.5 - 1.2"),
    "middle dots": ("0·54 1∙2 3•4", "0.54 1.2 3.4"),
    "spaces": ("12\u2009345\u00a0mg\u202f5", "12 345 mg 5"),
    "full width": ("Ｐ（５％）＝３".replace("Ｐ", "P"), "P(5%)=3"),
    "relations": ("p⩽0.05, n⩾3", "p≤0.05, n≥3"),
    "relations in words": ("P < or = .05 >or=3 < or > =", "P ≤ .05 ≥3 < or > ="),
    "a word for giving people a treatment": ("Allotted or allotted", "Assigned or assigned"),
    "entity": ("p&lt;0.05", "p<" + "0.05"),
    "numbered entity": ("0&#183;54", "0.54"),
    "minus entity": ("&minus;0.5", "-0.5"),
    "ampersand": ("A&amp;B", "A&amp;B"),
    "broken word": ("confi-\ndence", "confidence"),
    "broken number": ("0.\n54", "0.54"),
    "soft hyphen": ("ran\u00addom", "random"),
    "currency": ("-$5, £6", "-5, 6"),
    "lost minus": ("CI, ?0.41 to ?0.10", "CI, -0.41 to -0.10"),
    "a question": ("Is it 5? 6 say no.", "Is it 5? 6 say no."),
    "tags": ("m<sup>2</sup> P<.05", "m2 P<.05"),
    "no citations": ("41 [12], 90 [30], 8 [4], 7 [2], 6 [3], 5 [1]", "41 [12], 90 [30], 8 [4], 7 [2], 6 [3], 5 [1]"),
    "braces": ("{n=50}", "(n=50)"),
    "power": ("4.1×10⁻⁷", "4.1x10-7"),
    "power in tags": ("4.1 x 10<sup>−7</sup>", "4.1x10-7"),
    "power in braces": ("4 × 10{-7}.", "4x10-7."),
    "power behind a dot": ("4.1•10-7", "4.1x10-7"),
    "range between dots": ("0·10–0·25", "0.10-0.25"),
    "citations": ("Rare [1]. Or [2,3]: 9% [4], 8 [6%], [5], [6].", "Rare . Or : 9% , 8 [6%], , ."),
    "label with points": ("95% C.I. 0.4 to 0.9", "95% CI 0.4 to 0.9"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_one_spelling(text, expected):
    assert normalise(text).replace(FILLER, "") == expected


@given(st.text(max_size=200))
def test_length_is_kept(text):
    assert len(normalise(text)) == len(text)
    assert len(lower(text)) == len(text)


@given(st.lists(st.sampled_from([text for text, _ in CASES.values()]), max_size=6).map(" ".join))
def test_length_of_what_is_rewritten_is_kept(text):
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="abc012.,%()-–·&lt;\n <>?$", max_size=80))
def test_normalising_twice_changes_little(text):
    once = normalise(text)
    assert len(normalise(once)) == len(once)


def test_subtraction_in_words_keeps_its_meaning():
    assert normalise("a score of 7 minus 3 points") == "a score of 7 minus 3 points"


def test_a_number_at_the_end_of_a_cut_sentence_is_not_joined_to_the_next():
    text = "It was seen at week 12 . 30 of 60 sailors ( 50 % ) slept ."
    assert normalise(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "We randomised <b>mirvatol</b>-<i>acetate</i> 50 mg (n = 40)</b> v \u00a3placebo (n = 41). Relief was 25% "
        "(10 of 40) with mirvatol-acetate and 12% (5 of 41) with placebo.",
        "Adults were assigned to quenz\u00adamab \u200b20 mg (n = 30) or care as us-\n  ual (n = 31). The primary "
        "out-\ncome, pain re\u00adlief at 5 $ weeks, was seen in 40% (12 of 30) v 16% (5 of 31); the mean \u20accost "
        "was 3 (95% CI 1 to 5).",
    ],
)
def test_what_stands_for_used_characters_is_in_no_output(text):
    report = check(text)
    pages = report.to_html(), report.to_json(), report.to_markdown(), report.to_text(), draft_trial_file(text)
    assert not any(FILLER in page or "\\u0000" in page for page in pages)
    paper = extract(text)
    assert "\\x00" not in repr((paper.arms, paper.claims))
    assert len(paper.arms) == 2
