"""Which methods and roundings print the intervals of real abstracts: the counts behind ``catalogues/2.toml``.

Run with ``python -m benchmarks.calibration CORPUS``, where CORPUS has one JSON object with ``id`` and ``text`` a line
(gzip or not). Prints counts only; no text leaves the corpus.

An interval is taken where count, total, percentage and interval stand within a few words of each other, the percentage
is the count over the total within one unit of its last digit, and the interval holds it.

A paper is taken to have used one method: one of those that print the most of its intervals, plainly rounded intervals
first. Its one vote is shared between these in proportion to how common each is in all papers, which is found by
iteration (EM): the maximum-likelihood shares of a mixture. It starts from the smoothed shares of catalogue 1, which
matters only between methods that the papers cannot tell apart. Its votes for roundings, and for how the
bounds were made, are the means over its intervals under the plainest way in which one of these methods prints each.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from trialstats.catalogue import load_catalogue
from trialstats.errors import TrialstatsError
from trialstats.reported import Reported
from trialstats.search.counts.explain import explain_proportion

NUMBER = r"\d{1,3}(?:[.·]\d{1,3})?"
INTERVAL = re.compile(
    r"(?P<level>9[059](?:\.\d)?)\s?%?\s?(?:CI|C\.I\.|confidence intervals?|confidence limits?)(?:\s?\[CI\]|\s?\(CI\))?"
    r"[\s:,;=(\[]{0,4}(?P<lower>"
    + NUMBER
    + r")\s?(?P<unit>%?)\s?(?:-|–|—|‐|‑|to|,|;|and)\s?(?P<upper>"
    + NUMBER
    + r")\s?%?"
)
COUNT = re.compile(r"(?<![\d.·,])(?P<x>\d{1,4})\s?(?:/|of|out of)\s?(?:the |all )?(?P<n>\d{1,4})(?![\d·/%]|[.,]\d)")
SPLIT = re.compile(r"(?P<x>\d{1,4})\s?\((?P<percent>" + NUMBER + r")\s?%[^()]{0,5}$")
TOTAL = re.compile(r"^[\s%\])]{1,4}(?:of|out of)\s(?:the |all )?(?P<n>\d{1,4})(?![\d·/%]|[.,]\d)")
PERCENT = re.compile(r"(?<![\d.·-])(?P<percent>" + NUMBER + r")\s?%")
REACH = 70


class Found(NamedTuple):
    """One interval with its data, as printed."""

    paper: str
    x: int
    n: int
    percent: str
    lower: str
    upper: str
    level: str


def intervals(paper: str, text: str) -> Iterator[Found]:
    """Yield the intervals of a text whose count, total and percentage stand close by."""
    for match in INTERVAL.finditer(text):
        before, after = text[max(match.start() - REACH, 0) : match.start()], text[match.end() : match.end() + 30]
        lower, upper = match["lower"], match["upper"]
        split, total = SPLIT.search(before), TOTAL.search(after)
        if split and total:  # 34 (21.0%; 95% CI 15.0-28.1) of 162
            x, n, percent = int(split["x"]), int(total["n"]), split["percent"]
        else:
            within = after.split(")", 1)[0]
            counts = list(COUNT.finditer(before))[-1:] or list(COUNT.finditer(within))[:1]
            percents = list(PERCENT.finditer(before))[-1:]
            if not counts or not percents:
                continue
            x, n, percent = int(counts[0]["x"]), int(counts[0]["n"]), percents[0]["percent"]
        percent = percent.replace("·", ".")
        try:
            p, low, high = (Reported(f"{number}%") for number in (percent, lower, upper))
        except TrialstatsError:
            continue
        ordered = 0 <= x <= n and n > 0 and low.value <= p.value <= high.value and low.value < high.value
        if ordered and abs(Fraction(x, n) - p.value) <= p.step:
            yield Found(paper, x, n, f"{percent}%", f"{lower}%", f"{upper}%", match["level"])


WAYS = (
    ("nearest", "direct"),
    ("twice", "direct"),
    ("nearest", "halves"),
    ("twice-2", "direct"),
    *((rounding, bounds) for rounding in ("truncated", "up") for bounds in ("direct", "halves")),
    ("twice", "halves"),
)
"""Plainest first; half-up and half-even print nothing that ``nearest`` does not."""


def votes(found: list[Found]) -> tuple[dict[str, Counter[str]], int]:
    """Count methods, roundings, making of bounds and estimates by paper; and the papers that no method fits."""
    by_paper: dict[str, list[Found]] = defaultdict(list)
    for one in dict.fromkeys(found):
        by_paper[one.paper].append(one)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    fitting: list[frozenset[str]] = []
    for several in by_paper.values():
        tables = [_methods_by_way(one) for one in several]
        score = Counter({method: 0.0 for table in tables for methods in table.values() for method in methods})
        for table in tables:
            for method in score:
                rank = next((k for k, way in enumerate(WAYS) if method in table[way]), None)
                score[method] += 0.0 if rank is None else 1.0 if rank == 0 else 0.5
        if not score:
            continue
        most = max(score.values())
        winners = frozenset(method for method, printed in score.items() if printed == most)
        fitting.append(winners)
        counted["fits"].update(winners)
        printed = [way for table in tables if (way := next((way for way in WAYS if winners & table[way]), None))]
        for rounding, bounds in printed:
            counted["rounding"][rounding] += 1 / len(printed)
            counted["bounds"][bounds] += 1 / len(printed)
    counted["interval-method"] = shares(fitting)
    return counted, len(by_paper) - len(fitting)


def shares(fitting: list[frozenset[str]], rounds: int = 500) -> Counter[str]:
    """Return how many papers used each method, given the methods that fit each paper."""
    first = load_catalogue("1").kinds["interval-method"]
    found = Counter(
        {method: (first[method].count if method in first else 0.0) + 0.5 for methods in fitting for method in methods}
    )
    for _ in range(rounds):
        new: Counter[str] = Counter()
        for methods in fitting:
            total = sum(found[method] for method in methods)
            for method in methods:
                new[method] += found[method] / total
        found = new
    return found


def _methods_by_way(one: Found) -> dict[tuple[str, str], set[str]]:
    """Return the methods that print an interval, by rounding and making of its bounds; x/n is its estimate."""
    table: dict[tuple[str, str], set[str]] = {way: set() for way in WAYS}
    for way in explain_proportion(one.percent, (one.lower, one.upper), x=one.x, n=one.n, level=f"{one.level}%"):
        if way.point is None and (way.rounding, way.bounds) in table:
            table[str(way.rounding), str(way.bounds)].add(str(way.method))
    return table


def read(path: Path) -> Iterator[tuple[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            yield document["id"], document["text"]


def show(counted: Mapping[str, Counter[str]]) -> None:
    """Print how many votes each method of each kind got."""
    for kind, counter in sorted(counted.items()):
        print(f"{kind}: total {sum(counter.values()):.1f}")
        for name, number in counter.most_common():
            print(f"  {name:22s} {number:6.2f}")


def main(path: str) -> None:
    found = [one for paper, text in read(Path(path)) for one in intervals(paper, text)]
    counted, unfitted = votes(found)
    print(f"{len(found)} intervals with count, total and percentage in {len({one.paper for one in found})} abstracts")
    print(f"abstracts none of whose intervals is printed by any method: {unfitted}")
    show(counted)


if __name__ == "__main__":
    main(sys.argv[1])
