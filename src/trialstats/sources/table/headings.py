"""What the heading of a column says: a kind of number, the arm it is of, the measure, the level."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

BOTH = "ci"
"""A column with both bounds in one cell."""
WITH_BOUNDS = "estimate and ci"
"""A column with an estimate and its bounds in one cell: ``0.54 (0.36-0.81)``."""
OF_SO_MANY = "x of n"
"""A column with a count and its total in one cell: ``30/120``."""
WITH_SHARE = "x and %"
"""A column with a count and its percentage in one cell: ``30 (25%)``."""
WITH_SPREAD = "mean and sd"
"""A column with a mean and its standard deviation in one cell: ``21.4 (6.1)``."""
PERCENT = "%"
WORDS_COLUMNS = (
    "id",
    "study",
    "measure",
    "unit",
    "outcome",
    "arm",
    "arms",
    "time",
    "population",
    "subgroup",
    "section",
)
SAID_COLUMNS = ("adjusted", "test", "sided")
NUMBER_COLUMNS = ("estimate", "lower", "upper", "level", "p", "x", "n", "mean", "median", "sd", "se")
CELL_COLUMNS = (PERCENT, OF_SO_MANY, WITH_SHARE, WITH_SPREAD, BOTH, WITH_BOUNDS)
KNOWN = frozenset({*WORDS_COLUMNS, *SAID_COLUMNS, *NUMBER_COLUMNS, *CELL_COLUMNS})
OF_NUMBERS = frozenset(
    {"estimate", "lower", "upper", "x", "p", "mean", "median", PERCENT, OF_SO_MANY, WITH_SHARE, WITH_SPREAD, BOTH}
    | {WITH_BOUNDS}
)
"""Without one of these columns nothing is reported."""
OF_AN_EFFECT = frozenset({"estimate", "lower", "upper", BOTH, WITH_BOUNDS})
"""What an effect is printed in; a column of it belongs to the effect that its heading, or one to its left, names."""
VALUES_OF_ARMS = frozenset({"x", "mean", "median", PERCENT, OF_SO_MANY, WITH_SHARE, WITH_SPREAD})

_SYNONYMS: Mapping[str, str] = MappingProxyType({
    "value": "estimate", "effect": "estimate", "effect_size": "estimate", "point_estimate": "estimate",
    "lo": "lower", "low": "lower", "lcl": "lower", "ll": "lower", "lci": "lower", "lb": "lower",
    "hi": "upper", "high": "upper", "ucl": "upper", "ul": "upper", "uci": "upper", "ub": "upper",
    "conf_low": "lower", "conf_high": "upper",
    "pvalue": "p", "p_value": "p", "pval": "p", "p_val": "p",
    "conf_level": "level", "confidence_level": "level", "type": "measure", "effect_measure": "measure",
    "endpoint": "outcome", "end_point": "outcome", "group": "arm", "treatment_arm": "arm", "treatment_group": "arm",
    "trial": "study", "study_id": "study", "author": "study", "first_author": "study",
    "author_year": "study", "study_or_subgroup": "study", "studlab": "study", "confidence_interval": BOTH, "cis": BOTH,
    "comparison": "arms", "contrast": "arms", "groups": "arms", "timepoint": "time", "time_point": "time",
    "follow_up": "time", "analysis_set": "population", "analysis_population": "population", "sub_group": "subgroup",
    "place": "section", "is_adjusted": "adjusted", "covariates": "adjusted",
    "covariables": "adjusted", "confounders": "adjusted", "adjusted_for": "adjusted", "adjustments": "adjusted",
    "adjustment_variables": "adjusted", "adjusted_variables": "adjusted", "adjustment": "adjusted",
    "statistical_test": "test",
    "sides": "sided", "standard_deviation": "sd", "stdev": "sd", "std_dev": "sd", "standard_error": "se", "sem": "se",
})  # fmt: skip
# "Lower 95% CI", "95% CI upper", "lower_limit", "CI_low"
_BOUND_HEADING = re.compile(
    r"(?:(?:conf_)?(?:ci|cl|limit|bound|confidence_(?:limit|interval))_?)?(?P<side>low(?:er)?|lb|upp(?:er)?|ub|high)"
    r"(?:_?(?:ci|cl|limit|bound|confidence_(?:limit|interval)|of_ci))?"
)
_LEVEL_HEADING = re.compile(r"_?(?P<level>[0-9]{2}(?:\.[0-9])?)_?%?_?(?=ci|cl|conf|lower|upper|limit|$)")
_MEASURE_HEADINGS: Mapping[str, str] = MappingProxyType({
    "hr": "HR", "hazard_ratio": "HR", "or": "OR", "odds_ratio": "OR", "rr": "RR", "risk_ratio": "RR",
    "relative_risk": "RR", "rate_ratio": "RR", "irr": "RR", "md": "MD", "mean_difference": "MD", "rd": "RD",
    "ard": "RD", "risk_difference": "RD", "difference": "MD", "rrr": "RRR", "relative_risk_reduction": "RRR",
})  # fmt: skip
_ADJUSTED: Mapping[str, bool] = MappingProxyType(
    {"adjusted": True, "adj": True, "crude": False, "unadjusted": False, "unadj": False, "univariable": False,
     "multivariable": True, "stratified": True}
)  # fmt: skip
_OF_POOLING = frozenset({"m", "h", "mh", "iv", "fixed", "random", "effects"})
"""Words of a meta-analysis program beside the ratio of one study: "Risk Ratio M-H, Fixed, 95% CI"."""
_PHRASES: Mapping[str, str] = MappingProxyType({
    "events": "x", "event": "x", "n events": "x", "events n": "x", "no of events": "x", "number of events": "x",
    "cases": "x", "count": "x", "deaths": "x", "responders": "x", "x": "x", "n with event": "x",
    "number with event": "x", "events no": "x",
    "total events": "x",
    "n": "n", "total": "n", "total n": "n", "n total": "n", "patients": "n", "participants": "n",
    "sample size": "n", "no of patients": "n", "number of patients": "n", "n randomised": "n",
    "n randomized": "n", "n analysed": "n", "n analyzed": "n", "randomised": "n", "randomized": "n", "n patients": "n",
    "analysed": "n", "analyzed": "n",
    "n/n": OF_SO_MANY, "events/total": OF_SO_MANY, "events/n": OF_SO_MANY, "x/n": OF_SO_MANY,
    "events/patients": OF_SO_MANY, "n/n %": OF_SO_MANY, "events/total %": OF_SO_MANY,
    "n %": WITH_SHARE, "events %": WITH_SHARE, "no %": WITH_SHARE, "cases %": WITH_SHARE,
    "%": PERCENT, "percent": PERCENT, "percentage": PERCENT, "pct": PERCENT, "event rate": PERCENT, "rate": PERCENT,
    "proportion": PERCENT, "risk": PERCENT,
    "mean": "mean", "median": "median", "mean sd": WITH_SPREAD, "mean ± sd": WITH_SPREAD,
    "sd": "sd", "standard deviation": "sd", "stdev": "sd", "se": "se", "sem": "se", "standard error": "se",
})  # fmt: skip
_LONGEST_PHRASE = 3
_NUMBERED = re.compile(r"(?P<kind>x|n|e|events|total|mean|m|sd|se)_?(?P<arm>[12ab])i?")
_SHORT: Mapping[str, str] = MappingProxyType({"e": "x", "events": "x", "m": "mean", "total": "n"})
_NO_ARM = re.compile(
    r"(?:at )?(?:baseline|pre|post|before|after|follow ?up|end|start|change|difference|overall|all|both|total|age|male"
    r"|female|men|women|weight|height|bmi|(?:week|month|day|year)s? ?\d*|\d+ ?(?:weeks?|months?|days?|years?)|time"
    r"|score|missing)"
)
"""What names no arm beside a kind of number: another time, another variable, everybody."""
_ARM_WORD = re.compile(
    r"(?:(?:arm|group|treatment|trt|tx) ?)?(?:[a-d]|[1-4]|i{1,3})|(?:active|experimental|exp|intervention|treatment"
    r"|treated|control|ctrl|placebo|standard|standard care|usual care|comparator|drug|exposed|unexposed)"
    r"(?: (?:arm|group))?"
)
"""Words that are those of an arm even where one column only is called by it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says; a column that no rule knows has no ``kind``."""

    text: str
    kind: str = ""
    arm: str = ""
    """The words beside the kind of number, which may be those of an arm."""
    measure: str = ""
    level: str = ""
    adjusted: bool | None = None
    test: str = ""

    @property
    def may_be_of_an_arm(self) -> bool:
        """Whether the words beside the kind of number may be those of an arm."""
        return bool(self.arm) and _NO_ARM.fullmatch(self.arm.lower()) is None

    @property
    def names_an_arm(self) -> bool:
        """Whether the words beside the kind of number are those of an arm, whatever other columns there are."""
        return _ARM_WORD.fullmatch(self.arm.lower()) is not None


def read_heading(text: str) -> Heading:
    """Return what a heading says.

    Examples
    --------
    >>> [read_heading(one).kind for one in ("Lower 95% CI", "events", "HR (95% CI)", "comment")]
    ['lower', 'x', 'estimate and ci', '']
    >>> one = read_heading("Placebo, n/N")
    >>> one.kind, one.arm
    ('x of n', 'Placebo')
    """
    whole = _whole(text)
    if whole.kind:
        return whole
    words = [word for word in re.split(r"[\s_,:;|\-]+|(?<![0-9])\.|\.(?![0-9])", _spaced(text)) if word]
    return _of_p(text, words) or _of_effect(text, words) or _of_numbered(text) or _of_arm(text, words) or whole


def _spaced(text: str) -> str:
    return re.sub(r"(?<=%)(?=[A-Za-z])", " ", re.sub(r"[()\[\]]", " ", text.strip()))


def _whole(text: str) -> Heading:
    """Return what a heading says that has one of the usual names."""
    name = re.sub(r"[()\[\]]", "", text.strip().lower())
    name = re.sub(r"[\s_-]+|(?<![0-9])\.|\.(?![0-9])", "_", name).strip("_")
    if name in _MEASURE_HEADINGS:
        return Heading(text, "estimate", measure=_MEASURE_HEADINGS[name])
    level = _LEVEL_HEADING.search(name) if "%" in name or "ci" in name or "cl" in name else None
    if level is not None:
        name = (name[: level.start()] + "_" + name[level.end() :]).strip("_") or BOTH
    side = _BOUND_HEADING.fullmatch(name)
    if side is not None:
        name = "lower" if side["side"].startswith("l") else "upper"
    name = _SYNONYMS.get(name, name)
    said = level["level"] if level is not None and name in ("lower", "upper", BOTH) else ""
    kind = _PHRASES.get(name.replace("_", " "), name if name in KNOWN else "")
    return Heading(text, kind, level=said)


def _of_p(text: str, words: list[str]) -> Heading | None:
    """Return a heading such as "P for interaction"."""
    found = re.fullmatch(r"p(?: ?values?)?(?: for| of)? (interaction|trend|heterogeneity)", " ".join(words).lower())
    return None if found is None else Heading(text, "p", test=found[1])


def _of_effect(text: str, words: list[str]) -> Heading | None:
    """Return a heading such as "adjusted HR", "RR (95% CI)" or "RD lower"."""
    low = [word.lower() for word in words]
    adjusted = next((_ADJUSTED[word] for word in low if word in _ADJUSTED), None)
    low = [word for word in low if word not in _ADJUSTED and word not in _OF_POOLING]
    if low and low[0] in ("ahr", "aor"):
        adjusted, low[0] = True, low[0][1:]
    if adjusted is not None and (bound := _whole("_".join(low))).kind in ("lower", "upper", BOTH, "p"):
        return Heading(text, bound.kind, level=bound.level, adjusted=adjusted)
    for length in (3, 2, 1):
        measure = _MEASURE_HEADINGS.get("_".join(low[:length]))
        if measure is None or length > len(low):
            continue
        rest = low[length:]
        if not rest:
            return Heading(text, "estimate", measure=measure, adjusted=adjusted)
        other = _whole("_".join(rest))
        if other.kind == BOTH:
            kind = WITH_BOUNDS if "(" in text or "[" in text or "," in text or "and" in rest else BOTH
            return Heading(text, kind, measure=measure, level=other.level, adjusted=adjusted)
        if other.kind in ("lower", "upper", "p"):
            return Heading(text, other.kind, measure=measure, level=other.level, adjusted=adjusted)
    return None


def _of_numbered(text: str) -> Heading | None:
    """Return a heading such as "n1" or "mean_b"."""
    found = _NUMBERED.fullmatch(text.strip().lower().replace(".", "_"))
    return None if found is None else Heading(text, _SHORT.get(found["kind"], found["kind"]), arm=found["arm"])


def _of_arm(text: str, words: list[str]) -> Heading | None:
    """Return a heading with a kind of number before or behind the words of an arm: "events placebo"."""
    low = [word.lower() for word in words]
    for length in range(min(_LONGEST_PHRASE, len(words) - 1), 0, -1):
        for kind, rest in (
            (_PHRASES.get(" ".join(low[:length])), words[length:]),
            (_PHRASES.get(" ".join(low[-length:])), words[:-length]),
        ):
            if kind is None or " ".join(rest).lower() in _PHRASES:
                continue
            beside = next((word.lower() for word in rest if word.lower() in ("%", "sd")), "")
            kind = _IN_ONE_CELL.get((kind, beside), "") if beside else kind
            arm = " ".join(word for word in rest if word.lower() not in _FILLERS)
            return Heading(text, kind, arm=arm) if arm and kind else None
    return None


_IN_ONE_CELL: Mapping[tuple[str, str], str] = MappingProxyType(
    {("x", "%"): WITH_SHARE, ("n", "%"): WITH_SHARE, (PERCENT, "%"): PERCENT, (OF_SO_MANY, "%"): OF_SO_MANY}
    | {("mean", "sd"): WITH_SPREAD}
)
"""Kinds of number with another one behind the words of the arm: "events placebo (%)"."""
_FILLERS = frozenset({"in", "of", "for", "with", "the", "on", "=", "%", "sd", "±"})
