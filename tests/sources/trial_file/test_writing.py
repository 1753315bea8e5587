"""A trial file is written back with nothing lost, and an edit changes only what was edited."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialstats.claims.model import SPREADS, Arm, Comparison, Estimate, Paper, Place, PValue, Size, Spread
from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.sources.trial_file import dump_trial, load_trial, parse_trial, read_trial, trial_schema, write_trial
from trialstats.sources.trial_file.layout import document_of


@pytest.mark.parametrize("change", [
    lambda text: text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: text.rstrip("\n"),
    lambda text: text.replace(" = ", "   =\t") + "\n\n# the end",
])  # fmt: skip
def test_reading_and_writing_gives_the_bytes_back(change, tmp_path):
    data = change(load_trial("tamrad").toml).encode()
    (tmp_path / "in.toml").write_bytes(data)
    write_trial(read_trial(tmp_path / "in.toml"), tmp_path / "out.toml")
    assert (tmp_path / "out.toml").read_bytes() == data


class TestEdits:
    def lines_changed(self, before: str, after: str) -> tuple[list[str], list[str]]:
        old, new = before.splitlines(), after.splitlines()
        return [line for line in old if line not in new], [line for line in new if line not in old]

    def edited(self, trial, claim_id, **changes):
        return replace(
            trial, claims=tuple(replace(c, **changes) if c.id == claim_id else c for c in trial.claims)
        )  # fmt: skip

    def test_only_the_value_that_differs_is_written_anew(self):
        trial = load_trial("alienor")
        after = dump_trial(self.edited(trial, "followup", value=Reported("39.8")))
        assert self.lines_changed(trial.toml, after) == (['value = "38.9"'], ['value = "39.8"'])

    def test_the_comment_beside_it_stays(self):
        trial = load_trial("alienor")
        after = dump_trial(self.edited(trial, "prior-lines", value=Reported("≥2")))
        assert self.lines_changed(trial.toml, after)[1] == ['value = "≥2" # in words: at least 1']

    def test_one_arm_of_a_row(self):
        trial = load_trial("tamrad")
        after = dump_trial(self.edited(trial, "rash.tamoxifen", value=Reported("9%")))
        assert [line.replace(" ", "") for line in self.lines_changed(trial.toml, after)[1]] == [
            'by={everolimus="44%",tamoxifen="9%"}'
        ]
        assert parse_trial(after).claim("rash.tamoxifen").value == Reported("9%")

    def test_a_row_taken_out(self):
        trial = load_trial("lms03")
        after = dump_trial(replace(trial, claims=tuple(c for c in trial.claims if c.id != "uterus")))
        assert "uterus" not in after
        assert [c.id for c in parse_trial(after).claims] == [c.id for c in trial.claims if c.id != "uterus"]
        assert self.lines_changed(trial.toml, after)[1] == []

    def test_a_row_put_in(self):
        trial = load_trial("lms03")
        claim = Estimate(id="deaths", measure="count", value=Reported("70"), where=Place(section="results"))
        after = dump_trial(replace(trial, claims=(*trial.claims[:3], claim, *trial.claims[3:])))
        assert parse_trial(after).claims[3].id == "deaths"
        assert self.lines_changed(trial.toml, after)[0] == []

    def test_the_head(self):
        trial = load_trial("desmoid")
        after = dump_trial(replace(trial, registry="NCT00000000"))
        assert self.lines_changed(trial.toml, after)[1] == ['registry = "NCT00000000"']

    def test_what_cannot_be_read_again_is_not_written(self):
        trial = load_trial("desmoid")
        with pytest.raises(InputError, match="140%"):
            dump_trial(self.edited(trial, "rash", value=Reported("140%")))

    def test_the_trial_given_is_left_as_it_was(self):
        trial = load_trial("alienor")
        before = document_of(trial), trial.toml
        dump_trial(self.edited(trial, "followup", value=Reported("39.8")))
        assert (document_of(trial), trial.toml) == before


_words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=8)
_count = st.integers(1, 500).map(str)


def _percent(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda k: f"{k}%")


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    arms = draw(st.lists(_words, unique=True, max_size=3))
    claims: list[Estimate | Comparison] = []
    place = Place(section=draw(st.sampled_from([None, "design", "results"])))
    for number in range(draw(st.integers(0, 5))):
        row = f"r{number}"
        common: dict[str, Any] = {
            "outcome": draw(st.none() | _words),
            "role": draw(st.sampled_from(["design", "result"])),
            "source": draw(st.none() | _words),
            "sic": draw(st.booleans()),
            "where": place,
        }
        more: dict[str, Any] = {
            "adjusted": draw(st.none() | st.booleans()),
            "time": draw(st.none() | _words),
            "inferred": draw(st.sampled_from([(), ("level",), ("level", "measure")])),
            "of": tuple(draw(st.lists(st.sampled_from([c.id for c in claims]), unique=True, max_size=3)))
            if claims and all(isinstance(c, Estimate) for c in claims)
            else (),
        }
        middle = draw(st.integers(40, 60))
        kind = draw(st.sampled_from(["plain", "by", "around", "ratio"]))
        if kind == "plain":
            x = draw(st.none() | st.integers(0, 9).map(lambda k: Reported(str(k))))
            claims.append(Estimate(id=row, measure="proportion", value=Reported(f"{middle}%"), x=x, **common, **more))
        elif kind == "around":
            spread = draw(st.sampled_from(sorted(SPREADS)))
            around = (
                Spread(spread, value=Reported("9.0"))
                if spread in ("sd", "se")
                else Spread(spread, Reported("30%"), draw(st.sampled_from([None, Reported("70%")])))
            )
            value = Reported(f"{middle}%" if around.value is None else str(middle))
            measure = "median" if around.value is None else "mean"
            claims.append(Estimate(id=row, measure=measure, value=value, spread=around, unit="x", **common, **more))
        elif kind == "ratio" and len(arms) > 1:
            p = draw(st.none() | st.just(PValue(Reported("<.001"), 2, "Fisher")))
            pair = (arms[0], arms[1])
            value = Reported("0.540")
            claims.append(Estimate(id=row, measure="hazard-ratio", value=value, p=p, arms=pair, **common, **more))
        elif kind == "by" and arms:
            of = [
                Estimate(id=f"{row}.{arm}", measure="proportion", value=Reported(draw(_percent(0, 100))), arms=(arm,),
                         **(common | {"sic": draw(st.booleans())}), **more)
                for arm in arms
            ]  # fmt: skip
            claims.extend(of)
            if len(of) > 1 and draw(st.booleans()):
                p = PValue(Reported(draw(st.sampled_from([".04", "P < .001", "0.50"]))))
                claims.append(Comparison(id=row, of=tuple(c.id for c in of), p=p, **common))
    sizes = draw(st.dictionaries(st.sampled_from(["randomised", "treated"]), _count, max_size=2))
    return Paper(
        id=draw(_words),
        title=draw(st.none() | _words),
        arms=tuple(Arm(arm, draw(_words)) for arm in arms),
        claims=tuple(claims),
        of={population: Size(Reported(count), draw(st.none() | _words)) for population, count in sizes.items()},
        citation=draw(st.sampled_from([{}, {"journal": "J", "year": "2020"}])),
        design=draw(st.sampled_from([{}, {"phase": "2", "blinded": "false"}])),
    )


@settings(max_examples=200)
@given(papers())
def test_any_paper_laid_out_reads_back_as_itself(paper):
    text = dump_trial(paper)
    again = parse_trial(text)
    assert [replace(c, where=Place(c.where.section)) for c in again.claims] == list(paper.claims)
    assert (again.id, again.title, again.arms, dict(again.of)) == (paper.id, paper.title, paper.arms, dict(paper.of))
    assert (dict(again.citation), dict(again.design)) == (dict(paper.citation), dict(paper.design))
    assert dump_trial(again) == text


@settings(max_examples=60)
@given(papers(), papers())
def test_any_edit_is_written(before, after):
    trial = parse_trial("# kept?\n" + dump_trial(before))
    edited = replace(trial, claims=after.claims, arms=after.arms, of=after.of, title=after.title)
    assert document_of(parse_trial(dump_trial(edited))) == document_of(edited)


@settings(max_examples=100)
@given(papers())
def test_whatever_is_written_fits_the_schema(valid, paper):
    assert valid(tomllib.loads(dump_trial(paper)), trial_schema())


def test_tomlkit_is_not_imported_by_reading():
    code = (
        "import sys; from trialstats.sources.trial_file import load_trial, dump_trial; "
        "dump_trial(load_trial('alienor')); "
    )
    done = subprocess.run(
        [sys.executable, "-c", code + "print('tomlkit' in sys.modules)"], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert done.stdout.strip() == "False"
