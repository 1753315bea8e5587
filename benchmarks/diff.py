"""What did a change do to the findings on a corpus? Gained, lost and changed, each with its place and sentence.

    python -m benchmarks.diff OLD NEW [--texts CORPUS] [--html PAGE] [--limit N]
    python -m benchmarks.diff --run CORPUS OUT

OLD and NEW are outputs over one corpus: JSON lines as ``trialstats check --format json CORPUS`` prints, or the shorter
and quicker records that ``--run`` writes (of each finding its claim, check, verdict and place: no words, no numbers).
Findings are the same where text, check and claim are; a reading that changed may have shifted the ids of claims, so
that places and printed numbers decide. Sentences are shown only from the corpus given by ``--texts`` (``.jsonl``,
``.jsonl.gz``), and stored nowhere but in the page that was asked for. ``--limit`` shows at most so many of each sort.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from trialstats.findings import Finding
from trialstats.reanalysis import check
from trialstats.sources.corpus import documents
from trialstats.sources.source import Source

NONE = "–"
"""Stands for the verdict of a finding that is not there."""


@dataclass(frozen=True)
class Found:
    """A finding of an output: place or numbers may be unknown there."""

    text: str
    claim: str
    check: str
    verdict: str
    place: tuple[int, int] | None = None
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A finding before and after; None where it is not there."""

    before: Found | None
    after: Found | None

    @property
    def known(self) -> Found:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def sort(self) -> tuple[str, str, str]:
        """Check, verdict before, verdict after."""
        before, after = (NONE if one is None else one.verdict for one in (self.before, self.after))
        return self.known.check, before, after


# ------------------------------------------------------------------------------------------------ outputs
def record(text: str, finding: Finding) -> dict[str, Any]:
    where = finding.where
    return {
        "trial": text, "claim": finding.claim, "check": finding.check, "code": finding.code,
        "verdict": finding.verdict.value, "start": where.start, "end": where.end,
    }  # fmt: skip


def run(corpus: Path, out: Path) -> None:
    """Write a record of every finding on a corpus."""
    with out.open("w", encoding="utf-8") as lines:
        for name, text in texts_of(corpus):
            for finding in check(text, id=name).findings:
                lines.write(json.dumps(record(name, finding), ensure_ascii=False) + "\n")


def texts_of(corpus: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(corpus) if corpus.suffix == ".gz" else corpus.open("rb") as stream:
        yield from documents(Source(stream))


def read(output: Path) -> Iterator[Found]:
    """Yield the findings of an output: of reports, one a line or one for all, or of records."""
    text, decoder, at = output.read_text(encoding="utf-8"), json.JSONDecoder(), 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        value, at = decoder.raw_decode(text, at)
        for trial in value.get("trials", ()):
            for finding in trial["findings"]:
                yield found(trial["trial"], finding)
        if "trials" not in value:
            yield found(value["trial"], value)


def found(text: str, finding: Mapping[str, Any]) -> Found:
    start, end = finding.get("start"), finding.get("end")
    return Found(
        text, finding["claim"], finding["check"], finding["verdict"],
        place=None if start is None or end is None else (start, end),
        numbers=tuple(sorted(finding.get("reported", {}).values())),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ what is the same
def agree(one: object, other: object) -> bool:
    """Whether two are equal, as far as both are known."""
    return not one or not other or one == other


def overlap(one: Found, other: Found) -> bool:
    return bool(one.place and other.place and one.place[0] < other.place[1] and other.place[0] < one.place[1])


SAME: tuple[Callable[[Found, Found], bool], ...] = (
    lambda one, other: one.claim == other.claim and agree(one.place, other.place) and agree(one.numbers, other.numbers),
    lambda one, other: one.place is not None and one.place == other.place,
    overlap,
    lambda one, other: bool(one.numbers) and one.numbers == other.numbers and agree(one.place, other.place),
)
"""When two findings of one check on one text are the same, the surest first."""


def changes(old: Iterable[Found], new: Iterable[Found]) -> tuple[list[Change], int]:
    """Return what was gained, lost and changed, and how many findings are as they were."""
    groups: dict[tuple[str, str], tuple[list[Found], list[Found]]] = defaultdict(lambda: ([], []))
    for side, findings in enumerate((old, new)):
        for one in findings:
            groups[one.text, one.check][side].append(one)
    changed: list[Change] = []
    unchanged = 0
    for before, after in groups.values():
        for change in matched(before, after):
            if change.sort[1] == change.sort[2]:
                unchanged += 1
            else:
                changed.append(change)
    return sorted(changed, key=lambda one: (one.sort, one.known.text, one.known.place or (0, 0))), unchanged


def matched(before: list[Found], after: list[Found]) -> Iterator[Change]:
    for same in SAME:
        for verdict_too in (True, False):
            for one in tuple(before):
                other = next(
                    (each for each in after if same(one, each) and (one.verdict == each.verdict or not verdict_too)),
                    None,
                )
                if other is not None:
                    before.remove(one)
                    after.remove(other)
                    yield Change(one, other)
    yield from (Change(one, None) for one in before)
    yield from (Change(None, one) for one in after)


# ------------------------------------------------------------------------------------------------ what is shown
_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\[])|\n+")


def sentence(text: str, finding: Found) -> tuple[str, str, str]:
    """Return the sentence of a finding: what stands before its place, there, and behind it.

    Of a finding without a place it is the first sentence that has all its numbers.
    """
    cuts = [0, *(one.end() for one in _ENDS.finditer(text)), len(text)]
    if finding.place is None:
        for start, end in pairwise(cuts):
            if finding.numbers and all(number in text[start:end] for number in finding.numbers):
                return text[start:end].strip(), "", ""
        return "", "", ""
    start, end = finding.place
    first = max(cut for cut in cuts if cut <= start)
    last = min((cut for cut in cuts if cut >= end), default=len(text))
    return text[first:start].lstrip(), text[start:end], text[end:last].rstrip()


def summary(changed: Iterable[Change]) -> list[tuple[str, str, str, int]]:
    """Return check, verdict before, verdict after and how many, for each sort of change."""
    return [(*sort, count) for sort, count in sorted(Counter(one.sort for one in changed).items())]


def by_sort(changed: Iterable[Change], limit: int | None) -> Iterator[tuple[tuple[str, str, str], list[Change], int]]:
    """Yield each sort of change with those that are shown, and how many there are."""
    groups: dict[tuple[str, str, str], list[Change]] = defaultdict(list)
    for one in changed:
        groups[one.sort].append(one)
    for sort, group in groups.items():
        yield sort, group[:limit], len(group)


def where(one: Found) -> str:
    place = f" {one.place[0]}–{one.place[1]}" if one.place else ""
    numbers = f" {', '.join(one.numbers)}" if one.numbers else ""
    return f"{one.text} {one.claim}{place}{numbers}"


def as_text(changed: list[Change], unchanged: int, texts: Mapping[str, str], limit: int | None) -> str:
    lines = [f"{len(changed)} findings changed, {unchanged} as they were."]
    lines += [f"{count:6d}  {check}: {before} -> {after}" for check, before, after, count in summary(changed)]
    for (name, before, after), shown, total in by_sort(changed, limit):
        left = f" (the first {len(shown)} of {total})" if len(shown) < total else ""
        lines += ["", f"{name}: {before} -> {after}{left}"]
        for one in shown:
            lines.append(f"  {where(one.known)}")
            head, there, tail = sentence(texts.get(one.known.text, ""), one.known)
            if head or there or tail:
                words = f"{head}[[{there}]]{tail}" if there else head
                lines.append(f"    {' '.join(words.split())}")
    return "\n".join(lines) + "\n"


_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } td, th { padding: .1rem 1rem .1rem 0; text-align: left }
td:last-child { text-align: right } li { margin: .8rem 0 } small { color: #555 } mark { background: #ffe28a }
"""


def as_page(changed: list[Change], unchanged: int, texts: Mapping[str, str], limit: int | None) -> str:
    rows = "".join(
        f'<tr><td><a href="#s{k}">{escape(name)}</a></td><td>{escape(before)}</td><td>{escape(after)}</td>'
        f"<td>{count}</td></tr>\n"
        for k, (name, before, after, count) in enumerate(summary(changed))
    )
    parts = []
    for k, ((name, before, after), shown, total) in enumerate(by_sort(changed, limit)):
        left = f" (the first {len(shown)} of {total})" if len(shown) < total else ""
        items = "".join(f"<li>{_item(one.known, texts)}</li>\n" for one in shown)
        title = f"{escape(name)}: {escape(before)} → {escape(after)}{left}"
        parts.append(f'<h2 id="s{k}">{title}</h2>\n<ol>\n{items}</ol>\n')
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Findings before and after</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Findings before and after</h1>\n<p>{len(changed)} changed, {unchanged} as they were.</p>\n"
        f"<table>\n<tr><th>check</th><th>before</th><th>after</th><th></th></tr>\n{rows}</table>\n"
        f"{''.join(parts)}</body>\n</html>\n"
    )


def _item(one: Found, texts: Mapping[str, str]) -> str:
    head, there, tail = map(escape, sentence(texts.get(one.text, ""), one))
    marked = f"<mark>{there}</mark>" if there else ""
    return f"{head}{marked}{tail}<br><small>{escape(where(one))}</small>"


# ------------------------------------------------------------------------------------------------ main
def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.diff", description=__doc__.partition("\n")[0])
    parser.add_argument("old", type=Path, metavar="OLD", help="an output; with --run the corpus")
    parser.add_argument("new", type=Path, metavar="NEW", help="another; with --run the output to write")
    parser.add_argument("--run", action="store_true", help="check the corpus OLD and write its records to NEW")
    parser.add_argument("--texts", type=Path, metavar="CORPUS", help="show sentences from this corpus")
    parser.add_argument("--html", type=Path, metavar="PAGE", help="write a page to read")
    parser.add_argument("--limit", type=int, metavar="N", help="show at most N of each sort of change")
    given = parser.parse_args(arguments)
    if given.run:
        run(given.old, given.new)
        return 0
    changed, unchanged = changes(read(given.old), read(given.new))
    wanted = {one.known.text for one in changed}
    texts = {name: text for name, text in texts_of(given.texts) if name in wanted} if given.texts else {}
    if given.html:
        given.html.write_text(as_page(changed, unchanged, texts, given.limit), encoding="utf-8")
    sys.stdout.write(as_text(changed, unchanged, {} if given.html else texts, given.limit))
    return 0


if __name__ == "__main__":
    sys.exit(main())
