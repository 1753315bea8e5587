"""How long do several versions of the sources take for the same texts, side by side, in one run?

    python -m benchmarks.side_by_side TEXTS.jsonl.gz NAME=SRC NAME=SRC ... [--texts 300] [--rounds 5]

Each version is a folder that holds the package, and runs in a process of its own. In each round all versions take all
texts at the same time, so that a busy machine slows all of them alike; of each text the best round counts. Printed are
milliseconds of processor time a text: to read it; to check what was read; and the words of all findings.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path

TASKS = ("read", "check", "words")

WORKER = """
import gc, json, sys, time
import trialstats as ts
texts = json.loads(sys.stdin.readline())
clock = time.process_time
def once():
    spent = []
    for text in texts:
        began = clock()
        paper = ts.extract(text)
        read = clock()
        report = ts.check(paper)
        checked = clock()
        for one in report.findings:
            str(one.message)
        spent.append((read - began, checked - read, clock() - checked))
    return spent
for line in sys.stdin:
    print(json.dumps(once()), flush=True)
"""


def start(source: str, texts: list[str]) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": source, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert worker.stdin is not None
    worker.stdin.write(json.dumps(texts) + "\n")
    return worker


def one_round(workers: dict[str, subprocess.Popen[str]]) -> dict[str, list[list[float]]]:
    """Return, for each version, the seconds of each task for each text."""
    for worker in workers.values():
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    return {name: json.loads(worker.stdout.readline()) for name, worker in workers.items() if worker.stdout is not None}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.side_by_side")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("versions", nargs="+", help="NAME=FOLDER")
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    data = given.corpus.read_bytes()
    lines = (gzip.decompress(data) if given.corpus.suffix == ".gz" else data).decode("utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line.strip()]
    texts = random.Random(1).sample(texts, min(given.texts, len(texts)))
    workers = {name: start(source, texts) for name, _, source in (one.partition("=") for one in given.versions)}
    one_round(workers)  # imports, expressions and tables that are made once
    rounds = [one_round(workers) for _ in range(given.rounds)]
    print(f"{len(texts)} texts, the best of {given.rounds} rounds for each; milliseconds a text")
    for name in workers:
        of_texts = zip(*(one[name] for one in rounds), strict=True)
        best = [[min(times) for times in zip(*of_text, strict=True)] for of_text in of_texts]
        means = [1000 * sum(times) / len(texts) for times in zip(*best, strict=True)]
        parts = "  ".join(f"{task} {time:6.2f}" for task, time in zip(TASKS, means, strict=True))
        print(f"{name:20s}{parts}  all {sum(means):6.2f}")
    for worker in workers.values():
        assert worker.stdin is not None
        worker.stdin.close()
        worker.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
