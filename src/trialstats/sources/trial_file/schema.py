"""The keys of a trial file, and the JSON Schema made from them.

One definition serves three ends: it reads strictly, it words the refusal, and it gives editors
their schema, so that the three cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from trialstats.claims.model import (
    MEASURES,
    PLANNED,
    PLANNED_AIMS,
    PLANNED_DESIGNS,
    PLANNED_EFFECTS,
    PLANNED_PAIRS,
    PLANNED_TIMES,
    POPULATIONS,
    ROLES,
    SAYS,
    SPREADS,
    TIME_UNITS,
)
from trialstats.findings import Verdict
from trialstats.sources.text.told.statistics_printed import FORMS_OF_STATISTICS
from trialstats.sources.trial_file.shapes import (
    Allocation,
    Choice,
    Flag,
    Key,
    Level,
    Named,
    Numbers,
    OneOrMore,
    Printed,
    PrintedTime,
    Rows,
    Shape,
    Table,
    Text,
    ValueOrTable,
    Whole,
)

SECTION_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "title": "design",
        "background": "design",
        "objective": "design",
        "design": "design",
        "methods": "design",
        "baseline": "baseline",
        "results": "result",
        "safety": "result",
        "conclusions": "result",
        "table": "result",
        "figure": "result",
        "supplement": "result",
    }
)
"""Sections of an abstract or report, and the role that a row standing there has unless it says another."""


# ---- The keys --------------------------------------------------------------------------------------------------------
_SIZE = ValueOrTable(
    Printed(),
    Table(
        "a size",
        {
            "value": Key(Printed(), "the number of patients as printed", required=True),
            "source": Key(Text(), "where it stands if not in the abstract"),
        },
    ),
)
_SIZES = Named("population", _SIZE, POPULATIONS)
_P = ValueOrTable(
    Printed(),
    Table(
        "a P value",
        {
            "value": Key(Printed(), "the P value as printed, with its relation (<.001)", required=True),
            "sided": Key(Whole(1, 2), "1 or 2, where the text says so"),
            "test": Key(Text(), "the test, where the text names it"),
            "statistic": Key(
                Text(),
                f"the test statistic with its degrees of freedom: {FORMS_OF_STATISTICS}",
            ),
        },
    ),
)
_EXPECT = Table(
    "an expectation",
    {
        "verdict": Key(Choice("verdict", tuple(Verdict)), "the verdict expected for this claim", required=True),
        "reason": Key(Text(), "why: a known discrepancy, a correction", required=True),
        "check": Key(Text(solid=True), "the one check it is expected of; any where absent"),
    },
)
_NUMBERS_MEANING = "the printed estimate, or [estimate, lower, upper], or [estimate, sd]"
_PER_ARM: Mapping[str, Key] = {
    "value": Key(Numbers(), _NUMBERS_MEANING),
    "x": Key(Printed(), "count printed right with it"),
    "n": Key(Printed(), "denominator printed right with it"),
    "printed": Key(Text(), "the number in words, where printed so"),
    "sic": Key(Flag(), "true: the absurd is printed like this"),
    "source": Key(Text(), "where the figure stands if not in the abstract"),
    "expect": Key(_EXPECT, "the verdict expected, with its reason"),
}
_ROW = Table(
    "a row",
    {
        "id": Key(Text(solid=True), "a name of its own for this printed line", required=True),
        "section": Key(Choice("section", tuple(SECTION_ROLES)), "where it stands"),
        "role": Key(Choice("role", ROLES), "planned, at entry or found; that of its section unless given"),
        "measure": Key(
            Choice("measure", (*MEASURES, "comparison")),
            "what kind of value it is; 'comparison' for a P value of the estimates named by 'from'",
            required=True,
        ),
        "outcome": Key(Text(), "what was measured, in a few words"),
        "time": Key(Text(), "when (6 months)"),
        "population": Key(Choice("population", POPULATIONS), "in whom"),
        "unit": Key(Text(banned=("%", "write the per cent sign after the number")), "unit other than per cent"),
        "arm": Key(Text(solid=True), "the one arm it is of"),
        "arms": Key(OneOrMore("arms"), "the arms: first over, or minus, second"),
        "event": Key(Text(), "what a posterior probability is of: 'new-drug > placebo'"),
        "from": Key(OneOrMore("rows"), "the rows it was derived from"),
        "spread": Key(Choice("spread", tuple(SPREADS)), "what the further numbers are"),
        "level": Key(Level(), 'of the interval, as text: "95%"'),
        "sides": Key(Whole(1, 2), "of the interval: 1 or 2 (default)"),
        "by": Key(
            Named("by", ValueOrTable(Numbers(), Table("an arm's value", _PER_ARM))), "one value per arm, under its name"
        ),
        **_PER_ARM,
        "p": Key(_P, "the P value printed with it; in a row with 'by' that of the comparison"),
        "says": Key(Choice("statement", tuple(SAYS)), "a statement without a figure"),
        "adjusted": Key(Flag(), "whether the text calls it adjusted, stratified or weighted"),
        "inferred": Key(OneOrMore("fields"), "fields that were not printed at this place"),
    },
)
_TRIAL = Table(
    "[trial]",
    {
        "id": Key(Text(solid=True), "a short name of its own", required=True),
        "draft": Key(Flag(), "true while a file made from a text is not completed: arms may be missing"),
        "title": Key(Text(), "the trial's name"),
        "registry": Key(Text(), "registry number; several apart by semicolons"),
        "experimental": Key(Text(solid=True), "the arm that comes first in comparisons; the first arm unless given"),
        "citation": Key(
            Table(
                "citation",
                {
                    "journal": Key(Text(), "journal"),
                    "year": Key(Whole(1900, 2100), "year"),
                    "volume": Key(Text(), "volume"),
                    "issue": Key(Text(), "issue"),
                    "pages": Key(Text(), "pages"),
                    "doi": Key(Text(solid=True), "DOI"),
                    "pmid": Key(Text(solid=True), "PubMed number"),
                },
            ),
            "where it was published",
        ),
        "design": Key(
            Table(
                "design",
                {
                    "phase": Key(Text(), "phase"),
                    "randomised": Key(Flag(), "whether randomised"),
                    "blinded": Key(Flag(), "whether blinded"),
                    "framework": Key(Choice("framework", ("frequentist", "bayesian")), "kind of inference"),
                },
            ),
            "how the trial was designed",
        ),
        "of": Key(_SIZES, "sizes printed for all arms together, by population"),
    },
)
_ARM = Table(
    "an arm",
    {
        "label": Key(Text(), "the arm in a few words", required=True),
        "of": Key(_SIZES, "printed sizes by population; derived ones are never typed"),
    },
)


def _planned(name: str) -> Shape:
    """Return the shape of a number of a design statement: a time has its unit, a median may have one."""
    if name in PLANNED_TIMES:
        return PrintedTime(tuple(TIME_UNITS))
    return PrintedTime(tuple(TIME_UNITS), bare=True) if name in ("first", "second") else Printed()


_PLAN = Table(
    "a plan",
    {
        "id": Key(Text(solid=True), "a name of its own for this design statement", required=True),
        "section": Key(Choice("section", tuple(SECTION_ROLES)), "where it stands"),
        "effect": Key(Choice("effect", tuple(PLANNED_EFFECTS)), "what was to be detected", required=True),
        "design": Key(Choice("design", PLANNED_DESIGNS), "of one arm's proportion, where the text says it"),
        "sided": Key(Whole(1, 2), "of the test: 1 or 2, where the text says so"),
        "divided-into": Key(Whole(1, 20), "how many arms the patients are divided into; 2 unless given"),
        "allocation": Key(Allocation(), "patients of each arm to those of the others, as 2:1"),
        "aim": Key(Choice("aim", tuple(PLANNED_AIMS)), "what was to be shown; superiority unless given"),
        "pairs": Key(Choice("pairs", tuple(PLANNED_PAIRS)), "where patients are their own controls"),
        "says": Key(OneOrMore("words"), "what no plain formula knows: clusters, interim-analyses, margin"),
        **{name: Key(_planned(name), f"{meaning}, as printed") for name, meaning in PLANNED.items()},
        "expect": Key(_EXPECT, "the verdict expected, with its reason"),
    },
)
TRIAL_FILE = Table(
    "a trial file",
    {
        "schema": Key(Whole(1, 1), "version of this format", required=True),
        "trial": Key(_TRIAL, "what trial it is", required=True),
        "arms": Key(Named("arms", _ARM), "one table per arm"),
        "plans": Key(Rows(_PLAN, "[[plans]]"), "one table per design statement"),
        "rows": Key(
            Rows(_ROW, apart=(("by", "value"), ("by", "arm"), ("by", "arms"), ("arm", "arms"))),
            "one table per printed line",
        ),
    },
)


def role_in(section: str | None) -> str:
    """Return the role of a row that says none, by the section it stands in."""
    return SECTION_ROLES.get(section or "", "result")


def trial_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a trial file, for editors.

    It is made from the definitions that `trialstats.read_trial` validates with. What no schema can
    say (references, bounds in order, no more than 100 % of patients) the reader checks besides.

    Examples
    --------
    >>> trial_schema()["required"]
    ['schema', 'trial']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "trialstats trial file",
        "description": "The printed figures of one clinical trial.",
        **TRIAL_FILE.schema(),
    }
