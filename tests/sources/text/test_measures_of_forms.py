"""What an estimate measures, by the form of its sentence; sentences of our own, each form at least once."""

from dataclasses import replace

import pytest

from trialstats.reanalysis import check
from trialstats.sources.text.reading import extract
from trialstats.sources.text.second_reading import agrees
from trialstats.wording import assumption_words

SHORT = {
    "hazard-ratio": "HR",
    "odds-ratio": "OR",
    "risk-ratio": "RR",
    "relative-reduction": "reduction",
}

# For each form: a sentence, and the measures of its intervals in order.
FORMS = {
    "a gain that is compared with a share": (
        "In all, 61.3% (95% CI 50.1-71.5) of the nurses reported improvement compared to 47.2% (95% CI 36.0-58.6).",
        "proportion proportion",
    ),
    "what a mean was changed by": (
        "Salt increased mean weight by 5.58 kg (95% CI 4.31-6.85) and lowered sleep on average by a further 2.65 h "
        "(95% CI 0.38-4.93).",
        "difference difference",
    ),
    "a mean that was not changed": ("Salt increased sleep; mean weight was 55.8 kg (95% CI 43.1-68.5).", "mean"),
    "a gain in a mean, held against another": (
        "Compared with tea there was a gain with lumarin in mean rowing time of 128 s (95% CI 45.0-208.5).",
        "difference",
    ),
    "a gain in brackets, held against another": (
        "Compared with tea, lumarin gave an increase in rowing (mean 4.6 min/day, 95% CI 1.9 to 7.3).",
        "difference",
    ),
    "a gain in brackets of one group": (
        "There was an increase in rowing (mean 4.6 min/day, 95% CI 1.9 to 7.3).",
        "mean",
    ),
    "a gain behind a bracket": (
        "Relief was seen in 44% (95% CI 38-50; improvement of two grades); 31% (25-37) slept well.",
        "proportion proportion",
    ),
    "a step of a ratio": (
        "The hazard ratio for falls [items on balance]: HR per 1-unit increase, 0.91; 95% CI, 0.84 to 0.98.",
        "HR",
    ),
    "a ratio for each step": ("Risk rose with age (OR for each 5-year increase 1.31, 95% CI 1.10 to 1.56).", "OR"),
    "a ratio for an improvement": ("The hazard ratio for improvement was 1.45 (95% CI 1.12 to 1.88).", "HR"),
    "a ratio carried past another word": (
        "Sailing lowered stroke (HR 0.66 [95% CI 0.52-0.84]), and reduction of angina was similar (0.80 [0.70-0.91]).",
        "HR HR",
    ),
    "survivors counted": ("There were 36 survivors of 43 (83.7%; 95% CI 69.3 to 93.2) in the north.", "proportion"),
    "survival at a time, counted": (
        "Three-year survival by Kaplan-Meier was 83.7% (36 of 43; 95% CI 69.3 to 93.2).",
        "survival",
    ),
    "a share without its sign behind another": (
        "Five-year survival was 71.5% (95% CI 66.0-76.4) with A and 64.2 (95% CI 58.5-69.4) with B.",
        "survival survival",
    ),
    "a ratio without a unit behind what has one": (
        "Median survival was 41.2 months (95% CI 33.0 to 50.1) and better with B; 0.65 (0.45 to 0.94).",
        "median other",
    ),
    "a life table": ("By life table remission rates were 50% (95% CI 38 to 62) at 2 years.", "survival"),
    "more of a time": ("Pilots on the drug slept 1.3 more hours (95% CI 0.4 to 2.2).", "difference"),
    "fewer of a time": ("They spent 2.4 fewer days (95% CI 1.1 to 3.7) in hospital.", "difference"),
    "more per cent of something": ("There were 20.8% more nights (95% CI 4.5 to 37.1) without pain.", "difference"),
    "units lower": ("The final score was 2.17 points (95% CI 1.05 to 3.29) lower with the drug.", "difference"),
    "units higher before the interval": ("Scores were 4.1 points higher (95% CI 1.2 to 7.0) with tea.", "difference"),
    "a ratio of means": ("The ratio of the average mean concentration was 0.96 (95% CI 0.88 to 1.05).", "other"),
    "a ratio of geometric means in brackets": (
        "The ratio (tea to water) of adjusted geometric mean fold change was 1.04 (90% CI 0.97 to 1.12).",
        "other",
    ),
    "a risk without a name": (
        "The estimated risk of relapse was 0.29 (95% CI 0.11 to 0.77) in comparison with placebo.",
        "RR",
    ),
    "two reductions of one kind": (
        "There was a 16% (95% CI 3 to 27%) reduction in mortality and an 8% (-8 to 21%) reduction in stroke.",
        "reduction reduction",
    ),
    "an absolute reduction": ("An absolute reduction in mortality of 3.2% (95% CI 0.5 to 5.9).", "difference"),
    "a proportional reduction": ("A proportional mortality reduction of 28% (95% CI 10% to 43%).", "reduction"),
    "a reduction in the odds": ("This is a reduction in the odds of death of 22% (95% CI 9 to 33).", "reduction"),
    "odds that fell by": ("The drug reduced the odds of blindness by 22% (95% CI 9 to 33).", "reduction"),
    "vaccine efficacy": ("Vaccine efficacy against measles was 71% (95% CI 55 to 82).", "reduction"),
    "protection": ("Protective efficacy was 41% (95% CI 12 to 60) in the hills.", "reduction"),
    "a median odds ratio": ("Centres varied a lot (median odds ratio [MOR] 2.1, 95% CI 1.8 to 2.6).", "other"),
    "a median odds ratio, short": ("Centres varied a lot (MOR 2.1, 95% CI 1.8 to 2.6).", "other"),
    "measures in a list": (
        "Pooled sensitivity, specificity, PLR, NLR and DOR were 0.81 (95% CI 0.74-0.86), 0.70 (0.65-0.75), "
        "2.7 (2.2-3.3), 0.27 (0.21-0.35) and 10.0 (7.0-14.2).",
        "proportion proportion other other other",
    ),
    "a fraction": ("Sensitivity was 0.81 (95% CI 0.74 to 0.86).", "proportion"),
    "survival as a fraction": ("The 2-year survival rate was 0.81 (95% CI 0.74 to 0.86).", "survival"),
    "two ratios in a list": (
        "The hazard ratio and odds ratio were 0.71 (95% CI 0.55-0.92) and 0.62 (0.44-0.88).",
        "HR OR",
    ),
    "an odds ratio with its adjustment in the name": ("The ORad was 4.7 (95% CI 1.6 to 13.8).", "OR"),
    "fell by a mean": ("Blood pressure fell by a mean of 3.67 (95% CI 0.58 to 6.76) within an hour.", "difference"),
    "a time that may fall": (
        "Walking time hardly changed (tea, +54 [95% CI, -12 to 120] seconds).",
        "difference",
    ),
    "shares less those of placebo": (
        "Placebo-subtracted proportions with headache were 13% (95% CI 8-18), with nausea 6% (3-9).",
        "difference difference",
    ),
    "a difference between groups, in a list": (
        "Between-group differences in ulcer and polyp detection rates were larger in towns (tea: 10.3% [95% CI, "
        "8.5% to 12.1%] for ulcers and 3.1% [2.0% to 4.2%] for polyps).",
        "difference difference",
    ),
    "no difference between shares": (
        "There was no difference in response rates (45% [95% CI 38-52] with tea and 41% [34-48] with milk).",
        "proportion proportion",
    ),
    "no change in a time": (
        "There was no change in the stay (tea v milk: 3.5 days [95% CI, 3.2 to 3.8] vs 3.6 days [3.3 to 4.0]).",
        "median median",
    ),
    "a change in risk": (
        "The relative risk of cough was 1.4 (95% CI 1.1-1.8). The risk increase was small in farmers, "
        "1.0 (95% CI: 0.7-1.5).",
        "RR RR",
    ),
    "a reduction shaped as a ratio": (
        "The hazard ratio for death was 0.91 (95% CI 0.64-1.28). Rest gave a clear reduction in recurrence 0.45 "
        "(0.31-0.65).",
        "HR HR",
    ),
    "times more likely": ("Those who ran were 11 times more likely to win (95% CI 1.7 to 71.2).", "other"),
    "times as likely with a ratio named": (
        "The odds ratio for winning was 2.0 (95% CI 1.1 to 3.6). Runners were 3.1 times more likely to win "
        "(95% CI 1.6 to 6.0).",
        "OR OR",
    ),
    "a reduction in a score": ("The mean reduction in pain score was 3.97 (95% CI 3.57 to 4.37).", "difference"),
    "an improvement of per cents": ("There was an improvement of 12% (95% CI 3 to 21) in attendance.", "difference"),
    "an odds ratio of prevalence": (
        "Working years (median 12 years; aPOR = 2.0; 95% CI: 1.1-3.7) mattered.",
        "OR",
    ),
    "a unit behind the bounds": ("Boys had pressures 1.09 (95% CI, 0.27-1.91) mmHg higher than girls.", "difference"),
    "a rate of benefit": ("Two had stable disease (clinical benefit rate 16%, 95% CI 4.5-36.1%).", "proportion"),
    "a rise": ("There was a rise in the haemoglobin level (0.48%; 95% CI 0.26 to 0.70).", "difference"),
    "a ratio of means, the other way round": (
        "The geometric least squares mean ratio was 1.27 (95% CI 1.17-1.37) for boys.",
        "other",
    ),
    "a ratio of its own name": (
        "Rest lowered estradiol (treatment effect ratio [TER] = 0.93; 95% CI 0.88-0.98).",
        "other",
    ),
    "a mean on both sides of zero": ("Daily average steps were the same (-771; 95% CI -2024 to 482).", "difference"),
    "a risk difference without a sign": ("The risk difference was 0.45 (95% CI 0.31 to 0.59).", "difference"),
    "a difference per person-time": (
        "The incidence difference was 2.1 per 1000 person-years (95% CI 0.4 to 3.8).",
        "difference",
    ),
    "a mean loss": ("The mean weight loss was -8.0 kg (95% CI -9.6 to -6.4) at one year.", "difference"),
    "a mean of what is lost": ("The mean blood loss was 310 ml (95% CI 270 to 350) in theatre.", "mean"),
    "a mean survival": ("The mean survival of the kidneys was 58 years (95% CI 49 to 67).", "mean"),
    "a dose for half": ("The average LD50 was 17.4 mg (95% CI 15.5 to 19.3) in mice.", "other"),
    "a median": ("Median survival was 12.3 months (95% CI 10.1 to 14.0) v 9.1 months (7.7 to 11.2).", "median median"),
}


def measures(text):
    claims = [claim for claim in extract(text).claims if getattr(claim, "interval", None) is not None]
    return " ".join(SHORT.get(claim.measure, claim.measure) for claim in claims)


@pytest.mark.parametrize("form", FORMS)
def test_the_measure_of_a_form_is_read(form):
    text, expected = FORMS[form]
    assert measures(text) == expected


POSTERIORS = {
    "Mortality fell (posterior probability of superiority 99.2%).": [("99.2%", "superiority")],
    "The posterior probability that the rate was lower with tea than with milk was 0.9989, which exceeded the "
    "stopping boundary of 0.99.": [("0.9989", "the rate was lower with tea than with milk")],
    "There was a 0.93 posterior probability of benefit.": [("0.93", "benefit")],
    "Tea had a 91% posterior probability of shortening colds.": [("91%", "shortening colds")],
    "The posterior probabilities of benefit were 81% and 93%.": [("81%", "benefit"), ("93%", "benefit")],
    "The probability of superiority was >99.9%.": [(">99.9%", "superiority")],
    "The trial stopped early by a rule of its plan, as decline was likely (posterior probability of decline 52%).": [
        ("52%", "decline")
    ],
    "Success was to be declared if the posterior probability of benefit exceeded 0.975.": [],
}


@pytest.mark.parametrize("text", POSTERIORS)
def test_a_posterior_probability_is_read_with_its_event(text):
    found = [claim for claim in extract(text).claims if claim.measure == "posterior-probability"]
    assert [(claim.value.text, claim.event) for claim in found] == POSTERIORS[text]


def verdicts(text, code):
    return [finding.verdict.printed for finding in check(text).findings if finding.code == code]


def test_a_cumulative_incidence_need_not_be_the_share_of_its_count():
    plain = "Strokes were 28/717 (5.54%) with tea."
    assert verdicts(plain, "TS103") == ["no explanation found"]
    curve = "Strokes (with their 3-year cumulative incidence) were 28/717 (5.54%) with tea."
    assert verdicts(curve, "TS103") == ["not checked"]
    hazards = "Rates are Kaplan-Meier estimates. Strokes were 28/717 (5.54%) v 40/720 (7.81%); hazard ratio 0.7."
    assert verdicts(hazards, "TS103") == ["not checked", "not checked"]
    assert verdicts("The cumulative incidence was 28/717 (3.91%) with tea.", "TS103") == ["arithmetic agrees"]


@pytest.mark.parametrize("word", ["pooled", "standardised", "weighted", "adjusted", "model-based"])
def test_a_rate_from_a_model_need_not_be_a_count(word):
    assert verdicts("The prevalence was 23.4% (95% CI 23.1 to 29.9).", "TS104") == ["no explanation found"]
    assert verdicts(f"The {word} prevalence was 23.4% (95% CI 23.1 to 29.9).", "TS104") == ["not checked"]


def test_a_difference_far_from_its_p_value_is_hard_to_explain():
    near = "The mean difference was 2.00 (95% CI 0.90 to 3.10; P = 0.001)."
    assert verdicts(near, "TS213") == ["explained"]
    assert verdicts(near.replace("0.90 to 3.10", "1.90 to 2.10"), "TS213") == ["hard to explain"]


def test_an_inconsistent_claim_has_its_measure_named_near_it():
    text = "The hazard ratio was 0.54 (95% CI 0.36 to 0.81)."
    (claim,) = extract(text).claims
    assert agrees(text, claim)
    assert not agrees(text, replace(claim, measure="odds-ratio"))
    assert agrees(text, replace(claim, measure="odds-ratio", inferred=("measure",)))
    shares = "The difference in response was 45% (95% CI 38 to 52)."
    (claim,) = extract(shares).claims
    assert claim.measure == "difference"
    assert not agrees(shares, replace(claim, measure="proportion"))


def test_what_we_assume_has_the_right_article():
    (claim,) = extract("The odds ratio for cough was 1.2 (95% CI 1.0 to 1.4; P = .03).").claims
    assert "as an odds ratio" in assumption_words(replace(claim, inferred=("measure",)), ["measure"])


@pytest.mark.parametrize("outcome", ["disease-free survival", "overall survival", "death or relapse"])
def test_what_a_ratio_is_of_is_not_what_it_measures(outcome):
    (claim,) = extract(f"The hazard ratio for {outcome} was 0.76 (95% CI 0.63 to 0.92).").claims
    assert claim.measure == "hazard-ratio"


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        (
            "HRs were alike (relapse-free survival 0.50, 95% CI 0.34-0.73; overall survival 0.75, 95% CI 0.59-0.95).",
            ["hazard-ratio", "hazard-ratio"],
        ),
        ("The rate ratios were alike (event-free survival 0.50, 95% CI 0.34-0.73).", ["risk-ratio"]),
        ("Vaccine effectiveness then decreased by week 20 to 44.3% (95% CI, 43.2 to 45.4).", ["relative-reduction"]),
        ("Vaccine efficacy then fell to 66.3% (95% CI, 65.7 to 66.9).", ["relative-reduction"]),
        (
            "The difference from placebo in the ratio of height to depth was 0.44 (95% CI, 0.15 to 0.73).",
            ["difference"],
        ),
        ("The difference between arms in the ratio of fat to salt was 0.30 (95% CI, 0.10 to 0.50).", ["difference"]),
        ("There was no difference (ratio of geometric means: 0.96; 95% CI, 0.86-1.07).", ["other"]),
    ],
)
def test_what_a_word_further_back_makes_of_an_estimate(text, measures):
    assert [claim.measure for claim in extract(text).claims] == measures


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Relief rates were 68.2% with lumarin and 70.4% with tea (95% CI: -14.4% to 8.7%).", "difference"),
        ("The yield was 22% (95% CI, -9 to 53).", "difference"),
        ("Relief was seen in 71% (95% CI -62 to 80).", "proportion"),
        ("Relief was seen in 71% (95% CI 62 to 80).", "proportion"),
    ],
)
def test_a_share_has_nothing_below_zero_about_it(text, measure):
    assert extract(text).claims[-1].measure == measure
