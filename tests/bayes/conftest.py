"""Tests that sample or judge need the extra; where it is missing they are not collected, and the summary says so."""

import os
from importlib.util import find_spec

NEEDED = ("pymc", "arviz")
MISSING = [name for name in NEEDED if find_spec(name) is None]
REQUIRED = os.environ.get("TRIALSTATS_REQUIRE_BAYES") == "1"

# Where the extra is required its absence has to be seen: the module is collected and its imports stop the run.
NEEDING = ["test_agreement.py", "test_pymc_twin.py"]
collect_ignore = NEEDING if MISSING and not REQUIRED else []


def pytest_terminal_summary(terminalreporter):
    if MISSING:
        words = "required" if REQUIRED else "NOT RUN"
        names = " and ".join(MISSING)
        for file in NEEDING:
            terminalreporter.line(f"tests/bayes/{file}: {words}, {names} not installed (extra bayes)")
