"""How well, and how fast, are claims read from abstracts? What was gained and lost since the last summary?

    python -m benchmarks.extraction PATH_TO_CORPUS_DIR [--update] [--misses N]

Prints recall and precision against the hand labels, how often the parts of a matched interval agree, abstracts per
second (read; with verdicts; with what explains them) beside a fixed reference loop, and the labels gained and lost
against the committed summary (ids and numbers of labels only, never words of a text). ``--update`` writes the
summary; ``--misses`` lists the numbers of what was missed and made up; ``--half`` scores one half of the labelled
texts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from trialstats.reanalysis import check
from trialstats.sources.labels import labels_from_paper
from trialstats.sources.text.reading import extract

SUMMARY = Path(__file__).with_name("extraction.json")
KINDS = ("interval", "count", "comparison", "posterior")
PARTS = ("measure", "level", "p", "x/n")


# ------------------------------------------------------------------------------------------------ what is compared
def number(text: str | None) -> str | None:
    return None if text in (None, "") else str(text).lstrip("+")


def p_value(p: dict[str, Any] | None) -> tuple[str, str | None] | None:
    if not p:
        return None
    value = number(p["value"])
    with suppress(InvalidOperation):
        value = None if value is None else str(Decimal(value).normalize())
    return p["rel"], value


def key(label: dict[str, Any]) -> tuple[Any, ...]:
    kind = label["kind"]
    if kind == "interval":
        return kind, *(number(label[name]) for name in ("estimate", "lower", "upper"))
    if kind == "count":
        return kind, *(number(label[name]) for name in ("percent", "x", "n"))
    if kind == "comparison":
        return kind, tuple(sorted(str(number(value)) for value in label["values"])), p_value(label["p"])
    return kind, number(label["value"])


def level(label: dict[str, Any]) -> str | None:
    return None if label["level"] is None else str(Decimal(label["level"]).normalize())


def agreement(label: dict[str, Any], got: dict[str, Any]) -> dict[str, bool]:
    return {
        "measure": label["measure"] == got["measure"],
        "level": level(label) == level(got),
        "p": p_value(label["p"]) == p_value(got["p"]),
        "x/n": (number(label["x"]), number(label["n"])) == (number(got["x"]), number(got["n"])),
    }


def match(labels: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[dict[str, Any] | None]:
    """Give each label the extracted claim with the same numbers that agrees best, or None."""
    pool: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for claim in got:
        pool[key(claim)].append(claim)
    matched: list[dict[str, Any] | None] = []
    for label in labels:
        rest = pool.get(key(label))
        if not rest:
            matched.append(None)
            continue
        if label["kind"] == "interval":
            rest.sort(key=lambda claim: sum(agreement(label, claim)[part] for part in ("measure", "p")), reverse=True)
        matched.append(rest.pop(0))
    return matched


# ------------------------------------------------------------------------------------------------ scores
def score(gold: dict[str, list[dict[str, Any]]], got: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    right, wanted, made = Counter[str](), Counter[str](), Counter[str]()
    parts, full = Counter[str](), 0
    found: list[str] = []
    complete: list[str] = []
    for name, labels in gold.items():
        made.update(claim["kind"] for claim in got[name])
        wanted.update(label["kind"] for label in labels)
        for at, (label, claim) in enumerate(zip(labels, match(labels, got[name]), strict=True)):
            if claim is None:
                continue
            right[label["kind"]] += 1
            found.append(f"{name}#{at}")
            if label["kind"] == "interval":
                agrees = agreement(label, claim)
                parts.update(part for part in PARTS if agrees[part])
                if agrees["measure"] and agrees["level"] and agrees["p"]:
                    full += 1
                    complete.append(f"{name}#{at}")
    return {
        "kinds": {kind: {"labels": wanted[kind], "claims": made[kind], "right": right[kind]} for kind in KINDS},
        "parts": {part: parts[part] for part in PARTS},
        "full": full,
        "found": sorted(found),
        "complete": sorted(complete),
    }


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  -  "


def show(result: dict[str, Any]) -> None:
    for kind, counts in result["kinds"].items():
        print(
            f"{kind:11s} labels {counts['labels']:4d}  claims {counts['claims']:4d}  "
            f"recall {share(counts['right'], counts['labels'])}  precision {share(counts['right'], counts['claims'])}"
        )
    matched, intervals = result["kinds"]["interval"]["right"], result["kinds"]["interval"]["labels"]
    print("on matched intervals:", "  ".join(f"{part} {share(result['parts'][part], matched)}" for part in PARTS))
    print(
        f"numbers, measure, level and P all right: {result['full']} of {intervals} = {share(result['full'], intervals)}"
    )


def changes(result: dict[str, Any], last: dict[str, Any]) -> None:
    for name in ("found", "complete"):
        new, old = set(result[name]), set(last[name])
        for word, ids in (("gained", sorted(new - old)), ("lost", sorted(old - new))):
            print(f"{name} {word}: {len(ids)}", *ids)


# ------------------------------------------------------------------------------------------------ speed
def reference_loop(texts: list[str]) -> float:
    """Words per text with one plain expression: a fixed piece of work to compare machines by."""
    words = re.compile(r"[a-z]+|[0-9]+|\S")
    start = time.process_time()
    for text in texts:
        sum(1 for _ in words.finditer(text))
    return len(texts) / (time.process_time() - start)


def verdicts(text: str) -> None:
    """Extract and check, and read the verdict of every finding: nothing else of a finding is worked out."""
    for finding in check(text).findings:
        _ = finding.verdict


def shown(text: str) -> None:
    """Extract and check, and read all that is shown of every finding, with its cheapest explanation."""
    for finding in check(text).findings:
        _ = finding.message, finding.reported, finding.recomputed, finding.how, finding.searched, finding.nearest
        for one in finding.explanations.best(1):
            _ = one.as_dict()


def listed(text: str) -> None:
    """Do the same, with the five cheapest explanations, as JSON has them."""
    for finding in check(text).findings:
        _ = finding.message, finding.explanations.best(5)


TASKS: dict[str, Callable[[str], object]] = {
    "extraction": extract,
    "extraction and a verdict for every claim": verdicts,
    "extraction, verdicts and the explanation of every finding": shown,
    "the same with the five cheapest explanations of each": listed,
}


def speed(texts: list[str]) -> dict[str, tuple[float, float]]:
    """Return texts per second of processor time: of a first pass, after a short warming up, and of a second one."""
    rates = {}
    for name, task in TASKS.items():
        for text in texts[:100]:
            task(text)
        passes = []
        for _ in range(2):
            start = time.process_time()
            for text in texts:
                task(text)
            passes.append(len(texts) / (time.process_time() - start))
        rates[name] = (passes[0], passes[1])
    return rates


# ------------------------------------------------------------------------------------------------ main
def read_lines(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.decode("utf-8").split("\n") if line.strip()]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--half", choices=("first", "second"), default=None)
    given = parser.parse_args()
    texts = {document["id"]: document["text"] for document in read_lines(given.corpus / "dev_gold_texts.jsonl")}
    documents = read_lines(given.corpus / "dev_gold.jsonl")
    if given.half:
        middle = len(documents) // 2
        documents = documents[:middle] if given.half == "first" else documents[middle:]
    gold = {document["id"]: document["claims"] for document in documents}
    got = {name: labels_from_paper(extract(texts[name], id=name))["claims"] for name in gold}
    result = score(gold, got)
    show(result)
    for name, labels in gold.items():
        matched = match(labels, got[name])
        if given.misses:
            for label, claim in zip(labels, matched, strict=True):
                if claim is None:
                    print("missed ", name, label.get("measure", ""), key(label))
                elif label["kind"] == "interval" and not all(list(agreement(label, claim).values())):
                    differs = [part for part, same in agreement(label, claim).items() if not same]
                    print(
                        "differs",
                        name,
                        key(label),
                        *(f"{part}: {_part(label, part)} read {_part(claim, part)}" for part in differs),
                    )
            left = Counter(map(key, got[name])) - Counter(map(key, labels))
            for claim_key in left:
                print("made up", name, claim_key)
    if given.half:
        return 0
    if SUMMARY.exists():
        changes(result, json.loads(SUMMARY.read_text(encoding="utf-8")))
    if given.update:
        SUMMARY.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    every = [document["text"] for document in read_lines(given.corpus / "dev.jsonl.gz")]
    reference = max(reference_loop(every) for _ in range(3))
    print(f"abstracts per second of one core (load {os.getloadavg()[0]:.1f}); reference loop {reference:.0f}/s")
    for name, (first, second) in speed(every).items():
        print(f"{first:6.0f}, then {second:6.0f}  {name}: {max(first, second) / reference:.4f} of the reference loop")
    bayes = [extract(document["text"]) for document in read_lines(given.corpus / "bayes.jsonl")]
    posteriors = sum(claim["kind"] == "posterior" for paper in bayes for claim in labels_from_paper(paper)["claims"])
    print(f"posterior probabilities in the Bayesian texts: {posteriors}")
    return 0


def _part(label: dict[str, Any], part: str) -> object:
    return (label["x"], label["n"]) if part == "x/n" else p_value(label["p"]) if part == "p" else label[part]


if __name__ == "__main__":
    sys.exit(main())
