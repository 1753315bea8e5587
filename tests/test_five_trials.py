"""What the rules must say of the five trials, by general rules alone."""

import math
import re
from pathlib import Path

import pytest

import trialstats
from trialstats.findings import Verdict
from trialstats.reanalysis import reanalyse
from trialstats.sources.trial_file import SHIPPED_TRIALS, load_trial


@pytest.fixture(scope="module")
def reports():
    return {name: reanalyse(load_trial(name)) for name in SHIPPED_TRIALS}


def finding(reports, trial, claim, check):
    (found,) = [one for one in reports[trial].of(claim) if one.check == check]
    return found


def test_five_trials_are_shipped(reports):
    assert sorted(reports) == ["a021202", "alienor", "desmoid", "lms03", "tamrad"]
    assert all(report.as_expected for report in reports.values())


@pytest.mark.parametrize("trial", sorted(SHIPPED_TRIALS))
def test_every_claim_has_a_finding(reports, trial):
    paper = load_trial(trial)
    about = {one.claim for one in reports[trial].findings} | {
        name for one in reports[trial].findings for name in one.others
    }
    assert {claim.id for claim in paper.claims} <= about


# --------------------------------------------------------------------------------------------------
# ALIENOR
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "claim, x, n, lower, upper",
    [("orr.paclitaxel", 8, 32, 0.1146, 0.4340), ("orr.combination", 12, 27, 0.2548, 0.6467)],
)
def test_alienor_response_rates_are_clopper_pearson_rounded_twice(reports, claim, x, n, lower, upper):
    found = finding(reports, "alienor", claim, "proportion-interval")
    best = found.explanations[0]
    assert found.verdict is Verdict.EXPLAINED
    assert (best.x, best.n, best.method, best.rounding) == (x, n, "clopper-pearson", "twice")
    assert (best.lower, best.upper) == pytest.approx((lower, upper), abs=5e-5)
    same = [one for one in found.explanations if (one.n, one.method) == (n, "clopper-pearson")]
    assert "nearest" not in {one.rounding for one in same}
    assert reports["alienor"][claim] is found
    assert "rounded twice" in found.message


@pytest.mark.parametrize(
    "claim, x, n, a, b, rounding, verdict",
    [
        ("pf6.combination", 20, 27, 21, 8, "nearest", Verdict.REPRODUCED),
        ("pf6.paclitaxel", 23, 32, 24, 10, "twice", Verdict.EXPLAINED),
    ],
)
def test_alienor_posteriors(reports, claim, x, n, a, b, rounding, verdict):
    found = finding(reports, "alienor", claim, "posterior-summary")
    best = found.explanations[0]
    assert (best.x, best.n, best.a, best.b, best.prior, best.rounding) == (x, n, a, b, "uniform", rounding)
    assert found.verdict is verdict


def test_alienor_superiority(reports):
    found = finding(reports, "alienor", "pf6-superiority", "posterior-superiority")
    assert found.explanations[0].estimate == pytest.approx(0.5674155594, abs=1e-10)
    assert found.recomputed["estimate"] == "57%"
    assert found.verdict is Verdict.CONSISTENT


def test_alienor_convention(reports):
    convention = reports["alienor"].trials[0].convention
    assert convention.rounding == {"percentages": "twice"}
    assert convention.binomial_method == "clopper-pearson"
    assert convention.prior == "uniform"
    assert {arm: set(sizes.values()) for arm, sizes in convention.denominators.items()} == {
        "paclitaxel": {32},
        "combination": {27},
    }


# --------------------------------------------------------------------------------------------------
# TAMRAD
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("claim, x, n", [("cbr.everolimus", 33, 54), ("cbr.tamoxifen", 24, 57)])
def test_tamrad_benefit_rates_are_clopper_pearson(reports, claim, x, n):
    found = finding(reports, "tamrad", claim, "proportion-interval")
    best = found.explanations[0]
    assert (best.x, best.n, best.method, best.rounding) == (x, n, "clopper-pearson", "nearest")
    assert found.verdict is Verdict.REPRODUCED


def test_tamrad_hazard_ratios_are_log_symmetric(reports):
    for claim in ("ttp-hr", "os-hr"):
        assert finding(reports, "tamrad", claim, "ratio-interval").verdict is Verdict.CONSISTENT
    # The second only if it lies in 0.445 to 0.447.
    low, high = finding(reports, "tamrad", "os-hr", "ratio-interval").explanations.centre
    assert (math.exp(low), math.exp(high)) == pytest.approx((0.445, 0.447), abs=5e-4)


def test_tamrad_reductions_agree_with_their_ratios(reports):
    for claim, shown in (("ttp-reduction", "46%"), ("os-reduction", "55%")):
        found = finding(reports, "tamrad", claim, "reduction")
        assert (found.verdict, found.recomputed["estimate"]) == (Verdict.REPRODUCED, shown)


def test_tamrad_adverse_events_fit_the_printed_arms(reports):
    found = finding(reports, "tamrad", "fatigue.everolimus", "denominators")
    plain = sorted(one.n for one in found.explanations if one.rounding == "nearest")
    assert plain == [54]
    other = finding(reports, "tamrad", "fatigue.tamoxifen", "denominators")
    assert sorted(one.n for one in other.explanations if one.rounding == "nearest") == [45, 55, 57]


# --------------------------------------------------------------------------------------------------
# Desmoid tumours
# --------------------------------------------------------------------------------------------------
def test_desmoid_response_rate_is_clopper_pearson_of_49(reports):
    found = finding(reports, "desmoid", "orr.sorafenib", "proportion-interval")
    best = found.explanations[0]
    assert (best.x, best.n, best.method, best.rounding) == (16, 49, "clopper-pearson", "nearest")
    rivals = {(one.x, one.n) for one in found.explanations if abs(one.cost - best.cost) < 1e-9}
    assert rivals == {(15, 46), (16, 48), (16, 49)}
    assert "15 of 46" in found.message and "16 of 48" in found.message


def test_desmoid_placebo_response_leads_with_the_patients_that_are_left(reports):
    found = finding(reports, "desmoid", "orr.placebo", "proportion-interval")
    assert found.verdict is Verdict.EXPLAINED
    assert found.message.startswith("Of the 87 patients 38 are left beside the 49 that the figures of sorafenib need")
    assert "at 30 to 38 patients Clopper-Pearson" in found.message and "7 of 35 is 20% (8% to 37%)" in found.message
    assert round(found.chance, 2) == 0.24


@pytest.mark.parametrize("claim", ["pfs2y.sorafenib", "pfs2y.placebo"])
def test_desmoid_survival_rates_fit_the_log_transform_only(reports, claim):
    found = finding(reports, "desmoid", claim, "survival-interval")
    plain = {one.transform for one in found.explanations if one.rounding == "nearest" and one.transform}
    assert plain == {"log"}
    assert found.verdict is Verdict.CONSISTENT


def test_desmoid_landmark_rates_imply_another_ratio_inside_sampling_error(reports):
    found = finding(reports, "desmoid", "pfs-hr", "landmark-ratio")
    low, high = (float(end) for end in re.findall(r"0\.\d+", found.recomputed["estimate"])[:2])
    assert low < 0.206 < high
    assert found.verdict is Verdict.CONSISTENT
    assert "sampling error" in found.message


# --------------------------------------------------------------------------------------------------
# LMS03 and A021202
# --------------------------------------------------------------------------------------------------
def test_lms03_rate_fits_the_plain_interval_and_a_count_with_student_t(reports):
    found = finding(reports, "lms03", "pfs9", "survival-interval")
    curve = next(one for one in found.explanations if one.transform)
    assert curve.transform == "plain"
    assert curve.effective_n == pytest.approx((102.2, 104.5), abs=0.1)
    count = next(one for one in found.explanations if one.method == "wald-t")
    assert (count.x, count.n) == (34, 106)
    assert "34 of 106" in found.message and "plain" in found.message


def test_lms03_percentages_that_are_no_count_of_106(reports):
    found = finding(reports, "lms03", "best-response", "percent-count")
    assert all(one.n != 106 for one in found.explanations if one.rounding == "nearest")
    assert found.verdict is Verdict.CONSISTENT
    assert (found.explanations[0].x, found.explanations[0].n) == (25, 105)


def test_a021202_p_value_is_not_the_two_sided_wald_p(reports):
    found = finding(reports, "a021202", "pfs-hr", "ratio-p")
    assert found.verdict is Verdict.EXPLAINED
    assert ".0012 to .0018" in found.message
    assert "one-sided" in found.message and "log-rank" in found.message
    assert {(one.test, one.sided) for one in found.explanations} >= {("wald", 1)}
    assert any(one.test != "wald" for one in found.explanations)


def test_a021202_no_test_prints_017_at_the_printed_sizes(reports):
    found = finding(reports, "a021202", "ae5", "two-arm-p")
    plain = [one for one in found.explanations if one.rounding == "nearest" and not one.readings]
    assert plain and all((one.n, one.n2) != (97, 74) for one in plain)
    assert finding(reports, "a021202", "ae3", "two-arm-p").verdict is Verdict.REPRODUCED


def test_a021202_arms_add_up(reports):
    found = finding(reports, "a021202", "total.randomised", "totals")
    assert (found.verdict, found.recomputed["total"]) == (Verdict.REPRODUCED, "171")


# --------------------------------------------------------------------------------------------------
# Words
# --------------------------------------------------------------------------------------------------
NEVER = re.compile(r"\b(wrong|false|suspicious|fabricat\w*|fails?|failed|mistakes?|authors? (?:did|made|have))\b", re.I)
ERROR = re.compile(r"(?<!standard )(?<!sampling )(?<!Monte Carlo )(?<!simulation )\berrors?\b", re.I)


def test_messages_never_accuse(reports):
    for report in reports.values():
        for one in report.findings:
            assert not NEVER.search(one.message), one.message
            assert not ERROR.search(one.message), one.message
            assert one.message.endswith("."), one.message
            if one.check != "order":
                assert "impossible" not in one.message, one.message


def test_no_code_or_constant_is_made_for_one_trial():
    """The package's code never names a trial, its drugs or its registry number."""
    names = re.compile(r"lms03|tamrad|a021202|desmoid|NCT0\d+|pazopanib|sorafenib|everolimus|paclitaxel", re.I)
    source = Path(trialstats.__file__).parent
    for path in source.rglob("*.py"):
        if path.parts[-2:] in {("trial_file", "reading.py"), ("trial_file", "__init__.py")}:
            continue  # the list of shipped files
        code = re.sub(r'""".*?"""|#[^\n]*', "", path.read_text(encoding="utf-8"), flags=re.S)
        assert not names.search(code), path
