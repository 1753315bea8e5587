"""An estimate outside its bounds is read as one, and asked about, also where another brings the words."""

import pytest

import trialstats as ts
from trialstats import Verdict, extract

OUTSIDE = {
    "sibling": "The hazard ratio was 0.81 (95% CI, 0.62 to 1.06) for relapse and 0.97 (0.48 to 0.82) for pain.",
    "third": "HRs were 0.81 (95% CI, 0.62-1.06) for pain, 0.76 (0.56-0.99) for rash, 0.41 (0.48-0.82) for gout.",
    "P within": "The OR was 0.81 (95% CI, 0.62 to 1.06; P=0.11) for gout and 0.97 (0.48 to 0.82; P=0.01) for rash.",
    "difference": "The mean difference was 2.2 (95% CI, 1.2 to 3.3) for pain and 4.3 (1.5 to 3.9) for function.",
    "months": "Median survival was 18.1 months (95% CI, 15.2-21.4) with zinc and 9.1 months (11.2-14.4) with sugar.",
    "words before": "It was rarer (Hazard Ratio [95% CI] = 2.17 [1.04-1.82]).",
    "named": "Relief was 33% (12/36) and 10% (4/39), respectively (odds ratio = 25.47, 95% CI: 1.24-15.10).",
    "negative": "At 5 weeks the difference in stroke rate was -8.3 points (95% CI, -6.1 to -2.7).",
    "rate": "The rate was 64 per 1000 person-years (95% CI, 4.6 to 8.9).",
    "rate by a stroke": "The rate was 64 events/1000 PY [95% CI 4.6-8.9] on zinc.",
    "rate over hundred": "Gout came at 64/100 patient-years (95% confidence interval, 4.6 to 8.9) with zinc.",
    "fell by": "Mean pressure fell by 74 mm Hg (95% CI, 5.2 to 9.6) with zinc.",
    "per cent": "Relief was seen in 153% (95% CI, 11.1 to 20.2) with zinc.",
    "no words": "The risk ratio was 0.97 (0.48 to 0.82).",
}
SOUND = {
    "sibling": "The hazard ratio was 0.81 (95% CI, 0.62 to 1.06) for relapse and 0.63 (0.48 to 0.82) for pain.",
    "range of ages": "The hazard ratio was 0.81 (95% CI, 0.62 to 1.06); mean age was 41.2 (IQR, 44.1 to 60.0).",
    "other decimals": "The hazard ratio was 0.81 (95% CI, 0.62 to 1.06) in cohort 2 (11 to 14).",
    "other unit": "The OR was 1.2 (95% CI, 1.1 to 1.4). Pressure fell with zinc 1.9 mg (2.4-2.7 mmHg).",
    "rate with its pair": "Gout came at 5.3 with zinc and 8.4 per 100 person-years with sugar (95% CI, 1.1 to 5.1).",
    "pair of rates": "Rates were 5.3 v 8.4 per 100 person-years (95% CI, 1.1 to 5.1).",
    "difference of rates": "The rate was 8.4 per 100 person-years (95% CI for the difference, 1.1 to 5.1).",
    "step": "Risk rose by 22% per 10 mm Hg (95% CI 6 to 39).",
    "list": "Response was 45% (95% CI, 40 to 50) at visit 1 (2, 3).",
}


@pytest.mark.parametrize("text", OUTSIDE.values(), ids=OUTSIDE)
def test_an_estimate_outside_its_bounds_is_asked_about(text):
    report = ts.check(text)
    assert any(one.check == "order" and one.verdict is Verdict.INCONSISTENT for one in report.findings), text


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_what_is_in_order_is_not(text):
    assert not [one for one in ts.check(text).findings if one.check == "order"]


def test_what_goes_on_in_the_same_print_is_of_the_same_measure():
    claims = extract(SOUND["sibling"]).claims
    assert [(one.measure, one.inferred) for one in claims] == [("hazard-ratio", ()), ("hazard-ratio", ("level",))]
