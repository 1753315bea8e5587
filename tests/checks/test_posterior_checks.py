"""The checks on posteriors: what each says, and what it leaves alone."""

import pytest

import trialstats as ts
from trialstats.catalogue import Convention, load_catalogue
from trialstats.checks import Context, find_check
from trialstats.claims.model import Arm, Estimate, Paper, Size, Spread
from trialstats.explanations import Counts, Posterior
from trialstats.findings import Verdict
from trialstats.intervals.beta import Beta
from trialstats.press import print_claim
from trialstats.reported import Reported

WORDS_NEVER_USED = ("wrong", " false", "suspicious", "fabricated", "fails", "impossible", "incorrect")


def rate(name, value, lower, upper, *, kind="credible", x=None, n=None, **more):
    spread = Spread(kind, Reported(lower), Reported(upper), level=Reported("95%"))
    given = {"measure": "proportion", "arms": (name,)} | more
    x, n = (None if number is None else Reported(number) for number in (x, n))
    return Estimate(id=name, value=Reported(value), spread=spread, x=x, n=n, **given)


def probability(value, name="q", **more):
    return Estimate(id=name, measure="posterior-probability", value=Reported(value), **more)


def run(check, *claims, **more):
    context = Context(Paper(id="p", claims=claims, **more), load_catalogue())
    found = list(find_check(check).run(find_check(check), context))
    for finding in found:
        assert not any(word in finding.message.lower() for word in WORDS_NEVER_USED), finding.message
        assert finding.message.endswith(".")
    return found


def only(check, *claims, **more):
    found = run(check, *claims, **more)
    assert len(found) == 1
    return found[0]


NEW = rate("new", "72%", "55%", "87%", n="27")
OLD = rate("old", "71%", "55%", "84%", n="32")


# --------------------------------------------------------------------------------------------------
# posterior-summary
# --------------------------------------------------------------------------------------------------
def test_a_uniform_prior_and_the_mean():
    found = only("posterior-summary", NEW)
    best = found.explanations[0]
    assert found.verdict is Verdict.REPRODUCED
    assert (best.x, best.n, best.a, best.b, best.prior, best.point) == (20, 27, 21, 8, "uniform", "mean")
    assert found.recomputed == {"estimate": "72%", "lower": "55%", "upper": "87%"}


def test_rounded_twice_with_the_sampling_error_of_draws_listed_behind():
    found = only("posterior-summary", OLD)
    assert found.verdict is Verdict.EXPLAINED and "rounded twice" in found.message
    drawn = [one for one in found.explanations if one.draws == 10_000]
    assert drawn and drawn[0].cost > found.explanations[0].cost


def test_the_printed_count_is_the_one_that_is_judged():
    assert only("posterior-summary", rate("a", "72%", "55%", "87%", x="20", n="27")).verdict is Verdict.REPRODUCED
    other = only("posterior-summary", rate("a", "72%", "55%", "87%", x="18", n="27"))
    assert other.verdict is Verdict.UNCHECKED and "18 of 27 is 66.67%" in other.message
    assert "a hierarchical or adjusted model may" in other.message


def test_an_informative_prior_is_named():
    found = only("posterior-summary", rate("a", "62%", "48%", "75%", n="27"))
    assert found.verdict is Verdict.EXPLAINED and "informative prior such as Beta(" in found.message
    assert found.recomputed == {"estimate": "62%", "lower": "48%", "upper": "75%"}


def test_a_credible_interval_that_is_a_confidence_interval():
    claim = print_claim(Counts(83, 102), Convention(method="clopper-pearson"), decimals=1)
    texts = (claim.value.text, claim.spread.lower.text, claim.spread.upper.text)
    found = only("posterior-summary", rate("a", *texts, x="83", n="102"))
    assert found.verdict is Verdict.EXPLAINED
    assert "printed as a credible interval; it is a confidence interval of 83 of 102" in found.message
    assert found.explanations[0].method == "clopper-pearson" and found.recomputed["lower"] == texts[1]


def test_a_shape_that_no_posterior_has():
    found = only("posterior-summary", rate("a", "72%", "65%", "75%", n="27"))
    assert found.verdict is Verdict.INCONSISTENT and not found.explanations
    assert found.nearest is not None and "Nearest:" in found.message and "would settle it" in found.message
    adjusted = only("posterior-summary", rate("a", "72%", "65%", "75%", n="27", adjusted=True))
    assert adjusted.verdict is Verdict.UNCHECKED and adjusted.nearest is None


def test_other_claims_are_left_alone():
    odds = rate("or", "1.43", "0.91", "2.27", measure="odds-ratio")
    assert run("posterior-summary", odds, rate("a", "25%", "12%", "43%", kind="confidence", n="32")) == []
    assert run("posterior-summary", rate("a", "not reached", "12%", "43%")) == []


# --------------------------------------------------------------------------------------------------
# posterior-superiority
# --------------------------------------------------------------------------------------------------
def pair(value, **more):
    return NEW, OLD, probability(value, of=("new", "old"), event="new > old", **more)


def test_superiority_from_the_two_summaries():
    found = only("posterior-superiority", *pair("57%", says="below-threshold"))
    assert found.verdict is Verdict.CONSISTENT
    assert found.explanations[0].estimate == pytest.approx(0.5674155594, abs=1e-10)
    assert "Beta(21, 8) exceeds Beta(24, 10): 0.5674" in found.message and "prints none" in found.message
    other = only("posterior-superiority", NEW, OLD, probability("43%", of=("old", "new"), event="old > new"))
    assert other.verdict is Verdict.CONSISTENT
    less = only("posterior-superiority", NEW, OLD, probability("57%", of=("new", "old"), event="old < new"))
    assert less.verdict is Verdict.CONSISTENT


def test_superiority_as_a_share_of_draws():
    found = only("posterior-superiority", *pair("56%"))
    assert found.verdict is Verdict.EXPLAINED
    assert found.explanations[0].draws is not None or found.explanations[0].rounding != "nearest"
    assert any(one.draws == 1000 for one in found.explanations)


def test_a_probability_that_needs_other_priors():
    found = only("posterior-superiority", *pair("53.4555%"))
    assert found.verdict is Verdict.EXPLAINED and "53.1" in found.message and "57.9" in found.message
    assert found.searched["any priors"] == pytest.approx([0.53177, 0.57973], abs=1e-4)


def test_a_probability_that_no_pair_gives():
    found = only("posterior-superiority", *pair("93%"))
    assert found.verdict is Verdict.INCONSISTENT and "No pair of posteriors" in found.message
    sharper = rate("new", "72.4%", "55.1%", "86.7%", n="27"), rate("old", "70.6%", "54.5%", "84.4%", n="32")
    found = only("posterior-superiority", *sharper, probability("40%", of=("new", "old"), event="new > old"))
    assert found.verdict.printed == "no explanation found"
    assert "they give 53.26% to 60.03%" in found.message


def test_what_is_not_tied_to_two_summaries_is_unchecked():
    assert only("posterior-superiority", probability("57%")).verdict is Verdict.UNCHECKED
    none = only("posterior-superiority", rate("new", "72%", "65%", "75%", n="27"), *pair("57%")[1:])
    assert none.verdict is Verdict.UNCHECKED and "no pair" in none.message
    assert run("posterior-superiority", probability("95%", role="design")) == []


# --------------------------------------------------------------------------------------------------
# credible-label
# --------------------------------------------------------------------------------------------------
def test_a_posterior_printed_as_a_confidence_interval():
    claim = rate("a", "72%", "55%", "87%", kind="confidence", n="27")
    found = only("credible-label", claim, probability("57%"))
    assert found.verdict is Verdict.EXPLAINED and "Some journals print CI for both" in found.message
    assert found.explanations[0].prior == "uniform"
    assert run("credible-label", claim) == []  # nothing in the paper is Bayesian
    assert len(run("credible-label", claim, design={"framework": "bayesian"})) == 1


def test_a_usual_confidence_interval_is_left_alone():
    claim = rate("a", "61%", "47%", "74%", kind="confidence", n="54")
    assert run("credible-label", claim, probability("57%")) == []
    odds = rate("or", "1.43", "0.91", "2.27", kind="confidence", measure="odds-ratio")
    assert run("credible-label", odds, probability("57%")) == []


# --------------------------------------------------------------------------------------------------
# posterior-threshold
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "value, says, threshold, verdict",
    [
        ("57%", "below-threshold", "95%", Verdict.CONSISTENT),
        ("97%", "below-threshold", "95%", Verdict.INCONSISTENT),
        ("97%", "above-threshold", "95%", Verdict.CONSISTENT),
        ("0.9989", "above-threshold", "0.9942", Verdict.CONSISTENT),
        ("57%", "above-threshold", "95%", Verdict.INCONSISTENT),
        ("95%", "below-threshold", "95%", Verdict.CONSISTENT),  # 94.6 is printed so
        ("95%", "above-threshold", "95%", Verdict.CONSISTENT),
        (">0.999", "above-threshold", "0.99", Verdict.CONSISTENT),
        ("0.621", "below-threshold", "0.70", Verdict.CONSISTENT),
    ],
)
def test_a_probability_and_its_threshold(value, says, threshold, verdict):
    claims = probability(value, says=says), probability(threshold, name="t", role="design")
    found = only("posterior-threshold", *claims)
    assert found.verdict is verdict and found.decision is (verdict is Verdict.INCONSISTENT)
    assert found.others == ("t",)


def test_a_threshold_that_is_not_this_ones_is_not_taken():
    said = probability("57%", says="below-threshold", outcome="response", event="new > old")
    assert run("posterior-threshold", said) == []
    assert run("posterior-threshold", said, probability("95%", name="t", role="design", outcome="survival")) == []
    two = [probability(value, name=value, role="design", outcome="response") for value in ("95%", "10%")]
    assert run("posterior-threshold", said, *two) == []
    tied = probability("90%", name="t", role="design", outcome="survival", of=("q",))
    assert only("posterior-threshold", said, *two, tied).others == ("t",)


# --------------------------------------------------------------------------------------------------
# posterior-ratio
# --------------------------------------------------------------------------------------------------
def test_a_probability_about_a_ratio():
    ratio = rate("hr", "0.65", "0.46", "0.92", measure="hazard-ratio")
    fits = only("posterior-ratio", ratio, probability("99.2%", of=("hr",)))
    assert fits.verdict is Verdict.CONSISTENT and "99." in fits.recomputed["estimate"]
    complement = only("posterior-ratio", ratio, probability("0.8%", of=("hr",)))
    assert complement.verdict is Verdict.CONSISTENT
    # The shape of a posterior is an assumption: it never makes a claim inconsistent.
    other = only("posterior-ratio", ratio, probability("80%", of=("hr",)))
    assert other.verdict is Verdict.UNCHECKED and "another shape" in other.message
    confidence = rate("hr", "0.65", "0.46", "0.92", kind="confidence", measure="hazard-ratio")
    assert run("posterior-ratio", confidence, probability("99.2%", of=("hr",))) == []
    assert run("posterior-superiority", ratio, probability("99.2%", of=("hr",))) == []


@pytest.mark.parametrize(
    "said, verdict",
    [
        ("posterior probability of benefit, 98.5%", Verdict.CONSISTENT),
        ("posterior probability of benefit, 88.5%", Verdict.STRAINED),
        ("posterior probability of harm, 1.5%", Verdict.CONSISTENT),
        # Of which value it is a probability is not said.
        ("posterior probability of a clinically important benefit, 88.5%", None),
    ],
)
def test_a_probability_beside_its_credible_interval_in_a_text(said, verdict):
    text = f"The median posterior relative risk was 0.75 (95% credible interval, 0.57 to 0.97; {said})."
    found = [one.verdict for one in ts.check(text).findings if one.check == "posterior-ratio"]
    assert [one for one in found if one is not Verdict.UNCHECKED] == ([] if verdict is None else [verdict])


# --------------------------------------------------------------------------------------------------
# Whatever the catalogue prints is never inconsistent
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [9, 27, 60])
def test_what_the_catalogue_prints_is_never_inconsistent(n):
    for x in range(0, n + 1, 4):
        for prior, kind, point, rounding in (
            (1.0, "equal-tailed", "mean", "nearest"),
            (0.5, "hdi", "median", "truncated"),
            (2.0, "hdi", "mode", "twice"),
            (3.7, "equal-tailed", "mean", "nearest"),  # a prior outside it
        ):
            a, b = x + prior, n - x + prior
            if point == "mode" and min(a, b) <= 1:
                continue
            claim = print_claim(Posterior(a, b), Convention(kind=kind, rounding=rounding, point=point))
            texts = (claim.value.text, claim.spread.lower.text, claim.spread.upper.text)
            arm = Arm("a", "a", {"randomised": Size(Reported(str(n)))})
            found = only("posterior-summary", rate("a", *texts), arms=(arm,))
            assert found.verdict is not Verdict.INCONSISTENT, (texts, n, found.message)
            assert Beta(a, b).mean() > 0


RATIO = "Death was rarer with zinc (odds ratio, 0.71; 95% credible interval, 0.48 to 1.05; flat prior)"


@pytest.mark.parametrize(
    "told, verdict",
    [
        ("a posterior probability of 95.7% that zinc lowered mortality", Verdict.CONSISTENT),
        ("a posterior probability of 75.7% that zinc lowered mortality", Verdict.STRAINED),
        ("a posterior probability of 75.7% that zinc lowered mortality by an important amount", Verdict.UNCHECKED),
        ("a posterior probability of 75.7% of a good life", Verdict.UNCHECKED),
    ],
)
def test_the_event_of_a_probability_may_stand_behind_it(told, verdict):
    text = f"Adults were randomly assigned to zinc or placebo. {RATIO}, {told}."
    assert [one.verdict for one in ts.check(text).findings if one.check == "posterior-ratio"] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "In the prespecified Bayesian analysis, the odds ratio for death was 0.81 (95% credible "
        "interval, 0.66 to 0.99), "
        "with a posterior probability of {} that brine was superior.",
        "There was a probability of {} that brine was better than water (odds ratio for death 0.81; 95% CrI, 0.66 to "
        "0.99).",
    ],
)
def test_a_probability_that_one_arm_is_better(text):
    def asked(value):
        return [one for one in ts.check(text.format(value)).findings if one.code == "TS405" and one.verdict.is_question]

    assert asked("0.98") == []
    assert [one.verdict for one in asked("0.68")] == [Verdict.STRAINED]


# --------------------------------------------------------------------------------------------------
# In plain text
# --------------------------------------------------------------------------------------------------
TWO_RATES = (
    "Women were randomly assigned to bendaral (n = 32) or bendaral plus torizumab (n = 27) in this Bayesian trial. "
    "Freedom from relapse at 6 months came to 71% on bendaral (95% credible interval, 55% to 84%) and to 72% on "
    "bendaral plus torizumab (95% credible interval, 55% to 87%). The posterior probability that freedom from relapse "
    "at 6 months was higher on bendaral plus torizumab than on bendaral was {}."
)


def in_text(text, code):
    return [one for one in ts.check(text).findings if one.code == code]


def test_rates_at_a_time_with_credible_intervals_are_posteriors_and_no_curves():
    text = TWO_RATES.format("57%")
    assert [one.verdict.value for one in in_text(text, "TS401")] == ["explained", "reproduced"]
    assert not in_text(text, "TS207")


def test_a_curve_may_have_another_posterior_than_a_count():
    spread = Spread("credible", Reported("80.1%"), Reported("80.9%"), level=Reported("95%"))
    curve = Estimate(id="s", measure="survival", value=Reported("80.2%"), spread=spread, n=Reported("40"))
    assert only("posterior-summary", curve).verdict is Verdict.UNCHECKED


@pytest.mark.parametrize(
    "printed, verdict",
    [("57%, less than the predefined threshold for superiority", "consistent"), ("87%", "strained")],
)
def test_a_probability_is_held_against_the_summaries_of_its_arms(printed, verdict):
    (found,) = in_text(TWO_RATES.format(printed), "TS402")
    assert found.verdict.value == verdict
    assert found.message.startswith("57% is the probability that") == (verdict == "consistent")
    assert ("missed its threshold" in found.message) == ("threshold" in printed)


def test_a_probability_of_a_lower_rate_is_tied_to_no_pair():
    text = TWO_RATES.format("57%").replace("was higher on", "was lower on")
    assert [one.verdict for one in in_text(text, "TS402")] == [Verdict.UNCHECKED]
