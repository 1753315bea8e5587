"""Which methods print the intervals of registry records: the counts behind ``catalogue/3.toml``.

Run with ``python -m benchmarks.calibration_registry FOLDER [CORPUS]``: FOLDER has records of ClinicalTrials.gov with
results (API v2, JSON) and CORPUS is that of ``benchmarks.calibration``. Prints counts only.

A percentage of participants is taken with its 95 % interval and the number analysed, where one whole number of them
alone prints it and neither title nor description speaks of a curve or a model. A record has one vote, as an abstract
has. Beside the votes it counts the records and abstracts that name a method.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from math import ceil, floor
from pathlib import Path
from typing import Any

from benchmarks.calibration import Found, intervals, read, show, votes

from trialstats.errors import TrialstatsError
from trialstats.reported import Reported

MODEL = re.compile(r"kaplan|survival|-free|model|adjusted|estimated|probabilit|imput|cumulative|weighted|stratif", re.I)
NAMED = {
    "clopper-pearson": r"clopper|exact (?:binomial|95 ?%|confidence|CI)|binomial exact",
    "wilson": r"wilson(?:'s)? (?:score|interval|method)",
    "wald": r"\bwald (?:method|interval|confidence|CI|95)|normal approximation|asymptotic (?:95|confidence|normal)",
    "agresti-coull": r"agresti[- –]+coull|adjusted wald",
    "jeffreys": r"jeffreys",
    "mid-p": r"\bmid[- ]?p\b",
    "blaker": r"blaker",
    "blyth-still-casella": r"blyth|casella",
    "arcsine-anscombe": r"anscombe",
    "pratt": r"\bpratt",
    "sterne": r"\bsterne\b",
    "two-stage": r"koyama|jennison|atkinson",
}
MOST = 12
"""Intervals of one record that are looked at: its arms and outcomes are by one hand."""


def of_record(record: dict[str, Any]) -> Iterator[Found]:
    """Yield the intervals of percentages of a record whose counts follow."""
    paper = record["protocolSection"]["identificationModule"]["nctId"]
    for measure in record.get("resultsSection", {}).get("outcomeMeasuresModule", {}).get("outcomeMeasures", []):
        words = f"{measure.get('title', '')} {measure.get('description', '')}"
        unit, kind = measure.get("unitOfMeasure", "").lower(), measure.get("dispersionType", "")
        if not ("percent" in unit or "%" in unit) or not kind.startswith("95% Conf") or MODEL.search(words):
            continue
        sizes = _sizes(measure.get("denoms", []))
        for group in measure.get("classes", []):
            own = sizes | _sizes(group.get("denoms", []))
            for category in group.get("categories", []):
                for cell in category.get("measurements", []):
                    if (found := _found(paper, cell, own.get(cell.get("groupId")))) is not None:
                        yield found


def _sizes(denoms: list[dict[str, Any]]) -> dict[str, int]:
    return {
        count["groupId"]: int(count["value"])
        for one in denoms
        if one.get("units", "").lower() == "participants"
        for count in one.get("counts", [])
        if count.get("value", "").isdigit()
    }


def _found(paper: str, cell: dict[str, Any], n: int | None) -> Found | None:
    texts = [cell.get(name, "") for name in ("value", "lowerLimit", "upperLimit")]
    if not n or n > 2000 or not all(re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", text) for text in texts):
        return None
    try:
        p, low, high = (Reported(f"{text}%") for text in texts)
    except TrialstatsError:
        return None
    values = p.range()
    least, most = ceil(values.lower * n), floor(values.upper * n)
    if least != most or not 0 < least < n or not low.value <= p.value <= high.value or low.value == high.value:
        return None
    return Found(paper, least, n, p.text, low.text, high.text, "95")


def main(folder: str, corpus: str | None = None) -> None:
    """Print the votes and the names."""
    found: list[Found] = []
    named: Counter[str] = Counter()
    records = abstracts = 0
    for path in sorted(Path(folder).rglob("*.json")):
        text = path.read_text(encoding="utf-8")
        records += 1
        named.update(name for name, words in NAMED.items() if re.search(words, text, re.IGNORECASE))
        found += list(dict.fromkeys(of_record(json.loads(text))))[:MOST]
    for paper, text in read(Path(corpus)) if corpus else ():
        abstracts += 1
        named.update(name for name, words in NAMED.items() if re.search(words, text, re.IGNORECASE))
        found += intervals(paper, text)
    counted, unfitted = votes(found)
    papers = len({one.paper for one in found})
    print(f"{records} records, {abstracts} abstracts; {len(found)} intervals in {papers}; {unfitted} fit no method")
    print(f"named: {dict(named.most_common())}")
    show(counted)


if __name__ == "__main__":
    main(*sys.argv[1:])
