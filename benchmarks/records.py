"""What a report costs beyond its verdicts: flat records, and plain JSON, over a corpus.

    python benchmarks/records.py CORPUS [N]

CORPUS is a .jsonl or .jsonl.gz file of {"id", "text"} lines, of which the first N are taken. The promise: records at
most 1.5 times (a question says what one changed character would do), plain JSON at most 2 times the cost of the
verdicts. Each text is checked once; what a form costs is the check and what writing that form of its report adds. A
second check of a text would be cheaper than the first.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trialstats as ts

PROMISED = {"records": 1.5, "plain JSON": 2.0}
WARM = 30

FORMS: dict[str, Callable[[ts.Report], object]] = {
    "records": lambda report: [record.as_dict() for record in report.records()],
    "plain JSON": lambda report: report.to_json(indent=None),
}


def texts_of(path: Path) -> list[str]:
    """Return the texts of a corpus."""
    packed = path.read_bytes()
    lines = (gzip.decompress(packed) if path.suffix == ".gz" else packed).splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


def seconds(texts: list[str]) -> dict[str, float]:
    """Return the processor time of the verdicts, and what each form adds, over all texts."""
    spent = dict.fromkeys(("verdicts", *FORMS), 0.0)
    for text in texts:
        begun = time.process_time()
        report = ts.check(text)
        spent["verdicts"] += time.process_time() - begun
        for name, write in FORMS.items():
            begun = time.process_time()
            write(report)
            spent[name] += time.process_time() - begun
    return spent


def main() -> None:
    """Print the ratios; exit with status 1 where a promise is not kept."""
    texts = texts_of(Path(sys.argv[1]))[: int(sys.argv[2]) if len(sys.argv) > 2 else None]
    seconds(texts[:WARM])
    spent = seconds(texts)
    each = 1000 * spent["verdicts"] / len(texts)
    print(f"{len(texts)} texts, verdicts {each:.2f} ms a text")
    kept = True
    for name, most in PROMISED.items():
        ratio = 1 + spent[name] / spent["verdicts"]
        kept &= ratio <= most
        print(f"{name}/verdicts {ratio:.2f} (promised: at most {most})")
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
