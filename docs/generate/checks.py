"""One page for each check, from the docstring of its file and from the golden pairs, reanalysed at each build."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from generate.writing import table, write_folder
from trialstats import reanalyse
from trialstats.checks import CHECKS
from trialstats.checks.check import Check
from trialstats.checks.measured import rates_in_words
from trialstats.checks.serving import INSPECT_SR, SOURCES, TRACT, served_in_words
from trialstats.claims.model import Comparison, Estimate, Paper
from trialstats.report.marks import mark_of

__all__ = ["PARTS", "parts_of", "write_checks"]

PARTS = {"Why": "Why:", "Formula": "Formula:", "Examples": "Agrees", "Reference": "Reference:"}
"""The parts of a check's docstring after what it compares, and the words that they begin with."""

GROUPS = (
    ("Counts and percentages", "TS1"),
    ("Ratios, P values, survival and means", "TS2"),
    ("Two arms", "TS3"),
    ("Posteriors", "TS4"),
    ("Designs", "TS5"),
    ("What is left", "TS0"),
)


def parts_of(docstring: str) -> dict[str, str]:
    """Return the parts of a check's docstring: ``Compares``, then those of `PARTS` that it has."""
    found = {"Compares": ""}
    now = "Compares"
    for block in docstring.split("\n\n"):
        for part, word in PARTS.items():
            if block.startswith(word):
                now, block = part, block.removeprefix(word if word.endswith(":") else "").strip("\n")
        if block.strip():
            found[now] = found[now] + "\n\n" + block if found.get(now) else block
    return found


def write_checks(folder: Path, golden_pairs: Path) -> None:
    """Write the page of every check and their index.

    Raises
    ------
    RuntimeError
        If a check's docstring lacks a part, or a golden pair does not come out as it says.
    """
    golden = _load(golden_pairs).GOLDEN
    pages = {f"{check.code}.md": _page(check, [row for row in golden if row[0] == check.name]) for check in CHECKS}
    write_folder(folder, pages | {"index.md": _index()})


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_pairs", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _index() -> str:
    parts = [
        "# Checks\n",
        f"{len(CHECKS)} checks. Each is one file with a stable code; its page is the docstring of that file, which",
        "`trialstats explain CODE` prints too, with examples that were run when this page was built.\n",
    ]
    for title, prefix in GROUPS:
        some = sorted((check for check in CHECKS if check.code.startswith(prefix)), key=lambda check: check.code)
        rows = [(f"[{check.code}]({check.code}.md)", check.name, check.summary) for check in some]
        parts += [f"## {title}\n", table(("code", "name", "what agrees"), rows)]
    parts += ["## Items of other tools\n", f"Items of INSPECT-SR that a check serves, in our own words ({SOURCES}):\n"]
    parts.append(
        table(
            ("item", "what it asks", "checks"),
            [
                (item, asks, ", ".join(f"[{one.code}]({one.code}.md)" for one in CHECKS if item in one.serves))
                for item, asks in INSPECT_SR.items()
            ],
        )
    )
    parts.append(f"A finding answers no item by itself: it is one figure to look at. {TRACT}\n")
    codes = "\n".join(f"{check.code} {check.name} <{check.code}>" for check in sorted(CHECKS, key=lambda c: c.code))
    return "\n".join((*parts, f"```{{toctree}}\n:hidden:\n\n{codes}\n```\n"))


def _page(check: Check, golden: list[tuple[str, Paper, str, Any]]) -> str:
    parts = parts_of(check.explanation)
    missing = [part for part in PARTS if part not in parts and not _needs_none(check, part)]
    if missing:
        raise RuntimeError(f"{check.name}: the docstring of its file has no {', '.join(missing)}.")
    lines = [f"# {check.code} {check.name}\n", parts["Compares"], ""]
    if "Why" in parts:
        lines += ["## Why\n", parts["Why"].strip(), ""]
    if "Formula" in parts:
        lines += ["## Formula\n", "```text", _dedent(parts["Formula"]), "```", ""]
    lines += ["## Examples\n", parts.get("Examples", "").strip(), "", *_examples(check, golden)]
    assumes = "; ".join(check.assumes) or "nothing beyond arithmetic"
    lines += ["## What it assumes\n", f"{assumes[0].upper()}{assumes[1:]}.", ""]
    if "Reference" in parts:
        lines += ["## Reference\n", parts["Reference"].strip(), ""]
    if rates := rates_in_words(check.code):
        lines += ["## Measured\n", " ".join(rates), "See [validation](../validation.md).", ""]
    if check.settled_by:
        lines += ["## What would settle it\n", f"{check.settled_by[0].upper()}{check.settled_by[1:]}.", ""]
    if check.serves:
        served = f"{served_in_words(check.serves)}; see [all items](index.md#items-of-other-tools)."
        lines += ["## Serves\n", served, ""]
    lines += [f"To run only this check: `trialstats check FILE --select {check.code}`.", ""]
    return "\n".join(lines)


def _needs_none(check: Check, part: str) -> bool:
    return check.name == "nothing-to-check" and part != "Why"


def _dedent(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.splitlines() if line.strip())


def _examples(check: Check, golden: list[tuple[str, Paper, str, Any]]) -> Iterator[str]:
    yield "Run at this build, from the pairs in `tests/checks/test_golden_pairs.py`:\n"
    for _, paper, claim, expected in golden:
        found = [one for one in reanalyse(paper, select=[check.name]).findings if one.claim == claim]
        if expected is None:
            if found:
                raise RuntimeError(f"{check.name}: a golden pair that should leave it silent does not.")
            yield f"- {_printed(paper)}\\\n  nothing is said"
            continue
        (finding,) = found
        if finding.verdict is not expected:
            raise RuntimeError(f"{check.name}: a golden pair is {finding.verdict}, not {expected}.")
        yield f"- {_printed(paper)}\\\n  {mark_of(finding).sign} *{mark_of(finding).printed}*: {finding.message}"
    yield ""


def _printed(paper: Paper) -> str:
    """Return what a paper prints, in a line."""
    said = [_claim(claim) for claim in paper.claims]
    sizes = [f"{arm.label} {size.value.text}" for arm in paper.arms for size in arm.of.values()]
    if sizes:
        said.append("patients: " + ", ".join(sizes))
    said += [f"in all {size.value.text}" for size in paper.of.values()]
    return "; ".join(said)


def _claim(claim: Estimate | Comparison) -> str:
    if isinstance(claim, Comparison):
        return f"P = {claim.p.value.text}".replace("= <", "< ") if claim.p else (claim.says or claim.id)
    words = [claim.measure.replace("-", " ")]
    if claim.value is not None:
        words.append(claim.value.text + (f" {claim.unit}" if claim.unit else ""))
    if (spread := claim.spread) is not None:
        ends = [end.text if end is not None else "…" for end in (spread.lower, spread.upper)]
        kind = "credible interval " if spread.kind == "credible" else ""
        words.append(f"({kind}{ends[0]} to {ends[1]})")
    if claim.p is not None:
        words.append(f"P = {claim.p.value.text}".replace("= <", "< "))
    if claim.x is not None:
        words.append(f"({claim.x.text} of {claim.n.text})" if claim.n is not None else f"({claim.x.text})")
    elif claim.n is not None:
        words.append(f"of {claim.n.text}")
    if claim.time:
        words.append(f"at {claim.time}")
    if len(claim.arms) == 1:
        words.insert(0, f"{claim.arms[0]}:")
    if claim.event:
        words.append(f"that {claim.event}")
    if claim.says:
        words.append(f"({claim.says.replace('-', ' ')})")
    return " ".join(words)
