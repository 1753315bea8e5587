"""What is looked for first leaves nothing out that would have been found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.checks import (
    alike_words,
    another_analysis,
    categories,
    direction,
    direction_of_ratios,
    events,
    fold_words,
    named_test,
    one_result,
    sister_p,
)
from trialstats.sources.text.groups import heads, regimens
from trialstats.sources.text.outcomes import primary
from trialstats.sources.text.sizes import each
from trialstats.sources.text.statements import rows, strangers, wholes
from trialstats.sources.text.tokens.expressions import Gated, Stemmed, stems_of
from trialstats.sources.text.values import apart, governed, posteriors

WORDS = (
    "at", "12", "weeks", "the", "last", "two", "months", "of", "follow-up", "hazard", "ratio", "means", "risk",
    "reduction", "3-year", "survival", "pfs", "OS", "Died", "men", "no change", "complete response", "CR",
    "cluster-randomised", "paired", "year", "day 3", "by discharge", "subgroup", "per", "interim", "trend",
    "smd", "stratified log-rank", "P values", "adjusted", "robust", "gee", "β", "/10", "4.5", "median", "(", ")", "%",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=25).flatmap(
    lambda words: st.sampled_from((" ", "-", "")).map(lambda space: space.join(words))
)


TABLES = (
    *one_result._OUTCOME.values(), *one_result.ANALYSIS.values(), *categories._PATTERNS.values(),
    another_analysis._REVIEW,
    *(one for _, one in another_analysis._NEAR_WORDS), *(one for _, one in another_analysis._DESIGN_WORDS),
    categories._ANY, events._ROBUST, named_test._STRATIFIED_TEST,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_stem_stands_in_all_that_is_found(text):
    for table in TABLES:
        found = re.search(table.pattern, text, re.IGNORECASE)
        assert (table.search(text) is None) == (found is None)
        assert table.could_find(text) or found is None


@pytest.mark.parametrize(
    ("pattern", "stems"),
    [
        ("strokes?", ("stroke",)),
        (r"\b(?:men|boys)\b", ("men", "boys")),
        (r"a|stroke", ()),
        (r"(?:no )?pain|[ab]+ ?c{0,2}leg", ("pain", "leg")),
        (r"(?:men|boys)? ?x", ()),
        (r"log[- ]?(?:scale|normal)", ("log",)),
        (r"(?!never)\w+", ()),
    ],
)
def test_stems(pattern, stems):
    assert stems_of(pattern) == stems


def test_without_a_stem_it_is_tried_anywhere():
    assert Stemmed(r"[a-z]+").search("Pain")[0] == "Pain"


# ---- those whose stems are given by hand -----------------------------------------------------------------------------
FOUND = {
    direction._COMPARED: ("Sleep was longer with tea than with milk", "fewer falls (3 vs 9)", "lower compared to rest"),
    alike_words._ALIKE: (
        "did not differ significantly", "no significant difference", "was similar in", "Falls were as common with",
    ),
    fold_words._SAID: ("twice as common", "three times higher", "half as many", "halved", "doubling", "tripled"),
    events._TOLD_IN_ALL: (
        "a total of 31 deaths", "12 events occurred in total", "31 died overall", "Overall, 9 men died",
        "deaths occurred in 8 men in both groups", "12 deaths in all.", "12 deaths altogether",
        "9 died in the two arms",
    ),
    sister_p._ONE_SIDE: ("one-sided", "1 tailed"),
    direction_of_ratios._BETTER[0]: ("overall survival improved from 12 months to 19 months with tea; hazard ratio ",),
    direction_of_ratios._BETTER[1]: ("Women lived longer with tea: median 19.2 v 12.4 months; hazard ratio ",),
    direction_of_ratios._BETTER[2]: ("survival was higher in the tea arm (58%) than in the milk arm (44%); HR ",),
    strangers._BORNE: ("older age was strongly associated with",),
    posteriors._BAYES: ("bayesian", "posterior", "credible", "cri", "priors"),
    apart._APART_BY: (
        "sleep differed by a mean of ", "medians were longer by about ", "prolonged the median sleep by ",
    ),
    apart._CHANGED_BY: ("reduced the pain by about ",),
    heads._EXTREMES: ("highest versus the lowest", "top third with bottom"),
    rows._OF_VACCINE: ("vaccine efficacy", "protective effectiveness"),
    primary.SAYS_PRIMARY: ("primary end", "principal", "primary analysis", "this end point", "outcome was met"),
    governed._MEAN_NEAR: ("median", "average", "mean"),
    each._IN_EACH: ("in each of the two groups ", "of each arm, "),
    regimens.SERIES: ("tea, milk, honey and lemon", "tea 5 mg, milk plus honey"),
    wholes._FOLLOW: ("follow-up", "followed up"),
}  # fmt: skip
BY_HAND = tuple(FOUND)
SOME_WORDS = st.lists(
    st.one_of(
        st.sampled_from([one for some in FOUND.values() for one in some]), st.sampled_from((*WORDS, "İ", "ſ", "ı"))
    ),
    max_size=9,
).flatmap(lambda words: st.sampled_from((" ", ", ", "")).map(lambda space: space.join(words)))


def _plain(one):
    return re.compile(one.pattern, re.IGNORECASE if isinstance(one, Stemmed) else 0)


@pytest.mark.parametrize("one", BY_HAND, ids=lambda one: one.stems[0].strip())
def test_what_they_are_there_for_is_found(one):
    missed = [words for words in FOUND[one] if one.search(words) is None]
    assert not missed


@settings(max_examples=200, deadline=None)
@given(SOME_WORDS, st.integers(0, 40), st.integers(0, 90))
def test_they_find_what_the_plain_expression_finds(text, start, length):
    spans = ((0, len(text)), (start, start + length))
    for one in BY_HAND:
        plain = _plain(one)
        for begin, stop in spans:
            found, wanted = one.search(text, begin, stop), plain.search(text, begin, stop)
            assert (found and found.span()) == (wanted and wanted.span())
            if isinstance(one, Gated):
                found, wanted = one.match(text, begin, stop), plain.match(text, begin, stop)
                assert (found and found.span()) == (wanted and wanted.span())
            else:
                every = [match.span() for match in plain.finditer(text, begin, stop)]
                assert [match.span() for match in one.finditer(text, begin, stop)] == every


def test_letters_that_are_alike_without_regard_to_case():
    assert Stemmed("sip|fish").search("A ſıp")[0] == "ſıp"
    assert Stemmed("sip|fish").search("İ SIP")[0] == "SIP"
