"""The README shows what the tool really prints, and its examples run."""

import re
from pathlib import Path

import trialstats as ts
from trialstats.report import NOTE
from trialstats.sources.trial_file import SHIPPED_TRIALS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, flags=re.S | re.M)


def test_the_excerpt_is_real():
    excerpt = next(body for kind, body in BLOCKS if kind == "text")
    printed = ts.reanalyse([ts.load_trial(name) for name in SHIPPED_TRIALS]).to_text(width=100).splitlines()
    lines = [line for line in excerpt.splitlines() if line.strip()]
    missing = [line for line in lines if line not in printed]
    assert not missing, missing


def test_there_are_exactly_two_command_lines():
    commands = [body.strip() for kind, body in BLOCKS if kind == "sh"]
    assert len(commands) == 2 and all("\n" not in command for command in commands)
    assert "trialstats reproduce seeds/" in commands[0] and "pytest" in commands[1]


def test_the_python_examples_give_what_they_say():
    (example,) = [body for kind, body in BLOCKS if kind == "python"]
    for line in example.splitlines():
        if line.startswith("ts."):
            eval(line.partition("  #")[0], {"ts": ts})
    best = ts.explain_proportion("25%", ("12%", "43%"), n=32)[0]
    assert (best.x, best.n, best.method, best.rounding) == (8, 32, "clopper-pearson", "twice")
    assert [round(p, 4) for p in ts.explain_ratio("0.54", ("0.37", "0.79")).p_two_sided] == [0.0012, 0.0018]
    assert str(ts.prob_greater(ts.Beta(21, 8), ts.Beta(24, 10))).startswith("0.5674")
    assert ts.infer_denominator(["72%", "56%", "44%", "43%", "39%"], n_max=60) == (54,)


def test_the_first_words_are_the_note_of_every_report():
    assert " ".join(README.split()).count("question for the authors, not a judgement of them") == 1
    assert "question for the authors, not a judgement" in NOTE
