"""How long one printed ratio takes, in one process: ``python -m benchmarks.ratio_speed``.

Target: the verdict of a ratio with interval and P value in 50 µs, all its explanations in 1 ms. Best of many runs. The
time of parsing one printed number stands beside it, as a measure of the machine.
"""

from __future__ import annotations

import timeit
from collections.abc import Callable

from trialstats.catalogue import load_catalogue
from trialstats.checks.check import Context
from trialstats.checks.ratio_interval import CHECK as RATIO_INTERVAL
from trialstats.checks.ratio_p import CHECK as RATIO_P
from trialstats.checks.significance import CHECK as SIGNIFICANCE
from trialstats.claims.model import Estimate, Paper, PValue, Spread
from trialstats.reported import Reported
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.explain import explain_ratio
from trialstats.search.ratios.search import RatioSearch

CLAIMS = {
    "ordinary": ("0.54", "0.36", "0.81", "0.003"),
    "another test": ("0.54", "0.37", "0.79", "<.001"),
    "no explanation": ("0.50", "0.38", "0.81", "0.003"),
}


def microseconds(work: Callable[[], object], number: int) -> float:
    return min(timeit.repeat(work, number=number, repeat=9)) / number * 1e6


def main() -> None:
    catalogue = load_catalogue()
    print(f"parse one printed number: {microseconds(lambda: Reported('0.54'), 5000):.1f} µs\n")
    print(f"{'claim':<16}{'verdict':>10}{'from text':>11}{'all':>10}{'number':>8}{'three findings':>16}   (µs)")
    for name, (estimate, lower, upper, p) in CLAIMS.items():
        value, low, high, p_value = map(Reported, (estimate, lower, upper, p))
        numbers = PrintedInterval(value, low, high)
        spread = Spread("confidence", low, high, level=Reported("95%"))
        claim = Estimate(id="hr", measure="hazard-ratio", value=value, spread=spread, p=PValue(p_value))
        context = Context(Paper(id="x", claims=(claim,)), catalogue)

        def verdict(numbers: PrintedInterval = numbers, p_value: Reported = p_value) -> object:
            return RatioSearch(numbers, p_value).first()

        def from_text(e: str = estimate, low: str = lower, high: str = upper, p: str = p) -> object:
            return explain_ratio(e, (low, high), p=p, level="95%").feasible

        def everything(e: str = estimate, low: str = lower, high: str = upper, p: str = p) -> int:
            return len(list(explain_ratio(e, (low, high), p=p, level="95%")))

        def findings(context: Context = context) -> object:
            return [one for check in (RATIO_INTERVAL, RATIO_P, SIGNIFICANCE) for one in check.run(check, context)]

        times = [microseconds(verdict, 500), microseconds(from_text, 500), microseconds(everything, 50)]
        print(
            f"{name:<16}{times[0]:>10.1f}{times[1]:>11.1f}{times[2]:>10.0f}{everything():>8}"
            f"{microseconds(findings, 200):>16.0f}"
        )


if __name__ == "__main__":
    main()
