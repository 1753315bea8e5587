"""A list of so many results takes as long as its length, not its square."""

import sys

import pytest

from trialstats.reanalysis import check


def _calls(text):
    """Return how many functions a check calls: unlike its seconds the same on every machine."""
    count = 0

    def counted(frame, event, arg):
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        check(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("one", ["HR 0.54, ", "HR 0.54 (", "12 of 30 and "])
def test_twice_as_long_takes_twice_as_long(one):
    check(one * 2)
    assert _calls(one * 1600) < 2.5 * _calls(one * 800)
