"""What a rate is counted per, and its events and person-time."""

import pytest

from trialstats import extract

ROWS = [
    ("The rate was 2.0 per 100 person-years (19 events in 965 person-years).",
     ("2.0", "19", "965", "per 100 person-years")),
    ("There were 19 falls in 1,965 patient-days (9.7 per 1000 patient-days).",
     ("9.7", "19", "1965", "per 1000 patient-days")),
    ("The rate was 2.0/100 person-years (19/965 person-years; 95% CI, 1.2 to 3.1).",
     ("2.0", "19", "965", "per 100 person-years")),
    ("The rate was 2.0 per 100 person-years (95% CI, 1.2 to 3.1).", ("2.0", None, None, "per 100 person-years")),
    # Person-time of another unit is not that of the rate.
    ("The rate was 2.0 per 100 person-years (19 events in 11,580 person-months).",
     ("2.0", None, None, "per 100 person-years")),
]  # fmt: skip


@pytest.mark.parametrize("text, row", ROWS)
def test_a_rate_with_its_unit_events_and_person_time(text, row):
    (claim,) = [one for one in extract(text).claims if one.measure == "rate"]
    x, n = (None if one is None else one.digits for one in (claim.x, claim.n))
    assert (claim.value.digits, x, n, claim.unit) == row


def test_rates_of_a_pair_do_not_take_the_events_of_the_other_arm():
    text = (
        "Over 1210 patient-years in the lumarin group there were 48 falls, as compared with 83 over 1195 patient-years "
        "in the solvatan group (3.97 vs. 6.95 per 100 patient-years)."
    )
    rates = [one for one in extract(text).claims if getattr(one, "measure", "") == "rate"]
    assert [(one.value.text, one.x, one.unit) for one in rates] == [
        ("3.97", None, "per 100 patient-years"),
        ("6.95", None, "per 100 patient-years"),
    ]
