"""Do the corpus's labels pass through the claim model and come back unchanged?

    python benchmarks/labels_round_trip.py ../shared/corpus/dev_gold.jsonl

Prints how many came back byte for byte, and the ids of those that did not. Exit status 0 if all did.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from trialstats.sources.labels import labels_from_paper, paper_from_labels


def main(path: str) -> int:
    total = unchanged = 0
    for line in filter(str.strip, Path(path).read_text(encoding="utf-8").splitlines()):
        document = json.loads(line)
        back = labels_from_paper(paper_from_labels(document))
        total += len(document["claims"])
        # As text, so that the order of keys counts too.
        same = [json.dumps(a) == json.dumps(b) for a, b in zip(document["claims"], back["claims"], strict=False)]
        unchanged += sum(same)
        if json.dumps(back) != json.dumps(document):
            print(f"changed: {document['id']}, claims {[i + 1 for i, kept in enumerate(same) if not kept]}")
    print(f"{unchanged} of {total} labels came back unchanged")
    return 0 if unchanged == total else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/labels_round_trip.py LABELS.jsonl")
    sys.exit(main(sys.argv[1]))
