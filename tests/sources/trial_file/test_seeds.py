"""The five shipped trials: they read, they come back byte for byte, and they hold every figure."""

from __future__ import annotations

import time
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from trialstats.claims import Comparison, Estimate
from trialstats.sources.trial_file import (
    SHIPPED_TRIALS,
    Trial,
    dump_trial,
    load_trial,
    parse_trial,
    read_trial,
    write_trial,
)
from trialstats.sources.trial_file.layout import document_of, laid_out

SEEDS = Path(__file__).parents[3] / "seeds"
# Counted by hand in the abstracts: sizes, then figures of claims.
FIGURES = {"alienor": (4, 23), "lms03": (1, 18), "tamrad": (2, 26), "a021202": (3, 19), "desmoid": (1, 27)}


def figures(trial: Trial) -> tuple[int, int]:
    sizes = len(trial.of) + sum(len(arm.of) for arm in trial.arms)
    return sizes, sum(len(list(claim.numbers)) for claim in trial.claims)


def test_the_shipped_trials_are_those_of_the_folder():
    assert sorted(SHIPPED_TRIALS) == sorted(path.stem for path in SEEDS.glob("*.toml")) == sorted(FIGURES)


@pytest.mark.parametrize("name", SHIPPED_TRIALS)
class TestEachSeed:
    def test_is_found_by_name_and_by_path(self, name):
        trial = read_trial(SEEDS / f"{name}.toml")
        shipped = load_trial(name)
        assert replace(trial, source=shipped.source) == shipped
        assert shipped.source == f"seeds/{name}.toml", "the same on every machine"
        assert trial.id == name

    def test_comes_back_byte_for_byte(self, name, tmp_path):
        data = (SEEDS / f"{name}.toml").read_bytes()
        trial = load_trial(name)
        write_trial(trial, tmp_path / "copy.toml")
        assert (tmp_path / "copy.toml").read_bytes() == data
        assert trial.sha256 == sha256(data).hexdigest()

    def test_laid_out_afresh_states_the_same(self, name):
        trial = load_trial(name)
        fresh = laid_out(document_of(trial))
        again = parse_trial(fresh)
        assert document_of(again) == document_of(trial)
        assert dump_trial(again) == fresh

    def test_has_every_figure(self, name):
        assert figures(load_trial(name)) == FIGURES[name]

    def test_every_claim_says_where_it_stands(self, name):
        lines = (SEEDS / f"{name}.toml").read_text(encoding="utf-8").splitlines()
        for claim in load_trial(name).claims:
            assert claim.where.section
            assert claim.where.line is not None
            assert lines[claim.where.line - 1] == "[[rows]]"
            assert lines[claim.where.line] == f'id = "{claim.id.partition(".")[0]}"'

    def test_all_references_are_resolved(self, name):
        trial = load_trial(name)
        ids = [claim.id for claim in trial.claims]
        assert len(set(ids)) == len(ids)
        for claim in trial.claims:
            assert set(claim.of) <= set(ids)
            if isinstance(claim, Estimate):
                assert all(trial.arm(arm) for arm in claim.arms)

    def test_words_are_few(self, name):
        # Figures only: an outcome is a label, not a sentence.
        for claim in load_trial(name).claims:
            assert len((claim.outcome or "").split()) <= 6

    def test_expects_no_verdict(self, name):
        assert all(claim.expect is None for claim in load_trial(name).claims)


def test_the_five_hold_between_100_and_130_figures():
    assert sum(sum(figures(load_trial(name))) for name in SHIPPED_TRIALS) == 124


def test_the_experimental_arm_comes_first():
    assert [load_trial(name).arms[0].id for name in SHIPPED_TRIALS] == [
        "combination",
        "combination",
        "everolimus",
        "pazopanib",
        "sorafenib",
    ]
    comparison = load_trial("a021202").claim("ae3")
    assert isinstance(comparison, Comparison)
    assert comparison.of == ("ae3.pazopanib", "ae3.placebo")


def test_statements_without_a_figure_are_kept():
    assert load_trial("a021202").claim("os").says == "not-significant"
    assert load_trial("alienor").claim("pf6-superiority").says == "below-threshold"


def test_reading_all_five_is_quick():
    def once() -> float:
        start = time.process_time()
        for name in SHIPPED_TRIALS:
            load_trial(name)
        return time.process_time() - start

    assert min(once() for _ in range(5)) < 0.03
