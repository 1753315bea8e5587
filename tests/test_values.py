"""Results are values: equal if equal, copied, pickled, and the same whichever door a claim came through."""

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import FrozenInstanceError, fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats as ts
from trialstats.catalogue import load_catalogue
from trialstats.values import FrozenDict, frozen

TEXTS = (
    "Response was 25% (8 of 32; 95% CI, 12 to 43) and the HR 0.54 (95% CI 0.36-0.81; P = .003).",
    "Remission was seen in 61% (95% CI, 47% to 74%) and 18.4% (95% CI, 7.6 to 29.2) of patients.",
    "Overall survival at 2 years was 81% (95% CI, 69% to 96%); median survival was 6.5 months (95% CI, 5.6 to 8.2).",
    "The mean difference was -2.0 mm Hg (95% CI, -3.1 to -0.9; P < .001), the odds ratio 2.00 (95% CI 1.00 to 3.00).",
    "Patients were randomised to drug A (n = 97) or placebo (n = 74). Relapse: 317 (91%) of 349; 84% v 47%, P < .001.",
    "One (1%) of 86 and 9 (90%) of 8 patients; response 33% (95% CI, 11% to 50%), 97% (95% CI, 83% to 114%).",
    "The posterior response rate was 72% (95% credible interval, 55% to 87%) of 27 patients.",
    "The relative risk was 0.97 (95% CI, 1.20 to 1.90), which we read with care; the change was 8% (26% to 16%).",
    "Nothing is printed here.",
)
TRIALS = ("a021202", "alienor", "desmoid", "lms03", "tamrad")


def values():
    """One of every public kind of value, by name; made anew at each call."""
    report = ts.check(TEXTS[0])
    trial = ts.load_trial("alienor")
    catalogue = load_catalogue()
    return {
        "Reported": ts.Reported("0.54"),
        "Range": ts.Reported("54%").range(),
        "Paper": ts.extract(TEXTS[4]),
        "Trial": trial,
        "Claim": trial.claims[0],
        "Report": report,
        "TrialFindings": report.trials[0],
        "Finding": report.findings[0],
        "Catalogue": catalogue,
        "Convention": ts.explain_ratio("0.54", ("0.36", "0.81"))[0].convention,
        "Explanation": ts.explain_proportion("25%", ("12%", "43%"), n=32)[0],
        "proportion": ts.explain_proportion("25%", ("12%", "43%"), n=32),
        "proportion, no n": ts.explain_proportion("61%", ("47%", "74%")),
        "percentage": ts.explain_proportion("25%", n=32),
        "ratio": ts.explain_ratio("0.54", ("0.36", "0.81"), p="0.003"),
        "survival": ts.explain_survival("81%", ("69%", "96%")),
        "posterior": ts.explain_posterior("72%", ("55%", "87%"), n=27),
        "interval": ts.binomial_interval(8, 32),
        "intervals": ts.binomial_interval([0, 8, 9], [1, 32, 32]),
        "Beta": ts.Beta(21, 8),
        "Betas": ts.Beta([1, 2.5], [3, 4]),
        "BetaMixture": ts.intervals.BetaMixture([1, 2], [ts.Beta(1, 1), ts.Beta(8, 4)]),
        "predictive": ts.Beta(21, 8).predictive(10),
        "test": ts.two_proportion_test(8, 32, 12, 27),
    }


KINDS = tuple(values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_made_twice_is_equal_and_so_are_its_copies(kind):
    one, other = values()[kind], values()[kind]
    assert one == other
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.copy(one) == one
    assert copy.deepcopy(one) == one


@pytest.mark.parametrize("kind", ["proportion", "ratio", "survival", "posterior", "Report"])
def test_a_value_that_was_looked_at_is_equal_and_pickled_like_one_that_was_not(kind):
    one, looked_at = values()[kind], values()[kind]
    found = looked_at if kind != "Report" else looked_at.findings[0].explanations
    _ = found.total, found.best(3), found.chance, bool(found)
    assert looked_at == one
    again = pickle.loads(pickle.dumps(looked_at))
    assert again == one
    assert len(pickle.dumps(looked_at)) == len(pickle.dumps(one))
    found = again if kind != "Report" else again.findings[0].explanations
    assert found.total > 0 and found[0] == (one if kind != "Report" else one.findings[0].explanations)[0]


def test_arrays_in_values_cannot_be_written_and_are_the_values_own():
    given = np.array([1.0, 2.0])
    beta = ts.Beta(given, [3, 4])
    for array in (beta.a, ts.binomial_interval([8, 9], 32).lower):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 9
    given[0] = 9
    assert beta == ts.Beta([1, 2], [3, 4]) and hash(beta) == hash(ts.Beta([1, 2], [3, 4]))


def test_other_numbers_make_other_values():
    assert ts.explain_proportion("25%", ("12%", "43%"), n=32) != ts.explain_proportion("25%", ("12%", "43%"), n=33)
    assert ts.explain_ratio("0.54", ("0.36", "0.81")) != ts.explain_ratio("0.54", ("0.36", "0.82"))
    assert ts.check(TEXTS[0]) != ts.check(TEXTS[0].replace("0.54", "0.55"))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if is_dataclass(values()[kind])])
def test_a_value_cannot_be_changed(kind):
    value = values()[kind]
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        setattr(value, fields(value)[0].name, None)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_and_what_was_read_from_it_have_one_report(text):
    assert ts.check(text) == ts.check(ts.extract(text)) == ts.check(text.encode())
    assert ts.check(text, id="own") == ts.reanalyse(ts.extract(text, id="own"), convention=False)


def test_a_file_and_its_text_have_one_verdict(tmp_path):
    (tmp_path / "own.txt").write_text(TEXTS[0], encoding="utf-8")
    assert ts.check(tmp_path / "own.txt").findings == ts.check(TEXTS[0]).findings


@pytest.mark.parametrize("trial", TRIALS)
def test_a_reanalysis_with_its_convention_is_a_value(trial):
    once, again = (ts.reanalyse(ts.load_trial(trial)) for _ in range(2))
    assert once == again
    assert pickle.loads(pickle.dumps(once)) == once
    assert copy.deepcopy(once) == once


def test_texts_are_checked_by_several_processes():
    with ProcessPoolExecutor(2) as pool:
        assert list(pool.map(ts.check, TEXTS, chunksize=3)) == list(map(ts.check, TEXTS))


# --------------------------------------------------------------------------------------------------
# Mappings that cannot be changed
# --------------------------------------------------------------------------------------------------
plain = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), plain, max_size=4))
@settings(max_examples=60)
def test_what_is_frozen_has_a_hash_and_the_same_items(given_mapping):
    made = frozen(given_mapping)
    assert hash(made) == hash(frozen(given_mapping)) and made == frozen(given_mapping)
    assert list(made) == list(given_mapping)
    assert pickle.loads(pickle.dumps(made)) == made == copy.deepcopy(made)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.__setitem__("a", 2),
        lambda one: one.__delitem__("a"),
        lambda one: one.update(b=1),
        lambda one: one.pop("a"),
        lambda one: one.popitem(),
        lambda one: one.setdefault("b", 1),
        lambda one: one.clear(),
        lambda one: one.__ior__({"b": 1}),
    ],
)
def test_a_frozen_mapping_refuses_every_change(change):
    one = FrozenDict(a=1)
    with pytest.raises(TypeError, match="cannot be changed"):
        change(one)
    assert one == {"a": 1} and one | {"b": 2} == {"a": 1, "b": 2} and one.copy() is one


# --------------------------------------------------------------------------------------------------
# What a value of a claim may hold
# --------------------------------------------------------------------------------------------------
CLAIM = ts.claims.Estimate(id="rate", measure="proportion", value=ts.Reported("25%"))


def test_a_paper_given_lists_is_frozen_all_the_same():
    paper = ts.Paper(id="own", arms=[ts.claims.Arm("drug", "Drug")], claims=[CLAIM])
    assert paper == ts.Paper(id="own", arms=(ts.claims.Arm("drug", "Drug"),), claims=(CLAIM,))
    assert hash(paper) == hash(copy.deepcopy(paper))


@pytest.mark.parametrize("given", [{"id": 3}, {"arms": ["drug"]}, {"claims": [CLAIM, "25%"]}, {"claims": ["25%"]}])
def test_a_paper_says_what_it_does_not_hold(given):
    with pytest.raises(ts.errors.InputError, match=f"^{next(iter(given))} of a paper: "):
        ts.Paper(**{"id": "own", **given})


@pytest.mark.parametrize(
    "make",
    [
        lambda number: ts.claims.Estimate(id="rate", measure="proportion", value=number),
        lambda number: ts.claims.Estimate(id="rate", measure="proportion", x=number),
        lambda number: ts.claims.Estimate(id="rate", measure="proportion", n=number),
        lambda number: ts.claims.Spread("ci", ts.Reported("1"), number),
        lambda number: ts.claims.PValue(number),
    ],
)
def test_a_printed_number_of_a_claim_is_no_float(make):
    assert make(ts.Reported("0.25")) == make(ts.Reported("0.25"))
    with pytest.raises(ts.errors.NotTextError, match=r"got 0.25 \(float\); write Reported\('0.25'\)"):
        make(0.25)


def test_a_paper_is_checked_under_the_name_it_is_given():
    (trial,) = ts.check(ts.Paper(id="own", claims=(CLAIM,)), id="mine").trials
    assert trial.trial == "mine"
    with pytest.raises(ts.errors.InputError, match="An id is text, got 3"):
        ts.check("Cure was seen in 8 of 32 (25%).", id=3)


def test_a_catalogue_may_be_named_by_its_version():
    newest = load_catalogue()
    text = "Cure was seen in 8 of 32 (25%; 95% CI, 12% to 43%)."
    assert ts.check(text, catalogue=newest.version) == ts.check(text, catalogue=newest)
