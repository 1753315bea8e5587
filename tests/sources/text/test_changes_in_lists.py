"""Percentages by which a quantity changed, one of them or a list. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iron fell by 51%, 46% and 27% on day 3, 4 and 6, respectively.", ["mean"] * 3),
        ("Iron increased at all doses, by 55%, 64% and 38%, respectively.", ["mean"] * 3),
        ("Bruises, bumps and aches were reduced by 21%, 34% and 47%, respectively.", ["relative-reduction"] * 3),
        ("Weight fell by 13% and 41% had cough.", ["mean", "proportion"]),
        ("Mortality decreased by 13% with tea.", ["relative-reduction"]),
        ("Weight fell by 13% with tea compared with milk.", ["relative-reduction"]),
        ("Weight fell by 13%, compared with day 1.", ["mean"]),
    ],
)
def test_a_list_of_changes_is_of_one_measure(text, expected):
    assert [claim.measure for claim in extract(text).claims] == expected
