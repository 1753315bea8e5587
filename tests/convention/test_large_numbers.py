"""Numbers of patients in the hundred millions cost no more memory than small ones."""

import tracemalloc

import pytest

from trialstats.convention.tables import numbers_near
from trialstats.reanalysis import check

TEXTS = (
    "Death in 123456789 of 500000000 (24.69%) and 133456789 of 500000000 (26.69%); P=0.34",
    "Rash in 123456789 of 500000000 (24.69%) with tea and 133456789 of 500000000 (26.69%) with milk; "
    "odds ratio 0.90; 95% CI 0.80 to 1.01; P=0.34.",
    "A total of 900000000 patients had sleep loss in 24.7% of 450000000 with tea and 26.7% of 450000000; P = 0.041.",
    "Sleep was lost by 123456789 of 500000000 (24.7%; 95% CI 24.1 to 25.2).",
)
_MOST = 100 * 2**20
"""Bytes: a list of as many numbers as there are patients takes gigabytes."""


@pytest.mark.parametrize("text", TEXTS)
def test_no_memory_as_large_as_a_number_of_patients(text):
    check(
        "Rash in 3 of 10 (30%) and 5 of 10 (50%); P=0.34", convention=True
    ).to_html()  # what is loaded once is not counted
    tracemalloc.start()
    try:
        check(text, convention=True).to_html()
        assert tracemalloc.get_traced_memory()[1] < _MOST
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("sizes", [(), (1,), (10, 10), (20, 19), (100, 91, 90), (100, 40), (7, 300, 299, 260)])
def test_numbers_near_sizes_are_counted_once(sizes):
    listed = {n for size in sizes for n in range(1, size + 1) if 10 * n >= 9 * size}
    assert numbers_near(sizes) == len(listed)
