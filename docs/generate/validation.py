"""The overview of what was validated, from reference tables, benchmark results and a comparison at build."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np

from generate.writing import table, write_page
from trialstats import binomial_interval, difference_interval, odds_ratio_interval, risk_ratio_interval
from trialstats.checks import CHECKS
from trialstats.checks.measured import NOT_MEASURED, measured
from trialstats.intervals.binomial import METHODS

__all__ = ["shares_under", "write_validation"]

OURS = {
    "bayes-uniform-et": "uniform",
    "bayes-uniform-hpd": "uniform-hpd",
    "bayes-jeffreys-hpd": "jeffreys-hpd",
    "lrt": "likelihood-ratio",
    "arcsine-plain": "arcsine",
    "adj-log": "adjusted-log",
    "midp-exact": "mid-p",
}
UNCLIPPED = ("wald", "agresti-coull")
ARMS = {
    "RD": ("difference", difference_interval),
    "RR": ("risk ratio", risk_ratio_interval),
    "OR": ("odds ratio", odds_ratio_interval),
}
TABLES = {
    "onesample_ci.csv.gz": "intervals for one proportion",
    "twosample_ci.csv.gz": "intervals for two proportions",
    "twosample_tests.csv.gz": "tests of two proportions",
    "beta_posterior.csv.gz": "Beta posteriors",
    "beta_compare.csv.gz": "one Beta against another",
    "betabinom_predictive.csv.gz": "beta-binomial predictions",
    "cox.csv.gz": "Cox models",
    "logrank.csv.gz": "log-rank tests",
    "km_landmark.csv.gz": "Kaplan-Meier rates",
    "km_quantile.csv.gz": "Kaplan-Meier quantiles",
    "km_other.csv.gz": "likelihood-ratio and other intervals of survival rates",
    "km_rothman.csv.gz": "Rothman's interval",
    "grim.csv.gz": "GRIM, GRIMMER and DEBIT",
}


def write_validation(page: Path, references: Path, benchmarks: Path) -> None:
    """Write the overview."""
    tables = {name: list(_read(references / name)) for name in TABLES}
    parts = [
        "# Validation\n",
        "Every number of this page was counted or computed when it was built: from the tables of reference values in",
        "`tests/reference/`, from `benchmarks/extraction.json`, and by computing each interval again.\n",
        "## Agreement with R\n",
        table(
            ("reference values", "rows", "made by"),
            [(what, f"{len(tables[name]):,}", _packages(tables[name])) for name, what in TABLES.items()],
        ),
        "The tests compare all rows, each to its own tolerance; the few on which we differ are explained for",
        "[one proportion](reference-differences.md), [two proportions](reference-differences-two-sample.md) and",
        "[posteriors](reference-differences-beta.md).\n",
        "### One proportion, method by method\n",
        "Largest difference of any limit from R's, levels 80 to 99 %, n from 1 to 10,000:\n",
        table(
            ("method", "rows", "of", "largest difference", "next largest"),
            _one_proportion(tables["onesample_ci.csv.gz"]),
        ),
        "A difference of 1e-9 or more is within what the row's package itself attains (`tests/reference/README.md`),",
        "but for the one of `blaker`, which is [explained](reference-differences.md).\n",
        "### Two proportions, method by method\n",
        "Differences of ratios are relative. Half of the rows agree to better than the second number.\n",
        table(
            ("measure", "method", "rows", "of", "largest difference", "median difference"),
            _two(tables["twosample_ci.csv.gz"]),
        ),
        "## Soundness and power\n",
        "*Soundness*: how often numbers that a known method printed are left without an explanation.",
        "*Power*: how often a changed digit is noticed. Check by check, in simulated trials",
        "(`benchmarks/check_rates.py`; a share of few claims is a rough one):\n",
        _rates(),
        "The chapters have more, each with the command that repeats it:\n",
        "- [questions: how often they are right](validation-questions.md)",
        "- [sound reports of other analyses](validation-soundness.md)",
        "- [ratios and P values](validation-ratios.md)",
        "- [survival, medians, events and means](validation-survival.md)",
        "- [designs](validation-designs.md)\n- [the convention of a whole paper](validation-joint.md)\n",
        "### Ratios from simulated trials\n",
        "Each row is one way in which software computes an interval and a P value:\n",
        _table_under(page.parent / "validation-ratios.md", "## Soundness outside the catalogue"),
        "One digit of a ratio with its Wald interval changed:\n",
        _table_under(page.parent / "validation-ratios.md", "## Power"),
        "## Reading texts\n",
        *_extraction(benchmarks / "extraction.json"),
    ]
    write_page(page, "\n".join(parts) + "\n")


def _read(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _packages(rows: list[dict[str, str]]) -> str:
    names = Counter(row["package"] for row in rows if row.get("package"))
    return ", ".join(sorted(names, key=str.lower)) if names else "see its README"


def _one_proportion(rows: list[dict[str, str]]) -> list[tuple[Any, ...]]:
    by_method: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_method[OURS.get(row["method"], row["method"])].append(row)
    out = []
    for method in METHODS:
        if not (some := by_method.get(method)):
            out.append((f"`{method}`", "0", "no package of the tables", "", ""))
            continue
        x, n = np.array([int(row["x"]) for row in some]), np.array([int(row["n"]) for row in some])
        levels = np.array([float(row["level"]) for row in some])
        gap = np.empty(len(some))
        for level in np.unique(levels):
            at = levels == level
            found = binomial_interval(x[at], n[at], level=float(level), method=method, clip=method not in UNCLIPPED)
            theirs = np.array([[float(row["lower"]), float(row["upper"])] for row in np.array(some)[at]])
            gap[at] = np.maximum(np.abs(found.lower - theirs[:, 0]), np.abs(found.upper - theirs[:, 1]))
        largest = np.sort(gap)[::-1]
        packages = ", ".join(sorted({f"{row['package']} {row['version']}" for row in some}))
        out.append((f"`{method}`", f"{len(some):,}", packages, f"{largest[0]:.0e}", f"{largest[2]:.0e}"))
    return out


def _two(rows: list[dict[str, str]]) -> list[tuple[Any, ...]]:
    groups: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        groups[row["measure"], OURS.get(row["method"], row["method"])].append(row)
    out = []
    for (measure, method), some in sorted(groups.items(), key=lambda item: (list(ARMS).index(item[0][0]), item[0][1])):
        words, compute = ARMS[measure]
        gaps = []
        for row in some:
            counts = (int(row[key]) for key in ("x1", "n1", "x2", "n2"))
            more = {"clip": False} if measure == "RD" else {}
            ours = tuple(compute(*counts, level=float(row["level"]), method=method, **more))
            theirs = tuple(
                float("nan") if row[key] == "NA" else float(row[key].replace("Inf", "inf"))
                for key in ("lower", "upper")
            )
            gaps.append(max(_gap(a, b, measure, row) for a, b in zip(ours, theirs, strict=True)))
        packages = ", ".join(sorted({f"{row['package']} {row['version']}" for row in some}))
        out.append((words, f"`{method}`", len(some), packages, f"{max(gaps):.0e}", f"{float(np.median(gaps)):.0e}"))
    return out


def _gap(ours: float, theirs: float, measure: str, row: dict[str, str]) -> float:
    if not (np.isfinite(ours) and np.isfinite(theirs)):
        return 0.0 if ours == theirs or (np.isnan(ours) and np.isnan(theirs)) else float("inf")
    if measure == "RD":
        return min(abs(ours - theirs), abs(min(max(ours, -1.0), 1.0) - theirs))
    return abs(ours - theirs) / abs(theirs) if theirs else abs(ours)


def _rates() -> str:
    """Return the table of what was measured of each check."""
    rows = []
    for check in sorted(CHECKS, key=lambda one: one.code):
        if (known := measured().get(check.code)) is None:
            continue
        slips = known.get("slips", 0)
        shares = [f"{known[key] / slips:.0%}" if slips else "" for key in ("slips-questioned", "slips-not-ordinary")]
        link = f"[{check.code} {check.name}](checks/{check.code}.md)"
        rows.append((link, f"{known['true-claims']:,}", f"{known['true-questioned']:,}", f"{slips:,}", *shares))
    head = (
        "check",
        "true claims",
        "of these no explanation",
        "with one digit changed",
        "no explanation",
        "no ordinary one",
    )
    missing = "; ".join(f"{code}, for {why}" for code, why in NOT_MEASURED.items())
    return f"{table(head, rows)}\nNot measured: {missing}.\n"


def _table_under(page: Path, heading: str) -> str:
    """Return the first table under a heading of a page."""
    text = page.read_text(encoding="utf-8").partition(f"{heading}\n")[2]
    lines = text[text.index("\n|") + 1 :].splitlines()
    return "\n".join(takewhile(lambda line: line.startswith("|"), lines)) + "\n"


def shares_under(page: Path, heading: str, *, column: int) -> str:
    """Return the range of a column of shares of the first table under a heading, as prose: ``86 to 92 %``.

    Parameters
    ----------
    page : Path
    heading : str
    column : int
        From 0.
    """
    rows = [line.strip("|").split("|") for line in _table_under(page, heading).strip().splitlines()[2:]]
    shares = sorted(float(row[column].strip().removesuffix("%")) for row in rows)
    return f"{shares[0]:.0f} to {shares[-1]:.0f} %"


def _extraction(path: Path) -> Iterator[str]:
    found = json.loads(path.read_text(encoding="utf-8"))
    kinds = [(kind, score) for kind, score in found["kinds"].items() if score["labels"]]
    yield "Labelled claims of published abstracts, and what `trialstats.extract` reads in the same abstracts"
    yield "(`python -m benchmarks.extraction`). *Right* means estimate, both bounds, counts or P value as labelled.\n"
    yield table(
        ("claim", "labelled", "read", "of these right", "precision", "recall"),
        [
            (
                kind,
                s["labels"],
                s["claims"],
                s["right"],
                f"{s['right'] / s['claims']:.1%}",
                f"{s['right'] / s['labels']:.1%}",
            )
            for kind, s in kinds
        ],
    )
    whole = found["kinds"]["interval"]["claims"]
    parts = ", ".join(f"{name} {right} of {whole}" for name, right in found["parts"].items())
    yield f"Of the intervals that were read: {parts}; all of it {found['full']} of {whole}."
    yield "The reader was written with such abstracts in view; other texts will be read less well. What is not read is"
    yield "not judged, and the coverage line of every report says how many printed figures some check could judge."
