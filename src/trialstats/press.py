"""The forward printer: the one definition of what it means to *print exactly this*.

Every inverse search is tested as the inverse of these functions, and simulations, near misses and
examples all come from them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from trialstats.claims.model import Estimate, PValue, Spread
from trialstats.errors import InputError, UnknownNameError
from trialstats.explanations import Explanation
from trialstats.intervals.beta import Beta
from trialstats.intervals.binomial import binomial_interval
from trialstats.intervals.scales import SCALES
from trialstats.intervals.survival import survival_interval
from trialstats.reported import DEFAULT_ROUNDING, ROUNDING_RULES, Reported

__all__ = [
    "ESTIMATE_RULES",
    "Counts",
    "Posterior",
    "Printing",
    "SurvivalRate",
    "Symmetric",
    "Witness",
    "print_claim",
    "print_number",
]


# --------------------------------------------------------------------------------------------------
# One number
# --------------------------------------------------------------------------------------------------
def _round_once(value: Fraction, rounding: str) -> int:
    whole, rest = divmod(abs(value), 1)
    match rounding:
        case "truncated":
            steps = whole
        case "up":
            steps = whole + (rest > 0)
        case "half-even" if rest == Fraction(1, 2):
            steps = whole + whole % 2
        case _:  # nearest prints a tie either way; here it goes away from zero, as half-up does
            steps = whole + (rest >= Fraction(1, 2))
    return int(steps if value >= 0 else -steps)


def print_number(value: float | Fraction, decimals: int, unit: str = "", rounding: str = DEFAULT_ROUNDING) -> str:
    """Return a value as a paper would print it.

    Parameters
    ----------
    value : float or Fraction
        On the natural scale: 0.25 for 25 %.
    decimals : int
        Digits after the point.
    unit : {"", "%"}, optional
    rounding : str, optional
        A name of ``ROUNDINGS``.

    Returns
    -------
    str

    Examples
    --------
    >>> print_number(0.11460, 0, "%"), print_number(0.11460, 0, "%", rounding="twice")
    ('11%', '12%')
    """
    if rounding not in ROUNDING_RULES:
        raise UnknownNameError("rounding", rounding, ROUNDING_RULES)
    if isinstance(value, float) and not math.isfinite(value):
        return "NE"
    extra = {"twice": 1, "twice-2": 2}.get(rounding, 0)
    # Computed floats are good to about 13 digits: a tie that lies in the noise is a tie.
    exact = Fraction(f"{value:.13g}") if isinstance(value, float) else Fraction(value)
    scaled = exact * 10 ** (decimals + (2 if unit == "%" else 0))
    if extra:
        scaled = Fraction(_round_once(scaled * 10**extra, "half-up"), 10**extra)
    steps = _round_once(scaled, rounding)
    digits = str(abs(steps)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"{'-' if steps < 0 else ''}{text}{unit}"


def print_like(value: float | Fraction, printed: Reported, rounding: str = DEFAULT_ROUNDING) -> str:
    """Return a value in the decimals of a printed number, a tie on the side on which it was printed.

    Parameters
    ----------
    value : float or Fraction
    printed : Reported
    rounding : str, optional
        A name of ``ROUNDINGS``.

    Returns
    -------
    str

    Examples
    --------
    >>> print_like(Fraction(30, 96), Reported("31.2%")), print_like(Fraction(30, 96), Reported("31.3%"))
    ('31.2%', '31.3%')
    >>> print_like(Fraction(31, 96), Reported("31.2%"))
    '32.3%'
    """
    same = printed.relation == "=" and not printed.is_missing and printed.range(rounding).admits(float(value))
    return (
        print_number(printed.value, printed.decimals, printed.unit)
        if same
        else print_number(value, printed.decimals, printed.unit, rounding)
    )


# --------------------------------------------------------------------------------------------------
# Witnesses and conventions
# --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Counts:
    """x of n patients."""

    x: int
    n: int


@dataclass(frozen=True, slots=True)
class Symmetric:
    """An estimate and its standard error on a link scale."""

    centre: float
    se: float


@dataclass(frozen=True, slots=True)
class SurvivalRate:
    """A Kaplan-Meier rate and its Greenwood standard error."""

    survival: float
    se: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """A Beta(a, b) posterior."""

    a: float
    b: float


Witness = Counts | Symmetric | SurvivalRate | Posterior


ESTIMATE_RULES: Mapping[str, str] = MappingProxyType(
    {
        "x-over-n": "the count over the total",
        "midpoint": "the middle of the interval",
        "posterior-mean": "the mean of the posterior",
        "anscombe": "(x + 3/8)/(n + 3/4)",
    }
)
"""What is printed as the estimate of a proportion; all but the first only beside the methods that are built on it."""

_ADDED: Mapping[str, Mapping[str, Fraction | None]] = MappingProxyType(
    {
        "midpoint": {"wilson": None, "agresti-coull": None, "add4": Fraction(2)},  # None: z²/2
        "posterior-mean": {
            **dict.fromkeys(("jeffreys", "jeffreys-boundary", "jeffreys-modified", "jeffreys-hpd"), Fraction(1, 2)),
            **dict.fromkeys(("uniform", "uniform-hpd"), Fraction(1)),
        },
        "anscombe": {"arcsine-anscombe": Fraction(3, 8)},
    }
)


def added_counts(rule: str, method: str, level: float) -> Fraction | float | None:
    """Return the a of an estimate (x + a)/(n + 2a), or None where the method has no such estimate.

    Parameters
    ----------
    rule : str
        A name of `ESTIMATE_RULES`.
    method : str
        A name of ``BINOMIAL_METHODS``.
    level : float
        The midpoint of Wilson's and of the Agresti-Coull interval depends on it.

    Returns
    -------
    Fraction or float or None

    Raises
    ------
    UnknownNameError
        If there is no such rule.

    References
    ----------
    Agresti A, Coull BA (1998) Am Stat 52:119-126 for the midpoint.

    Examples
    --------
    >>> added_counts("posterior-mean", "jeffreys", 0.95), added_counts("midpoint", "clopper-pearson", 0.95)
    (Fraction(1, 2), None)
    """
    if rule == "x-over-n":
        return Fraction(0)
    if rule not in ESTIMATE_RULES:
        raise UnknownNameError("estimate rule", rule, ESTIMATE_RULES)
    if method not in _ADDED[rule]:
        return None
    exact = _ADDED[rule][method]
    if exact is not None:
        return exact
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2)) ** 2 / 2


@dataclass(frozen=True, slots=True)
class Printing:
    """How a witness becomes a printed claim.

    Attributes
    ----------
    method : str
        Interval method: of a proportion, a link scale of `SCALES`, a Kaplan-Meier transform, or
        ``equal-tailed`` or ``hdi``.
    level : float
    rounding : str
    bounds : str
        ``direct``, or ``halves`` for the estimate plus and minus a rounded half-width.
    point : str
        ``mean``, ``median`` or ``mode`` of a posterior.
    decimals : int
        Of the estimate.
    bound_decimals : int or None
        Of the bounds; None for as many as the estimate's.
    unit : str
    p_decimals : int or None
        Also print the two-sided Wald P value, where the witness has one.
    estimate : str
        What is printed as the estimate of counts: a name of `ESTIMATE_RULES`.
    clip : bool
        Print limits of a proportion below 0 as 0 and above 1 as 1.
    """

    method: str = "clopper-pearson"
    level: float = 0.95
    rounding: str = DEFAULT_ROUNDING
    bounds: str = "direct"
    point: str = "mean"
    decimals: int = 0
    bound_decimals: int | None = None
    unit: str = "%"
    p_decimals: int | None = None
    estimate: str = "x-over-n"
    clip: bool = True


PRINTING = Printing()
_MEASURES: Mapping[type, str] = MappingProxyType(
    {Counts: "proportion", Symmetric: "hazard-ratio", SurvivalRate: "survival", Posterior: "proportion"}
)


def _estimate(witness: Counts, printing: Printing) -> Fraction | float:
    added = added_counts(printing.estimate, printing.method, printing.level)
    if added is None:
        raise InputError(f"The {printing.method} interval has no estimate {printing.estimate!r}.")
    if isinstance(added, Fraction):
        return (witness.x + added) / (witness.n + 2 * added)
    return (witness.x + added) / (witness.n + 2 * added)


def summarise(witness: Witness, printing: Printing) -> tuple[float, float, float, float | None]:
    """Return estimate, bounds (unclipped) and (for a Wald witness) two-sided P value before rounding."""
    level, method = printing.level, printing.method
    if isinstance(witness, Counts):
        lower, upper = binomial_interval(witness.x, witness.n, level=level, method=method, clip=False)
        return float(_estimate(witness, printing)), lower, upper, None
    if isinstance(witness, SurvivalRate):
        lower, upper = survival_interval(witness.survival, witness.se, level=level, transform=method)
        return witness.survival, lower, upper, None
    if isinstance(witness, Posterior):
        beta = Beta(witness.a, witness.b)
        lower, upper = beta.interval(level) if method == "equal-tailed" else beta.hdi(level)
        return float(getattr(beta, printing.point)()), float(lower), float(upper), None
    from scipy.special import ndtr, ndtri

    scale = SCALES[method]
    z = float(ndtri((1 + level) / 2))
    ends = sorted(scale.inverse(witness.centre + side * z * witness.se) for side in (-1, 1))
    p = float(2 * ndtr(-abs(witness.centre) / witness.se))
    return scale.inverse(witness.centre), ends[0], ends[1], p


def _of_explanation(one: Explanation, printing: Printing) -> tuple[Witness, Printing]:
    """Return the witness of an explanation, and its convention with the decimals and unit asked for."""
    rounding, level = one.rounding or printing.rounding, one.level or printing.level
    if one.a is not None and one.b is not None:
        method, point = one.kind or "equal-tailed", one.point or "mean"
        return Posterior(one.a, one.b), replace(printing, method=method, level=level, rounding=rounding, point=point)
    if one.x is not None and one.n is not None and one.x2 is None:
        return Counts(one.x, one.n), replace(
            printing,
            method=one.method or printing.method,
            level=level,
            rounding=rounding,
            bounds=one.bounds or "direct",
            estimate=one.point or "x-over-n",
        )
    raise InputError(
        "print_claim prints explanations of counts or of a posterior; this one holds ranges, so give a witness from "
        "them, such as Symmetric(centre, se)."
    )


def _within_scale(limit: Fraction | float) -> Fraction | float:
    return min(max(limit, Fraction(0)), Fraction(1))


def print_claim(
    witness: Witness | Explanation, printing: Printing = PRINTING, *, claim_id: str = "printed"
) -> Estimate:
    """Return the claim that a paper would print of this witness under this convention.

    Parameters
    ----------
    witness : Counts, Symmetric, SurvivalRate, Posterior or Explanation
        An explanation of counts or of a posterior brings its own convention; ``printing`` then says only how many
        decimals, in which unit, and whether limits beyond 0 and 1 are cut off.
    printing : Printing, optional
    claim_id : str, optional

    Returns
    -------
    Estimate

    Raises
    ------
    InputError
        If it is none of these, or an explanation that holds ranges instead of one witness, as that of a ratio does.

    Examples
    --------
    >>> import trialstats as ts
    >>> claim = ts.press.print_claim(ts.press.Counts(8, 32), ts.press.Printing("clopper-pearson", rounding="twice"))
    >>> claim.value.text, claim.spread.lower.text, claim.spread.upper.text
    ('25%', '12%', '43%')
    >>> found = ts.explain_proportion("25.0%", ("11.5%", "43.4%"), n=32)
    >>> ts.press.print_claim(found[0], ts.press.Printing(decimals=1)).spread.upper.text
    '43.4%'
    """
    if isinstance(witness, Explanation):
        of, witness, printing = witness, *_of_explanation(witness, printing)
        if isinstance(witness, Counts) and of.method is None:  # a percentage without an interval
            alone = print_number(_estimate(witness, printing), printing.decimals, printing.unit, printing.rounding)
            return Estimate(id=claim_id, measure="proportion", value=Reported(alone))
    if type(witness) not in _MEASURES:
        accepted = "Counts, Symmetric, SurvivalRate, Posterior or an explanation"
        raise InputError(f"print_claim takes {accepted}, got {witness!r} ({type(witness).__name__}).")
    estimate, lower, upper, p = summarise(witness, printing)
    unit, rounding = printing.unit, printing.rounding
    decimals = printing.decimals if printing.bound_decimals is None else printing.bound_decimals
    exact = _estimate(witness, printing) if isinstance(witness, Counts) else estimate
    value = print_number(exact, printing.decimals, unit, rounding)
    if printing.bounds == "halves":
        centre = Reported(value).value
        half = Reported(print_number((upper - lower) / 2, decimals, unit, rounding)).value
        ends: tuple[Fraction | float, Fraction | float] = (centre - half, centre + half)
        rounding = DEFAULT_ROUNDING  # their parts are rounded already
    elif printing.bounds == "direct":
        ends = (lower, upper)
    else:
        raise InputError(f"bounds must be 'direct' or 'halves', got {printing.bounds!r}.")
    if isinstance(witness, Counts) and printing.clip:
        ends = (_within_scale(ends[0]), _within_scale(ends[1]))
    low, high = (print_number(end, decimals, unit, rounding) for end in ends)
    kind = "credible" if isinstance(witness, Posterior) else "confidence"
    claim = Estimate(
        id=claim_id,
        measure=_MEASURES[type(witness)],
        value=Reported(value),
        spread=Spread(kind, Reported(low), Reported(high), level=Reported(f"{printing.level * 100:g}%")),
    )
    if p is None or printing.p_decimals is None:
        return claim
    text = print_number(p, printing.p_decimals, "", printing.rounding)
    if Reported(text).value == 0:
        text = f"<{print_number(Fraction(1, 10**printing.p_decimals), printing.p_decimals)}"
    return replace(claim, p=PValue(Reported(text), 2))
