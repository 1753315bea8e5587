"""The page on soundness: what checks say of sound reports whose analysis they do not assume."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generate.writing import table, write_page
from trialstats import binomial_interval
from trialstats.checks import CHECKS

__all__ = ["write_soundness"]

Row = Mapping[str, Any]
KINDS = ("judged", "inconsistent", "strained", "look")
BARS = {"inconsistent": 3000, "strained": 300}
"""One in so many of the judged findings may be of this kind."""
OUTCOMES = {"event": "events of patients", "score": "means", "events": "rates", "time": "times to an event"}
SILENT = "text that does not"


def write_soundness(page: Path, results: Path) -> None:
    """Write the page."""
    found = json.loads(results.read_text(encoding="utf-8"))
    rows: list[Row] = found["rows"]
    bars = (
        f"fewer than 1 in {BARS['inconsistent']:,} *no explanation found*, 1 in {BARS['strained']:,} *hard to explain*"
    )
    parts = [
        "# Validation: soundness under other analyses\n",
        "Sound reports, and what each check says of them. Trials of two arms are simulated patient by patient and",
        "analysed by ways that papers use and the checks do not assume (`benchmarks/other_analyses.py`; models by",
        "statsmodels). Each trial is printed in a text that names its analysis, in one that does not, and as a trial",
        "file (`benchmarks/soundness.py`), and checked as a user checks it. No number is changed, so that every",
        f"question is a false one. {found['trials']:,} trials of each analysis; shares are of the findings that were",
        "judged, with 95 % Wilson intervals by `trialstats.binomial_interval`. Every number of this page was read from",
        f"`benchmarks/soundness.json` when it was built. The bars, over all judged findings: {bars}.\n",
        "## All findings\n",
        table(_head("report"), [_line(name, one) for name, one in _sums(rows, lambda row: str(row["form"])).items()]),
        table(_head("all"), [_line("all reports", _sum(rows))]),
        "## Check by check\n",
        "The last column has the questions of texts that do not name what was done: there *hard to explain* says",
        "no more than that only an analysis that the text does not state prints the number.\n",
        table((*_head("check"), "of these in silent texts"), _by_check(rows)),
        _beyond(rows),
        "## Analysis by analysis\n",
        "Ordinary analyses have no second text. *Shown* are places that a reader is only asked to look at.\n",
        table(
            ("outcome", "analysis", "judged", "named: questions", "not named: questions", "trial file", "shown"),
            _by_analysis(rows),
        ),
        "## Which check asked about which analysis\n",
        "Cells without a question are left out.\n",
        table(("check", "outcome", "analysis", "report", "judged", "no explanation", "hard to explain"), _asked(rows)),
        "## Before and after\n",
        "The same simulation under the rules before their thresholds were set from it",
        "([decision 20](decisions/0020-claims-against-each-other.md)),",
        f"{found['before-trials']:,} trials of each analysis, checks that asked about any:\n",
        table(
            ("check", "before: judged", "questions", "of 1,000", "after: judged", "questions", "of 1,000"),
            _before_and_after(found["before"], rows),
        ),
    ]
    write_page(page, "\n".join(parts) + "\n")


def _head(first: str) -> tuple[str, ...]:
    return first, "judged", "no explanation", "one in", "hard to explain", "one in"


def _sum(rows: Iterable[Row]) -> Counter[str]:
    total: Counter[str] = Counter()
    for row in rows:
        total.update({kind: row[kind] for kind in KINDS})
    return total


def _sums(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, Counter[str]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: _sum(some) for name, some in groups.items()}


def _line(name: str, one: Counter[str]) -> Sequence[object]:
    cells: list[object] = [name, f"{one['judged']:,}"]
    for kind in BARS:
        cells += [one[kind], _one_in(one[kind], one["judged"])]
    return cells


def _one_in(x: int, n: int) -> str:
    """Return one in how many a share is, with its interval; where it is none, one in how many it may be at most."""
    if not n:
        return ""
    low, high = map(float, binomial_interval(x, n, method="wilson"))
    if not x:
        return f"at most one in {1 / high:,.0f}"
    return f"{n / x:,.0f} ({1 / high:,.0f} to {1 / low:,.0f})"


def _link(code: str) -> str:
    check = next(one for one in CHECKS if one.code == code)
    return f"[{code} {check.name}](checks/{code}.md)"


def _questions(one: Counter[str]) -> int:
    return one["inconsistent"] + one["strained"]


def _by_check(rows: Sequence[Row]) -> list[Sequence[object]]:
    silent = _sums((row for row in rows if row["form"] == SILENT), lambda row: str(row["code"]))
    sums = _sums((row for row in rows if row["judged"]), lambda row: str(row["code"]))
    return [(*_line(_link(code), sums[code]), _questions(silent.get(code, Counter()))) for code in sorted(sums)]


def _beyond(rows: Sequence[Row]) -> str:
    """Return which checks alone ask more often than the bars of all together allow, and about what."""
    over = []
    for code, one in sorted(_sums(rows, lambda row: str(row["code"])).items()):
        if any(one[kind] * bar > one["judged"] for kind, bar in BARS.items()):
            told = _sum(row for row in rows if row["code"] == code and row["form"] != SILENT)
            over.append(
                f"{_link(code)} ({_questions(told)} of its {_questions(one)} questions where the analysis is named)"
            )
    return f"Beyond the bars by themselves: {'; '.join(over) or 'none'}.\n"


def _by_analysis(rows: Sequence[Row]) -> list[Sequence[object]]:
    out: list[Sequence[object]] = []
    for (outcome, analysis), one in _groups(rows).items():
        total = _sum(one)
        asked = _sums(one, lambda row: str(row["form"]))
        cells = [_of(asked.get(form)) for form in ("text that names it", SILENT, "trial file")]
        out.append((OUTCOMES[outcome], analysis, f"{total['judged']:,}", *cells, total["look"]))
    return out


def _groups(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["outcome"], row["analysis"]), []).append(row)
    return groups


def _of(one: Counter[str] | None) -> str:
    return "" if one is None else f"{_questions(one)} of {one['judged']:,}"


def _asked(rows: Iterable[Row]) -> list[Sequence[object]]:
    some = [row for row in rows if row["inconsistent"] or row["strained"]]
    return [
        (row["code"], OUTCOMES[row["outcome"]], row["analysis"], row["form"], row["judged"], row["inconsistent"],
         row["strained"])
        for row in sorted(some, key=lambda row: (row["code"], -row["inconsistent"] - row["strained"]))
    ]  # fmt: skip


def _before_and_after(before: Sequence[Row], after: Sequence[Row]) -> list[Sequence[object]]:
    first, second = (_sums(rows, lambda row: str(row["code"])) for rows in (before, after))
    out: list[Sequence[object]] = []
    for code in sorted(first):
        both = first[code], second.get(code, Counter())
        if not any(map(_questions, both)):
            continue
        cells: list[object] = []
        for one in both:
            share = 1000 * _questions(one) / one["judged"] if one["judged"] else 0
            cells += [f"{one['judged']:,}", _questions(one), f"{share:.1f}"]
        out.append((_link(code), *cells))
    return out
