"""The figures of the page on questions, beside those of the checks: what other analyses print, draws, slips, readings.

    python -m benchmarks.questions [claims] [--slips FILE] [--write]

Simulates shares of other analyses (`benchmarks.count_analyses`) and summaries of draws
(`benchmarks.simulated_posteriors`). ``--slips`` takes a JSON object: by kind of slip planted in labelled abstracts
``n`` and the share ``noticed``, and under ``original texts`` their number ``n`` with ``questions a text`` and
``looks a text``. ``--write`` puts all into ``benchmarks/questions.json``, from which the page is made; what was counted
by readers stands there under ``read`` and is kept: add a row with ``texts``, ``what``, ``asked``,
``true`` and ``readers``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.count_analyses import table
from benchmarks.simulated_posteriors import DRAWS, rates

RESULTS = Path(__file__).with_suffix(".json")


def planted(path: Path) -> dict[str, Any]:
    """Return the numbers of slips and of those noticed, by kind, and what was asked about unchanged texts."""
    given = json.loads(path.read_text(encoding="utf-8"))
    unchanged = given.pop("original texts")
    given.pop("all slips", None)
    texts = unchanged["n"]
    return {
        "slips": [
            {"kind": kind, "planted": one["n"], "noticed": round(one["n"] * one["noticed"])}
            for kind, one in given.items()
            if one["n"]
        ],
        "unchanged": {
            "texts": texts,
            "questions": round(texts * unchanged["questions a text"]),
            "looks": round(texts * unchanged["looks a text"]),
        },
    }


def draws(papers: int) -> list[dict[str, int]]:
    """Return how many posteriors of simulated draws are found, and how many summaries are asked about."""
    rows = []
    for count in DRAWS:
        for decimals in (0, 1):
            found, asked = rates(papers, count, decimals)
            rows.append({"draws": count, "decimals": decimals, "papers": papers, "found": found, "asked": asked})
    return rows


def main() -> None:
    """Measure, and write where it is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=int, nargs="?", default=200)
    parser.add_argument("--slips", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"read": []}
    if given.slips:
        results |= planted(given.slips)
    if given.claims:
        results |= {"analyses": table(given.claims), "draws": draws(given.claims)}
    text = json.dumps(results, indent=1) + "\n"
    if given.write:
        RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
