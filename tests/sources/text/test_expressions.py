"""What is looked for first leaves nothing out that would have been found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.checks import another_analysis, categories, events, named_test, one_result
from trialstats.sources.text.tokens.expressions import Stemmed, stems_of

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
