"""Pages on the public names of trialstats, in groups; every name stands in one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import trialstats
from generate.writing import write_folder

__all__ = ["GROUPS", "write_api"]

GROUPS: Mapping[str, tuple[str, str, Sequence[str]]] = {
    "reanalysis": (
        "Check texts, tables and trials",
        "The whole way, from a text, a spreadsheet or a trial file to a report.",
        ("check", "check_table", "extract", "reanalyse", "Report", "Finding", "Verdict"),
    ),
    "trials": (
        "Trial files",
        "Read and write the printed figures of a trial.",
        ("load_trial", "read_trial", "write_trial", "draft_trial_file", "Trial"),
    ),
    "inverse": (
        "From printed numbers back to data",
        "Inverse searches: which data and which method print this?",
        (
            "explain_proportion", "explain_ratio", "explain_survival", "explain_posterior", "infer_denominator",
            "explain_denominators", "infer_denominator_pairs", "grim", "grimmer", "debit", "posterior_region",
            "explain_posteriors", "explain_superiority", "joint_prior_regions", "prior_grid", "prior_mean_weight",
            "Explanations", "Explanation", "load_catalogue",
        ),
    ),
    "forward": (
        "Intervals and tests",
        "Forward statistics, numbers or arrays. The formulas are in the [method reference](../methods/index.md).",
        (
            "binomial_interval", "binomial_method", "difference_interval", "risk_ratio_interval", "odds_ratio_interval",
            "two_proportion_test", "survival_interval", "log_hazard_ratio", "schoenfeld_events", "materiality",
            "Interval", "BINOMIAL_METHODS", "DIFFERENCE_METHODS", "RISK_RATIO_METHODS", "ODDS_RATIO_METHODS",
            "TWO_PROPORTION_TESTS", "SURVIVAL_TRANSFORMS", "TIERNEY_ROUTES",
        ),
    ),
    "posteriors": (
        "Beta posteriors",
        "Beta distributions, mixtures of them, and the probability that one exceeds another.",
        ("Beta", "BetaMixture", "prob_greater"),
    ),
    "designs": (
        "Designs",
        "Single-arm and Bayesian designs, and what a result under one means.",
        (
            "single_stage_design", "SingleStageDesign", "simon_designs", "TwoStageDesign", "two_stage_inference",
            "unplanned_second_stage", "UnplannedSecondStage", "BayesianDesign", "BayesianTwoArmDesign",
            "StoppingRule", "SINGLE_STAGE_METHODS", "TWO_STAGE_ESTIMATES", "TWO_STAGE_INTERVALS",
        ),
    ),
    "figures": (
        "Figures",
        "Pictures by Matplotlib (extra `plot`), imported when one is drawn; each returns its Axes.",
        (
            "plot_intervals", "plot_interval_methods", "plot_denominators", "plot_forest", "plot_ratio_region",
            "plot_posteriors", "plot_feasible_priors", "plot_superiority",
        ),
    ),
    "claims": (
        "Printed numbers and claims",
        "What a report states, as plain frozen values.",
        (
            "Reported", "Range", "ROUNDINGS", "Counts", "Estimate", "Comparison", "Paper", "Arm", "Size", "Spread",
            "PValue", "print_claim", "Printing", "Symmetric", "SurvivalRate", "Posterior", "TrialstatsError",
        ),
    ),
}  # fmt: skip

ELSEWHERE = frozenset({"__version__"})

TESTING = """\
# Assertions for tests

In `trialstats.testing`: does a computed value print as a report prints it? Trial files as tests are in
[their own page](../how-to/pytest.md).

```{eval-rst}
.. automodule:: trialstats.testing
   :exclude-members: print_claim, print_number
   :noindex:
```
"""


def write_api(folder: Path) -> None:
    """Write a page for each group and their index.

    Raises
    ------
    RuntimeError
        If a public name stands in no group, or a group names what is not public.
    """
    listed = {name for _, _, names in GROUPS.values() for name in names}
    public = set(trialstats.__all__) - ELSEWHERE
    if listed - public:
        raise RuntimeError(f"docs/generate/api.py lists what is not public: {sorted(listed - public)}.")
    left = sorted(public - listed)
    groups = dict(GROUPS) | ({"more": ("More", "Further public names.", tuple(left))} if left else {})
    pages = {f"{name}.md": _page(*group) for name, group in groups.items()}
    pages["testing.md"] = TESTING
    names = "\n".join((*groups, "testing"))
    summary = "\n".join(
        f"- [{title}]({name}.md): {', '.join(f'`{one}`' for one in group)}"
        for name, (title, _, group) in groups.items()
    )
    summary += "\n- [Assertions for tests](testing.md): `trialstats.testing`"
    toctree = f"```{{toctree}}\n:hidden:\n\n{names}\n```\n"
    index = f"# API\n\nEverything that `import trialstats as ts` offers.\n\n{summary}\n\n{toctree}"
    write_folder(folder, pages | {"index.md": index})


def _page(title: str, about: str, names: Sequence[str]) -> str:
    parts = [f"# {title}\n", f"{about}\n"]
    parts += [f"## {name}\n\n{_directive(name)}" for name in names]
    return "\n".join(parts)


def _directive(name: str) -> str:
    value = getattr(trialstats, name)
    if isinstance(value, Mapping):
        listed = ", ".join(f"``{key}``" for key in value)
        return f"```{{eval-rst}}\n.. py:data:: trialstats.{name}\n\n   A read-only mapping: {listed}.\n```\n"
    kind = "autoclass" if isinstance(value, type) else "autofunction"
    return f"```{{eval-rst}}\n.. {kind}:: trialstats.{name}\n```\n"
