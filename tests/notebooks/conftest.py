"""Notebooks need a Jupyter kernel; where it is missing their tests are not collected, and the summary says so."""

import os
from importlib.util import find_spec

NEEDED = ("nbclient", "nbformat", "ipykernel", "matplotlib", "pandas", "great_tables")
MISSING = [name for name in NEEDED if find_spec(name) is None]
REQUIRED = os.environ.get("TRIALSTATS_REQUIRE_NOTEBOOKS") == "1"

# They take half a minute: run where they are asked for. Where the extra is required its absence has to be seen.
collect_ignore = [] if REQUIRED else ["test_notebooks.py"]


def pytest_terminal_summary(terminalreporter):
    if MISSING or not REQUIRED:
        names = f"{', '.join(MISSING)} not installed (extra notebooks)" if MISSING else "no one asked for them"
        words = "required" if REQUIRED else "NOT RUN"
        ask = "" if REQUIRED else "; TRIALSTATS_REQUIRE_NOTEBOOKS=1 asks"
        terminalreporter.line(f"tests/notebooks/test_notebooks.py: {words}, {names}{ask}")
