"""Kinds of writing that abstracts, articles and registries share: two sentences of our own for each.

Claims are written as `tests.sources.text.claims_shown` writes them.
"""

import pytest
from tests.sources.text.claims_shown import shown

from trialstats import check, extract

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
    ],
)
def test_what_only_looks_like_these_kinds(text):
    assert not {"0.295", "5.1e9", "3.1"} & {one.value.digits for one in extract(text).claims if one.value is not None}


@pytest.mark.parametrize("printed", ["-.02", "1.4"])
def test_an_impossible_p_value_is_said_to_be_one(printed):
    found = check(f"Itching stopped sooner (HR 0.62; 95% CI, 0.42 to 0.92; P = {printed}).").findings
    assert ("TS101", "inconsistent") in {(one.code, one.verdict.value) for one in found}
