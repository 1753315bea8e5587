"""Two numbers of a trial file that contradict each other, and for each a sound twin."""

from pathlib import Path

import pytest

import trialstats as ts

HEAD = """schema = 1
[trial]
id = "own"
design = {{ randomised = true }}
{of}
[arms.zinc]
label = "zinc"
of = {{ randomised = "{first}" }}
[arms.sugar]
label = "sugar"
of = {{ randomised = "{second}" }}
"""


def row(**keys):
    return "[[rows]]\n" + "".join(f"{key.rstrip('_')} = {value}\n" for key, value in keys.items())


def shares(name="d", outcome="relapse", more=""):
    by = '{ zinc = { value = "13.8%", x = "22", n = "160" }, sugar = { value = "25.9%", x = "41", n = "158" } }'
    return row(id=f'"{name}"', measure='"proportion"', outcome=f'"{outcome}"', by=by) + more


def effect(measure, value, outcome="relapse", more="", name="r"):
    spread = 'spread = "confidence"\n' if value.startswith("[") else ""
    keys = {"id": f'"{name}"', "measure": f'"{measure}"', "outcome": f'"{outcome}"', "arms": '["zinc", "sugar"]'}
    return row(**keys, value=value) + spread + more


def asked(tmp_path: Path, body, first="160", second="158", of=""):
    file = tmp_path / "own.toml"
    file.write_text(HEAD.format(first=first, second=second, of=of) + body, encoding="utf-8")
    return {(one.claim, one.code) for one in ts.check(file).findings if one.verdict.is_question}


EFFECTS = [
    ("risk-ratio", '["0.31", "0.19", "0.49"]', '["0.53", "0.33", "0.85"]', "TS221"),
    ("odds-ratio", '["0.86", "0.49", "1.51"]', '["0.45", "0.26", "0.81"]', "TS221"),
    ("hazard-ratio", '["0.93", "0.56", "1.56"]', '["0.48", "0.29", "0.81"]', "TS221"),
    ("relative-reduction", '"12%"', '"47%"', "TS221"),
    ("difference", '["-3.2%", "-12.0", "5.6"]', '["-12.2%", "-20.9", "-3.5"]', "TS222"),
]


@pytest.mark.parametrize("measure, slip, sound, code", EFFECTS, ids=[one[0] for one in EFFECTS])
def test_an_effect_and_the_counts_of_both_arms(tmp_path, measure, slip, sound, code):
    question = {("r", code)}
    assert asked(tmp_path, shares() + effect(measure, slip)) == question
    assert asked(tmp_path, shares() + effect(measure, sound)) == set()
    # What says that it is another analysis, of other patients or of another time.
    for more in ("adjusted = true\n", 'population = "evaluable"\n', 'time = "2 years"\n'):
        own = 'population = "randomised"\n' if "population" in more else 'time = "1 year"\n' if "time" in more else ""
        assert asked(tmp_path, shares(more=own) + effect(measure, slip, more=more)) == set(), more
    # The rows it was computed from, whatever their outcome is called; those of its time; its only two arms.
    assert asked(tmp_path, shares() + effect(measure, slip, "a relapse", 'from = "d"\n')) == question
    later = shares(more='time = "2 years"\n') + shares("e", more='time = "1 year"\n').replace("41", "24").replace(
        "25.9%", "15.2%"
    )
    assert asked(tmp_path, later + effect(measure, slip, more='time = "2 years"\n')) == question
    assert asked(tmp_path, later + effect(measure, sound, more='time = "2 years"\n')) == set()
    assert asked(tmp_path, shares() + effect(measure, slip).replace('arms = ["zinc", "sugar"]\n', "")) == question


P_VALUES = [
    ('"0.62"', '"0.007"'),
    ('{ value = "0.62", test = "Fisher\'s exact test" }', '{ value = "0.008", test = "Fisher\'s exact test" }'),
]


@pytest.mark.parametrize("slip, sound", P_VALUES)
def test_a_p_value_and_the_counts_of_both_arms(tmp_path, slip, sound):
    for p, expected in ((slip, True), (sound, False)):
        assert bool(asked(tmp_path, shares(more=f"p = {p}\n"))) == expected
        apart = row(id='"p"', measure='"comparison"', from_='"d"', p=p)
        assert asked(tmp_path, shares() + apart) == ({("p", "TS301")} if expected else set())


def test_a_p_value_that_is_called_adjusted(tmp_path):
    adjusted = row(id='"p"', measure='"comparison"', from_='"d"', adjusted="true", p='"0.62"')
    assert asked(tmp_path, shares() + adjusted) == set()
    assert asked(tmp_path, shares() + adjusted.replace("true", "false")) == {("p", "TS301")}
    assert asked(tmp_path, shares(more='adjusted = true\np = "0.62"\n')) == set()
    for test in ("log-rank", "Cochran-Mantel-Haenszel", "logistic regression"):
        assert asked(tmp_path, shares(more=f'p = {{ value = "0.62", test = "{test}" }}\n')) == set(), test
    trial = ts.read_trial(tmp_path / "own.toml")
    assert trial.claims[-1].adjusted is None


def test_an_adjusted_comparison_is_written_as_it_was_read(tmp_path):
    asked(tmp_path, shares() + row(id='"p"', measure='"comparison"', from_='"d"', adjusted="true", p='"0.62"'))
    trial = ts.read_trial(tmp_path / "own.toml")
    ts.write_trial(trial, tmp_path / "again.toml")
    again = ts.read_trial(tmp_path / "again.toml")
    assert trial.claims[-1].adjusted is again.claims[-1].adjusted is True
    asked(tmp_path, shares(more='adjusted = true\np = "0.62"\n'))
    trial = ts.read_trial(tmp_path / "own.toml")
    ts.write_trial(trial, tmp_path / "again.toml")
    assert [one.adjusted for one in ts.read_trial(tmp_path / "again.toml").claims] == [True, True, True]


MEANS = row(
    id='"m"',
    measure='"mean"',
    outcome='"pain"',
    spread='"sd"',
    by='{ zinc = ["31.2", "8.4"], sugar = ["37.9", "8.8"] }',
)


def test_a_p_value_and_means(tmp_path):
    def of(p):
        return asked(tmp_path, MEANS + f"p = {p}\n", "52", "50")

    assert of('"0.47"') == {("m", "TS302")}
    assert of('"<0.001"') == set()
    for test in ("ANCOVA", "paired t test", "Mann-Whitney"):
        assert of(f'{{ value = "0.47", test = "{test}" }}') == set(), test
    assert asked(tmp_path, MEANS + 'adjusted = true\np = "0.47"\n', "52", "50") == set()
    errors = MEANS.replace('"sd"', '"se"').replace('"8.4"', '"1.2"').replace('"8.8"', '"1.2"')
    assert asked(tmp_path, errors + 'p = "0.47"\n', "52", "50") == {("m", "TS302")}
    assert asked(tmp_path, errors + 'p = "<0.001"\n', "52", "50") == set()


@pytest.mark.parametrize(
    "value, more, question",
    [
        ('"-1.9"', "", True),
        ('["-6.7", "-10.1", "-3.3"]', "", False),
        ('["-5.6", "-8.4", "-2.8"]', "", False),  # an analysis of covariance that nobody names
        ('["-1.9", "-4.4", "0.6"]', "adjusted = true\n", False),
    ],
)
def test_a_difference_and_means(tmp_path, value, more, question):
    found = asked(tmp_path, MEANS + effect("difference", value, "pain", more), "52", "50")
    assert found == ({("r", "TS222")} if question else set())


def other(measure, value, outcome, **keys):
    return row(id='"o"', measure=f'"{measure}"', outcome=f'"{outcome}"', by=value, **keys)


RATIO = '["0.68", "0.55", "0.84"]'
TWINS = {
    "number needed to treat": (
        [shares() + row(id='"o"', measure='"other"', outcome='"relapse"', unit='"needed to treat"',
                        arms='["zinc", "sugar"]', value=f'"{n}"') for n in (17, 9)], "TS223"),
    "medians": (
        [other("median", '{ zinc = "26.4", sugar = "13.9" }', "OS", unit='"months"') + effect("hazard-ratio", hr, "OS")
         for hr in ('["1.38", "1.09", "1.75"]', '["0.55", "0.43", "0.70"]')], "TS205"),
    "landmark rates and their ratio": (
        [other("survival", '{ zinc = "74%", sugar = "52%" }', "OS", time='"2 years"') + effect("hazard-ratio", hr, "OS")
         for hr in ('["1.08", "0.92", "1.27"]', '["0.46", "0.31", "0.68"]')], "TS206"),
    "landmark rates": (
        [row(id='"a"', measure='"survival"', outcome='"OS"', time='"1 year"', arm='"zinc"', value=f'"{first}"')
         + row(id='"b"', measure='"survival"', outcome='"OS"', time='"3 years"', arm='"zinc"', value='"58%"')
         for first in ("49%", "77%")], "TS214"),
    "rates over time": (
        [other("rate", '{ zinc = "6.2", sugar = "14.8" }', "relapse", unit='"per 100 person-years"')
         + effect("risk-ratio", value) for value in ('"0.66"', '"0.42"')], "TS221"),
    "a reduction of the same ratio": (
        [effect("hazard-ratio", RATIO) + row(id='"o"', measure='"relative-reduction"', outcome='"relapse"',
         arms='["zinc", "sugar"]', value=f'"{n}%"') for n in (43, 32)], "TS204"),
    "a standard error and an interval": (
        [effect("difference", '["4.0", "1.1", "6.9"]') + effect("difference", f'["4.0", "{se}"]', name="s").replace(
            "confidence", "se") for se in ("2.9", "1.5")], "TS217"),
    "three groups": (
        ['[arms.salt]\nlabel = "salt"\n' + row(id='"d"', measure='"proportion"', outcome='"cure"', by=(
            '{ zinc = { x = "58", n = "96" }, sugar = { x = "47", n = "95" }, salt = { x = "24", n = "97" } }'),
            p=f'"{p}"') for p in ("0.52", "<0.001")], "TS304"),
    "events and the width of an interval": (
        [row(id='"o"', measure='"count"', outcome='"deaths"', by='{ zinc = "28", sugar = "47" }')
         + effect("hazard-ratio", hr, "deaths") for hr in ('["0.58", "0.53", "0.63"]', '["0.58", "0.36", "0.93"]')],
        "TS210"),
}  # fmt: skip


@pytest.mark.parametrize("kind", TWINS)
def test_a_slip_is_asked_about_and_its_sound_twin_is_not(tmp_path, kind):
    (slip, sound), code = TWINS[kind]
    assert code in {code for _, code in asked(tmp_path, slip)}
    assert asked(tmp_path, sound) == set()


def test_a_result_that_is_typed_twice(tmp_path):
    first = effect("hazard-ratio", RATIO)

    def again(more="", value='["0.43", "0.35", "0.53"]'):
        return asked(tmp_path, first + effect("hazard-ratio", value, more=more, name="s"))

    assert again() == again('section = "conclusions"\n') == {("s", "TS111")}
    for more in ("adjusted = true\n", 'population = "evaluable"\n', 'time = "5 years"\n'):
        assert again(more) == set(), more
    assert again('section = "conclusions"\n', '"0.7"') == set()
    assert again(value=RATIO) == set()
    credible = effect("hazard-ratio", '["0.72", "0.58", "0.89"]', name="s").replace("confidence", "credible")
    assert asked(tmp_path, first + credible) == set()
    file = tmp_path / "own.toml"
    again('section = "conclusions"\n')
    assert [one.verdict for one in ts.check(file).findings if one.code == "TS111"] == [ts.Verdict.INCONSISTENT]


def test_totals_and_parts(tmp_path):
    assert asked(tmp_path, "", "312", "146", 'of = { randomised = "485" }') == {("total.randomised", "TS102")}
    assert asked(tmp_path, "", "312", "173", 'of = { randomised = "485" }') == set()
    assert asked(tmp_path, "", of='of = { randomised = "318", evaluable = "327" }') == {("total.evaluable", "TS112")}
    assert asked(tmp_path, "", of='of = { randomised = "318", evaluable = "309" }') == set()


@pytest.mark.parametrize(
    "measure, slip, code",
    [
        ("risk-ratio", '["1.89", "1.18", "3.02"]', "TS221"),
        ("odds-ratio", '["2.22", "1.25", "3.92"]', "TS221"),
        ("difference", '["+12.2%", "+3.5", "+20.9"]', "TS222"),
    ],
)
def test_the_order_of_the_arms_is_that_of_the_file(tmp_path, measure, slip, code):
    assert asked(tmp_path, shares() + effect(measure, slip)) == {("r", code)}
    amount = effect(measure, slip.replace("+", ""))
    assert (asked(tmp_path, shares() + amount) == set()) is (measure == "difference"), "printed without a sign"
    turned = effect(measure, slip).replace('["zinc", "sugar"]', '["sugar", "zinc"]')
    assert asked(tmp_path, shares() + turned) == set()
    assert asked(tmp_path, shares() + effect(measure, slip, more="adjusted = true\n")) == set()
    assert asked(tmp_path, shares() + effect(measure, slip).replace('arms = ["zinc", "sugar"]\n', "")) == set()
