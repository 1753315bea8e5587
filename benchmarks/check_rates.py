"""How often each check questions true claims, and how often it sees one changed digit.

    python -m benchmarks.check_rates [papers] [--corpus FILE] [--write]

Trials are simulated patient by patient, analysed by ordinary methods and printed as papers print them; each check
judges what it concerns. Then one digit of the numbers it compared is changed at random and it judges again. With a
corpus (``.jsonl.gz``, one document with ``id`` and ``text`` a line) it also counts what each check says of real texts.
Questions about real texts that were read in their sentences stand in ``benchmarks/readings.jsonl``: by text, check and
claim whether the question is true of the print. ``--write`` puts the figures where ``trialstats explain CODE`` finds
them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from benchmarks.cox import TwoGroupCox
from benchmarks.written_papers import study_written
from scipy import stats

from trialstats.catalogue import load_catalogue
from trialstats.checks import CHECKS, Check, Context
from trialstats.claims.model import (
    NEEDED_TO_TREAT,
    Arm,
    Basis,
    Claim,
    Comparison,
    Estimate,
    Paper,
    Place,
    PValue,
    Size,
    Spread,
)
from trialstats.findings import QUESTIONS, Finding, Verdict
from trialstats.intervals.beta import Beta
from trialstats.intervals.binomial import binomial_interval
from trialstats.intervals.rates import rate_limits
from trialstats.intervals.superiority import prob_greater
from trialstats.press import print_number
from trialstats.reanalysis import check
from trialstats.reported import Reported

MEASURED = Path(__file__).parents[1] / "src" / "trialstats" / "checks" / "measured.toml"
READINGS = Path(__file__).with_name("readings.jsonl")
ARMS = ("new", "old")
Z = 1.959963984540054


def number(value: float, decimals: int, unit: str = "") -> Reported:
    return Reported(print_number(float(value), decimals, unit))


def p_value(p: float) -> PValue:
    if p < 0.001:
        return PValue(Reported("<.001"))
    return PValue(Reported(f"{p:.3f}".lstrip("0") if p < 0.095 else f"{p:.2f}".lstrip("0") or "1"))


def interval(lower: Reported, upper: Reported, kind: str = "confidence") -> Spread:
    return Spread(kind, lower, upper, level=Reported("95%"))


def paper(claims: list[Claim], sizes: dict[str, int]) -> Paper:
    arms = tuple(Arm(name, name, {"randomised": Size(Reported(str(n)))}) for name, n in sizes.items())
    total = {"randomised": Size(Reported(str(sum(sizes.values()))))}
    return Paper(id="simulated", arms=arms, claims=tuple(claims), of=total, basis=Basis.TYPED)


# -------------------------------------------------------------------------------------------------- simulated trials
def response(rng: np.random.Generator) -> Paper:
    """Return a trial with a response rate in each arm, adverse events and their tests."""
    n = dict(zip(ARMS, rng.integers(20, 250, 2).tolist(), strict=True))
    decimals = int(rng.integers(0, 2))
    method = ("clopper-pearson", "clopper-pearson", "wilson", "wald")[rng.integers(4)]
    claims: list[Claim] = []
    for arm in ARMS:
        x = int(rng.binomial(n[arm], rng.uniform(0.1, 0.8)))
        found = binomial_interval(x, n[arm], method=method)
        low, high = number(found.lower, decimals, "%"), number(found.upper, decimals, "%")
        value = number(x / n[arm], decimals, "%")
        claims.append(
            Estimate(id=f"orr.{arm}", measure="proportion", value=value, spread=interval(low, high), arms=(arm,),
                     outcome="response")
        )  # fmt: skip
        claims.append(
            Estimate(
                id=f"count.{arm}",
                measure="proportion",
                value=value,
                x=Reported(str(x)),
                n=Reported(str(n[arm])),
                arms=(arm,),
                outcome="response",
            )
        )
    for k in range(5):
        shares = rng.uniform(0.05, 0.9) * np.ones(2) if k % 2 else rng.uniform(0.05, 0.9, 2)
        counts = [int(rng.binomial(m, share)) for m, share in zip(n.values(), shares, strict=True)]
        rates = {
            arm: Estimate(id=f"ae{k}.{arm}", measure="proportion", value=number(c / n[arm], decimals, "%"), arms=(arm,))
            for arm, c in zip(ARMS, counts, strict=True)
        }
        claims += rates.values()
        table = np.array([[c, m - c] for c, m in zip(counts, n.values(), strict=True)])
        claims.append(
            Comparison(id=f"cmp{k}", of=tuple(r.id for r in rates.values()), p=p_value(stats.fisher_exact(table)[1]))
        )
    return paper(claims, n)


def kaplan_meier(time: np.ndarray, event: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return event times, the survival curve and Greenwood's sum."""
    order = np.argsort(time)
    time, event = time[order], event[order]
    at_risk = len(time) - np.arange(len(time))
    keep = event > 0
    curve = np.cumprod(1 - 1 / at_risk[keep])
    left = np.maximum(at_risk[keep] - 1, 1e-9)
    return time[keep], curve, np.cumsum(1 / (at_risk[keep] * left))


def survival(rng: np.random.Generator) -> Paper | None:
    """Return a trial with a hazard ratio, its P value and reduction, medians and rates at two years."""
    n = dict(zip(ARMS, rng.integers(40, 400, 2).tolist(), strict=True))
    ratio, base = math.exp(rng.uniform(math.log(0.3), math.log(1.3))), math.log(2) / rng.uniform(6, 20)
    hazard = {"new": base * ratio, "old": base}
    follow = rng.uniform(20, 50)
    time: list[float] = []
    event: list[float] = []
    group: list[float] = []
    claims: list[Claim] = []
    outcome = "progression-free survival"
    for arm in ARMS:
        t = rng.exponential(1 / hazard[arm], n[arm])
        censored = rng.uniform(0.5 * follow, follow, n[arm])
        d = (t <= censored).astype(float)
        t = np.minimum(t, censored)
        time, event, group = [*time, *t], [*event, *d], [*group, *np.full(n[arm], float(arm == "new"))]
        at, curve, greenwood = kaplan_meier(t, d)
        if not len(at) or curve.min() > 0.45:
            return None
        se = curve * np.sqrt(greenwood)
        half = np.searchsorted(-curve, -0.5)
        first = at[np.flatnonzero(curve - Z * se <= 0.5)[0]]
        above = np.flatnonzero(curve + Z * se < 0.5)
        high = number(at[above[0]], 1) if len(above) else Reported("not reached")
        claims.append(
            Estimate(id=f"m.{arm}", measure="median", value=number(at[half], 1), unit="months",
                     spread=interval(number(first, 1), high), arms=(arm,), outcome=outcome)
        )  # fmt: skip
        k = np.searchsorted(at, 12.0, side="right") - 1
        if k < 0 or not 0.02 < curve[k] < 0.98:
            return None
        rate, width = curve[k], Z * math.sqrt(greenwood[k])
        bounds = [number(min(rate * math.exp(sign * width), 1), 0, "%") for sign in (-1, 1)]
        claims.append(
            Estimate(id=f"s.{arm}", measure="survival", value=number(rate, 0, "%"), time="12 months",
                     spread=interval(bounds[0], bounds[1]), arms=(arm,), outcome=outcome)
        )  # fmt: skip
    fitted = TwoGroupCox.of(np.array([time]), np.array([event]), np.array([group])).fit()
    b, se = float(fitted.estimate[0]), float(fitted.se[0])
    if not (math.isfinite(b) and 0.05 < se < 1):
        return None
    low, high = (number(math.exp(b + s * Z * se), 2) for s in (-1, 1))
    p = p_value(2 * stats.norm.sf(abs(b / se)))
    claims.append(
        Estimate(id="hr", measure="hazard-ratio", value=number(math.exp(b), 2), spread=interval(low, high), p=p,
                 arms=ARMS, outcome=outcome)
    )  # fmt: skip
    if b < 0:
        cut = number(1 - float(number(math.exp(b), 2).value), 0, "%")
        claims.append(Estimate(id="red", measure="relative-reduction", value=cut, of=("hr",)))
    return paper(claims, n)


def turned(rng: np.random.Generator) -> Paper | None:
    """Return a trial with rates at 6, 12 and 18 months and a hazard ratio printed both ways round."""
    n = dict(zip(ARMS, rng.integers(60, 400, 2).tolist(), strict=True))
    base, ratio, decimals = math.log(2) / rng.uniform(8, 20), math.exp(rng.uniform(-1.0, 0.2)), int(rng.integers(0, 2))
    claims: list[Claim] = []
    times, events = [], []
    for arm, hazard in zip(ARMS, (base * ratio, base), strict=True):
        t, censored = rng.exponential(1 / hazard, n[arm]), rng.uniform(18, 40, n[arm])
        times.append(np.minimum(t, censored))
        events.append((t <= censored).astype(float))
        at, curve, _ = kaplan_meier(times[-1], events[-1])
        for when in (6, 12, 18):
            k = np.searchsorted(at, float(when), side="right") - 1
            if k < 0:
                return None
            claims.append(
                Estimate(id=f"s{when}.{arm}", measure="survival", value=number(curve[k], decimals, "%"),
                         time=f"{when} months", arms=(arm,), outcome="overall survival")
            )  # fmt: skip
    group = np.concatenate([np.ones(n["new"]), np.zeros(n["old"])])
    fitted = TwoGroupCox.of(np.concatenate(times)[None], np.concatenate(events)[None], group[None]).fit()
    b, se = float(fitted.estimate[0]), float(fitted.se[0])
    for name, sign, arms in (("hr", 1, ARMS), ("turned", -1, ARMS[::-1])):
        value, low, high = (number(math.exp(sign * b + side * Z * se), 2) for side in (0, -1, 1))
        claims.append(
            Estimate(id=name, measure="hazard-ratio", value=value, spread=interval(low, high), arms=arms,
                     outcome="overall survival")
        )  # fmt: skip
    return paper(claims, n)


def means(rng: np.random.Generator) -> Paper:
    """Return a trial with the mean of a whole number in each arm, and their difference."""
    n = dict(zip(ARMS, rng.integers(12, 90, 2).tolist(), strict=True))
    data = {arm: np.round(rng.normal(rng.uniform(10, 14), 3, n[arm])) for arm in ARMS}
    claims: list[Claim] = []
    for arm in ARMS:
        half = stats.t.ppf(0.975, n[arm] - 1) * data[arm].std(ddof=1) / math.sqrt(n[arm])
        m = data[arm].mean()
        claims.append(
            Estimate(id=f"mean.{arm}", measure="mean", value=number(m, 2), n=Reported(str(n[arm])), unit="episodes",
                     arms=(arm,), spread=interval(number(m - half, 2), number(m + half, 2)))
        )  # fmt: skip
    for arm in ARMS:
        sd = Spread("sd", value=number(data[arm].std(ddof=1), 1))
        claims.append(
            Estimate(id=f"sd.{arm}", measure="mean", value=number(data[arm].mean(), 1), n=Reported(str(n[arm])),
                     unit="episodes", arms=(arm,), spread=sd)
        )  # fmt: skip
    test = stats.ttest_ind(data["new"], data["old"])
    claims.append(Comparison(id="cmp", of=tuple(f"sd.{arm}" for arm in ARMS), p=p_value(test.pvalue)))
    ci = test.confidence_interval()
    d = data["new"].mean() - data["old"].mean()
    claims.append(
        Estimate(id="d", measure="difference", value=number(d, 2), p=p_value(test.pvalue), arms=ARMS, unit="episodes",
                 spread=interval(number(ci.low, 2), number(ci.high, 2)))
    )  # fmt: skip
    return paper(claims, n)


def bayes(rng: np.random.Generator) -> Paper:
    """Return a trial with two posterior rates and the probability that one is higher, and one about a ratio."""
    n = dict(zip(ARMS, rng.integers(20, 90, 2).tolist(), strict=True))
    found = {}
    claims: list[Claim] = []
    for arm in ARMS:
        x = int(rng.binomial(n[arm], rng.uniform(0.2, 0.8)))
        one = found[arm] = Beta(x + 1, n[arm] - x + 1)
        limits = one.interval(0.95)
        bounds = [number(float(end), 0, "%") for end in (limits.lower, limits.upper)]
        claims.append(
            Estimate(id=f"p.{arm}", measure="proportion", value=number(one.mean(), 0, "%"), arms=(arm,),
                     spread=interval(bounds[0], bounds[1], "credible"))
        )  # fmt: skip
    share = float(prob_greater(found["new"], found["old"]))
    claims.append(
        Estimate(id="sup", measure="posterior-probability", value=number(share, 0, "%"), of=("p.new", "p.old"),
                 event="new > old")
    )  # fmt: skip
    b, se = rng.normal(-0.2, 0.2), rng.uniform(0.1, 0.3)
    low, high = (number(math.exp(b + s * Z * se), 2) for s in (-1, 1))
    claims.append(
        Estimate(id="hr", measure="hazard-ratio", value=number(math.exp(b), 2), spread=interval(low, high, "credible"),
                 arms=ARMS, outcome="death")
    )  # fmt: skip
    claims.append(
        Estimate(id="q", measure="posterior-probability", value=number(stats.norm.cdf(-b / se), 1, "%"), of=("hr",))
    )
    return paper(claims, n)


def effects(rng: np.random.Generator) -> Paper | None:
    """Return a trial with the counts of both arms and every effect that they give, each with its interval."""
    n = dict(zip(ARMS, rng.integers(40, 500, 2).tolist(), strict=True))
    x = {arm: int(rng.binomial(n[arm], rng.uniform(0.05, 0.7))) for arm in ARMS}
    if min(x.values()) < 3 or x["new"] * n["old"] == x["old"] * n["new"]:
        return None
    (a, b), (c, d) = ((x[arm], n[arm] - x[arm]) for arm in ARMS)
    decimals = int(rng.integers(0, 2))
    claims: list[Claim] = [
        Estimate(id=f"r.{arm}", measure="proportion", value=number(x[arm] / n[arm], decimals, "%"), arms=(arm,),
                 x=Reported(str(x[arm])), n=Reported(str(n[arm])), outcome="relapse")
        for arm in ARMS
    ]  # fmt: skip
    risks = [x[arm] / n[arm] for arm in ARMS]
    logs = {
        "risk-ratio": (math.log(risks[0] / risks[1]), math.sqrt(1 / a - 1 / n["new"] + 1 / c - 1 / n["old"])),
        "odds-ratio": (math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)),
    }
    for measure, (log, se) in logs.items():
        value, low, high = (number(math.exp(log + side * Z * se), 2) for side in (0, -1, 1))
        claims.append(
            Estimate(id=measure, measure=measure, value=value, spread=interval(low, high), arms=ARMS, outcome="relapse")
        )
    apart = risks[0] - risks[1]
    se = math.sqrt(sum(risk * (1 - risk) / size for risk, size in zip(risks, n.values(), strict=True)))
    value, low, high = (number(apart + side * Z * se, 1, "%") for side in (0, -1, 1))
    claims.append(
        Estimate(id="rd", measure="difference", value=value, spread=interval(low, high), arms=ARMS, outcome="relapse")
    )
    needed = (round, math.ceil)[rng.integers(2)](1 / abs(apart))
    claims.append(
        Estimate(id="nnt", measure="other", value=Reported(str(needed)), unit=NEEDED_TO_TREAT, arms=ARMS,
                 outcome="relapse")
    )  # fmt: skip
    return paper(claims, n)


def dosed(rng: np.random.Generator) -> Paper:
    """Return the responses of three or four dose groups with one P value of them all."""
    k = int(rng.integers(3, 5))
    n = [int(size) for size in rng.integers(25, 200, k)]
    shares = np.clip(rng.normal(0.35, 0.1, k), 0.05, 0.9)
    x = [int(count) for count in rng.binomial(n, shares)]
    table = np.array([x, [size - count for size, count in zip(n, x, strict=True)]])
    test = str(rng.choice(["pearson", "likelihood ratio"]))
    p = stats.chi2_contingency(table, correction=False, lambda_=1 if test == "pearson" else 0)[1]
    groups = [Estimate(id=f"g{at}", measure="proportion", x=Reported(str(count)), n=Reported(str(size)),
                       arms=(f"dose{at}",)) for at, (count, size) in enumerate(zip(x, n, strict=True))]  # fmt: skip
    compared = Comparison(id="overall", of=tuple(one.id for one in groups), p=p_value(float(p)))
    return paper([*groups, compared], {f"dose{at}": size for at, size in enumerate(n)})


def tallied(rng: np.random.Generator) -> Paper:
    """Return what is added up or said again: rates with person-time, best responses, a ratio in the conclusion."""
    claims: list[Claim] = []
    sizes = {arm: int(rng.integers(40, 400)) for arm in ARMS}
    for arm, n in sizes.items():
        time, per = float(n * rng.uniform(0.5, 4)), int(rng.choice([1, 100, 1000]))
        x, decimals = int(rng.poisson(time * rng.uniform(0.02, 0.4))), int(rng.integers(1, 3))
        method = str(rng.choice(["exact", "exact", "mid-p", "byar"] + ["log", "wald"] * (x > 0)))
        low, high = (number(max(limit, 0.0) * per / time, decimals) for limit in rate_limits(x, method))
        unit = f"per {per} person-years" if per > 1 else "per person-year"
        claims.append(
            Estimate(id=f"rate.{arm}", measure="rate", value=number(x * per / time, decimals), x=Reported(str(x)),
                     n=number(time, int(rng.integers(0, 2))), unit=unit, arms=(arm,), outcome="relapse",
                     spread=interval(low, high) if rng.random() < 0.7 else None)
        )  # fmt: skip
        best = rng.multinomial(n, rng.dirichlet([1, 2, 3, 3, 1]))
        named = ("complete response", "partial response", "stable disease", "progressive disease")
        claims += [
            Estimate(id=f"{what}.{arm}", measure="proportion", value=number(count / n, 0, "%"), x=Reported(str(count)),
                     n=Reported(str(n)), arms=(arm,), outcome=what)
            for what, count in zip(named, best, strict=False)
        ]  # fmt: skip
    hr, se = float(np.exp(rng.normal(-0.3, 0.3))), float(rng.uniform(0.08, 0.3))
    low, high = (number(hr * math.exp(side * Z * se), 2) for side in (-1, 1))
    shared = {"measure": "hazard-ratio", "arms": ARMS, "outcome": "bleeding"}
    claims.append(Estimate(id="hr", value=number(hr, 2), spread=interval(low, high), **shared))  # type: ignore[arg-type]
    again = number(float(f"{hr:.2f}"), int(rng.integers(1, 3)))
    concluded = Place(section="conclusions")
    claims.append(Estimate(id="again", value=again, where=concluded, **shared))  # type: ignore[arg-type]
    return paper(claims, sizes)


# -------------------------------------------------------------------------------------------------- one changed digit
def changed(rng: np.random.Generator, printed: Reported) -> Reported | None:
    """Return a number with one digit changed to another; None if it has none."""
    places = [k for k, character in enumerate(printed.text) if character.isdigit()]
    if printed.is_missing or not places:
        return None
    at = places[rng.integers(len(places))]
    other = [d for d in "0123456789" if d != printed.text[at]]
    return Reported(printed.text[:at] + other[rng.integers(9)] + printed.text[at + 1 :])


def damaged(rng: np.random.Generator, claim: Claim) -> Claim | None:
    """Return a claim with one digit of one of its numbers changed."""
    ways: list[Callable[[], Claim | None]] = []

    def way(printed: Reported | None, put: Callable[[Reported], Claim]) -> None:
        if printed is not None and (other := changed(rng, printed)) is not None:
            ways.append(lambda: put(other))

    if claim.p is not None:
        p = claim.p
        way(p.value, lambda new: replace(claim, p=replace(p, value=new)))
    if isinstance(claim, Estimate):
        one = claim
        way(one.value, lambda new: replace(one, value=new))
        way(one.x, lambda new: replace(one, x=new))
        if one.spread is not None:
            spread = one.spread
            way(spread.lower, lambda new: replace(one, spread=replace(spread, lower=new)))
            way(spread.upper, lambda new: replace(one, spread=replace(spread, upper=new)))
    return ways[rng.integers(len(ways))]() if ways else None


@dataclass
class Tally:
    """What a check said of true claims and of damaged ones."""

    true: list[Verdict] = field(default_factory=list)
    slips: list[Verdict] = field(default_factory=list)

    @staticmethod
    def share(verdicts: list[Verdict], *among: Verdict) -> float:
        return sum(one in among for one in verdicts) / len(verdicts) if verdicts else math.nan


def judged(rule: Check, context: Context) -> Iterator[Finding]:
    for finding in rule.run(rule, context):
        if finding.verdict is not Verdict.UNCHECKED:
            yield finding


def study(papers: int, seed: int = 20261121) -> dict[str, Tally]:
    """Return what every check said of simulated papers, by code."""
    rng = np.random.default_rng(seed)
    catalogue = load_catalogue()
    tallies: dict[str, Tally] = defaultdict(Tally)
    for _ in range(papers):
        for simulate in (response, survival, turned, means, bayes, effects, tallied, dosed):
            if (one := simulate(rng)) is None:
                continue
            context = Context(one, catalogue)
            for rule in CHECKS:
                found = list(judged(rule, context))
                if not found:
                    continue
                tally = tallies[rule.code]
                tally.true += [finding.verdict for finding in found]
                finding = found[rng.integers(len(found))]
                about = [claim for claim in one.claims if claim.id in (finding.claim, *finding.others)]
                if not about:
                    continue
                target = about[rng.integers(len(about))]
                if (new := damaged(rng, target)) is None:
                    continue
                claims = tuple(new if claim is target else claim for claim in one.claims)
                again = [
                    after.verdict
                    for after in judged(rule, Context(replace(one, claims=claims), catalogue))
                    if after.claim == finding.claim
                ]
                tally.slips += again[:1]
    for code, before, after in study_written(papers):
        tallies[code].true.append(before)
        tallies[code].slips += [] if after is None else [after]
    return tallies


def real_texts(corpus: Path) -> tuple[int, dict[str, tuple[int, int]]]:
    """Return how many texts a corpus has, and by check how many claims it judged and asked about."""
    found: dict[str, list[Verdict]] = defaultdict(list)
    texts = 0
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            texts += 1
            for finding in check(json.loads(line)["text"]).findings:
                if finding.verdict is not Verdict.UNCHECKED:
                    found[finding.code].append(finding.verdict)
    return texts, {code: (len(all_), sum(one in QUESTIONS for one in all_)) for code, all_ in found.items()}


def readings(file: Path) -> dict[str, tuple[int, int]]:
    """Return by check how many of its questions were read, and how many of those were true of the print."""
    found: dict[str, list[bool]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if one["verdict"] in {verdict.value for verdict in QUESTIONS}:  # "look" is none
            found[one["code"]].append(one["true"])
    return {code: (len(every), sum(every)) for code, every in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=int, nargs="?", default=250)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    from benchmarks.simulated_plans import CODE  # it takes its slips from here
    from benchmarks.simulated_plans import study as study_plans

    tallies = study(given.papers)
    tallies[CODE] = Tally(*study_plans(10 * given.papers))
    texts, real = real_texts(given.corpus) if given.corpus else (0, {})
    read = readings(READINGS)
    for code in (*real, *read):
        tallies.setdefault(code, Tally())
    lines = [
        "# How often each check questioned true claims, and saw one changed digit: python -m benchmarks.check_rates "
        f"{given.papers}{' --corpus FILE' if given.corpus else ''} --write",
        "# Numbers of claims that the check judged, and of those among them that it asked about.",
    ]
    print(f"{'code':6} {'true claims':>12} {'questioned':>11} {'slips':>7} {'questioned':>11} {'not ordinary':>13}")
    for code in sorted(tallies):
        tally = tallies[code]
        asked = tally.share(tally.true, *QUESTIONS)
        seen = tally.share(tally.slips, *QUESTIONS)
        unusual = tally.share(tally.slips, *QUESTIONS, Verdict.EXPLAINED)
        print(f"{code:6} {len(tally.true):12d} {asked:11.2%} {len(tally.slips):7d} {seen:11.1%} {unusual:13.1%}")
        lines += [
            f"\n[{code}]", f"true-claims = {len(tally.true)}",
            f"true-questioned = {sum(one in QUESTIONS for one in tally.true)}", f"slips = {len(tally.slips)}",
        ]  # fmt: skip
        if code in real:
            judged_there, asked_there = real[code]
            print(f"{'':6} {texts} real texts: {judged_there} judged, {asked_there} asked about")
            lines += [f"texts = {texts}", f"texts-judged = {judged_there}", f"texts-questioned = {asked_there}"]
        if code in read:
            lines += [f"read = {read[code][0]}", f"read-true = {read[code][1]}"]
        if tally.slips:
            lines += [
                f"slips-questioned = {sum(one in QUESTIONS for one in tally.slips)}",
                f"slips-not-ordinary = {sum(one in (*QUESTIONS, Verdict.EXPLAINED) for one in tally.slips)}",
            ]
    if given.write:
        MEASURED.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"written: {MEASURED.name}")


if __name__ == "__main__":
    main()
