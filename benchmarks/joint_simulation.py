"""Papers of known convention, some claims damaged and some short of a patient: what the joint search makes of them.

    python -m benchmarks.joint_simulation recovery [PAPERS] [SEED]
    python -m benchmarks.joint_simulation calibration [PAPERS] [SEED]

Prints the tables of docs/validation-joint.md: how often the convention is recovered, how many damaged and sound claims
are said not to fit, for several prices of a departure; and whether the evidence against slips is calibrated.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from trialstats.catalogue import Convention, load_catalogue
from trialstats.claims.model import Arm, Estimate, Paper, Size
from trialstats.convention import PaperReading, read_convention
from trialstats.convention.evidence import Evidence
from trialstats.explanations import Counts
from trialstats.press import print_claim
from trialstats.reanalysis import _run_again, reanalyse
from trialstats.reported import Reported
from trialstats.search.joint.search import MOST_CLAIMS
from trialstats.search.joint.slips import slips

CHECKS = ("percent-count", "proportion-interval")
ROUNDINGS = {"nearest": 0.6, "twice": 0.25, "truncated": 0.15}
METHODS = {"clopper-pearson": 0.6, "wald": 0.15, "wilson": 0.15, "jeffreys": 0.1}
SIZES = ((3, 5), (6, 10), (11, 20), (21, 30))
DEPARTURES = (5.0, 8.0, 12.0, MOST_CLAIMS)
NAMES = ("estimate", "lower", "upper")


@dataclass(frozen=True)
class Simulated:
    """A paper with what is true of it."""

    paper: Paper
    rounding: str
    method: str
    sizes: dict[str, int]
    damaged: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    sound: dict[str, Estimate] = field(default_factory=dict)

    @property
    def truth(self) -> dict[str, object]:
        """The true choice of each family."""
        sizes = {f"n:{arm}/": n for arm, n in self.sizes.items()}
        return {"rounding:percentages": self.rounding, "method": self.method, **sizes}


def drawn(rng: random.Random, weights: dict[str, float]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def simulate(rng: random.Random, count: int, *, damage: float, short: float, ordinary: bool = False) -> Simulated:
    """Draw a paper of two arms with so many claims; ``damage`` and ``short`` are shares of the claims."""
    rounding = "nearest" if ordinary else drawn(rng, ROUNDINGS)
    method = "clopper-pearson" if ordinary else drawn(rng, METHODS)
    stated = {arm: rng.randint(20, 120) for arm in ("a", "b")}
    sizes = {arm: n - (0 if ordinary or rng.random() < 0.7 else rng.randint(1, 2)) for arm, n in stated.items()}
    decimals = 0 if rng.random() < 0.7 else 1
    claims: list[Estimate] = []
    damaged: set[str] = set()
    lacking: set[str] = set()
    sound: dict[str, Estimate] = {}
    for k in range(count):
        arm = rng.choice("ab")
        name = f"c{k}.{arm}"
        n = sizes[arm]
        if rng.random() < short:
            n, lacking = n - 1, lacking | {name}
        x = sum(rng.random() < 0.4 for _ in range(n)) if rng.random() < 0.7 else rng.randint(0, n)
        claim = print_claim(
            Counts(x, n), Convention(method=method, rounding=rounding), decimals=decimals, claim_id=name
        )
        claim = replace(claim, arms=(arm,), outcome=name)
        if rng.random() < 0.4:
            claim = replace(claim, spread=None)
        sound[name] = claim
        if rng.random() < damage:
            slip = rng.choice(slips(claim, NAMES))
            assert isinstance(slip, Estimate)
            claim, damaged = slip, damaged | {name}
        claims.append(claim)
    arms = tuple(Arm(name, name, {"randomised": Size(Reported(str(n)))}) for name, n in stated.items())
    paper = Paper(id=f"simulated-{rng.random()}", arms=arms, claims=tuple(claims))
    return Simulated(paper, rounding, method, sizes, frozenset(damaged), frozenset(lacking), sound)


def readings(one: Simulated, departures: Iterable[float]) -> dict[float, PaperReading]:
    catalogue = load_catalogue()
    findings = reanalyse(one.paper, select=CHECKS, convention=False).findings
    rerun = partial(_run_again, one.paper, catalogue)
    return {bits: read_convention(one.paper, findings, catalogue, rerun=rerun, departure=bits) for bits in departures}


def told_apart(reading: PaperReading, one: Simulated, family: str, truth: object) -> int:
    """Return how many sound claims print under the truth and not under the choice, all else as chosen."""
    best = reading.best.choices
    every = reading.tables.search(reading.departure)  # also the rules that one claim alone speaks for
    lost = 0
    for position, finding in enumerate(reading.tables.findings):
        if finding.claim not in one.damaged | one.short:
            under = [every.own_cost(position, {**best, family: value}) for value in (best[family], truth)]
            lost += under[0] is None and under[1] is not None
    return lost


@dataclass
class Counted:
    papers: int = 0
    families: int = 0
    recovered: int = 0
    exactly: int = 0
    damaged: int = 0
    caught: int = 0
    sound: int = 0
    alarmed: int = 0
    short: int = 0
    short_alarmed: int = 0

    def add(self, one: Simulated, reading: PaperReading) -> None:
        self.papers += 1
        for family, value in one.truth.items():
            if family in reading.best.choices:
                self.families += 1
                named = value in reading.search.alternatives[family]
                self.exactly += named
                self.recovered += named or told_apart(reading, one, family, value) == 0
        for position, finding in enumerate(reading.tables.findings):
            alarm = not reading.fits(position)
            if finding.claim in one.damaged:
                self.damaged += 1
                self.caught += alarm
            elif finding.claim in one.short:
                self.short += 1
                self.short_alarmed += alarm
            else:
                self.sound += 1
                self.alarmed += alarm


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({100 * part / whole:.1f} %)" if whole else "none"


def recovery(papers: int, seed: int) -> None:
    counted: dict[tuple[float, tuple[int, int]], Counted] = defaultdict(Counted)
    joint: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    changed = 0
    for sizes in SIZES:
        rng = random.Random(f"{seed}/{sizes}")
        for _ in range(papers):
            one = simulate(rng, rng.randint(*sizes), damage=0.1, short=0.1)
            report = reanalyse(one.paper)
            alone = reanalyse(one.paper, convention=False)
            start = time.process_time()
            reading = read_convention(one.paper, alone.findings, load_catalogue())
            _ = reading.tables.candidates
            enumerated = time.process_time()
            _ = reading.convention, reading.under
            joint[sizes].append((enumerated - start, time.process_time() - enumerated))
            changed += [found.verdict for found in report.findings] != [found.verdict for found in alone.findings]
            for departure, reading in readings(one, DEPARTURES).items():
                counted[departure, sizes].add(one, reading)
    print("| departure | claims | papers | choices recovered or not to be told | choice named | damaged claims caught "
          "| sound claims alarmed | claims short of a patient alarmed |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    for (departure, sizes), row in sorted(counted.items()):
        name = "most claims" if departure == MOST_CLAIMS else f"{departure:g} bits"
        print(f"| {name} | {sizes[0]}-{sizes[1]} | {row.papers} | {share(row.recovered, row.families)} "
              f"| {share(row.exactly, row.families)} | {share(row.caught, row.damaged)} "
              f"| {share(row.alarmed, row.sound)} | {share(row.short_alarmed, row.short)} |")  # fmt: skip
    print(f"\nPapers in which a verdict is another with the joint search than without it: {changed}.")
    print("\nProcessor seconds a paper, median (longest):\n")
    print("| claims | all explanations listed | the joint search itself |")
    print("|---|---|---|")
    for sizes, times in joint.items():
        cells = [f"{sorted(some)[len(some) // 2]:.2f} ({max(some):.2f})" for some in zip(*times, strict=True)]
        print(f"| {sizes[0]}-{sizes[1]} | {' | '.join(cells)} |")


def unusual(reading: PaperReading) -> list[Evidence]:
    return [one for one in reading.evidence if not one.ordinary and one.discriminating]


def calibration(papers: int, seed: int) -> None:
    """Ordinary papers with slips, and others: how often is an unusual choice claimed, and what is true then?"""
    claimed: dict[str, list[tuple[float, str]]] = {}
    counted: dict[str, int] = {}
    for kind, ordinary in (("ordinary, 2 to 5 slips", True), ("other conventions, a tenth damaged", False)):
        rng = random.Random(f"{seed}/{kind}")
        counted[kind] = papers if ordinary else papers // 3  # where something is claimed the copies take their time
        claimed[kind] = []
        for _ in range(counted[kind]):
            count = rng.randint(4, 12)
            one = simulate(rng, count, damage=min(0.9, rng.randint(2, 5) / count) if ordinary else 0.1, short=0.0,
                           ordinary=ordinary)  # fmt: skip
            reading = readings(one, (8.0,))[8.0]
            for found in unusual(reading):
                truth = one.truth[found.family]
                costs = reading.tables.families[found.family]
                answer = (
                    "ordinary" if costs[truth] == min(costs.values())
                    else "true" if truth in reading.search.alternatives[found.family] else "another"
                )  # fmt: skip
                claimed[kind].append((found.as_cheap / found.copies, answer))
        listed = ", ".join(f"{100 * p:.1f}% {answer}" for p, answer in sorted(claimed[kind]))
        print(f"{kind}, copies as cheap and what is true: {listed or 'none claimed'}\n", flush=True)
    claimed["together"] = [one for some in claimed.values() for one in some]
    counted["together"] = sum(counted.values())
    print("| papers | number | unusual choices found | limit | found within the limit | true (or tied) "
          "| another unusual one is true | the ordinary one is true |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    for kind, some in claimed.items():
        for limit in (0.01, 0.05):
            inside = [answer for p, answer in some if p <= limit]
            cells = [share(inside.count(answer), len(inside)) for answer in ("true", "another", "ordinary")]
            print(f"| {kind} | {counted[kind]} | {len(some)} | {limit * 200:.0f} of 200 | {len(inside)} "
                  f"| {' | '.join(cells)} |")  # fmt: skip


if __name__ == "__main__":
    what, count, start = (*sys.argv[1:], "1")[:3] if len(sys.argv) > 2 else (sys.argv[1], "40", "1")
    {"recovery": recovery, "calibration": calibration}[what](int(count), int(start))
