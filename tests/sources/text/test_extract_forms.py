"""Every written form of a claim: a sentence of our own, and the claims that stand in it.

Intervals are written ``measure estimate [lower, upper] level P``, counts ``percent% x/n``, comparisons
``first v second P``; a level in brackets was carried over from an earlier place.
"""

import pytest
from tests.sources.text.claims_shown import shown

from trialstats.sources.text.reading import extract

FORMS = {
    # ---------------------------------------------------------------- ratios
    "NEJM": (
        "Death was rarer (hazard ratio for death, 0.62; 95% confidence interval [CI], 0.45 to 0.86; P=0.004).",
        ["HR 0.62 [0.45, 0.86] 95 P=0.004"],
    ),
    "JCO": (
        "PFS was longer (hazard ratio [HR], 0.57; 95% CI, 0.38 to 0.84; P = .005).",
        ["HR 0.57 [0.38, 0.84] 95 P=0.005"],
    ),
    "Lancet": (
        "The drug delayed relapse (HR 0·71 [95% CI 0·55–0·92]; p=0·0094).",
        ["HR 0.71 [0.55, 0.92] 95 P=0.0094"],
    ),
    "Lancet without brackets": (
        "Risk fell (odds ratio 0·44, 95% CI 0·21–0·93; p=0·031).",
        ["OR 0.44 [0.21, 0.93] 95 P=0.031"],
    ),
    "JAMA": ("Falls were fewer (OR, 0.35; 95% CI, 0.18-0.66; P<.001).", ["OR 0.35 [0.18, 0.66] 95 P<0.001"]),
    "BMJ": (
        "Admission was less likely (relative risk 0.78, 95% confidence interval 0.64 to 0.95).",
        ["RR 0.78 [0.64, 0.95] 95"],
    ),
    "nested brackets": ("Obesity raised the risk (HR 1.42 (95% CI 1.21 to 1.66)).", ["HR 1.42 [1.21, 1.66] 95"]),
    "braces": ("The effect {odds ratio 1.9 {95% CI 1.2-3.1}} was large.", ["OR 1.9 [1.2, 3.1] 95"]),
    "colon and semicolon": ("Smoking mattered (OR 0.48, 95% CI: 0.17; 1.32).", ["OR 0.48 [0.17, 1.32] 95"]),
    "comma between bounds": ("Fever was rarer (RR = 0.66; 99%CI:0.49,0.88).", ["RR 0.66 [0.49, 0.88] 99"]),
    "label first": ("Survival was alike (HR; 95% CI: 1.12; 0.91–1.38).", ["HR 1.12 [0.91, 1.38] 95"]),
    "label first in a list": (
        "Odds ratios (95% CI) were 1.31 (1.02-1.68) in men and 0.84 (0.60-1.18) in women.",
        ["OR 1.31 [1.02, 1.68] (95)", "OR 0.84 [0.60, 1.18] (95)"],
    ),
    "decimal commas": (
        "The ratio was OR 1,84 (95%CI = 1,02–3,31), later 1,36 (95%CI = 0,80–2,31).",
        ["OR 1.84 [1.02, 3.31] 95", "OR 1.36 [0.80, 2.31] 95"],
    ),
    "P first": ("Carriers did worse (p=0.02; odds ratio 2.4; 95% CI = 1.15-5.01).", ["OR 2.4 [1.15, 5.01] 95 P=0.02"]),
    "P between": ("Carriers did worse (OR = 2.40; P = .02; CI = 1.15-5.01).", ["OR 2.40 [1.15, 5.01] P=0.02"]),
    "CI95%": ("Ulcers were rarer (RR 0.52; CI95%: 0.31-0.87).", ["RR 0.52 [0.31, 0.87] 95"]),
    "CI 95 %": ("Ulcers were rarer (RR 0.52; CI 95 %: 0.31–0.87).", ["RR 0.52 [0.31, 0.87] 95"]),
    "no level": ("Uptake rose (RR1.18, CI 0.97–1.43, p-value = 0.091).", ["RR 1.18 [0.97, 1.43] P=0.091"]),
    "no label at all": ("Beta-blockers were safe (OR 1.1 (0.8-1.5)).", ["OR 1.1 [0.8, 1.5]"]),
    "percent in words": (
        "The odds ratio was 1.7 with 95 percent confidence limits of 1.1 and 2.6.",
        ["OR 1.7 [1.1, 2.6] 95"],
    ),
    "with a 95% CI of": ("The hazard ratio was 0.83 with a 95% CI of 0.70 to 0.98.", ["HR 0.83 [0.70, 0.98] 95"]),
    "full stop for a comma": ("Use raised the risk (OR 3.1. 95% CI 1.2–8.0).", ["OR 3.1 [1.2, 8.0] 95"]),
    "French": ("Income mattered (RR = 1.07; [95%IC: 1.02-1.12]; p = 0.005).", ["RR 1.07 [1.02, 1.12] 95 P=0.005"]),
    "odd level": ("The result stood (HR, 0.72; 97.54% CI, 0.55 to 0.94).", ["HR 0.72 [0.55, 0.94] 97.54"]),
    "cut into words": (
        "mortality fell ( hazard ratio 0.76 , 95 % CI 0.60 - 0.97 , p = 0.03 ) .",
        ["HR 0.76 [0.60, 0.97] 95 P=0.03"],
    ),
    "broken numbers": ("Deaths fell (RR 0. 71, 95% CI 0.52-0. 96).", ["RR 0.71 [0.52, 0.96] 95"]),
    "HTML": (
        "Deaths fell (HR 0&middot;71, 95% CI 0&middot;52&ndash;0&middot;96; p&lt;0&middot;05).",
        ["HR 0.71 [0.52, 0.96] 95 P<0.05"],
    ),
    "broken line": ("Deaths fell (HR 0.71, 95% confi-\ndence interval 0.52 to\n0.96).", ["HR 0.71 [0.52, 0.96] 95"]),
    "ligature": ("Deaths fell (HR 0.71, 95% conﬁdence interval 0.52 to 0.96).", ["HR 0.71 [0.52, 0.96] 95"]),
    "misprinted estimate": ("Diuretics helped (OR 1.95 (1.30-1.82)).", ["OR 1.95 [1.30, 1.82]"]),
    # ---------------------------------------------------------------- carried
    "carried level": (
        "Median survival was 12·1 months (95% CI 10·4–14·8) versus 9·3 months (8·1–10·9).",
        ["median 12.1 [10.4, 14.8] 95", "median 9.3 [8.1, 10.9] (95)"],
    ),
    "carried, unit behind": (
        "Median survival was 41.2 months (95% CI 33.0-52.1) and 30.9 (24.4-38.2) months in the two groups.",
        ["median 41.2 [33.0, 52.1] 95", "median 30.9 [24.4, 38.2] (95)"],
    ),
    "carried, commas": (
        "Deaths fell by 20% (hazard ratio 0.80, 95% CI 0.68-0.94) and strokes by 28% (0.72, 0.55-0.94).",
        ["HR 0.80 [0.68, 0.94] 95", "HR 0.72 [0.55, 0.94] (95)"],
    ),
    "carried, counts in front": (
        "Rash was seen in 12 (30%; 95% CI 17-47) of 40 patients and in six (15%; 6-30) of 40 patients.",
        ["proportion 30 [17, 47] 95 12/40", "proportion 15 [6, 30] (95) 6/40"],
    ),
    "words for the interval once": (
        "Median PFS and OS (with 95% confidence intervals) were 8 (6.1-11) and 19 months (14-25), respectively.",
        ["median 8 [6.1, 11] (95)", "median 19 [14, 25] (95)"],
    ),
    "two intervals, one estimate": (
        "The difference was 1.4 points (90% CI, 0.2 to 2.6; 95% CI, -0.1 to 2.9).",
        ["difference 1.4 [0.2, 2.6] 90", "difference 1.4 [-0.1, 2.9] 95"],
    ),
    # ---------------------------------------------------------------- differences and signs
    "minus signs": (
        "HbA1c changed more (difference −0·41% [95% CI −0·62 to −0·20]; p=0·0002).",
        ["difference -0.41 [-0.62, -0.20] 95 P=0.0002"],
    ),
    "hyphens": ("The mean difference was -2.3 mm Hg (95% CI -4.1--0.5).", ["difference -2.3 [-4.1, -0.5] 95"]),
    "hyphens as range": (
        "The treatment difference was 0.31 (0.35) mmHg (95% CI of -0.38-1.00 mmHg).",
        ["difference 0.31 [-0.38, 1.00] 95"],
    ),
    "unsigned estimate": ("Pressure fell by 6.2 mm Hg (95% CI, -9.4 to -3.0).", ["difference 6.2 [-9.4, -3.0] 95"]),
    "spaced minus": ("Scores differed (LSMD - 2.20; 95% CI - 3.62, - 0.78).", ["difference -2.20 [-3.62, -0.78] 95"]),
    "lost minus": (
        "Scores differed (mean difference ?0.73; 95% CI, ?1.22 to ?0.24).",
        ["difference -0.73 [-1.22, -0.24] 95"],
    ),
    "no estimate": (
        "Cure was less common (p = 0.03; 95% CI: −0.0712, −0.0041).",
        ["difference - [-0.0712, -0.0041] 95 P=0.03"],
    ),
    # ---------------------------------------------------------------- proportions, rates, medians
    "with counts": (
        "Seven of 35 patients responded: 7 of 35 (20%; 95% CI, 8 to 37).",
        ["proportion 20 [8, 37] 95 7/35"],
    ),
    "counts around": (
        "At week 8, none (0·0% [95% CI 0·0–7·1]) of the 50 patients relapsed.",
        ["proportion 0.0 [0.0, 7.1] 95 0/50"],
    ),
    "n =": ("The response rate was 24% (n=12/50; 95% CI 13·1 to 38·2).", ["proportion 24 [13.1, 38.2] 95 12/50"]),
    "survival": ("Five-year overall survival was 61% (95% CI, 52% to 69%).", ["survival 61 [52, 69] 95"]),
    "not reached": ("Median OS was 14.2 months (95% CI, 11.9 to not reached).", ["median 14.2 [11.9, NE] 95"]),
    "not estimable": ("Median DOR was 6·8 months (95% CI 4·1–not estimable).", ["median 6.8 [4.1, NE] 95"]),
    "NE and NR": (
        "Median OS was 21.0 months (95% CI 15.3-NE) and 18.1 months (95% CI 9.8-NR).",
        ["median 21.0 [15.3, NE] 95", "median 18.1 [9.8, NE] 95"],
    ),
    "estimate not reached": (
        "Median OS was not reached (95% CI 21·4 months to not reached).",
        ["median NE [21.4, NE] 95"],
    ),
    "per person-years": ("Incidence was 1.4/100 person-years (95% CI, 1.1–1.8).", ["rate 1.4 [1.1, 1.8] 95"]),
    "thousands": ("The cost was $21 780 (95% CI, $20 100-$23 460).", ["other 21780 [20100, 23460] 95"]),
    "one-sided": ("Inferiority was excluded (HR 1·12; one-sided 95% upper CI 1·38).", ["HR 1.12 [-, 1.38] 95"]),
    "credible": (
        "The odds ratio was 1.52 (95% credible interval, 1.12 to 2.05).",
        ["OR 1.52 [1.12, 2.05] 95 credible"],
    ),
    "HDI": ("The hazard ratio was 0.81 (95% HDI, 0.66 to 0.99).", ["HR 0.81 [0.66, 0.99] 95 credible"]),
    "next sentence": (
        "Six patients (1.5%) were positive. The 95% CI was 0.6% to 3.2%.",
        ["proportion 1.5 [0.6, 3.2] 95 6/-"],
    ),
    # ---------------------------------------------------------------- counts
    "x (p%) of n": ("In all, 280 (92%) of 304 completed treatment.", ["92% 280/304"]),
    "x of n (p%)": ("Relapse occurred in 41 of 160 patients (26%).", ["26% 41/160"]),
    "p% (x/n)": ("Cure rates were 85.0% (68/80) vs. 71.3% (57/80).", ["85.0% 68/80", "71.3% 57/80"]),
    "p% (x of n)": ("Responses were seen in 31% (11 of 36 patients).", ["31% 11/36"]),
    "x/n (p%)": ("Nausea was common: 18/20 sailors (90.0%).", ["90.0% 18/20"]),
    "words": ("Death occurred in one (1%) of 93 and in thirty-two (34%) of 94 patients.", ["1% 1/93", "34% 32/94"]),
    "x (p%)": ("Of those, 41 (63%) were men and Twenty-two patients (34%) had diabetes.", ["63% 41/-", "34% 22/-"]),
    "square brackets": ("Leucopenia was common (55 [68%] of 81 vs 44 [52%] of 85).", ["68% 55/81", "52% 44/85"]),
    "below 1%": ("Fistula was seen in three [1%] of 300 vs one [<1%].", ["1% 3/300", "<1% 1/-"]),
    "thousands in counts": (
        "Screening reached 39 812 (71%) people and 12,004 of 15,301 (78%) women.",
        ["71% 39812/-", "78% 12004/15301"],
    ),
    "hyphened words": ("Cure was seen in 120 placebo-treated patients (41%).", ["41% 120/-"]),
    "within (n = x, p%)": ("Stages were IIA (n = 8, 40%) and IIB (n = 6, 30%).", ["40% 8/-", "30% 6/-"]),
    # ---------------------------------------------------------------- comparisons
    "percentages": ("Response was more common (58% v 39%, P = .03).", ["58 v 39 P=0.03"]),
    "percentages, sign once": ("Diuretic use rose (38 vs. 27%, p = 0.04).", ["38 v 27 P=0.04"]),
    "medians": ("Median survival was longer, 11.4 versus 8.2 months (P = .009).", ["11.4 v 8.2 P=0.009"]),
    "respectively": (
        "Median survival was 31 days and 52 days, respectively (P = .04, log-rank test).",
        ["31 v 52 P=0.04"],
    ),
    "means with SD": ("Mean pain was lower (3.1 ± 1.2 vs 4.6 ± 1.5, p<0.001).", ["3.1 v 4.6 P<0.001"]),
    "counts compared": (
        "AF occurred in 14 (15%) of 95 and in 29 (31%) of 94 patients (p < 0.01).",
        ["15% 14/95", "31% 29/94", "15 v 31 P<0.01"],
    ),
    "intervals compared": (
        "Response was 45% (95% CI, 38% to 52%) in arm A versus 33% (95% CI, 27% to 40%) in arm B (P = .02).",
        ["proportion 45 [38, 52] 95", "proportion 33 [27, 40] 95", "45 v 33 P=0.02"],
    ),
    "after words": (
        "Bleeding was higher with the drug (22%) compared with placebo (11%; P < .001).",
        ["22 v 11 P<0.001"],
    ),
    "slash decimal": ("Pain was rarer (12% vs 25%, p < 0/01).", ["12 v 25 P<0.01"]),
    # ---------------------------------------------------------------- posterior probabilities
    "posterior": ("The posterior probability of superiority was 99.2%.", ["posterior 99.2"]),
    "posterior above": (
        "OR 1.5 (95% credible interval 1.1 to 2.0; posterior probability of benefit >0.99).",
        ["OR 1.5 [1.1, 2.0] 95 credible", "posterior >0.99"],
    ),
    "posterior that": ("The posterior probability that the drug was better was 0.87.", ["posterior 0.87"]),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_form_is_read(form):
    text, expected = FORMS[form]
    assert shown(extract(text)) == expected


@pytest.mark.parametrize("form", FORMS)
def test_places_are_exact(form):
    text, _ = FORMS[form]
    for claim in extract(text).claims:
        assert text[claim.where.start : claim.where.end] == claim.where.quote


NEAR_MISSES = {
    "IQR": "Median age was 61 years (IQR 52-70) and median stay 8 days (5-13).",
    "range": "The median dose was 40 mg (range, 20 to 80) and the median age 55 (19-84).",
    "SD": "Mean age was 54.2 (SD 11.3) years and mean BMI 27.1 ± 4.0.",
    "interquartile in brackets": "Median (interquartile range) weight was 70 (61-82) kg.",
    "grade": "Grade 3 (12%) and grade 3 or 4 (15%) events were seen.",
    "time": "After 12 weeks (50%) and 2 years (40%) many had stopped.",
    "year": "Use rose in 2010 (25%).",
    "other group": "We saw 1,520 participants (46% male, mean age 41).",
    "two groups": "The two groups (50%) were alike.",
    "number before": "Doses of 10-20 (5%) were used.",
    "level without bounds": "Risk ratios and 95% CIs were calculated in 20 trials.",
    "prose after a label": "All hazard ratios are given with 95% CIs, where a HR >1 favours placebo.",
    "design": "It had 80% power to find a gain of 40% (from 5 to 7 months).",
    "threshold": "Success was declared if the posterior probability exceeded 95%.",
    "P alone": "Weight fell (p<0.001) and rose (P = .02).",
    "before and after": "Pressure fell from 85 to 80 mm Hg in 12 weeks.",
    "ratio of a plan": "The trial was to detect a change (HR 0.61, P=0.02).",
    "trend": "Use rose with dose (12% v 25%; P for trend = .01).",
    "statistic": "The test was clear, t(26) = 2.04, U = 955, P = .04.",
    "Bayesian design": "The posterior probability of success is updated at each look.",
}


@pytest.mark.parametrize("text", NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_near_miss_is_no_claim(text):
    assert shown(extract(text)) == []


def test_levels_and_measures_say_that_they_were_carried():
    paper = extract("OS was 12·1 months (95% CI 10·4–14·8) versus 9·3 months (8·1–10·9).")
    assert [claim.inferred for claim in paper.claims] == [(), ("level",)]
    paper = extract("OS was 12·1 months (95% CI 10·4–14·8) versus 9 months (8·1–10·9).")
    assert [claim.inferred for claim in paper.claims] == [(), ("level", "measure")]


@pytest.mark.parametrize(
    ("text", "adjusted"),
    [
        ("The adjusted odds ratio was 1.4 (95% CI 1.1 to 1.8).", True),
        ("The stratified hazard ratio was 0.8 (95% CI 0.7 to 0.9).", True),
        ("In a multivariable model the HR was 0.8 (95% CI 0.7 to 0.9).", True),
        ("The unadjusted odds ratio was 1.4 (95% CI 1.1 to 1.8).", False),
        ("The odds ratio was 1.4 (95% CI 1.1 to 1.8).", None),
    ],
)
def test_adjustment_is_kept(text, adjusted):
    assert extract(text).claims[0].adjusted is adjusted


@pytest.mark.parametrize(
    ("text", "sided", "test"),
    [
        ("OS was alike (HR, 1.1; 95% CI, 0.9 to 1.3; one-sided P = .91).", 1, None),
        ("OS was alike (HR, 1.1; 95% CI, 0.9 to 1.3; two-sided P = .18).", 2, None),
        ("OS was alike (HR 1.1 [95% CI 0.9-1.3], log-rank p=0.3).", None, "log-rank"),
        ("OS was no worse (HR 1.1; 95% CI 0.9-1.3; P<.001 for noninferiority).", None, "non-inferiority"),
        ("OS was alike (HR 1.1; 95% CI 0.9-1.3; P = .3). All tests were two-sided at 5%.", 2, None),
    ],
)
def test_sides_and_tests_of_p_values(text, sided, test):
    p = extract(text).claims[0].p
    assert (p.sided, p.test) == (sided, test)


def test_p_for_interaction_is_nobodys():
    paper = extract("The effect was clear (HR 0.7; 95% CI 0.6 to 0.9; P for interaction = .03).")
    assert paper.claims[0].p is None


def test_arms_with_their_numbers():
    paper = extract(
        "Patients were randomly assigned to tiotropium (n = 344) or placebo (n = 341). "
        "Exacerbations occurred in 101 (29%) in the tiotropium group and 132 (39%) in the placebo group."
    )
    assert [(arm.id, arm.of["randomised"].value.digits) for arm in paper.arms] == [
        ("tiotropium", "344"),
        ("placebo", "341"),
    ]
    assert [claim.arms for claim in paper.claims] == [("tiotropium",), ("placebo",)]


def test_bounds_behind_an_age_are_ambiguous():
    paper = extract("The response rate was 40% (95% CI 30-50). The median age was 61.0 (52.5-70.1).")
    assert len([claim for claim in paper.claims if claim.interval is not None]) == 1
    assert [reading.spread.kind for reading in paper.ambiguous[0].readings] == ["confidence", "range"]


def test_numbers_without_a_claim_are_counted():
    paper = extract("In 12 centres 340 patients were seen at 9.5 for 77; 85 (25%) responded.")
    assert paper.unused == 3


def test_the_package_itself_reads_a_text():
    from trialstats import extract as package

    text = "The odds ratio was 1.4 (95% CI 1.1 to 1.8)."
    assert package(text, id="a") == extract(text, id="a")


def test_same_text_same_paper():
    text = " ".join(text for text, _ in FORMS.values())
    assert extract(text) == extract(text)


MORE_FORMS = {
    "hundreds in words": (
        "One hundred forty-one women (58%) came; One hundred and nine (45%) stayed.",
        ["58% 141/-", "45% 109/-"],
    ),
    "probability before its words": ("We found a 71% probability of harm.", ["posterior 71"]),
    "probability in a bracket": ("Relapse was likelier (posterior probability of relapse 63%).", ["posterior 63"]),
    "several probabilities": (
        "Posterior probabilities of benefit were 0.91 for pain and 0.84 for sleep.",
        ["posterior 0.91", "posterior 0.84"],
    ),
    "probability interval": (
        "Cure was 47% (95% Bayesian probability interval [PI], 33% to 61%).",
        ["proportion 47 [33, 61] 95 credible"],
    ),
    "currency": (
        "Costs fell (mean difference £25, 95% CI −£97 to £149; p = 0.68).",
        ["difference 25 [-97, 149] 95 P=0.68"],
    ),
    "level behind": (
        "The change was larger (difference: 0.17% [-0.05; 0.39], 95%CI).",
        ["difference 0.17 [-0.05, 0.39] 95"],
    ),
    "words in front of the bracket": (
        "Hazard ratios (95% CI) were 1.48 for the blue pill (1.20–1.83) and 1.31 for the red (1.05-1.63).",
        ["HR 1.48 [1.20, 1.83] (95)", "HR 1.31 [1.05, 1.63] (95)"],
    ),
    "slash between estimate and bounds": (
        "Risks (hazard ratio/95% confidence limits): gout (1.8/1.3 to 2.5) and smoking (1.4/1.1 to 1.8).",
        ["HR 1.8 [1.3, 2.5] (95)", "HR 1.4 [1.1, 1.8] (95)"],
    ),
    "reversed bounds": (
        "The drug lowered pressure (by 2.3 mm Hg, 95% CI 3.7 to 0.9).",
        ["difference 2.3 [3.7, 0.9] 95"],
    ),
    "two hyphens": ("Pain stopped in 62 (62%: 95% CI 52--71%) patients.", ["proportion 62 [52, 71] 95 62/-"]),
    "count inside, estimate outside": (
        "Response was 25% (8 of 32; 95% CI, 12 to 43).",
        ["proportion 25 [12, 43] 95 8/32"],
    ),
    "ratio after medians": (
        "The drug helped (HR 0·58 [95% CI 0·44–0·77]; median 47·3 months [95% CI 38·1–56·0]; 0·70 [0·50–0·98]).",
        ["HR 0.58 [0.44, 0.77] 95", "median 47.3 [38.1, 56.0] 95", "HR 0.70 [0.50, 0.98] (95)"],
    ),
    "a per cent sign that does not belong": (
        "Age mattered (odds ratio, 2.4; 95% CI, 1.8%-3.2%).",
        ["OR 2.4 [1.8, 3.2] 95"],
    ),
    "number in words": ("Fifteen (95% CI: 9, 41) must be treated.", ["other 15 [9, 41] 95"]),
    "counts of one with an interval": (
        "Grade 3 rash was seen in eight [2·0%; 95% CI 0·9–3·9] of 402 patients.",
        ["proportion 2.0 [0.9, 3.9] 95 8/402"],
    ),
    "P between brackets": (
        "Habits mattered (diet: OR = 0.81; P = .02; CI = 0.68-0.96; sport: OR = 0.57; P < .001; CI = 0.46-0.71).",
        ["OR 0.81 [0.68, 0.96] P=0.02", "OR 0.57 [0.46, 0.71] P<0.001"],
    ),
    "two pairs, one P": ("Cure was commoner (31 vs. 14%; 26 vs. 8%, P<0.001).", ["31 v 14 P<0.001", "26 v 8 P<0.001"]),
    "ratio without interval behind medians": (
        "Median time to relapse grew (120 v 75 days; hazard ratio, 0.62; P = .02).",
        ["hazard-ratio 0.62", "120 v 75 P=0.02"],
    ),
    "intervals of one bracket compared": (
        "Median OS was alike (9.1 months; 95% CI, 7.0 to 11.8 months; v 6.4 months; 95% CI, 4.9 to 8.3; P = .08).",
        ["median 9.1 [7.0, 11.8] 95", "median 6.4 [4.9, 8.3] 95", "9.1 v 6.4 P=0.08"],
    ),
    "two P values for one pair": (
        "Uptake was 18/20 (90.0%) compared with 4/21 (19.0%) (p = 0.003; Fisher's exact test, p < 0.001).",
        ["90.0% 18/20", "19.0% 4/21", "90.0 v 19.0 P=0.003", "90.0 v 19.0 P<0.001"],
    ),
}


@pytest.mark.parametrize("form", MORE_FORMS)
def test_more_forms_are_read(form):
    text, expected = MORE_FORMS[form]
    assert shown(extract(text)) == expected


@pytest.mark.parametrize("lead", ["At six months", "By day 180,", "In week 6,"])
def test_a_count_behind_a_time_is_a_count(lead):
    claim = extract(f"{lead} 72/240 (30.0%) women were breast feeding.").claims[0]
    assert (claim.x.text, claim.n.text) == ("72", "240")


@pytest.mark.parametrize("text", ["83% (29/35; 66% to 94%)", "83% (29/35, 66% to 94%)", "83% (29 of 35; 66%-94%)"])
def test_a_percentage_that_begins_a_range_is_not_of_the_count_before_it(text):
    claims = extract(f"The response rate was {text}.").claims
    assert [(one.value.digits, one.x.digits, one.n.digits) for one in claims if one.x] == [("83", "29", "35")]


@pytest.mark.parametrize("words", ["had to be treated", "would need to be treated"])
def test_patients_to_be_treated_with_an_interval_are_a_number_needed_to_treat(words):
    text = f"Over two years 12 patients (95% CI, 7 to 40) {words} to prevent one death."
    (one,) = [one for one in extract(text).claims if one.value and one.value.digits == "12"]
    assert (one.measure, one.unit) == ("other", "needed to treat")
