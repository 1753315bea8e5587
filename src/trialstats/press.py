"""The forward printer: the one definition of what it means to *print exactly this*.

Every inverse search is tested as the inverse of these functions, and simulations, near misses and
examples all come from them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from trialstats.catalogue import PLAIN, Convention
from trialstats.claims.model import Estimate, PValue, Spread
from trialstats.errors import InputError, check_name
from trialstats.explanations import Counts, Explanation, Posterior, SurvivalRate, Symmetric, Witness
from trialstats.intervals.beta import Beta
from trialstats.intervals.binomial import binomial_interval
from trialstats.intervals.scales import SCALES
from trialstats.intervals.survival import survival_interval
from trialstats.reported import DEFAULT_ROUNDING, ROUNDING_RULES, Reported, Span

__all__ = [
    "ESTIMATE_RULES",
    "Convention",
    "Counts",
    "Posterior",
    "SurvivalRate",
    "Symmetric",
    "Witness",
    "print_claim",
    "print_number",
]

_METHOD = "clopper-pearson"
_ROUNDING = DEFAULT_ROUNDING


# ---- One number ------------------------------------------------------------------------------------------------------
def _round_once(top: int, bottom: int, rounding: str) -> int:
    """Return the whole number that top/bottom is rounded to."""
    whole, rest = divmod(abs(top), bottom)
    match rounding:
        case "truncated":
            steps = whole
        case "up":
            steps = whole + (rest > 0)
        case "half-even" if 2 * rest == bottom:
            steps = whole + whole % 2
        case _:  # nearest prints a tie either way; here it goes away from zero, as half-up does
            steps = whole + (2 * rest >= bottom)
    return steps if top >= 0 else -steps


def _thirteen_digits(value: float) -> tuple[int, int]:
    digits, _, power = f"{value:.12e}".partition("e")
    top, tens = int(digits.replace(".", "")), int(power) - 12
    return (top * 10**tens, 1) if tens > 0 else (top, 10**-tens)


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
    check_name("rounding", rounding, ROUNDING_RULES)
    if isinstance(value, float) and not math.isfinite(value):
        return "NE"
    extra = {"twice": 1, "twice-2": 2}.get(rounding, 0)
    # Computed floats are good to about 13 digits: a tie that lies in the noise is a tie.
    top, bottom = _thirteen_digits(value) if isinstance(value, float) else (value.numerator, value.denominator)
    top *= 10 ** (decimals + (2 if unit == "%" else 0))
    if extra:
        top, bottom = _round_once(top * 10**extra, bottom, "half-up"), 10**extra
    steps = _round_once(top, bottom, rounding)
    digits = str(abs(steps)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"{'-' if steps < 0 else ''}{text}{unit}"


def print_like(value: float | Fraction, printed: Reported, rounding: str = DEFAULT_ROUNDING) -> str:
    """Return a value in the decimals of a printed number, a tie on the side on which it was printed.

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


# ---- Estimates of a proportion ---------------------------------------------------------------------------------------
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

    ``rule`` is a name of `ESTIMATE_RULES`, ``method`` one of ``BINOMIAL_METHODS``. The midpoint of Wilson's and of the
    Agresti-Coull interval depends on the level.

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
    check_name("estimate rule", rule, ESTIMATE_RULES)
    if method not in _ADDED[rule]:
        return None
    exact = _ADDED[rule][method]
    if exact is not None:
        return exact
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2)) ** 2 / 2


# ---- Witnesses printed by a convention -------------------------------------------------------------------------------
_LEVEL = 0.95
_MEASURES: Mapping[type, str] = MappingProxyType(
    {Counts: "proportion", Symmetric: "hazard-ratio", SurvivalRate: "survival", Posterior: "proportion"}
)


def _exact_estimate(witness: Counts, convention: Convention) -> Fraction | float:
    rule, method = convention.point or "x-over-n", convention.method or _METHOD
    added = added_counts(rule, method, convention.level or _LEVEL)
    if added is None:
        raise InputError(f"The {method} interval has no estimate {rule!r}.")
    return (witness.x + added) / (witness.n + 2 * added)


def _single(value: float | Span | None) -> float:
    if isinstance(value, (int, float)):
        return value
    raise InputError(
        "print_claim prints single values, and this one holds ranges: give a witness from them, such as "
        "Symmetric(centre, se)."
    )


def summarise(witness: Witness, convention: Convention) -> tuple[float, float, float, float | None]:
    """Return estimate, bounds (unclipped) and (for a Wald witness) two-sided P value before rounding.

    What the convention leaves open is a Clopper-Pearson interval, the log scale, the plain transform, or the posterior
    mean with an equal-tailed interval; at 95 %.
    """
    level = convention.level or _LEVEL
    if isinstance(witness, Counts):
        method = convention.method or _METHOD
        lower, upper = binomial_interval(witness.x, witness.n, level=level, method=method, clip=False)
        return float(_exact_estimate(witness, convention)), lower, upper, None
    if isinstance(witness, SurvivalRate):
        rate, se = _single(witness.survival), _single(witness.se)
        lower, upper = survival_interval(rate, se, level=level, transform=convention.transform or "plain")
        return rate, lower, upper, None
    if isinstance(witness, Posterior):
        beta = Beta(witness.a, witness.b)
        lower, upper = beta.hdi(level) if convention.kind == "hdi" else beta.interval(level)
        return float(getattr(beta, convention.point or "mean")()), float(lower), float(upper), None
    if not isinstance(witness, Symmetric):
        accepted = "Counts, Symmetric, SurvivalRate, Posterior or an explanation by one of them"
        raise InputError(f"print_claim takes {accepted}, got {witness!r} ({type(witness).__name__}).")
    from scipy.special import ndtr, ndtri

    scale = SCALES[convention.scale or "log"]
    centre, se = _single(witness.centre), _single(witness.se)
    z = float(ndtri((1 + level) / 2))
    ends = sorted(scale.inverse(centre + side * z * se) for side in (-1, 1))
    p = float(2 * ndtr(-abs(centre) / se))
    return scale.inverse(centre), ends[0], ends[1], p


def _within_scale(limit: Fraction | float) -> Fraction | float:
    return Fraction(0) if limit < 0 else Fraction(1) if limit > 1 else limit


def print_claim(
    witness: Witness | Explanation,
    convention: Convention = PLAIN,
    *,
    decimals: int = 0,
    bound_decimals: int | None = None,
    unit: str = "%",
    p_decimals: int | None = None,
    clip: bool = True,
    claim_id: str = "printed",
) -> Estimate:
    """Return the claim that a paper would print of this witness under this convention.

    Parameters
    ----------
    witness : Counts, Symmetric, SurvivalRate, Posterior or Explanation
        An explanation of counts or of a posterior brings its own convention.
    convention : Convention, optional
        Of counts the ``method`` and ``point``, of an estimate the ``scale``, of a Kaplan-Meier rate the ``transform``,
        of a posterior ``kind`` and ``point``; of all ``level``, ``rounding`` and ``bounds``. By default the usual ones.
    decimals : int, default 0
        Of the estimate.
    bound_decimals : int, optional
        Of the bounds; by default as many.
    unit : {"%", ""}
    p_decimals : int, optional
        Also print the two-sided Wald P value, where the witness has one.
    clip : bool, default True
        Print limits of a proportion below 0 as 0 and above 1 as 1.
    claim_id : str, optional

    Returns
    -------
    Estimate

    Raises
    ------
    InputError
        If it is none of these, or holds ranges instead of single values, as the explanation of a ratio does.

    Examples
    --------
    >>> import trialstats as ts
    >>> how = ts.press.Convention(method="clopper-pearson", rounding="twice")
    >>> claim = ts.press.print_claim(ts.press.Counts(8, 32), how)
    >>> claim.value.text, claim.spread.lower.text, claim.spread.upper.text
    ('25%', '12%', '43%')
    >>> found = ts.explain_proportion("25.0%", ("11.5%", "43.4%"), n=32)
    >>> ts.press.print_claim(found[0], decimals=1).spread.upper.text
    '43.4%'
    """
    if isinstance(witness, Explanation):
        one, convention = witness, witness.convention
        if isinstance(one.witness, Counts) and one.method is None:  # a percentage without an interval
            share = print_number(Fraction(one.witness.x, one.witness.n), decimals, unit, one.rounding or _ROUNDING)
            return Estimate(id=claim_id, measure="proportion", value=Reported(share))
        if one.witness is None:
            raise InputError("print_claim prints a witness, and this explanation has none.")
        witness = one.witness
    estimate, lower, upper, p = summarise(witness, convention)
    rounding, bounds = convention.rounding or _ROUNDING, convention.bounds or "direct"
    fine = decimals if bound_decimals is None else bound_decimals
    exact = _exact_estimate(witness, convention) if isinstance(witness, Counts) else estimate
    value = print_number(exact, decimals, unit, rounding)
    of_bounds = rounding
    ends: tuple[Fraction | float, Fraction | float] = (lower, upper)
    if bounds == "halves":
        centre = Reported(value).value
        half = Reported(print_number((upper - lower) / 2, fine, unit, rounding)).value
        ends = (centre - half, centre + half)
        of_bounds = _ROUNDING  # their parts are rounded already
    elif bounds != "direct":
        raise InputError(f"bounds must be 'direct' or 'halves', got {bounds!r}.")
    if isinstance(witness, Counts) and clip:
        ends = (_within_scale(ends[0]), _within_scale(ends[1]))
    low, high = (print_number(end, fine, unit, of_bounds) for end in ends)
    kind = "credible" if isinstance(witness, Posterior) else "confidence"
    claim = Estimate(
        id=claim_id,
        measure=_MEASURES[type(witness)],
        value=Reported(value),
        spread=Spread(kind, Reported(low), Reported(high), level=Reported(f"{(convention.level or _LEVEL) * 100:g}%")),
    )
    if p is None or p_decimals is None:
        return claim
    text = print_number(p, p_decimals, "", rounding)
    if Reported(text).value == 0:
        text = f"<{print_number(Fraction(1, 10**p_decimals), p_decimals)}"
    return replace(claim, p=PValue(Reported(text), 2))
