"""What is checked against each other in texts is so in trial files."""

from dataclasses import replace
from pathlib import Path

import pytest

import trialstats as ts

ROWS = """schema = 1
[trial]
id = "own"
title = "Own"
of = { randomised = "200" }
[arms.zinc]
label = "zinc"
of = { randomised = "104" }
[arms.sugar]
label = "sugar"
of = { randomised = "86" }
"""
ROW = """[[rows]]
id = "{id}"
section = "{section}"
measure = "{measure}"
arms = {arms}
value = {value}
outcome = "{outcome}"
{more}
"""


def row(name, measure, value, outcome, more="", arms='["zinc"]', section="results"):
    return ROW.format(id=name, section=section, measure=measure, arms=arms, value=value, outcome=outcome, more=more)


def test_totals_categories_rates_and_repeated_results_are_asked_about(tmp_path: Path):
    both = '["zinc", "sugar"]'
    text = ROWS + "".join(
        [
            row("falls", "rate", '"2.3"', "falls", 'x = "19"\nn = "965"\nunit = "per 100 person-years"'),
            row("pr", "proportion", '"45%"', "partial response", 'x = "47"\nn = "104"'),
            row("sd", "proportion", '"38%"', "stable disease", 'x = "40"\nn = "104"'),
            row("pd", "proportion", '"28%"', "progressive disease", 'x = "29"\nn = "104"'),
            row("os", "hazard-ratio", '["0.66", "0.52", "0.83"]', "death", 'spread = "confidence"', both),
            row("again", "hazard-ratio", '"0.73"', "death", "", both, "conclusions"),
        ]
    )
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    asked = {one.code: one.claim for one in ts.check(ts.read_trial(file)).findings if one.verdict.is_question}
    assert asked == {"TS102": "total.randomised", "TS110": "pr", "TS111": "again", "TS240": "falls"}


@pytest.mark.parametrize(
    "statistic, right, slip",
    [
        ("t(78) = 2.64", ".010", ".10"),
        ("F(2, 87) = 4.71", ".011", ".0011"),
        ("chi-square(1) = 6.82", ".009", ".04"),
        ("z = 2.10", ".036", ".36"),
    ],
)
def test_a_statistic_typed_with_its_p_value(tmp_path: Path, statistic, right, slip):
    def asked(p):
        text = ROWS + row("pain", "difference", '["-1.5", "-2.6", "-0.4"]', "pain",
                          f'spread = "confidence"\np = {{ value = "{p}", statistic = "{statistic}" }}',
                          '["zinc", "sugar"]')  # fmt: skip
        file = tmp_path / "own.toml"
        file.write_text(text, encoding="utf-8")
        trial = ts.read_trial(file)
        ts.write_trial(replace(trial, id="other"), tmp_path / "again.toml")
        assert ts.read_trial(tmp_path / "again.toml").claims[0].p.statistic == statistic
        return [one.verdict.value for one in ts.check(trial).findings if one.code == "TS303"]

    assert asked(right) == ["reproduced"]
    assert asked(slip) in (["inconsistent"], ["strained"])
    assert asked("<.000001") == ["inconsistent"]


@pytest.mark.parametrize("statistic", ["2.64", "t = 2.64", "F(2) = 3.1", "a t test", "t(78) = 2.64, z = 3"])
def test_what_is_no_statistic_is_refused(tmp_path: Path, statistic):
    file = tmp_path / "own.toml"
    more = f'p = {{ value = ".01", statistic = "{statistic}" }}'
    file.write_text(ROWS + row("pain", "difference", '"-1.5"', "pain", more), encoding="utf-8")
    with pytest.raises(ts.errors.TrialFileError, match="no test statistic that can be read"):
        ts.read_trial(file)
