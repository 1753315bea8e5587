"""The report as JSON. Others' scripts read it: keys and their order are a contract.

The same structs encode the report and make its JSON Schema, so that the two cannot drift apart.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence, Set
from fractions import Fraction
from typing import Any

import msgspec

from trialstats.__about__ import __version__
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Finding, Nearest, PaperConvention, TrialFindings
from trialstats.reported import Range

SCHEMA_VERSION = 1
SHOWN = 5
"""How many explanations a finding of a full report carries, cheapest first; of a plain one, the cheapest."""

_Ends = tuple[float | None, float | None]


class WitnessDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Data with the convention under which they print the claim; only what its kind needs."""

    method: str | None = None
    rounding: str | None = None
    level: float | None = None
    x: int | None = None
    n: int | None = None
    allowed: str | None = None
    lower: float | None = None
    upper: float | None = None
    cost: float | None
    weight: float | None = None
    x2: int | None = None
    n2: int | None = None
    centre: _Ends | None = None
    se: _Ends | None = None
    a: float | None = None
    b: float | None = None
    test: str | None = None
    sided: int | None = None
    transform: str | None = None
    effective_n: _Ends | None = None
    estimate: float | None = None
    p: float | None = None
    scale: str | None = None
    bounds: str | None = None
    prior: str | None = None
    point: str | None = None
    kind: str | None = None
    readings: tuple[str, ...] = ()
    draws: int | None = None
    probability: float | None = None


_WITNESS = frozenset(WitnessDocument.__struct_fields__)


class NearestDocument(msgspec.Struct, frozen=True):
    """The nearest miss: what would have been printed, and by how many units of the last digit it misses."""

    explanation: WitnessDocument
    prints: dict[str, str]
    steps: float | None


class UnderDocument(msgspec.Struct, frozen=True):
    """Whether the claim fits the paper's own convention, and would have been predicted from the others."""

    fits: bool | None
    predicted: bool | None


class FindingDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What one check says of one claim."""

    claim: str
    with_: tuple[str, ...] = msgspec.field(name="with")
    check: str
    code: str
    verdict: str
    decision: bool
    expected: str | None
    assumes: tuple[str, ...]
    reported: dict[str, str]
    message: str
    searched: dict[str, Any]
    look: bool
    chance: float | None
    explanations_total: int | None
    explanations: tuple[WitnessDocument, ...]
    nearest: NearestDocument | None
    under: UnderDocument | None


class ConventionDocument(msgspec.Struct, frozen=True, kw_only=True):
    """How the whole paper was computed and printed, as far as its claims tell."""

    rounding: dict[str, str]
    binomial_method: str | None
    denominators: dict[str, dict[str, int]]
    prior: str | None
    posterior_point: str | None
    km_transform: str | None
    p_sided: int | None
    two_arm_test: str | None
    evidence: dict[str, Any]


class CoverageDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """Printed figures, and how many of them a check could judge."""

    printed: int
    checked: int
    unchecked: int
    read: int | None = None


class TrialDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one trial."""

    trial: str
    sha256: str | None
    convention: ConventionDocument
    coverage: CoverageDocument
    findings: tuple[FindingDocument, ...]


class ReportDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A report of trialstats."""

    schema_: int = msgspec.field(name="schema")
    trialstats: str
    catalogue: str | None
    trials: tuple[TrialDocument, ...]


# ---- Findings to documents -------------------------------------------------------------------------------------------
def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: a number that is not finite becomes null, a range two ends."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (float, Fraction)):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Range):
        return [plain(value.lower), plain(value.upper)]
    if isinstance(value, Explanation):
        return plain(value.as_dict())
    if isinstance(value, Set):
        return [plain(part) for part in sorted(value)]
    if isinstance(value, Sequence):
        return [plain(part) for part in value]
    if hasattr(value, "tolist"):  # numpy's scalars and arrays, without importing numpy
        return plain(value.tolist())
    return str(value)


def _witness(one: Explanation, weight: float | None = None) -> WitnessDocument:
    filled = {name: plain(value) for name, value in one.as_dict().items() if name in _WITNESS}
    if one.x is not None:
        filled.pop("estimate", None)  # of a count it is x / n: said once
    if one.bounds == "direct":
        del filled["bounds"]
    return WitnessDocument(**{"cost": None, "weight": plain(weight)} | filled)


def _explanations(found: Explanations, full: bool) -> tuple[WitnessDocument, ...]:
    """Return the first explanations; their weights, and all but the cheapest, ask for the others to be searched."""
    if full:
        return tuple(_witness(one, found.weight(i)) for i, one in enumerate(found.best(SHOWN)))
    return tuple(map(_witness, found.best(1)))


def _nearest(miss: Nearest | None) -> NearestDocument | None:
    if miss is None:
        return None
    return NearestDocument(_witness(miss.explanation), dict(miss.prints), plain(miss.steps))


def _finding(finding: Finding, full: bool) -> FindingDocument:
    under = finding.under
    return FindingDocument(
        claim=finding.claim,
        with_=tuple(finding.others),
        check=finding.check,
        code=finding.code,
        verdict=finding.verdict.value,
        decision=finding.decision,
        expected=None if finding.expected is None else str(finding.expected),
        assumes=tuple(finding.assumes),
        reported=dict(finding.reported),
        message=finding.message,
        searched=plain(finding.searched),
        look=finding.look,
        chance=plain(finding.chance) if full else None,
        explanations_total=finding.explanations.total if full else None,
        explanations=_explanations(finding.explanations, full),
        nearest=_nearest(finding.nearest),
        under=None if under is None else UnderDocument(under.fits, under.predicted),
    )


def _convention(convention: PaperConvention) -> ConventionDocument:
    names = ConventionDocument.__struct_fields__
    return ConventionDocument(**{name: plain(getattr(convention, name)) for name in names})


def document(trials: Sequence[TrialFindings], *, full: bool) -> ReportDocument:
    """Return the report as plain structs."""
    return ReportDocument(
        schema_=SCHEMA_VERSION,
        trialstats=__version__,
        # One search, one catalogue; a report of no trial searched none.
        catalogue=trials[0].catalogue if trials else None,
        trials=tuple(
            TrialDocument(
                trial=found.trial,
                sha256=found.sha256,
                convention=_convention(found.convention),
                coverage=CoverageDocument(*dataclasses.astuple(found.coverage)),
                findings=tuple(_finding(finding, full) for finding in found.findings),
            )
            for found in trials
        ),
    )


def render(trials: Sequence[TrialFindings], indent: int | None = 2, *, full: bool = False) -> str:
    """Return the report as JSON text, at full precision and with no NaN or Infinity; None for one line."""
    text = msgspec.json.encode(document(trials, full=full))
    return (text if indent is None else msgspec.json.format(text, indent=indent)).decode()


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a report."""
    return msgspec.json.schema(ReportDocument)
