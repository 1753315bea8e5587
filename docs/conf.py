"""Sphinx configuration. Pages on checks, methods, validation and the API are made from the code at each build."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from trialstats import BINOMIAL_METHODS, __version__
from trialstats.checks import CHECKS

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

from generate.api import write_api  # noqa: E402 - the folder of this file is not on the path before
from generate.checks import write_checks  # noqa: E402
from generate.methods import write_methods  # noqa: E402
from generate.questions import write_questions  # noqa: E402
from generate.rounding import write_rounding  # noqa: E402
from generate.soundness import write_soundness  # noqa: E402
from generate.validation import shares_under, write_validation  # noqa: E402

project = "trialstats"
author = "The trialstats authors"
project_copyright = "2026, the trialstats authors"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["deflist", "substitution"]
myst_heading_anchors = 3
html_theme = "pydata_sphinx_theme"
html_theme_options = {
    "navbar_end": ["navbar-icon-links"],
    "show_toc_level": 2,
    "navigation_depth": 2,
    "header_links_before_dropdown": 6,
}
html_show_sourcelink = False
exclude_patterns = ["_build", "generate", "rounding-rules.md"]

default_role = "literal"
toc_object_entries = False
autodoc_typehints = "none"
autodoc_default_options = {"members": True}
napoleon_google_docstring = False
# Types in docstrings are words for people (array_like, numbers), not names to link.
napoleon_use_param = False
napoleon_use_rtype = False
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]


def plain_references(app, what, name, obj, options, lines):  # type: ignore[no-untyped-def]
    """Turn numbered references into list items: several docstrings of a page would share their numbers."""
    lines[:] = [re.sub(r"\[(\d+)\]_", r"[\1]", re.sub(r"^(\s*)\.\. \[(\d+)\] ", r"\1\2. ", line)) for line in lines]


def setup(app):  # type: ignore[no-untyped-def]
    """Register what is done to docstrings, before napoleon reads them."""
    app.connect("autodoc-process-docstring", plain_references, priority=400)


# What pages written by hand say of numbers that change.
myst_substitutions = {
    "checks": len(CHECKS),
    "methods": len(BINOMIAL_METHODS),
    "slips_not_ordinary": shares_under(HERE / "validation-ratios.md", "## Power", column=1),
    "slips_unexplained": shares_under(HERE / "validation-ratios.md", "## Power", column=2),
}

write_checks(HERE / "checks", ROOT / "tests" / "checks" / "test_golden_pairs.py")
write_methods(HERE / "methods", ROOT / "tests" / "reference")
write_rounding(HERE / "pictures", HERE / "rounding-rules.md")
write_api(HERE / "api")
write_questions(HERE / "validation-questions.md", ROOT / "benchmarks" / "questions.json")
write_soundness(HERE / "validation-soundness.md", ROOT / "benchmarks" / "soundness.json")
write_validation(HERE / "validation.md", ROOT / "tests" / "reference", ROOT / "benchmarks")
