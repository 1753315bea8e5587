"""What each check says of sound reports whose analysis it does not assume: the figures of the page on soundness.

    python -m benchmarks.soundness [trials] [--only WORDS] [--processes N] [--show] [--write]

Trials of `benchmarks.other_analyses` are printed as a text that names the analysis, as one that does not, and as a
trial file, and checked as a user checks them. No number is changed: every question is a false one. ``--only`` takes the
analyses with these words in their name, ``--show`` prints the texts that were asked about, ``--write`` puts the counts
into ``benchmarks/soundness.json``; what stands there under ``before``, the counts by check before thresholds were set
from this simulation, is kept.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.other_analyses import ANALYSES, Analysis, Effect, Patients, analysed, curve

from trialstats.findings import QUESTIONS, Finding, Verdict
from trialstats.press import print_number
from trialstats.reanalysis import check

RESULTS = Path(__file__).with_suffix(".json")
FORMS = ("text that names it", "text that does not", "trial file")
NAMES = (("telurane", "placebo"), ("bralotide", "usual care"), ("exercise", "stretching"), ("zelomab", "metformin"))


@dataclass(frozen=True)
class Print:
    """How one paper prints numbers."""

    rounding: str
    decimals: int
    of_ratios: int
    of_percents: int

    @classmethod
    def draw(cls, rng: np.random.Generator, rounding: str) -> Print:
        """Draw decimals; unless it is given, the rule too: most papers round to the nearest."""
        rule = rounding or str(rng.choice(["half-even", "half-even", "half-up", "half-up", "half-up", "truncated"]))
        return cls(rule, int(rng.integers(0, 4)), int(rng.choice([1, 2, 2, 2, 3])), int(rng.integers(0, 3)))

    def number(self, value: float, decimals: int | None = None, unit: str = "") -> str:
        """Return a number as text."""
        return print_number(float(value), self.decimals if decimals is None else decimals, unit, self.rounding)

    def percent(self, value: float) -> str:
        """Return a share in per cent."""
        return self.number(value, self.of_percents, "%")

    def p(self, p: float) -> str:
        """Return a P value with its relation."""
        return "<0.001" if p < 0.001 else f"={self.number(min(p, 1.0), 3 if p < 0.1 else 2)}"


@dataclass(frozen=True)
class Trial:
    """A trial with what is to be printed of it."""

    outcome: str
    analysis: Analysis
    everyone: Patients
    shown: Patients
    effect: Effect
    by: Print
    names: tuple[str, str]
    layout: int
    """0: values of both arms with the effect; 1: fewer of them; 2: values and P value alone."""

    @classmethod
    def draw(cls, rng: np.random.Generator, outcome: str, analysis: Analysis) -> Trial:
        """Draw a trial and how it is printed."""
        everyone, shown, effect = analysed(rng, outcome, analysis)
        names = NAMES[rng.integers(len(NAMES))]
        by = Print.draw(rng, analysis.rounding)
        return cls(outcome, analysis, everyone, shown, effect, by, names, int(rng.integers(3)))

    # ------------------------------------------------------------------------------------------------------- numbers
    def effect_numbers(self) -> list[str]:
        """Return estimate and bounds."""
        e, by = self.effect, self.by
        numbers = (e.value, e.lower, e.upper)
        if self.outcome == "event" and e.measure == "difference":
            return [by.number(100 * one, by.of_percents) for one in numbers]
        return [by.number(one, by.decimals if e.measure == "difference" else by.of_ratios) for one in numbers]

    def counts(self) -> list[tuple[int, int]]:
        """Return patients with the event and all of each arm."""
        events = "exposure" if self.outcome == "time" else "y"
        return [(int(getattr(arm, events).sum()), len(arm.y)) for arm in self.shown.arms()]

    # ---------------------------------------------------------------------------------------------------------- text
    def text(self, *, named: bool) -> str:
        """Return the report in prose."""
        first, second = self.names
        n1, n2 = self.everyone.randomised
        start = f"In this randomized trial, {n1 + n2} patients were assigned to "
        start += f"{first} (n = {n1}) or {second} (n = {n2})."
        if named and self.analysis.methods:
            start += f" {self.analysis.methods}"
        return f"{start} {getattr(self, f'_{self.outcome}')(named)}"

    def _said(self, named: bool) -> str:
        e, p = self.effect, f"P{self.by.p(self.effect.p)}"
        if self.layout == 2 and self.outcome != "time":
            word = {"adjusted": "adjusted ", "per-protocol": "per-protocol analysis, "}.get(self.analysis.label, "")
            return f"({word if named else ''}{p})"
        measure = e.measure if e.measure != "difference" or self.outcome == "event" else "mean difference"
        label = f"{self.analysis.label} " if named and self.analysis.label else ""
        value, low, high = self.effect_numbers()
        points = " percentage points" if self.outcome == "event" and e.measure == "difference" else ""
        return f"({label}{measure}, {value}{points}; 95% CI, {low} to {high}; {p})"

    def _event(self, named: bool) -> str:
        (x1, n1), (x2, n2) = self.counts()
        first, second = self.names
        shares = [self.by.percent(x / n) for x, n in ((x1, n1), (x2, n2))]
        if self.shown is not self.everyone and self.layout != 1:
            a, b = f"{x1} patients ({shares[0]})", f"{x2} ({shares[1]})"
        elif self.layout == 1:
            return f"The relapse rate was {shares[0]} with {first} and {shares[1]} with {second} {self._said(named)}."
        else:
            a, b = f"{x1} of {n1} patients ({shares[0]})", f"{x2} of {n2} ({shares[1]})"
        return f"Relapse occurred in {a} with {first} and in {b} with {second} {self._said(named)}."

    def _score(self, named: bool) -> str:
        arms = []
        for arm, name in zip(self.shown.arms(), self.names, strict=True):
            spread = f"SD {self.by.number(arm.y.std(ddof=1))}"
            size = f"{len(arm.y)} patients on " if self.layout == 2 else ""
            joined = "in" if size else "with"
            arms.append(f"{self.by.number(arm.y.mean())} ({spread}) {joined} {size}{name}")
        return f"The mean pain score at 12 weeks was {arms[0]} and {arms[1]} {self._said(named)}."

    def _events(self, named: bool) -> str:
        arms = []
        for arm, name in zip(self.shown.arms(), self.names, strict=True):
            x, years = int(arm.y.sum()), self.by.number(arm.exposure.sum(), 1)
            rate = self.by.number(arm.y.sum() / arm.exposure.sum(), self.by.of_ratios)
            count = f"{rate} per patient-year" if self.layout else f"{x} in {years} patient-years"
            arms.append(f"{count} with {name}")
        said = self._said(named)
        return f"The rate of exacerbations was {arms[0]} and {arms[1]} {said}."

    def _time(self, named: bool) -> str:
        (first, second), said = self.names, self._said(named)
        if self.layout == 0:
            (x1, n1), (x2, n2) = self.counts()
            return f"Death occurred in {x1} of {n1} patients with {first} and in {x2} of {n2} with {second} {said}."
        (median1, rate1), (median2, rate2) = (curve(arm) for arm in self.shown.arms())
        if self.layout == 1 or math.isnan(median1 + median2):
            a, b = self.by.percent(rate1), self.by.percent(rate2)
            return f"Overall survival at 12 months was {a} with {first} and {b} with {second} {said}."
        a, b = (self.by.number(median, 1) for median in (median1, median2))
        return f"Median overall survival was {a} months with {first} and {b} months with {second} {said}."

    # ---------------------------------------------------------------------------------------------------- trial file
    def trial_file(self) -> bytes:
        """Return the report as a trial file; what is no crude estimate is typed as adjusted."""
        n1, n2 = self.everyone.randomised
        lines = [f'schema = 1\n[trial]\nid = "own"\ntitle = "Own"\nof = {{ randomised = "{n1 + n2}" }}']
        for key, name, n in zip(("new", "old"), self.names, (n1, n2), strict=True):
            lines.append(f'[arms.{key}]\nlabel = "{name}"\nof = {{ randomised = "{n}" }}')
        for key, arm in zip(("new", "old"), self.shown.arms(), strict=True):
            measure, numbers = self._typed(arm)
            lines.append(_row(f"arm-{key}", measure, f'arm = "{key}"\noutcome = "result"\n{numbers}'))
        plain = self.analysis.plain
        test = self.analysis.test or ("" if plain else self.analysis.label or self.analysis.methods)
        named = f', test = "{test}"' if test else ""
        p = f'p = {{ value = "{self.by.p(self.effect.p).removeprefix("=")}"{named} }}'
        if self.layout == 2 and self.outcome != "time":
            return "\n".join([*lines, _row("p", "comparison", f'from = ["arm-new", "arm-old"]\n{p}')]).encode()
        unit = "%" if self.outcome == "event" and self.effect.measure == "difference" else ""
        numbers = ", ".join(f'"{one}{unit}"' for one in self.effect_numbers())
        measure = self.effect.measure.replace("rate ratio", "risk-ratio").replace(" ", "-")
        said = f'arms = ["new", "old"]\noutcome = "result"\nspread = "confidence"\nlevel = "95%"\nvalue = [{numbers}]'
        return "\n".join(
            [*lines, _row("effect", measure, f"{said}\n{p}" + ("" if plain else "\nadjusted = true"))]
        ).encode()

    def _typed(self, arm: Patients) -> tuple[str, str]:
        """Return the measure of an arm's own result, and its lines in a trial file."""
        by, n = self.by, len(arm.y)
        if self.outcome == "score":
            mean, sd = by.number(arm.y.mean()), by.number(arm.y.std(ddof=1))
            return "mean", f'value = ["{mean}", "{sd}"]\nspread = "sd"\nn = "{n}"'
        if self.outcome == "events":
            rate = by.number(arm.y.sum() / arm.exposure.sum(), by.of_ratios)
            return "rate", f'value = "{rate}"\nunit = "per patient-year"'
        medians = [curve(one)[0] for one in self.shown.arms()]
        if self.outcome == "time" and self.layout == 2 and math.isfinite(sum(medians)):
            return "median", f'value = "{by.number(curve(arm)[0], 1)}"\nunit = "months"'
        x = int((arm.exposure if self.outcome == "time" else arm.y).sum())
        return "proportion", f'value = "{by.percent(x / n)}"\nx = "{x}"\nn = "{n}"'


def _row(name: str, measure: str, numbers: str) -> str:
    return f'[[rows]]\nid = "{name}"\nsection = "results"\nmeasure = "{measure}"\n{numbers}'


# ------------------------------------------------------------------------------------------------------------ counting
KINDS = ("inconsistent", "strained", "look")


def _kind(finding: Finding) -> str:
    """Return how a finding is counted: a question by its verdict, what is only shown, what is judged, or nothing."""
    if finding.verdict in QUESTIONS:
        return finding.verdict.value
    return "look" if finding.look else "" if finding.verdict is Verdict.UNCHECKED else "judged"


def count(key: tuple[str, str], trials: int, *, show: bool = False, seed: int = 20261129) -> list[dict[str, Any]]:
    """Return, for each form and check, how many findings on one analysis there are of each kind."""
    outcome, name = key
    place = [*ANALYSES].index(outcome), [*ANALYSES[outcome]].index(name)
    rng, analysis = np.random.default_rng((seed, *place)), ANALYSES[outcome][name]
    found: Counter[tuple[str, str, str]] = Counter()
    for _ in range(trials):
        trial = Trial.draw(rng, outcome, analysis)
        texts: list[str | bytes] = [trial.text(named=True), trial.text(named=False), trial.trial_file()]
        for form, given in zip(FORMS, texts, strict=True):
            if form == FORMS[1] and given == texts[0]:
                continue  # the silent text is the one that names it
            for one in check(given).findings:
                kind = _kind(one)
                found[form, one.code, kind] += bool(kind)
                if show and kind in KINDS:
                    print(f"{name} | {form} | {one.code} {kind} | {one.message}\n    {given!r}")
    cells = sorted({(form, code) for form, code, kind in found if kind})
    return [
        {"outcome": outcome, "analysis": name, "form": form, "code": code}
        | {kind: found[form, code, kind] for kind in KINDS}
        | {"judged": sum(found[form, code, kind] for kind in ("judged", *KINDS[:2]))}
        for form, code in cells
    ]


def table(trials: int, only: str = "", *, processes: int = 1, show: bool = False) -> list[dict[str, Any]]:
    """Return the rows of all analyses with these words in their outcome and name."""
    keys = [(outcome, name) for outcome, some in ANALYSES.items() for name in some if only in f"{outcome}: {name}"]
    work = partial(count, trials=trials, show=show)
    if processes == 1:
        return [row for key in keys for row in work(key)]
    with ProcessPoolExecutor(processes) as pool:
        return [row for rows in pool.map(work, keys) for row in rows]


def as_text(results: Mapping[str, Any]) -> str:
    """Return results as JSON, a row a line."""
    parts = []
    for name, one in results.items():
        lines = ",\n".join(json.dumps(row) for row in one) if isinstance(one, list) else ""
        parts.append(f"{json.dumps(name)}: " + (f"[\n{lines}\n]" if lines else json.dumps(one)))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> None:
    """Count, print the checks that asked, and write where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trials", type=int, nargs="?", default=300)
    parser.add_argument("--only", default="")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = table(given.trials, given.only, processes=given.processes, show=given.show)
    for by in (("form",), ("code",), ("outcome", "analysis"), ("code", "form")):
        sums: dict[str, Counter[str]] = {}
        for row in rows:
            own = sums.setdefault(": ".join(row[part] for part in by), Counter())
            own.update({kind: row[kind] for kind in ("judged", *KINDS)})
        for name, one in sums.items():
            print(f"{name:60} {one['judged']:7} judged", *(f"{one[kind]:4} {kind}" for kind in KINDS))
    if given.write:
        kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        RESULTS.write_text(as_text(kept | {"trials": given.trials, "rows": rows}), encoding="utf-8")


if __name__ == "__main__":
    main()
