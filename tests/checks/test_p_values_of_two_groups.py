"""P values against the counts, or the means and standard deviations, of two groups: honest ones are not questioned."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

import trialstats as ts
from trialstats import Paper, Reported, reanalyse
from trialstats.claims.model import Comparison, Estimate, PValue, Spread
from trialstats.intervals.mean_difference import t_test
from trialstats.intervals.two_sample import two_proportion_test
from trialstats.press import print_number
from trialstats.search.counts.two_arm import unpooled_z

R = Reported
QUESTIONS = ("inconsistent", "strained")


def judged(text, code):
    return next((one for one in ts.check(text).findings if one.code == code), None)


def printed_p(p, rng):
    """Return a P value as papers print them: two or three decimals, or less than a level."""
    if p < 0.001 and rng.random() < 0.8:
        return "<.001"
    digits = 4 if p < 0.001 else 3 if p < 0.01 or rng.random() < 0.5 else 2
    text = print_number(float(p), digits)
    return f"<{10.0**-digits:.{digits}f}" if float(text) == 0 else text


def of_counts(x1, n1, x2, n2, p, test=None, percent=False):
    pair = [
        Estimate(id=name, measure="proportion", x=R(str(x)), n=None if percent else R(str(n)), arms=(name,),
                 value=R(print_number(x / n, 1, "%")) if percent else None)
        for name, x, n in (("a", x1, n1), ("b", x2, n2))
    ]  # fmt: skip
    paper = Paper(id="own", claims=(*pair, Comparison(id="c", of=("a", "b"), p=PValue(R(p), None, test))))
    return reanalyse(paper, select=["two-arm-p"])["c"]


def of_means(means, spreads, sizes, p, kind="sd", test=None):
    pair = [
        Estimate(
            id=name, measure="mean", value=R(mean), spread=Spread(kind, value=R(spread)), n=R(str(n)), arms=(name,)
        )
        for name, mean, spread, n in zip("ab", means, spreads, sizes, strict=True)
    ]
    paper = Paper(id="own", claims=(*pair, Comparison(id="c", of=("a", "b"), p=PValue(R(p), None, test))))
    return reanalyse(paper, select=["means-p"])["c"]


# --------------------------------------------------------------------------------------------------
# Soundness: honest P values
# --------------------------------------------------------------------------------------------------
def mantel_haenszel(x1, n1, x2, n2):
    total, events = n1 + n2, x1 + x2
    variance = n1 * n2 * events * (total - events) / (total**2 * (total - 1))
    return float(stats.chi2.sf((x1 - n1 * events / total) ** 2 / variance, 1))


def unpooled(x1, n1, x2, n2):
    return float(2 * stats.norm.sf(unpooled_z((x1, n1, x2, n2))))


def pooled_corrected(x1, n1, x2, n2):
    return float(stats.chi2_contingency([[x1, n1 - x1], [x2, n2 - x2]], correction=True).pvalue)


def barnard(x1, n1, x2, n2):
    return float(stats.barnard_exact([[x1, x2], [n1 - x1, n2 - x2]]).pvalue)


def boschloo(x1, n1, x2, n2):
    return float(stats.boschloo_exact([[x1, x2], [n1 - x1, n2 - x2]]).pvalue)


def menu(name):
    return lambda *table: float(two_proportion_test(*table, method=name))


HONEST = {
    "fisher": (menu("fisher"), 60, "Fisher's exact test"),
    "pearson": (menu("pearson"), 80, "chi-square test"),
    "likelihood ratio": (menu("likelihood-ratio"), 60, None),
    "mid-P": (menu("fisher-mid-p"), 60, None),
    "Yates": (pooled_corrected, 80, "chi-square test"),
    "unpooled z": (unpooled, 80, None),
    "Mantel and Haenszel": (mantel_haenszel, 80, "chi-square test"),
    "Barnard": (barnard, 12, None),
    "Boschloo": (boschloo, 12, None),
}


@pytest.mark.parametrize("name", HONEST)
@pytest.mark.parametrize("percent", [False, True])
def test_an_honest_p_value_of_counts_is_never_questioned(name, percent):
    test, trials, named = HONEST[name]
    rng = np.random.default_rng(len(name) + percent)
    largest = 60 if trials < 50 else 300
    for _ in range(trials):
        n1, n2 = (int(n) for n in rng.integers(10, largest, 2))
        x1 = int(rng.binomial(n1, rng.uniform(0.03, 0.95)))
        x2 = int(rng.binomial(n2, rng.uniform(0.03, 0.95)))
        if x1 + x2 in (0, n1 + n2) or (percent and 0 in (x1, x2)):
            continue
        p = test(x1, n1, x2, n2)
        for value in (p, p / 2):
            if not 0 < value < 1:
                continue
            text = printed_p(value, rng)
            found = of_counts(x1, n1, x2, n2, text, named, percent)
            assert found.verdict not in QUESTIONS, (name, x1, n1, x2, n2, text, found.message)


@pytest.mark.parametrize("kind", ["sd", "se"])
def test_an_honest_p_value_of_means_is_never_questioned(kind):
    rng = np.random.default_rng(7)
    for _ in range(120):
        n1, n2 = (int(n) for n in rng.integers(5, 120, 2))
        shape = rng.uniform(0, 1.2)
        first, second = rng.normal(10, 3, n1), rng.normal(10 + shape * 3, rng.uniform(2, 6), n2)
        decimals = int(rng.integers(0, 3))
        spreads = [data.std(ddof=1) / (np.sqrt(data.size) if kind == "se" else 1) for data in (first, second)]
        spreads = [print_number(float(spread), decimals) for spread in spreads]
        if any(float(spread) == 0 for spread in spreads):
            continue
        means = [print_number(float(data.mean()), decimals) for data in (first, second)]
        both = [stats.ttest_ind(first, second, equal_var=equal).pvalue for equal in (True, False)]
        for p in (*both, *(p / 2 for p in both)):
            text = printed_p(float(p), rng)
            if Reported(text).value >= 1:
                continue
            found = of_means(means, spreads, (n1, n2), text, kind, "t test")
            assert found.verdict not in QUESTIONS, (means, spreads, n1, n2, text, found.message)


# --------------------------------------------------------------------------------------------------
# Second opinions
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", [(12, 60, 31, 62), (3, 40, 9, 38), (80, 95, 70, 99)])
def test_the_unpooled_z_is_that_of_statsmodels(table):
    x1, n1, x2, n2 = table
    # statsmodels' prop_var fixes one variance; the unpooled one is had from the two binomial variances.
    z, _ = proportions_ztest([x1, x2], [n1, n2])
    p, p1, p2 = (x1 + x2) / (n1 + n2), x1 / n1, x2 / n2
    pooled, own = p * (1 - p) * (1 / n1 + 1 / n2), p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    # Floating point only: both are closed forms.
    assert float(unpooled_z(table)) == pytest.approx(abs(z) * np.sqrt(pooled / own), rel=1e-12)


@pytest.mark.parametrize("equal", [True, False])
def test_ranges_of_t_tests_hold_scipys_p_value(equal):
    found = t_test(((51.05, 51.15), (56.05, 56.15)), ((7.85, 7.95), (9.15, 9.25)), (37, 50),
                   test="student" if equal else "welch")  # fmt: skip
    ends = [stats.ttest_ind_from_stats(a, s, 37, b, t, 50, equal_var=equal).pvalue
            for a in (51.05, 51.15) for b in (56.05, 56.15) for s in (7.85, 7.95) for t in (9.15, 9.25)]  # fmt: skip
    assert found.p[0] <= min(ends) * (1 + 1e-9) and max(ends) <= found.p[1] * (1 + 1e-9)
    # The interval arithmetic is outward, so it may be a little wider than the corners.
    assert found.p[1] / found.p[0] < 1.3 * max(ends) / min(ends)


# --------------------------------------------------------------------------------------------------
# In texts
# --------------------------------------------------------------------------------------------------
COUNTS = "Healing was seen in {} of 80 patients given sulfazine and in {} of 84 given a dummy {}."


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ("(Fisher's exact test, P = .47)", "inconsistent"),
        ("(P = .47)", "strained"),
        ("(stratified test, P = .47)", "unchecked"),
        ("(P = .47, adjusted for age)", "unchecked"),
        ("(P for trend = .47)", "unchecked"),
        ("(logistic regression, P = .47)", "unchecked"),
        ("(P < .001)", "reproduced"),
    ],
)
def test_counts_of_a_text(more, verdict):
    found = judged(COUNTS.format(20, 49, more), "TS301")
    assert (found.verdict if found else "unchecked") == verdict


def test_a_crossover_design_of_the_whole_text_excuses_a_p_value_of_counts():
    found = judged("This was a crossover trial. " + COUNTS.format(20, 49, "(P = .47)"), "TS301")
    assert found.verdict == "unchecked" and "crossover" in found.message


def test_times_to_the_event_are_judged_by_a_wide_envelope():
    found = judged(COUNTS.format(30, 43, "(log-rank test, P = .31)"), "TS301")
    assert found.verdict == "unchecked" and "times to the event" in found.message


def test_a_test_of_counts_by_one_side_explains_no_p_value_that_the_text_calls_log_rank():
    text = "Cure was seen in 45 of 420 patients on sulfazine and 62 of 415 on a dummy ({} P = .04)."
    found = judged(text.format("log-rank"), "TS301")
    assert found.verdict == "unchecked" and "the text names the log-rank test" in found.message
    assert judged(text.format("one-sided"), "TS301").verdict != "unchecked"


def test_a_truncated_percentage_does_not_hide_the_printed_counts():
    text = "Cure was seen in 44 (91.6%) of 48 patients on sulfazine and 26 (59.1%) of 44 on a dummy (P < .001)."
    assert judged(text, "TS301").verdict == "reproduced"


def test_three_groups_with_one_p_value_are_not_two():
    text = "Cure was seen in 12 of 60 patients on A, 14 of 61 on B and 18 of 59 on C (P = .0001)."
    assert judged(text, "TS301").verdict == "unchecked"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Cure was seen in 40 of 70 women on A and 12 of 70 on B (P = .9). Of 80 women all used A on one side.",
            "together",
        ),
        ("Ulcers healed in 30 of 62 legs with A and in 51 of 62 with B on the other leg (P = .9).", "paired"),
        ("In the control group sleep was better in 13 (39.4%) and unchanged in 20 (60.6%; P = .002).", "one group"),
    ],
)
def test_results_of_the_same_patients_are_not_two_groups(text, reason):
    found = judged(text, "TS301")
    assert found.verdict == "unchecked" and reason in found.message


@pytest.mark.parametrize("p", [".9", "1.0", ".99"])
def test_a_p_value_near_one_is_not_taken_for_one_of_the_other_direction(p):
    assert of_counts(30, 62, 51, 62, p).verdict == "strained"
    assert of_means(("4.1", "5.9"), ("1.2", "1.4"), (60, 62), p).verdict == "strained"


def test_a_size_behind_a_percentage_is_no_count():
    text = "Response was 62.3% in the sulfazine arm (n = 114) and 51.2% in the dummy arm (n = 129; P = .093)."
    assert judged(text, "TS301").verdict not in QUESTIONS


def test_another_test_and_an_unstated_side_are_two_rare_things():
    assert of_counts(18, 26, 6, 14, ".008").verdict == "strained"  # one-sided tests come to .05, others to .1
    assert of_counts(18, 26, 6, 14, ".053").verdict == "explained"


MEANS = "The mean score at week 9 was 41.2 (SD 8.1) in 52 patients on sulfazine and 48.9 (SD 9.0) in 49 on a dummy {}."


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ("(P = .44)", "strained"),
        ("(unpaired t test, P = .44)", "inconsistent"),
        ("(P < .001)", "reproduced"),
        ("(P = .44, analysis of covariance)", "unchecked"),
        ("(Mann-Whitney test, P = .44)", "unchecked"),
    ],
)
def test_means_of_a_text(more, verdict):
    assert judged(MEANS.format(more), "TS302").verdict == verdict


def test_change_within_one_group_is_paired():
    text = (
        "On sulfazine the mean score fell from 48.1 (SD 8.0) in 52 patients to 46.9 (SD 9.0) in 52 patients (P < .001)."
    )
    found = judged(text, "TS302")
    assert found is None or found.verdict == "unchecked"


def test_a_spread_without_a_name_is_tried_both_ways():
    text = "Mean relief was 3.4 ± 0.5 in 40 patients on sulfazine and 1.7 ± 0.6 in 42 on a dummy (P = {})."
    assert judged(text.format(".03"), "TS302").verdict == "consistent"  # a standard error
    assert judged(text.format("<.001"), "TS302").verdict == "consistent"  # a standard deviation


def test_a_trial_file_is_judged_as_a_text_is(tmp_path):
    file = tmp_path / "own.toml"
    head = 'schema = 1\n[trial]\nid = "own"\ntitle = "Own"\n'
    arms = "".join(
        f'[arms.{arm}]\nlabel = "{arm}"\nof = {{ randomised = "{n}" }}\n' for arm, n in (("a", 60), ("b", 62))
    )
    rows = "".join(
        f'[[rows]]\nid = "r.{arm}"\nmeasure = "proportion"\narm = "{arm}"\nvalue = "{value}"\nx = "{x}"\nn = "{n}"\n'
        for arm, value, x, n in (("a", "20%", 12, 60), ("b", "50%", 31, 62))
    )
    file.write_text(
        head + arms + rows + '[[rows]]\nid = "c"\nmeasure = "comparison"\nfrom = ["r.a", "r.b"]\np = ".31"\n'
    )
    found = ts.check(file, select=["two-arm-p"]).findings
    assert [str(one.verdict) for one in found] == ["strained"]


def test_a_year_is_no_word_for_a_test_of_times_far_off():
    told = "Adherence at one year was 71% (142/200) in the salt group compared with 55% (110/200) in the water group"
    verdicts = [judged(f"{told} (P {p}).", "TS301").verdict.value for p in ("= .001", "= .006", "= .21")]
    assert verdicts[2] == "strained"
    # A test of times of the same patients may lie a little off.
    assert not set(verdicts[:2]) & set(QUESTIONS)
