"""From what a report prints to a log hazard ratio and its variance: the eleven routes of Tierney and colleagues (2007).

Printed numbers are rounded, so every route gives the range of answers that the printed numbers leave beside the point.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import NormalDist
from types import MappingProxyType

from trialstats.errors import InputError, check_name
from trialstats.intervals.curve_intervals import pooled_curves
from trialstats.intervals.interval import check_level
from trialstats.reported import DEFAULT_ROUNDING, Reported, Span

P_HALVED = (
    "Where the article says 'z score for P value ÷ 2' it is the P value that is halved, not the z score: a two-sided P "
    "of 0.075 has z = 1.78, the normal quantile of 1 - 0.0375 (Trials 2013;14:391). A one-sided P is not halved."
)
"""How the routes that start from a P value read equation 14 of the article."""
_NORMAL = NormalDist()
_Number = str | int | Reported
_SECTION = "Tierney et al. (2007) Trials 8:16, method {} of 11: '{}'"


@dataclass(frozen=True, slots=True)
class Route:
    """One way from printed summaries to a log hazard ratio.

    Attributes
    ----------
    name : str
    number : int
        Its place among the methods of the article.
    needs : tuple of str
        Arguments of `log_hazard_ratio` that it takes.
    formula : str
    source : str
    assumes : str
        What else must hold.
    """

    name: str
    number: int
    needs: tuple[str, ...]
    formula: str
    source: str
    assumes: str = ""


def _route(number: int, name: str, title: str, needs: str, formula: str, more: str = "", assumes: str = "") -> Route:
    source = _SECTION.format(number, title) + (f"; {more}" if more else "")
    return Route(name, number, tuple(needs.split()), formula, source, assumes)


_PARMAR = "Parmar, Torri and Stewart (1998) Stat Med 17:2815-34"
_EQUAL = "arms of equal size"
_BY_P = "log-rank or Cox P value of this comparison, unadjusted"
_TABLE = (
    _route(1, "o-e-v", "O - E and V", "o_minus_e variance", "log HR = (O - E)/V"),
    _route(2, "observed-expected", "observed and expected events", "observed expected",
           "log HR = ln((O1/E1)/(O2/E2)), V = 1/(1/E1 + 1/E2)", _PARMAR),
    _route(3, "hr-interval", "HR and confidence interval", "hr interval",
           "V = (2 z/(ln upper - ln lower))^2", _PARMAR),
    _route(4, "hr-events-by-arm", "HR and events in each arm", "hr events", "V = O1 O2/(O1 + O2)",
           _PARMAR, _EQUAL),
    _route(5, "hr-events", "HR and total events", "hr events", "V = O/4", _PARMAR, _EQUAL),
    _route(6, "hr-events-patients", "HR, total events and numbers randomised", "hr events patients",
           "V = O n1 n2/(n1 + n2)^2", _PARMAR),
    _route(7, "p-events-by-arm", "P value and events in each arm", "p events favours",
           "O - E = z sqrt(O1 O2/(O1 + O2)), z of P/2; V = O1 O2/(O1 + O2)", "equation 14", f"{_EQUAL}; {_BY_P}"),
    _route(8, "p-events", "P value and total events", "p events favours", "O - E = z sqrt(O)/2, z of P/2; V = O/4",
           _PARMAR, f"{_EQUAL}; {_BY_P}"),
    _route(9, "p-events-patients", "P value, total events and numbers randomised", "p events patients favours",
           "O - E = z sqrt(O n1 n2)/(n1 + n2), z of P/2; V = O n1 n2/(n1 + n2)^2", _PARMAR, _BY_P),
    _route(10, "curve-follow-up", "survival curves and follow-up", "times survival patients follow_up",
           "interval by interval: log HR = ln((D1/R1)/(D2/R2)), variance 1/D1 - 1/R1 + 1/D2 - 1/R2, pooled by inverse "
           "variance; R from the curve and even censoring between the shortest and the longest follow-up",
           _PARMAR, "even censoring between the shortest and longest follow-up"),
    _route(11, "curve-at-risk", "survival curves and numbers at risk", "times survival at_risk",
           "as curve-follow-up, R from the printed numbers at risk",
           "Williamson et al. (2002) Stat Med 21:3337-51", "even censoring within an interval"),
)  # fmt: skip

TIERNEY_ROUTES: Mapping[str, Route] = MappingProxyType({route.name: route for route in _TABLE})
"""The menu: name -> `Route`, in the article's order; read-only."""


@dataclass(frozen=True, slots=True)
class LogHazardRatio:
    """A log hazard ratio with its standard error, each as a point and as the range that rounding leaves.

    Attributes
    ----------
    route : str
        A name of `TIERNEY_ROUTES`.
    log_hr, se : float
        From the numbers as printed. Where P is printed as a bound (``<.001``) the bound is used, which is cautious.
    log_hr_range, se_range : tuple of float
        All that the printed numbers can stand for; an end is infinite where they leave it open.
    exact : bool
        Whether the ranges are exact. For the two curve routes they come from moving every reading to its ends in turn,
        a local search.
    coarse : bool
        For the curve routes, whether the intervals are so long that the share of patients with an event within one is
        not their hazard: the log ratio then lies nearer 0 than that of the hazards, by more than 0.02, and shorter
        intervals are needed. The range holds the ratio of the hazards, taken as constant within each interval, too.

    Examples
    --------
    >>> found = log_hazard_ratio("hr-interval", hr="0.54", interval=("0.36", "0.81"))
    >>> found.as_metafor()["vi"] == found.se**2
    True
    """

    route: str
    log_hr: float
    se: float
    log_hr_range: Span
    se_range: Span
    exact: bool = True
    coarse: bool = False

    @property
    def variance(self) -> float:
        """V, the variance of O - E and the inverse of the variance of the log hazard ratio."""
        return 1 / self.se**2

    @property
    def o_minus_e(self) -> float:
        """O - E, observed less expected events of the first arm."""
        return self.log_hr * self.variance

    @property
    def source(self) -> str:
        """Where the route stands in the literature."""
        return TIERNEY_ROUTES[self.route].source

    def as_metafor(self) -> dict[str, float]:
        """Return ``yi``, ``sei`` and ``vi`` for R's metafor (``rma(yi, vi)``)."""
        return {"yi": self.log_hr, "sei": self.se, "vi": self.se**2}

    def as_revman(self) -> dict[str, float]:
        """Return the columns of RevMan: O-E and Variance, and log[Hazard Ratio] and SE for the generic method."""
        return {"O-E": self.o_minus_e, "Variance": self.variance, "log[Hazard Ratio]": self.log_hr, "SE": self.se}


def log_hazard_ratio(
    route: str,
    *,
    hr: _Number | None = None,
    interval: Sequence[_Number] | None = None,
    level: float = 0.95,
    p: _Number | None = None,
    sided: int = 2,
    favours: str | None = None,
    events: _Number | Sequence[_Number] | None = None,
    patients: Sequence[_Number] | None = None,
    o_minus_e: _Number | None = None,
    variance: _Number | None = None,
    observed: Sequence[_Number] | None = None,
    expected: Sequence[_Number] | None = None,
    times: Sequence[float] | None = None,
    survival: Sequence[Sequence[_Number]] | None = None,
    at_risk: Sequence[Sequence[int]] | None = None,
    follow_up: Sequence[float] | None = None,
    rounding: str = DEFAULT_ROUNDING,
) -> LogHazardRatio:
    """Estimate a log hazard ratio, first arm over second, from printed summaries by one of eleven routes.

    Parameters
    ----------
    route : str
        A name of `TIERNEY_ROUTES`; its ``needs`` says which of the other arguments it takes.
    hr : str, optional
        Hazard ratio as printed.
    interval : pair of str, optional
        Its confidence limits as printed.
    level : float, default 0.95
        Of the interval.
    p : str, optional
        P value as printed, with its relation.
    sided : {2, 1}, default 2
        Of the P value; `trialstats.intervals.tierney.P_HALVED` says what is halved.
    favours : {"first", "second"}, optional
        The arm with fewer events than expected: a P value has no sign. A one-sided P value above .5 is one of the other
        tail, and its distance from .5 is taken.
    events : str or int, or a pair of them, optional
        In total, or of the first and second arm, as the route says.
    patients : pair of str or int, optional
        Randomised to the first and the second arm.
    o_minus_e, variance : str, optional
        Log-rank O - E of the first arm and its variance V, as printed.
    observed, expected : pair of str, optional
        Log-rank observed and expected events of the first and second arm.
    times : sequence of float, optional
        Ends of the intervals into which the curves are cut, from 0 on.
    survival : pair of sequences of str, optional
        Survival read off each curve at ``times``, as text: ``"0.85"`` says that it was read to two decimals.
    at_risk : pair of sequences of int, optional
        Printed numbers at risk at ``times``.
    follow_up : pair of float, optional
        Shortest and longest follow-up, in the unit of ``times``; equal where nobody was censored earlier.
    rounding : str, default "nearest"
        A name of ``ROUNDINGS``: how all numbers were rounded.

    Returns
    -------
    LogHazardRatio

    Raises
    ------
    NotTextError
        If a printed number is a float, which has lost its trailing zeros.
    InputError
        If an argument that the route needs is absent or outside what it accepts.
    UnknownNameError
        If there is no such route.

    References
    ----------
    .. [1] Tierney JF, Stewart LA, Ghersi D, Burdett S, Sydes MR. Practical methods for incorporating summary
       time-to-event data into meta-analysis. Trials 2007;8:16.
    .. [2] Parmar MKB, Torri V, Stewart L. Extracting summary statistics to perform meta-analyses of the published
       literature for survival endpoints. Stat Med 1998;17:2815-34.
    .. [3] Williamson PR, Tudur Smith C, Hutton JL, Marson AG. Aggregate data meta-analysis with time-to-event outcomes.
       Stat Med 2002;21:3337-51.

    Examples
    --------
    Deaths of 229 and 256 patients, and P = 0.075, by equation 14 of the article:

    >>> found = log_hazard_ratio("p-events-by-arm", p="0.075", events=(229, 256), favours="first")
    >>> round(math.exp(found.log_hr), 2), round(found.variance, 1)
    (0.85, 120.9)
    >>> [round(math.exp(end), 4) for end in found.log_hr_range]
    [0.8503, 0.8507]
    """
    check_name("route", route, TIERNEY_ROUTES)
    given = {
        "hr": hr, "interval": interval, "p": p, "favours": favours, "events": events, "patients": patients,
        "o_minus_e": o_minus_e, "variance": variance, "observed": observed, "expected": expected, "times": times,
        "survival": survival, "at_risk": at_risk, "follow_up": follow_up,
    }  # fmt: skip
    for name in TIERNEY_ROUTES[route].needs:
        if given[name] is None:
            raise InputError(f"The route {route!r} needs {name}; it takes {', '.join(TIERNEY_ROUTES[route].needs)}.")
    read = _Reader(rounding)
    if route.startswith("curve"):
        assert times is not None and survival is not None
        curves = [[read.number(s, "survival", 0.0, 1.0) for s in curve] for curve in survival]
        sizes = None if patients is None else [read.count(n, "patients") for n in patients]
        risks = None if route == "curve-follow-up" else at_risk
        pooled = pooled_curves(times, curves, sizes, follow_up, risks)
        return LogHazardRatio(route, *pooled[:4], exact=False, coarse=pooled[4])
    if route == "hr-interval":
        assert hr is not None and interval is not None
        return _from_interval(read, hr, _pair(interval, "interval"), check_level(level))
    _check_events(read, events, patients)
    v, v_count = _information(route, read, given)
    if route == "o-e-v":
        assert o_minus_e is not None
        parts = [read.number(o_minus_e, "o_minus_e"), v_count]
        return _corners(route, parts, lambda oe, v: oe / v, lambda _, v: v**-0.5)
    if route == "observed-expected":
        assert observed is not None and expected is not None
        pairs = [read.number(k, what, 0.0) for what, both in (("observed", observed), ("expected", expected))
                 for k in _pair(both, what)]  # fmt: skip
        return _corners(
            route,
            pairs,
            lambda o1, o2, e1, e2: math.log(o1 / e1) - math.log(o2 / e2),
            lambda o1, o2, e1, e2: math.sqrt(1 / e1 + 1 / e2),
        )
    if hr is not None and route.startswith("hr"):
        ratio = read.number(hr, "hr", 0.0)
        return _corners(route, [ratio], math.log, lambda _: v**-0.5)
    assert p is not None
    z = read.z(p, sided)
    if favours not in ("first", "second"):
        raise InputError(f"favours must be 'first' or 'second', got {favours!r}: a P value has no sign.")
    sign = -1.0 if favours == "first" else 1.0
    return _corners(route, [z], lambda z: sign * z / math.sqrt(v), lambda _: v**-0.5)


_Triple = tuple[float, float, float]
"""A printed number and the ends of what it can stand for."""


def _check_events(read: _Reader, events: object, patients: object) -> None:
    """Refuse more events than patients, where both are given: the routes are about the time to a first event."""
    if events is None or patients is None:
        return
    sizes = [read.count(n, "patients") for n in _pair(patients, "patients")]
    one = isinstance(events, (str, int, Reported))
    counts = [read.count(events, "events")] if one else [read.count(d, "events") for d in _pair(events, "events")]
    limits = [sum(sizes)] if one else sizes
    for d, n in zip(counts, limits, strict=True):
        if d > n:
            raise InputError(f"There are more events than patients, {d} of {n}; each patient has one event at most.")


def _information(route: str, read: _Reader, given: Mapping[str, object]) -> tuple[float, _Triple]:
    """Return V, from counts exactly, or as a printed number."""
    events, patients = given["events"], given["patients"]
    if route == "o-e-v":
        printed = read.number(given["variance"], "variance", 0.0)
        return printed[0], printed
    if route == "observed-expected":
        return math.nan, (math.nan, math.nan, math.nan)
    if route.endswith("by-arm"):
        first, second = (read.count(d, "events") for d in _pair(events, "events"))
        v = first * second / (first + second)
    else:
        total = read.count(events, "events")
        v = total / 4
        if route.endswith("patients"):
            n1, n2 = (read.count(n, "patients") for n in _pair(patients, "patients"))
            v = total * n1 * n2 / (n1 + n2) ** 2
    return v, (v, v, v)


def _corners(
    route: str, parts: Sequence[_Triple], log_hr: Callable[..., float], se: Callable[..., float]
) -> LogHazardRatio:
    """Evaluate at the printed numbers and at all corners, where results monotone in each number are extreme."""
    centre = [part[0] for part in parts]
    corners = list(product(*(part[1:] for part in parts)))
    ratios, errors = [log_hr(*corner) for corner in corners], [se(*corner) for corner in corners]
    return LogHazardRatio(
        route, log_hr(*centre), se(*centre), (min(ratios), max(ratios)), (min(errors), max(errors))
    )  # fmt: skip


def _from_interval(read: _Reader, hr: _Number, interval: Sequence[_Number], level: float) -> LogHazardRatio:
    """Three printed numbers leave a polygon of (log HR, SE); its ranges in closed form."""
    z = _NORMAL.inv_cdf((1 + level) / 2)
    (e, e0, e1), (low, l0, l1), (up, u0, u1) = (
        tuple(math.log(x) if x > 0 else -math.inf for x in read.number(number, what, 0.0))
        for number, what in ((hr, "hr"), (interval[0], "lower limit"), (interval[1], "upper limit"))
    )
    if not low < up:
        raise InputError(f"The lower limit must lie below the upper one, got {interval[0]!r} and {interval[1]!r}.")
    if e1 < l0 or e0 > u1:
        limits = f"{interval[0]!r} to {interval[1]!r}"
        raise InputError(f"The estimate must lie between its limits, got {hr!r} and {limits}.")
    centre = max(e0, (l0 + u0) / 2), min(e1, (l1 + u1) / 2)
    error = (
        max((u0 - l1) / (2 * z), (e0 - l1) / z, (u0 - e1) / z, 0.0),
        min((u1 - l0) / (2 * z), (e1 - l0) / z, (u1 - e0) / z),
    )
    if centre[0] > centre[1] or error[0] > error[1]:  # no Wald interval prints the three: each on its own, then
        centre, error = (e0, e1), (max((u0 - l1) / (2 * z), 0.0), (u1 - l0) / (2 * z))
    return LogHazardRatio("hr-interval", e, (up - low) / (2 * z), centre, error)


class _Reader:
    """Reads printed numbers under one rounding rule: the number itself and the ends of its range."""

    def __init__(self, rounding: str) -> None:
        self.rounding = rounding

    def number(self, number: object, what: str, low: float = -math.inf, high: float = math.inf) -> _Triple:
        printed = number if isinstance(number, Reported) else Reported(str(number) if type(number) is int else number)  # type: ignore[arg-type]
        if printed.is_missing or printed.relation != "=" or not low <= printed.value <= high:
            limits = f" from {low:g} to {high:g}" if high < math.inf else f" of at least {low:g}" if low == 0 else ""
            raise InputError(f"{what} must be a printed number{limits}, got {number!r}.")
        values = printed.range(self.rounding)
        tiny = low + 1e-12 if low == 0 and printed.value > 0 else low
        return float(printed.value), max(float(values.lower), tiny), min(float(values.upper), high)

    def count(self, number: object, what: str) -> int:
        printed = number if isinstance(number, Reported) else Reported(str(number) if type(number) is int else number)  # type: ignore[arg-type]
        whole = printed.whole
        if whole is None or whole < 1:
            raise InputError(f"{what} must be whole numbers of at least 1, got {number!r}.")
        return whole

    def z(self, p: _Number, sided: int) -> _Triple:
        """Return z of a P value: the P value is halved if two-sided, never the z."""
        printed = p if isinstance(p, Reported) else Reported(p)  # type: ignore[arg-type]
        if sided not in (1, 2):
            raise InputError(f"sided must be 1 or 2, got {sided!r}.")
        if printed.is_missing or not 0 <= printed.value <= 1:
            raise InputError(f"p must be a P value from 0 to 1, got {p!r}.")
        values = printed.range(self.rounding)
        tails = [min(max(float(end), 0.0), 1.0) / sided for end in (printed.value, values.upper, values.lower)]
        if tails[0] > 0.5:  # one-sided, of the other tail
            tails = [1 - tails[0], 1 - tails[2], 1 - tails[1]]
        z, low, high = (math.inf if tail == 0 else -math.inf if tail == 1 else -_NORMAL.inv_cdf(tail) for tail in tails)
        return z, low, high


def _pair(both: object, what: str) -> Sequence[_Number]:
    if isinstance(both, (str, int, Reported)) or not isinstance(both, Sequence) or len(both) != 2:
        raise InputError(f"{what} must be a pair, of the first and the second arm or limit, got {both!r}.")
    return both
