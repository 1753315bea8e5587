"""Design statements in texts: what is read, and what is none."""

import pytest

from trialstats.claims.model import PLANNED
from trialstats.sources.text.plans.statements import find_plans
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.document import read_tokens


def read(text):
    found = [
        (plan.effect, plan.sided, {name: number.text for name, number in plan.numbers.items()})
        for plan in find_plans(read_tokens(text))
    ]
    return found[0] if len(found) == 1 else found


SENTENCES = [
    ("85% power to detect a hazard ratio of 0.64 with a one-sided alpha of .1 requires 108 events.",
     ("hazard-ratio", 1, {"power": "85%", "alpha": ".1", "ratio": "0.64", "events": "108"})),
    ("The number of deaths needed to detect a hazard ratio (HR) of 0·72 with 90% power (two-sided 5%) was 390.",
     ("hazard-ratio", 2, {"power": "90%", "alpha": "5%", "ratio": "0.72", "events": "390"})),
    ("With 52 subjects and a type I error of 0.2 (one-sided), a hazard ratio of 0.6 could be detected with 80% power.",
     ("hazard-ratio", 1, {"power": "80%", "alpha": "0.2", "ratio": "0.6", "patients": "52"})),
    ("A sample of 163 per group gives 80% power to detect a difference of 15% (from 30% to 45%) at a two-sided "
     "significance level of 5%.",
     ("proportions", 2, {"power": "80%", "alpha": "5%", "difference": "15%", "first": "30%", "second": "45%",
                         "per-arm": "163"})),
    ("Assuming cure in 20% of the controls, 80% power and a rise to 40% with zoltamine, 164 patients were needed.",
     ("proportions", None, {"power": "80%", "first": "20%", "second": "40%", "patients": "164"})),
    ("We needed 1,306 women (653 in each arm) for a power of 0.9 at an alpha of 0.05 to show 8% versus 4%.",
     ("proportions", None, {"power": "0.9", "alpha": "0.05", "first": "8%", "second": "4%", "patients": "1306",
                            "per-arm": "653"})),
    ("To detect a mean difference of 5 points (SD 12) with 90% power and a two-sided alpha of 0.05, 123 patients per "
     "group were needed.",
     ("means", 2, {"power": "90%", "alpha": "0.05", "difference": "5", "sd": "12", "per-arm": "123"})),
    ("Assuming a true effect of four points and a standard deviation of 9, 81 patients were required in each arm "
     "(power 80%, two-sided 5% level).",
     ("means", 2, {"power": "80%", "alpha": "5%", "difference": "4", "sd": "9", "per-arm": "81"})),
    ("An effect size of 0.5 (alpha = 0.05, beta = 0.2, two-tailed) requires 64 children per group.",
     ("means", 2, {"beta": "0.2", "alpha": "0.05", "effect-size": "0.5", "per-arm": "64"})),
    ("A standard deviation of 8 was assumed. With 64 patients per arm the power was 80% for a difference of 4 mm Hg "
     "(two-sided alpha 0.05). Allowing for a drop-out of 10%, 142 patients were to be recruited.",
     ("means", 2, {"power": "80%", "alpha": "0.05", "difference": "4", "sd": "8", "per-arm": "64", "lost": "10%",
                   "recruited": "142"})),
    ("A Simon two-stage design (null 20%, alternative 40%, alpha .05, power 80%) required 43 patients.",
     ("one-proportion", None, {"power": "80%", "alpha": ".05", "first": "20%", "second": "40%", "patients": "43"})),
    ("Simon's optimal two-stage design with a null hypothesis of 20% against an alternative of 40% (alpha 0.05, beta "
     "0.20) has 13 patients in the first stage and 43 in total.",
     ("one-proportion", None, {"beta": "0.20", "alpha": "0.05", "first": "20%", "second": "40%", "stage-1": "13",
                               "patients": "43"})),
]  # fmt: skip

SENTENCES += [
    ("From means of 12.1 ± 4.5 with placebo and 9.6 ± 5.5 with zoltamine, 64 patients per arm give 80% power at a "
     "two-sided 5% level.",
     ("means", 2, {"power": "80%", "alpha": "5%", "first": "12.1", "sd": "4.5", "second": "9.6", "second-sd": "5.5",
                   "per-arm": "64"})),
    ("To detect a difference of 0.5 standard deviations, 64 patients per arm are needed for 80% "
     "power at a two-sided alpha of 5%.",
     ("means", 2, {"power": "80%", "alpha": "5%", "effect-size": "0.5", "per-arm": "64"})),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", SENTENCES, ids=[text[:40] for text, _ in SENTENCES])
def test_a_statement_is_read(text, expected):
    effect, sided, numbers = expected
    found = read(text)
    assert (found[0], found[1], dict(sorted(found[2].items()))) == (effect, sided, dict(sorted(numbers.items())))
    assert not find_plans(read_tokens(text))[0].inferred


@pytest.mark.parametrize(
    "text",
    [
        "The laser had a power of 80% of its maximum and treated 120 patients per group.",
        "Statistical power was low, and 43 patients were lost.",
        "The trial had 90% power to detect a difference between groups.",
        "TGF-β rose from 30% to 45% in 120 patients per group.",
        "The study was powered for a hazard ratio of 0.7.",
        "A second procedure was used in 40 patients; response rose from 20% to 40%.",
        "With 80% power the sample size was sufficient. RESULTS: In all 442 patients were randomly assigned, and the "
        "hazard ratio was 1.22 (95% CI, 0.95 to 1.58).",
    ],
)
def test_what_is_no_statement(text):
    assert find_plans(read_tokens(text)) == ()


def test_a_number_that_has_no_place_makes_all_uncertain():
    text = "With 80% power at 5%, 163 per group detect 45% versus 30%, or 71 of another kind."
    (plan,) = find_plans(read_tokens(text))
    assert set(plan.inferred) == set(plan.numbers)


def test_a_dose_needs_no_place():
    text = "With 80% power at two-sided 5%, 163 per group detect 45% versus 30% with zoltamine 1.5 {}."
    assert not plan_of(text.format("mg")).inferred and plan_of(text.format("mg/dl")).inferred


@pytest.mark.parametrize(
    "word, meaning",
    [
        ("in 12 clusters", "clusters"),
        ("after interim analyses", "interim analyses"),
        ("by a non-inferiority margin", "a margin"),
    ],
)
def test_what_no_formula_knows_is_kept(word, meaning):
    (plan,) = find_plans(read_tokens(f"With 80% power at 5%, 163 per group detect 45% versus 30% {word}."))
    assert meaning in plan.says


def test_the_numbers_of_a_statement_are_no_results():
    text = (
        "A sample size of 163 per group gives 80% power to detect a rise in cure from 30% to 45% (two-sided alpha 5%). "
        "Cure was seen in 41% with zoltamine and 33% with placebo."
    )
    paper = extract(text)
    (plan,) = paper.plans
    assert [claim.value.text for claim in paper.claims] == ["41%", "33%"]
    for name, start, end in plan.where.numbers:
        assert text[start:end] == plan.numbers[name].digits


def test_losses_are_read_before_or_behind():
    for words in ("allowing for 15% drop-out", "with a drop-out rate of 15%", "assuming 15% loss to follow-up"):
        (plan,) = find_plans(read_tokens(f"With 80% power at 5%, 163 per group detect 45% versus 30%, {words}."))
        assert plan.numbers["lost"].text == "15%", words


def plan_of(text):
    (plan,) = find_plans(read_tokens(text))
    return plan


TIMES = [
    ("accrual over 24 months and 12 months of follow-up", {"accrual": "24 months", "follow-up": "12 months"}),
    ("a 2-year accrual period and a minimum follow-up of 18 months", {"accrual": "2 years", "follow-up": "18 months"}),
    ("enrolment over 3 years, each patient being followed for 52 weeks",
     {"accrual": "3 years", "follow-up": "52 weeks"}),
    ("patients recruited over a period of 30 months and a total study duration of 4 years",
     {"accrual": "30 months", "duration": "4 years"}),
    ("patients randomised 2:1 over 18 months and a total study duration of 30 months",
     {"accrual": "18 months", "duration": "30 months"}),
    ("an accrual time of 36 months with an additional follow-up of 1 year",
     {"accrual": "36 months", "follow-up": "1 year"}),
]  # fmt: skip


@pytest.mark.parametrize("words, expected", TIMES, ids=[words[:30] for words, _ in TIMES])
def test_accrual_and_follow_up_are_read(words, expected):
    plan = plan_of(
        f"With median survival of 12 months for placebo and 18 months for zoltamine (log-rank test) and {words}, "
        "388 patients were needed for 90% power at a two-sided 5% level."
    )
    found = {name: f"{plan.numbers[name].text} {plan.units[name]}" for name in plan.units}
    medians = {"first": "12 months", "second": "18 months"}
    assert {name: words.removesuffix("s") for name, words in found.items()} == {
        name: words.removesuffix("s") for name, words in (expected | medians).items()
    }
    assert (plan.effect, plan.numbers["patients"].text, plan.inferred) == ("hazard-ratio", "388", ())


def test_what_a_hazard_ratio_starts_from_is_read():
    medians = plan_of(
        "80% power to detect a hazard ratio of 0.67 (median survival of 8 months v 12 months) at a two-sided 5% level "
        "requires 196 events."
    )
    assert [medians.numbers[name].text for name in ("ratio", "first", "second")] == ["0.67", "8", "12"]
    control = plan_of(
        "Assuming a 5-year disease-free survival of 70% in controls and a hazard ratio of 0.75, 380 events give 80% "
        "power at a two-sided alpha of 5%."
    )
    assert (control.numbers["first"].text, control.numbers["time"].text) == ("70%", "5")
    assert control.units == {"time": "years"} and not control.inferred
    # 60% and 30% imply another ratio: they are something else, and then unsaid of whom.
    other = plan_of("80% power to detect a hazard ratio of 0.9 (60% v 30%, 3-year survival) requires 2829 events.")
    assert "second" not in other.numbers and other.inferred


def test_rates_at_a_time_by_the_log_rank_test():
    text = "80% power to detect an improvement in 3-year {} from 50% to 60% (two-sided {}, 5% level) requires {}."
    rates = plan_of(text.format("survival", "log-rank test", "343 events"))
    assert (rates.effect, rates.numbers["time"].text, rates.numbers["second"].text) == ("hazard-ratio", "3", "60%")
    assert plan_of(text.format("survival", "test", "776 patients")).effect == "proportions"
    assert plan_of(text.format("event rate after survival", "log-rank test", "776 patients")).effect == "proportions"


def test_a_reduction_of_the_hazard():
    text = "A {} is detected with 80% power (one-sided 2.5%) by 196 events."
    for words in ("33% reduction in the hazard of death", "reduction in the hazard of death of 33%",
                  "hazard of death that is reduced by 33%"):  # fmt: skip
        plan = plan_of(text.format(words))
        assert (plan.effect, plan.numbers["reduction"].text) == ("hazard-ratio", "33%"), words


MARGINS = [
    ("268 patients per group give 90% power to show noninferiority at a one-sided alpha of 2.5%, assuming a cure "
     "rate of 85% in both groups and a noninferiority margin of 10%.", "proportions", "noninferiority",
     {"margin": "10%", "first": "85%", "per-arm": "268"}),
    ("With a non-inferiority margin of 0.4%, a standard deviation of 1.1% and no true difference, 160 patients per arm "
     "give 90% power (one-sided alpha 0.025).", "means", "noninferiority",
     {"margin": "0.4%", "sd": "1.1%", "per-arm": "160"}),
    ("With an equivalence margin of 5 mm Hg and a standard deviation of 12, 99 patients per arm give 80% power at a "
     "one-sided alpha of 0.05.", "means", "equivalence", {"margin": "5", "sd": "12", "per-arm": "99"}),
    ("For a non-inferiority margin of 1.25 for the hazard ratio, 80% power and a one-sided alpha of 5%, 497 events are "
     "needed.", "hazard-ratio", "noninferiority", {"margin": "1.25", "events": "497"}),
    ("With 90% power and a one-sided alpha of 0.025, 517 events were needed to show noninferiority with a hazard ratio "
     "margin of 1.33.", "hazard-ratio", "noninferiority", {"margin": "1.33", "events": "517"}),
]  # fmt: skip


@pytest.mark.parametrize("text, effect, aim, numbers", MARGINS, ids=[text[:30] for text, *_ in MARGINS])
def test_margins_are_read(text, effect, aim, numbers):
    plan = plan_of(text)
    assert (plan.effect, plan.aim, plan.sided, plan.inferred) == (effect, aim, 1, ())
    assert {name: plan.numbers[name].text for name in plan.numbers.keys() - {"power", "alpha"}} == numbers


def test_a_rate_of_one_arm_alone_makes_a_margin_uncertain():
    words = MARGINS[0][0].replace(" in both groups", "").replace("per group ", "in all ")
    plan = plan_of(words)
    assert plan.numbers["first"].text == "85%" and plan.inferred


CLUSTERED = "To detect {} with 80% power at a two-sided alpha of 5%, {} are needed."


def test_clusters_are_read_apart_from_patients():
    patients = plan_of(
        CLUSTERED.format("a rise from 30% to 45%", "225 patients per group")
        .replace("are needed", "are needed with an intracluster correlation of 0.02 and a cluster size of 20")
    )  # fmt: skip
    assert [patients.numbers[name].text for name in ("icc", "cluster-size", "per-arm")] == ["0.02", "20", "225"]
    clusters = plan_of(
        CLUSTERED.format("an effect size of 0.3 (ICC = 0.05)", "11 schools in each arm with 100 pupils per school")
    )
    assert [clusters.numbers[name].text for name in ("icc", "cluster-size", "clusters-per-arm")] == [
        "0.05",
        "100",
        "11",
    ]
    assert "per-arm" not in clusters.numbers and not clusters.inferred


def test_own_controls_and_correlations():
    paired = plan_of(
        "A crossover trial of 34 patients has 80% power to detect a difference of 5 (standard deviation of the "
        "differences 10) at a two-sided alpha of 0.05."
    )
    assert (paired.pairs, paired.numbers["sd"].text, paired.numbers["difference"].text) == ("crossover", "10", "5")
    for words, pairs in (("an unpaired t test", None), ("a paired t test", "pairs")):
        plan = plan_of(f"34 patients give 80% power for a difference of 5 (SD 10) by {words} at a two-sided 5% level.")
        assert plan.pairs == pairs and bool(plan.says) is bool(pairs)
    adjusted = plan_of(
        "With a correlation of 0.6 between baseline and follow-up, 52 patients per arm give 80% power for a "
        "difference of 4 (SD 9) at a two-sided alpha of 0.05."
    )
    assert adjusted.numbers["correlation"].text == "0.6" and not adjusted.inferred


@pytest.mark.parametrize(
    "words, allocation, arms, certain",
    [
        ("randomised 2:1", (2, 1), 2, True),
        ("in a 1:1 ratio", (), 2, True),
        ("in a ratio of 1:1:1", (), 3, True),
        ("randomised 2:2:1", (), None, False),
        ("diluted 1:9", (), None, True),
    ],
)
def test_allocation(words, allocation, arms, certain):
    plan = plan_of(
        f"With patients {words}, 111 events give 80% power for a hazard ratio of 0.57 at a two-sided 5% level."
    )
    assert (plan.allocation, plan.arms, not plan.inferred) == (allocation, arms, certain)


def test_every_number_that_is_read_has_a_meaning():
    texts = [text for text, *_ in (*SENTENCES, *MARGINS)]
    assert all(plan.numbers.keys() <= PLANNED.keys() for text in texts for plan in find_plans(read_tokens(text)))
