"""Sphinx configuration. Pages on checks and menus are written from the code, so that they cannot drift from it."""

from __future__ import annotations

from pathlib import Path

from trialstats import __version__
from trialstats.checks import CHECKS
from trialstats.conventions import load_catalogue
from trialstats.intervals.binomial import BINOMIAL_METHODS
from trialstats.intervals.survival import SURVIVAL_TRANSFORMS
from trialstats.intervals.two_sample import (
    DIFFERENCE_METHODS,
    ODDS_RATIO_METHODS,
    RISK_RATIO_METHODS,
    TWO_PROPORTION_TESTS,
)
from trialstats.reported import ROUNDINGS

project = "trialstats"
author = "The trialstats authors"
project_copyright = "2026, the trialstats authors"
version = release = __version__

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist", "dollarmath"]
html_theme = "pydata_sphinx_theme"
html_theme_options = {"navbar_end": ["navbar-icon-links"], "show_toc_level": 2}
exclude_patterns = ["_build"]
nitpicky = True

HERE = Path(__file__).parent


def checks_page() -> str:
    """Return the page on all checks, each from the docstring of its file."""
    parts = ["# Checks\n", "Each check is one file; this page is made of their docstrings.\n"]
    for check in CHECKS:
        parts += [f"## {check.code} {check.name}\n", check.explanation, ""]
        if check.assumes:
            parts += [f"Assumes: {'; '.join(check.assumes)}.\n"]
    return "\n".join(parts) + "\n"


def menus_page() -> str:
    """Return the page on all menus, with the cost of each name in the latest catalogue where it has one."""
    catalogue = load_catalogue()
    menus = (
        ("Intervals for one proportion", BINOMIAL_METHODS, "interval-method"),
        ("Intervals for a difference of two proportions", DIFFERENCE_METHODS, None),
        ("Intervals for a risk ratio", RISK_RATIO_METHODS, None),
        ("Intervals for an odds ratio", ODDS_RATIO_METHODS, None),
        ("Tests of two proportions", TWO_PROPORTION_TESTS, "two-arm-test"),
        ("Kaplan-Meier transforms", SURVIVAL_TRANSFORMS, "km-transform"),
        ("Rounding rules", ROUNDINGS, "rounding"),
    )
    parts = ["# Menus\n", f"Names and meanings; costs in bits from catalogue {catalogue.version}.\n"]
    for title, menu, kind in menus:
        parts += [f"## {title}\n", "| name | meaning | cost |", "|---|---|---|"]
        for name, meaning in menu.items():
            known = catalogue.kinds[kind] if kind else {}
            cost = f"{known[name].cost:.1f}" if name in known else ""
            parts.append(f"| `{name}` | {meaning.replace('|', chr(92) + '|')} | {cost} |")
        parts.append("")
    return "\n".join(parts) + "\n"


for name, text in (("checks.md", checks_page()), ("menus.md", menus_page())):
    page = HERE / name
    if not page.exists() or page.read_text(encoding="utf-8") != text:
        page.write_text(text, encoding="utf-8")
