"""What a table says of the analysis of an effect outside its own column: in a note, a model, a test, a line below.

An effect that a covariate, weights, strata, pairs or clusters move is not that of the counts of its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.table.columns import Column

_NOT = r"(?<!\bun)(?<!\bnon-)(?<!\bnon)(?<!\bnot )(?<!\bno )(?<!\bwithout )(?<!\bun-)"
_ADJUSTS = (
    rf"{_NOT}adjust(?:ed|ing|ments?)\b(?! for (?:multipl|interim|the number of (?:tests|comp))| P\b)(?: for .{{1,60}})?"
    rf"|{_NOT}multivaria(?:ble|te)\b|{_NOT}covaria(?:tes?|nce)\b|\bancova\b|\bpropensity\b|\bi?ptw\b|\baOR\b|\baHR\b|\baRR\b"
    r"|\binverse[- ]probability\b|\bcontroll(?:ed|ing) for (?!multipl)"
)
_OTHER = (
    r"mantel|\bcochran\b|\bcmh\b|(?<!un)\bstratified\b(?! (?:block|random|allocation|sampling))|\bgee\b"
    r"|generali[sz]ed estimating|\bmcnemar\b|(?<!un-)\bpaired\b|\bmatched (?:pairs?|analysis|odds|sets?|design)\b"
    r"|\bconditional (?:logistic|poisson|regression)|\bcluster(?!s? headache)|\bmixed[- ](?:effects?[- ])?models?\b"
    r"|\bmixed[- ]effects?\b|\bmulti-?level\b|\brandom[- ]effects?\b|(?<!un)(?<!non-)\bweighted\b|\bimput(?:ed|ation)\b"
    r"|\bcrossover\b|\bcross-over\b"
)
_WORDS = re.compile(rf"{_ADJUSTS}|{_OTHER}", re.IGNORECASE)
_COX = re.compile(r"\bcox\b|proportional hazards", re.IGNORECASE)
_OF_OUTCOME = re.compile(
    rf"{_NOT}(?<![-\w])(?:adjusted (?:for\b.{{1,60}}|(?:odds|risk|rate|hazard|mean|relative|or|rr|hr|md|rd|ratio"
    rf"|difference|analysis)\b)|adjusted\)|a(?:OR|RR|HR)\b)|\(adjusted\b|^adjusted\b|{_NOT}multivaria(?:ble|te)\b",
    re.IGNORECASE,
)
"""In the words of an outcome, where "risk-adjusted survival" is its name."""
_OF_HEADING = re.compile(r"cluster(?!s? headache)|\bmatched pairs?\b|multivaria", re.IGNORECASE)
_LEAST_OF_A_LINE = 12


def heard_of(cells: Sequence[tuple[Column, str]], *, of_times: bool) -> str:
    """Return the words of a row that say that its effect is of another analysis than that of its counts.

    Those of a hazard ratio (``of_times``) may be of Cox's model and yet of the groups alone.
    """
    for column, cell in cells:
        if not cell:
            continue
        if column.kind in ("test", ""):
            found = _WORDS.search(cell) or (None if of_times else _COX.search(cell))
            found = found or (None if column.kind else _OF_HEADING.search(column.heading.text))
        elif column.kind in ("outcome", "population", "subgroup", "study", "id"):
            found = _OF_OUTCOME.search(cell)
        else:
            continue
        if found is not None:
            return found[0].strip("() ")
    return ""


def heard_in_line(texts: Sequence[str]) -> str | None:
    """Return what a line of one cell, a title or a footnote, says of all effects; None for a row of the table."""
    told = [cell.strip() for cell in texts if cell.strip()]
    if len(told) != 1 or len(told[0]) < _LEAST_OF_A_LINE or not re.search(r"[A-Za-z]{3}.* ", told[0]):
        return None
    found = _WORDS.search(told[0])
    return "" if found is None else found[0].strip()
