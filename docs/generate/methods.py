"""The method reference: every interval, test, transform and route on the menus, from their own docstrings and rows."""

from __future__ import annotations

import csv
import gzip
import inspect
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from generate.writing import table, write_folder
from trialstats import (
    binomial_interval,
    difference_interval,
    odds_ratio_interval,
    risk_ratio_interval,
    survival_interval,
    two_proportion_test,
)
from trialstats.catalogue import load_catalogue
from trialstats.intervals.binomial import METHODS
from trialstats.intervals.binomial.method import PROPERTIES, BinomialMethod
from trialstats.intervals.scales import SCALES
from trialstats.intervals.survival import SURVIVAL_TRANSFORMS
from trialstats.intervals.tierney import P_HALVED, TIERNEY_ROUTES
from trialstats.intervals.two_sample import difference, hypothesis_tests, odds_ratio, risk_ratio

__all__ = ["SOURCES", "write_methods"]

X, N = 8, 32
TABLES = (12, 27, 8, 32)

SOURCES = """\
- Agresti A, Coull BA (1998) Am Stat 52:119-126.
- Anscombe FJ (1948) Biometrika 35:246-254.
- Berry G, Armitage P (1995) Statistician 44:417-423.
- Blaker H (2000) Can J Stat 28:783-798.
- Blyth CR, Still HA (1983) J Am Stat Assoc 78:108-116.
- Brown LD, Cai TT, DasGupta A (2001) Stat Sci 16:101-133.
- Casella G (1986) Can J Stat 14:113-129.
- Clopper CJ, Pearson ES (1934) Biometrika 26:404-413.
- Gelman A et al. (2013) Bayesian Data Analysis, 3rd ed.
- Laud PJ (2017) Pharm Stat 16:334-348.
- Newcombe RG (1998) Stat Med 17:857-872.
- Sterne TE (1954) Biometrika 41:275-278.
- Wilson EB (1927) J Am Stat Assoc 22:209-212.
"""

MEANINGS = {
    "nested": "a higher level never gives a narrower interval",
    "symmetric": "exchanging successes and failures reflects it",
    "monotone": "one more success never lowers a limit",
    "inside": "limits lie in 0 to 1 without being cut off",
    "contains_estimate": "x/n is never outside",
    "conservative": "covers at least as often as it says",
}


def write_methods(folder: Path, references: Path) -> None:
    """Write the pages of the method reference; ``references`` is the folder of the R tables."""
    pages = {
        "one-proportion.md": _one_proportion(_rows(references / "onesample_ci.csv.gz")),
        "two-proportions.md": _two_proportions(),
        "tests.md": _tests(),
        "survival-rates.md": _survival(),
        "log-hazard-ratio.md": _tierney(),
    }
    names = "\n".join(name.removesuffix(".md") for name in pages)
    index = (
        "# Methods\n\nEvery formula that trialstats computes with, where it comes from, and who prints it.\n"
        "In all of them p = x/n, q = 1 - p and z is the two-sided normal quantile of the level, 1.96 at 95 %.\n"
        "The cost says how rarely a method is used, in bits: see [costs](../how-to/which-interval.md).\n\n"
        f"```{{toctree}}\n:maxdepth: 1\n\n{names}\n```\n"
    )
    write_folder(folder, pages | {"index.md": index})


def _rows(path: Path) -> Counter[str]:
    ours = {"bayes-uniform-et": "uniform", "bayes-uniform-hpd": "uniform-hpd", "bayes-jeffreys-hpd": "jeffreys-hpd",
            "lrt": "likelihood-ratio", "arcsine-plain": "arcsine"}  # fmt: skip
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return Counter(ours.get(row["method"], row["method"]) for row in csv.DictReader(file))


def _formula(function: Callable[..., Any] | None) -> str:
    """Return the docstring of a function as paragraphs."""
    while isinstance(function, partial):
        function = function.func
    text = inspect.cleandoc((function.__doc__ if function is not None else None) or "")
    return text.removeprefix("Return ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _percent(value: float) -> str:
    return f"{100 * value:.2f}"


def _cost(kind: str, name: str) -> str:
    known = load_catalogue().kinds[kind]
    return f"{known[name].cost:.1f} bits" if name in known else "not in the catalogue"


# --------------------------------------------------------------------------------------------------
# One proportion
# --------------------------------------------------------------------------------------------------
def _one_proportion(rows: Counter[str]) -> str:
    limits = {name: binomial_interval(X, N, method=name) for name in METHODS}
    overview = table(
        ("method", "meaning", f"{X} of {N}, 95 %, in %", "cost"),
        [
            (f"[`{name}`](#{name})", row.meaning, f"{_percent(limits[name].lower)} to {_percent(limits[name].upper)}",
             _cost("interval-method", name))
            for name, row in METHODS.items()
        ],
    )  # fmt: skip
    parts = [
        "# Intervals for one proportion\n",
        f"{len(METHODS)} methods, all of `trialstats.binomial_interval(x, n, method=...)`. {sum(rows.values()):,}",
        "intervals of R packages are compared with ours; where we differ is [listed](../reference-differences.md).\n",
        overview,
    ]
    for name, row in METHODS.items():
        parts += [
            f"({name})=",
            f"## {name}\n",
            f"{_capital(row.meaning)}.\n",
            f"```text\n{_formula(row.function)}\n```\n",
        ]
        facts = [
            ("Source", row.source),
            ("Printed by", row.computed_by),
            ("Holds for every x, n and level", _properties(row)),
            ("Rows of R compared", f"{rows[name]:,}" if rows[name] else "none: no package of the tables prints it"),
            ("Largest n", f"{row.max_n:,}"),
        ]
        parts += [f"- {what}: {said}" for what, said in facts]
        parts.append("")
    return "\n".join([*parts, "## Sources\n", SOURCES])


def _properties(row: BinomialMethod) -> str:
    has = [MEANINGS[name] for name in PROPERTIES if getattr(row, name)]
    return "; ".join(has) if has else "none of the properties that we test"


# --------------------------------------------------------------------------------------------------
# Two proportions
# --------------------------------------------------------------------------------------------------
def _two_proportions() -> str:
    x1, n1, x2, n2 = TABLES
    families = (
        (
            "Difference",
            "difference_interval",
            difference.DIFFERENCE_METHODS,
            difference._METHODS,
            difference_interval,
            100.0,
        ),
        (
            "Risk ratio",
            "risk_ratio_interval",
            risk_ratio.RISK_RATIO_METHODS,
            risk_ratio._METHODS,
            risk_ratio_interval,
            1.0,
        ),
        (
            "Odds ratio",
            "odds_ratio_interval",
            odds_ratio.ODDS_RATIO_METHODS,
            odds_ratio._METHODS,
            odds_ratio_interval,
            1.0,
        ),
    )
    parts = [
        "# Intervals for two proportions\n",
        f"Two arms, x1 of n1 and x2 of n2; N = n1 + n2. Examples: {x1} of {n1} against {x2} of {n2}, at 95 %.",
        "Rows on which R packages and we differ are [listed](../reference-differences-two-sample.md).\n",
    ]
    for title, name, menu, functions, compute, scale in families:
        parts += [f"## {title}\n", f"`trialstats.{name}(x1, n1, x2, n2, method=...)`.\n"]
        for method, meaning in menu.items():
            low, high = compute(x1, n1, x2, n2, method=method)
            example = f"{scale * low:.2f} to {scale * high:.2f}{' points' if scale > 1 else ''}"
            parts += [f"### {title}: {method}\n", f"{_capital(meaning)}. Example: {example}.\n"]
            parts += [f"```text\n{_formula(functions[method][1])}\n```\n"]
        parts += ["References:\n", _references(compute), ""]
    return "\n".join(parts)


def _references(function: Callable[..., Any]) -> str:
    """Return the references of a numpydoc docstring as a list."""
    text = inspect.cleandoc(function.__doc__ or "")
    section = text.partition("References\n----------\n")[2].partition("\n\nExamples")[0]
    items = [" ".join(item.split()) for item in section.split(".. [")[1:]]
    return "\n".join(f"- {item.partition('] ')[2]}" for item in items)


def _tests() -> str:
    x1, n1, x2, n2 = TABLES
    rows = [
        (
            f"`{name}`",
            _capital(meaning),
            f"{float(two_proportion_test(x1, n1, x2, n2, method=name)):.4f}",
            _cost("two-arm-test", name),
        )
        for name, meaning in hypothesis_tests.TWO_PROPORTION_TESTS.items()
    ]
    return "\n".join((
        "# Tests of two proportions\n",
        "`trialstats.two_proportion_test(x1, n1, x2, n2, method=...)`. With O and E the observed and the expected",
        "counts of the four cells, N patients and m events in all:\n",
        "```text\npearson           sum (O - E)²/E = N (x1 (n2 - x2) - x2 (n1 - x1))²/(n1 n2 m (N - m))",
        "pearson-n-1       the same times (N - 1)/N",
        "pearson-yates     N (|x1 (n2 - x2) - x2 (n1 - x1)| - N/2)²/(n1 n2 m (N - m)), 0 where N/2 is the larger",
        "likelihood-ratio  2 sum O log(O/E)",
        "fisher            the probability, given both margins, of tables as extreme as the observed",
        "barnard, boschloo the largest probability, over the common rate, of tables as extreme\n```\n",
        table(("test", "meaning", f"P of {x1}/{n1} v {x2}/{n2}", "cost"), rows),
        "References:\n", _references(two_proportion_test), "",
    ))  # fmt: skip


# --------------------------------------------------------------------------------------------------
# Survival and log hazard ratios
# --------------------------------------------------------------------------------------------------
def _survival() -> str:
    scale_of: Mapping[str, str] = {"plain": "identity"}
    rows = []
    for name, meaning in SURVIVAL_TRANSFORMS.items():
        low, high = survival_interval(0.81, 0.07, transform=name)
        scale = SCALES.get(scale_of.get(name, name))
        rows.append((f"`{name}`", _capital(meaning), scale.meaning if scale else "",
                     f"{_percent(low)} to {_percent(high)}", _cost("km-transform", name)))  # fmt: skip
    return "\n".join((
        "# Intervals for a Kaplan-Meier rate\n",
        "`trialstats.survival_interval(survival, se, transform=...)`. With the scale g of a transform, S the rate",
        "and SE its Greenwood standard error, the limits are\n",
        "```text\ng(S) ± z |g'(S)| SE, taken back from the scale\n```\n",
        "and Rothman's are Wilson's limits for S of S (1 - S)/SE² patients.\n",
        table(("transform", "meaning", "scale", "81 %, SE 7 %: limits in %", "cost"), rows),
        "References:\n", _references(survival_interval), "",
    ))  # fmt: skip


def _tierney() -> str:
    rows = [
        (route.number, f"`{route.name}`", ", ".join(route.needs), route.formula, route.assumes or "-", route.source)
        for route in TIERNEY_ROUTES.values()
    ]
    return "\n".join((
        "# From printed numbers to a log hazard ratio\n",
        "`trialstats.intervals.log_hazard_ratio(route, ...)`. O and E are the observed and expected events of the",
        "first arm, V the variance of O - E, log HR = (O - E)/V with standard error 1/sqrt(V).\n",
        table(("no.", "route", "takes", "formula", "assumes", "source"), rows),
        P_HALVED, "",
    ))  # fmt: skip
