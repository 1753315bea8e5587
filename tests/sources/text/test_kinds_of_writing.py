"""Kinds of writing that abstracts, articles and registries share: two sentences of our own for each.

Claims are written as `tests.sources.text.claims_shown` writes them.
"""

import pytest
from tests.sources.text.claims_shown import shown

from trialstats import check, extract
from trialstats.claims.model import Estimate

KINDS = {
    "negative P": {
        "Sleep was better (HR 0.66, 95% CI 0.48–0.91, p = −0.011).": ["HR 0.66 [0.48, 0.91] 95 P=-0.011"],
        "Falls were seen in 21% v 33% (P = -.04).": ["21 v 33 P=-0.04"],
    },
    "P above 1": {
        "Warts cleared sooner (OR 1.8; 95% CI, 1.1 to 2.9; P = 1.7).": ["OR 1.8 [1.1, 2.9] 95 P=1.7"],
        "Cramps were seen in 12% v 18% (p = 15).": ["12 v 18 P=15"],
    },
    "digits set apart": {
        "Gout was rarer (RR 0. 6 1, 95% CI 0. 4 3 to 0. 8 7; P = .0 0 6).": ["RR 0.61 [0.43, 0.87] 95 P=0.006"],
        "Colds were rarer (RR 0 .48 (95% CI 0 .31 to 0 .74)), P = .0 31.": ["RR 0.48 [0.31, 0.74] 95 P=0.031"],
    },
    "broken at the end of a line": {
        "The haz-\nard ratio was 0.58 (95% confi-\ndence inter-\nval 0.40 to 0.84).": ["HR 0.58 [0.40, 0.84] 95"],
        "The odds\r\nratio was 1.9 (95%\r\nconfidence\r\ninterval 1.2 to\r\n3.0).": ["OR 1.9 [1.2, 3.0] 95"],
    },
    "powers of ten": {
        "The odds ratio was 4.1e+07 (95% CI 0 to Inf).": ["OR 4.1e7 [0, NE] 95"],
        "The odds ratio was 6.5 x 10^6 (95% CI 0 to infinity).": ["OR 6.5e6 [0, NE] 95"],
    },
    "Spanish": {
        "Menos caídas (OR=1,64 (IC 95% 1,12–2,40; p=0,01)).": ["OR 1.64 [1.12, 2.40] 95 P=0.01"],
        "Menos dolor (RR 0,61; IC del 95 %: 0,44 a 0,85; p=0,003).": ["RR 0.61 [0.44, 0.85] 95 P=0.003"],
        "Menos tos (RR 0,61; intervalo de confianza del 95%: 0,44 a 0,85).": ["RR 0.61 [0.44, 0.85] 95"],
    },
    "French and Italian": {
        "Moins de chutes (RR 0,74 (IC à 95 % : 0,58 à 0,94)).": ["RR 0.74 [0.58, 0.94] 95"],
        "Meno cadute (OR 0,74; intervallo di confidenza al 95% 0,58-0,94).": ["OR 0.74 [0.58, 0.94] 95"],
    },
    "German and Dutch": {
        "Weniger Stürze (HR 0,68; 95 %-KI 0,51–0,91; p=0,009).": ["HR 0.68 [0.51, 0.91] 95 P=0.009"],
        "Weniger Husten (HR 0,68; KI 95 % 0,51 bis 0,91; p-Wert = 0,009).": ["HR 0.68 [0.51, 0.91] 95 P=0.009"],
        "Minder hoest (OR 0,68; 95%-BI 0,51 tot 0,91).": ["OR 0.68 [0.51, 0.91] 95"],
    },
    "log ratio": {
        "The log hazard ratio was −0.31 (95% CI −0.55 to −0.07).": ["other -0.31 [-0.55, -0.07] 95"],
        "Itching was commoner (ln(OR) = 0.47; 95% CI, 0.11 to 0.83).": ["other 0.47 [0.11, 0.83] 95"],
        "The logarithm of the risk ratio was 0.22 (95% CI 0.04 to 0.40).": ["other 0.22 [0.04, 0.40] 95"],
    },
    "negative bound of a ratio": {
        "The odds ratio was 1.9 (95% CI −0.4 to 4.2; P = .10).": ["OR 1.9 [-0.4, 4.2] 95 P=0.10"],
        "Wheeze was rarer (RR -0.7, 95% CI 0.5 to 0.9).": ["RR -0.7 [0.5, 0.9] 95"],
    },
    "estimate outside its interval": {
        "Median time was 8.1 weeks (95% CI, 7.0 to 9.4) v 6.1 weeks (95% CI, 6.6 to 7.9).": [
            "median 8.1 [7.0, 9.4] 95",
            "median 6.1 [6.6, 7.9] 95",
        ],
        "The gain in height was 11.4 cm (95% CI, 0.6 to 2.2).": ["difference 11.4 [0.6, 2.2] 95"],
        "Uptake was 91% (95% CI, 86 to 94) at home and 9% (95% CI, 71 to 88) at work.": [
            "proportion 91 [86, 94] 95",
            "proportion 9 [71, 88] 95",
        ],
    },
    "increase and efficacy": {
        "The risk was increased by 31% (95% CI 9 to 57).": ["relative-reduction 31 [9, 57] 95"],
        "The vaccine was 64% effective (95% CI 41 to 78).": ["relative-reduction 64 [41, 78] 95"],
        "VE was 64% (95% CI 41 to 78).": ["relative-reduction 64 [41, 78] 95"],
    },
    "second of a pair": {
        "The OR was 1.8 (95% CI 1.2 to 2.7) in boys v 0.61; 0.42-0.89 in girls.": [
            "OR 1.8 [1.2, 2.7] 95",
            "OR 0.61 [0.42, 0.89] (95)",
        ],
        "Cure was seen with the syrup (71%; 95% CI 60-81 vs 49%; 38-60).": [
            "proportion 71 [60, 81] 95",
            "proportion 49 [38, 60] (95)",
        ],
    },
    "size in the bracket": {
        "Cure was seen in 34.5% (95% CI 19.9–52.7%, n=29).": ["proportion 34.5 [19.9, 52.7] 95"],
        "Cure was seen in 34.5% (n = 29; 95% CI 19.9 to 52.7).": ["proportion 34.5 [19.9, 52.7] 95"],
        "Cure was seen in 30% (95% CI 19-43; 18 of 60).": ["proportion 30 [19, 43] 95 18/60"],
        "Cure was seen in 30% (95% CI 19-43; n = 18).": ["proportion 30 [19, 43] 95 18/-"],
        "Cure was seen in 34.5% (95% CI 19.9 to 52.7) of 29 children.": ["proportion 34.5 [19.9, 52.7] 95"],
        "Cure was seen in 34.5% (95% CI 19.9 to 52.7) (10/29).": ["proportion 34.5 [19.9, 52.7] 95 10/29"],
    },
    "events and person-time": {
        "The rate was 4.1 per 100 person-years (41 falls in 1000 person-years; 95% CI 2.9 to 5.6).": [
            "rate 4.1 [2.9, 5.6] 95 41/1000"
        ],
        "There were 18 falls over 600 patient-years, a rate of 3.0 per 100 patient-years (95% CI 1.8 to 4.7).": [
            "rate 3.0 [1.8, 4.7] 95 18/600"
        ],
    },
    "events, then person-time": {
        "We saw 18 falls, 605 patient-years, a rate of 3.0 per 100 patient-years (95% CI 1.8 to 4.7).": [
            "rate 3.0 [1.8, 4.7] 95 18/605"
        ],
        "The rate was 3.0 per 100 person-years (18 falls/605 person-years; 95% CI 1.8 to 4.7).": [
            "rate 3.0 [1.8, 4.7] 95 18/605"
        ],
    },
    "P before its values": {
        "The groups differed (P = .006): 31% with honey and 48% with sugar.": ["31 v 48 P=0.006"],
        "Cure was commoner (p=0.02), 61% versus 44%.": ["61 v 44 P=0.02"],
    },
    "time before a count": {
        "At week 6, 24 of 60 children (40%) slept.": ["40% 24/60"],
        "By month 3, 12/40 (30%) v 22/40 (55%) slept (P=.02).": ["30% 12/40", "55% 22/40", "30 v 55 P=0.02"],
        "On day 9, 60% of treated children (12 of 20) v 25% (4 of 16) slept (P = .04).": [
            "60% 12/20",
            "25% 4/16",
            "60 v 25 P=0.04",
        ],
    },
    "long units": {
        "Mean exposure rose by 31 ng·h/mL (95% CI 12 to 50).": ["difference 31 [12, 50] 95"],
        "The mean difference was 2.4 mL·kg−1·min−1 (95% CI 0.9 to 3.9).": ["difference 2.4 [0.9, 3.9] 95"],
    },
    "difference without words for its interval": {
        "The mean difference was −1.3 (−2.2 to −0.4).": ["difference -1.3 [-2.2, -0.4]"],
        "Pain was less (Hedges' g = 0.44 [0.15, 0.73]).": ["other 0.44 [0.15, 0.73]"],
    },
    "P as a power of ten": {
        "The allele mattered (OR 1.6; 95% CI, 1.4 to 1.8; P<10−6).": ["OR 1.6 [1.4, 1.8] 95 P<1e-6"],
        "Smoke mattered (OR 1.6, 95% CI 1.4-1.8, p = 10^-5).": ["OR 1.6 [1.4, 1.8] 95 P=1e-5"],
    },
    "number needed to treat without words for its interval": {
        "The number needed to treat was 9 (6-22).": ["other 9 [6, 22]"],
        "With the splint NNT 14 (9 to 31).": ["other 14 [9, 31]"],
    },
    "P before its estimate": {
        "Tea helped (p=0.03; HR 0.7, 95% CI 0.5 to 0.97).": ["HR 0.7 [0.5, 0.97] 95 P=0.03"],
        "Smoke mattered: p = .004, OR = 1.6, 95% CI = 1.2-2.2.": ["OR 1.6 [1.2, 2.2] 95 P=0.004"],
        "P-value: 0.03; HR: 0.7; CI: 0.5-0.97": ["HR 0.7 [0.5, 0.97] P=0.03"],
    },
    "ratio without an interval": {
        "The cream shortened the itch (hazard ratio, 0.71; P = .012).": ["hazard-ratio 0.71"],
        "Relapse was rarer (p = 0.03; OR 0.44) and later.": ["odds-ratio 0.44"],
    },
    "registry": {
        "Odds ratio (OR). Point estimate 1.62. Confidence interval level: 95%, sides: 2-sided, lower limit 1.09, upper "
        "limit 2.41.": ["OR 1.62 [1.09, 2.41] 95"],
        "Hazard Ratio (HR) 0.81. 95% Confidence Interval (2-Sided) 0.66 to 0.99": ["HR 0.81 [0.66, 0.99] 95"],
        "Odds Ratio (OR); Estimated Value: 1.62; Confidence Interval: (2-Sided) 95%; 1.09 to 2.41": [
            "OR 1.62 [1.09, 2.41] 95"
        ],
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_of_a_kind_is_read(kind):
    for text, lines in KINDS[kind].items():
        assert shown(extract(text)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Day 7 (OR = 0.2 95%CI 0.05–0.8).",
        "Platelets were 5.1 x 10^9/L (95% CI 4.2 to 6.0).",
        "The mean IC 50 was 3.1 (2.2-4.0).",
        "The range of ages was wide (mean difference in age 31 (18 to 61)).",
        "The 3 arms had 3.1 ml min-1 (95% CI not given).",
        "The interval of the difference was wide (45% v 31%, 95% CI 3 to 25).",
    ],
)
def test_what_only_looks_like_these_kinds(text):
    # Numbers that stand alone may be results; none of them has these bounds.
    with_bounds = [one for one in extract(text).claims if isinstance(one, Estimate) and one.interval is not None]
    assert not {"0.295", "5.1e9", "3.1", "31"} & {one.value.digits for one in with_bounds if one.value is not None}


@pytest.mark.parametrize("printed", ["-.02", "1.4"])
def test_an_impossible_p_value_is_said_to_be_one(printed):
    found = check(f"Itching stopped sooner (HR 0.62; 95% CI, 0.42 to 0.92; P = {printed}).").findings
    assert ("TS101", "inconsistent") in {(one.code, one.verdict.value) for one in found}


@pytest.mark.parametrize(
    "text",
    [
        "Median time was 8.1 weeks (95% CI, 7.0 to 9.4) v 6.1 weeks (95% CI, 6.6 to 7.9).",
        "The odds ratio was 3.4 (95% CI, 1.2 to 2.9).",
    ],
)
def test_an_estimate_outside_its_interval_is_asked_about(text):
    assert [
        one for one in check(text).findings if one.code == "TS101" and (one.look or one.verdict.value == "inconsistent")
    ]


TABLES = {
    "| Outcome | Balm | Soap | Risk ratio (95% CI) |\n|---|---|---|---|\n"
    "| Itch | 12/90 (13%) | 24/91 (26%) | 0.51 (0.27–0.95) |\n"
    "| Rash | 5/90 (6%) | 9/91 (10%) | 0.56 (0.20–1.61) |": [
        "13% 12/90",
        "26% 24/91",
        "RR 0.51 [0.27, 0.95] (95)",
        "6% 5/90",
        "10% 9/91",
        "RR 0.56 [0.20, 1.61] (95)",
    ],
    "Children\tEfficacy (95% CI)\tMean difference (95% CI)\n"
    "Young\t54% (31 to 69)\t1.2 (0.3 to 2.1)\nOld\t47% (22 to 64)\t0.8 (-0.1 to 1.7)": [
        "relative-reduction 54 [31, 69] (95)",
        "difference 1.2 [0.3, 2.1] (95)",
        "relative-reduction 47 [22, 64] (95)",
        "difference 0.8 [-0.1, 1.7] (95)",
    ],
}


@pytest.mark.parametrize("text", TABLES)
def test_the_head_of_a_column_says_what_its_numbers_are(text):
    assert shown(extract(text)) == TABLES[text]
