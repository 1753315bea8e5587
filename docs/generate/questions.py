"""The page on questions: how often they are right, what is noticed, and what sound numbers are asked about."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generate.writing import table, write_page
from trialstats.checks import CHECKS
from trialstats.checks.measured import NOT_MEASURED, interval_words, measured

__all__ = ["write_questions"]


def write_questions(page: Path, results: Path) -> None:
    """Write the page."""
    found = json.loads(results.read_text(encoding="utf-8"))
    parts = [
        "# Validation: questions\n",
        "How often a question is right, how often a slip is noticed, and how often sound numbers are asked about.",
        "Every number of this page was read from results when it was built: `benchmarks/questions.json`",
        "(`python -m benchmarks.questions`) and `checks/measured.toml` (`python -m benchmarks.check_rates`).",
        "Intervals are 95 % Clopper-Pearson ones, by `trialstats.binomial_interval`.\n",
        "## Questions that were read\n",
        "People read each question in its sentence. *True of the print* means that the numbers stand so and that no",
        "ordinary analysis is known to us that prints them; an innocent reading may still be found.",
        "All texts are development texts unless the row says otherwise: rules were mended on them.\n",
        table(
            ("texts", "questions", "read", "true of the print", "share", "readers"),
            [_read(one) for one in found["read"]],
        ),
        "## Slips noticed\n",
        "One number of a labelled abstract is changed at a time. A slip is noticed if a question stands at its",
        "sentence that the unchanged text has not; many changed digits lie within rounding and can be seen by nobody.",
        _unchanged(found.get("unchanged")),
        table(
            ("slip", "planted", "noticed", "share"),
            [
                (one["kind"], one["planted"], one["noticed"], _share(one["noticed"], one["planted"]))
                for one in found.get("slips", ())
            ],
        ),
        "## Sound claims that were asked about, check by check\n",
        "Simulated trials, analysed by ordinary methods and printed as papers print them; and what those questions",
        "about real abstracts were worth that were read in their sentences (`benchmarks/readings.jsonl`).\n",
        table(
            ("check", "sound claims", "asked about", "of 1,000", "with one digit changed", "noticed", "read", "true"),
            _by_check(measured()),
        ),
        f"Not simulated: {'; '.join(f'{code}, for {why}' for code, why in NOT_MEASURED.items())}.\n",
        "Analyses that the checks do not assume: [soundness](validation-soundness.md).\n",
        "## Shares of other analyses\n",
        "A share is printed with its count and number of patients, but its interval, and for clusters and strata the",
        "share too, is by an analysis that the catalogue does not hold (`benchmarks/count_analyses.py`). *No",
        "explanation* without its name is nearly always that the share is not its count over its total; *hard to",
        "explain* says that another analysis may have printed it. Once the text names it little is asked.\n",
        table(
            ("analysis", "named", "claims", "no explanation", "hard to explain", "share asked about"),
            [_analysis(one) for one in found.get("analyses", ())],
        ),
        "## Summaries of posterior draws\n",
        "Posteriors of one count under a usual prior, summarised from draws (`benchmarks/simulated_posteriors.py`).",
        "The posterior is *found* if it is among the explanations; where a posterior prints the summary exactly and in",
        "an ordinary way draws are not looked at. Prints rarer than 1 in 1,000 of those of a posterior are not its.\n",
        table(
            ("draws", "decimals", "summaries", "posterior found", "asked about", "of 1,000"),
            [
                (
                    f"{one['draws']:,}",
                    one["decimals"],
                    one["papers"],
                    _share(one["found"], one["papers"]),
                    one["asked"],
                    interval_words(one["asked"], one["papers"], per=1000),
                )
                for one in found.get("draws", ())
            ],
        ),
    ]
    write_page(page, "\n".join(parts) + "\n")


def _read(one: Mapping[str, Any]) -> Sequence[object]:
    asked, true = one["asked"], one["true"]
    return one["texts"], one["what"], asked, true, _share(true, asked), one["readers"]


def _share(x: int, n: int) -> str:
    return f"{x / n:.0%} ({interval_words(x, n)} %)" if n else ""


def _unchanged(one: Mapping[str, int] | None) -> str:
    if one is None:
        return ""
    texts = f"{one['texts']} unchanged texts"
    return f"In {texts} there were {one['questions']} questions, and {one['looks']} places that it asks to look at.\n"


def _by_check(figures: Mapping[str, Mapping[str, Any]]) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = []
    for check in sorted(CHECKS, key=lambda one: one.code):
        known = figures.get(check.code)
        if known is None or not (known.get("true-claims") or known.get("read")):
            continue
        n, slips = known.get("true-claims", 0), known.get("slips", 0)
        link = f"[{check.code} {check.name}](checks/{check.code}.md)"
        rows.append(
            (
                link,
                f"{n:,}",
                known.get("true-questioned", ""),
                interval_words(known["true-questioned"], n, per=1000) if n else "",
                f"{slips:,}",
                _share(known["slips-questioned"], slips) if slips else "",
                known.get("read", ""),
                _share(known["read-true"], known["read"]) if "read" in known else "",
            )
        )
    return rows


def _analysis(one: Mapping[str, Any]) -> Sequence[object]:
    asked = one["inconsistent"] + one["strained"]
    named = "yes" if one["named"] else "no"
    return one["analysis"], named, one["claims"], one["inconsistent"], one["strained"], _share(asked, one["claims"])
