"""The inverse search for counts: its time, how this grows with n, and what it rejects beside a brute-force search.

Run with ``python -m benchmarks.inverse_counts [CLAIMS]``; 90 claims of each size by default.

The mix of claims: 0, 1 and 2 decimals in turn, n log-uniform from 10 to the stated size, x uniform from 0 to n, a
method drawn from the catalogue by its share, plain rounding; half of the claims carry a slip in the last digit of the
upper bound, so that often nothing prints them. Times are processor time of the one thread.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from trialstats.catalogue import Convention, load_catalogue
from trialstats.explanations import Counts
from trialstats.intervals.binomial import METHODS, binomial_interval
from trialstats.press import print_claim, print_number
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.counts.explain import explain_proportion
from trialstats.search.counts.search import CountSearch
from trialstats.search.printed import PrintedInterval

SIZES = (50, 100, 200, 500, 1000, 2000)


def claims(number: int, largest: int, seed: int, slips: float = 0.5) -> Iterator[tuple[int, str, tuple[str, str]]]:
    """Yield n, estimate and bounds of the mix."""
    rng = np.random.default_rng(seed)
    kind = load_catalogue().kinds["interval-method"]
    shares = np.array([2.0**-one.cost for one in kind.values()])
    for k in range(number):
        n = int(10 ** rng.uniform(1, np.log10(largest)))
        x = int(rng.integers(0, n + 1))
        names = [name for name in kind if METHODS[name].max_n >= n]
        weights = np.array([share for name, share in zip(kind, shares, strict=True) if name in names])
        method = str(rng.choice(names, p=weights / weights.sum()))
        claim = print_claim(Counts(x, n), Convention(method=method), decimals=k % 3)
        assert claim.value is not None and claim.spread is not None
        assert claim.spread.lower is not None and claim.spread.upper is not None
        upper = claim.spread.upper.text
        if rng.random() < slips:
            place = max(i for i, sign in enumerate(upper) if sign.isdigit())
            slipped = f"{upper[:place]}{(int(upper[place]) + rng.integers(1, 10)) % 10}{upper[place + 1 :]}"
            if claim.value.value <= Reported(slipped).value <= 1:  # else the numbers are out of order: not a search
                upper = slipped
        yield n, claim.value.text, (claim.spread.lower.text, upper)


def seconds(function: Callable[[], object]) -> float:
    """Processor time, so that a busy machine does not count."""
    start = time.process_time()
    function()
    return time.process_time() - start


def row(name: str, times: list[float], unit: float = 1e3) -> str:
    values = np.array(times) * unit
    return f"{name:34s}{np.median(values):10.2f}{np.quantile(values, 0.95):10.2f}{values.max():10.2f}"


def membership(number: int) -> None:
    print(
        "\nIs there any, and by which of 28 methods? n unknown; milliseconds"
        + f"\n{'':34s}{'median':>10s}{'95%':>10s}{'max':>10s}"
    )
    for size in SIZES:
        times = [
            seconds(lambda e=estimate, b=bounds, s=size: explain_proportion(e, b, n_max=s).methods)  # type: ignore[misc]
            for _, estimate, bounds in claims(number, size, 1)
        ]
        print(row(f"n up to {size}", times), flush=True)


def verdicts(number: int) -> None:
    print("\nVerdict with one stated n; microseconds" + f"\n{'':34s}{'median':>10s}{'95%':>10s}{'max':>10s}")
    for name, slips in (("a method's own print", 0.0), ("with a slip of one digit", 1.0)):
        times = []
        for n, estimate, bounds in claims(number, 2000, 2, slips):
            printed = PrintedInterval.of(estimate, bounds, "a proportion")
            stated = {"stated": np.array([n])}
            times.append(min(seconds(lambda p=printed, s=stated: CountSearch(p, s).cheapest()) for _ in range(5)))  # type: ignore[misc]
        print(row(name, times, 1e6))
    printed = PrintedInterval.of("61%", ("47%", "74%"), "a proportion")
    times = [seconds(lambda: CountSearch(printed, {"stated": np.array([54])}).cheapest()) for _ in range(200)]
    print(row("61% (47% to 74%) of 54", times, 1e6))


def enumeration() -> None:
    every = tuple(METHODS)
    quick = tuple(name for name in METHODS if name != "blyth-still-casella")
    for methods, words in ((quick, "without Blyth-Still-Casella"), (every, "by all methods")):
        print(f"\nEvery explanation as arrays, n unknown up to 2,000, {words}")
        list_all(methods)


def list_all(methods: tuple[str, ...]) -> None:
    for estimate, bounds in (
        ("32%", ("23%", "41%")),
        ("50%", ("45%", "55%")),
        ("9.1%", ("7.0%", "11.6%")),
        ("40%", ("38%", "42%")),
        ("32.1%", ("23.1%", "41.1%")),
    ):
        found = explain_proportion(estimate, bounds, methods=methods)
        spent = seconds(found.arrays)
        bulk = seconds(found.arrays)  # again, with all limits at hand
        total = max(found.total, 1)
        print(
            f"{estimate:>6s} ({bounds[0]} to {bounds[1]}): {found.total:9,d} explanations, {1e3 * spent:8.1f} ms, "
            f"{1e6 * spent / total:6.2f} µs each; listing alone {1e6 * bulk / total:5.2f} µs each",
            flush=True,
        )


def power(number: int) -> None:
    """Share of one-digit neighbours that nothing prints, beside the same share by brute force over printed tables."""
    print("\nPower at a stated n: share of one-digit neighbours that no method and rounding prints, and by brute force")
    rng = np.random.default_rng(3)
    for n in (20, 50, 100):
        for decimals in (0, 1):
            table = printed_at(n, decimals)
            rejected = brute = total = 0
            for _ in range(number):
                x = int(rng.integers(0, n + 1))
                claim = print_claim(Counts(x, n), Convention(method="clopper-pearson"), decimals=decimals)
                assert claim.value is not None and claim.spread is not None
                assert claim.spread.lower is not None and claim.spread.upper is not None
                original = PrintedInterval(claim.value, claim.spread.lower, claim.spread.upper)
                for one in original.neighbours():
                    parts = (one.estimate, one.lower, one.upper)
                    key = tuple(part.value for part in parts if part is not None)
                    search = CountSearch(one, {"stated": np.array([n])})
                    rejected += search.cheapest() is None
                    brute += key not in table
                    total += 1
            shares = f"{100 * rejected / total:5.1f}% of {total:5d} rejected; brute force {100 * brute / total:5.1f}%"
            print(f"n = {n:3d}, {decimals} decimals: {shares}")


def printed_at(n: int, decimals: int) -> set[tuple[object, ...]]:
    """All claims that a method and rounding prints at n, by printing every count; halves and other estimates apart."""
    found = set()
    for method in METHODS:
        for clip in (True, False):
            lower, upper = binomial_interval(np.arange(n + 1), n, method=method, clip=clip)
            for x in range(n + 1):
                for rounding in ROUNDINGS:
                    texts = (
                        print_number(value, decimals, "%", rounding)
                        for value in (x / n, float(lower[x]), float(upper[x]))
                    )
                    found.add(tuple(Reported(text).value for text in texts))
    return found


def main(number: int = 90) -> None:
    membership(number)
    verdicts(number)
    enumeration()
    power(max(number // 15, 2))


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
