"""Design statements in texts: what is read, and what is none."""

import pytest

from trialstats.sources.text.document import read_tokens
from trialstats.sources.text.plans import find_plans
from trialstats.sources.text.reading import extract


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
