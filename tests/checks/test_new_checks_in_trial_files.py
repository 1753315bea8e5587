"""What is checked against each other in texts is so in trial files."""

from pathlib import Path

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
