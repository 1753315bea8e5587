"""Pictures need Matplotlib; where it is missing their tests are not collected, and the summary says so."""

import os
from importlib.util import find_spec

MISSING = find_spec("matplotlib") is None
REQUIRED = os.environ.get("TRIALSTATS_REQUIRE_PLOT") == "1"
collect_ignore = (
    ["test_figures_of_posteriors.py", "test_figures_of_ratios_and_counts.py"] if MISSING and not REQUIRED else []
)


def pytest_terminal_summary(terminalreporter):
    if MISSING:
        words = "required" if REQUIRED else "NOT RUN"
        terminalreporter.line(f"tests/figures: {words}, Matplotlib is not installed (extra plot)")
