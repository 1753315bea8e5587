"""The claim grammar: bounded patterns over the letters of the lexer.

Every repetition has a bound, so that each attempt costs no more than a constant and the time is
linear in the number of tokens. A group's place in the letters is the index of its token.
"""

from __future__ import annotations

import re

ABSENT = -1
"""Index of a token that is not there."""


def _bound(name: str) -> str:
    return rf"(?P<{name}sign>[m+]?)r?(?:(?P<{name}>[dq])|(?P<{name}x>x))"


_UNIT = r"(?:[uw]{0,2}(?:[/.*]d?[uw](?:md)?){0,3})"
# Between two bounds.
_BETWEEN = r"(?:(?P<dash>m)|,?t|[,;:]?a|[,;:]|v)"
# Between the words for the interval and its first bound.
_LEAD = r"(?:\(w\))?[:e,;.(CI]{0,3}?(?:w{1,6}?|ow{0,5}?)?[o:e,(]{0,2}?(?:(?<=,)ww|w?)[:e(,]?"
_ENDS_LOOSELY = r"(?:/|[*.]|rwr|,?wqC[:e,]?|[,;]?a?w{1,2}[e:]?|)"
_FROM_TO = rf"{_bound('lo')}{_UNIT}{_BETWEEN}[(w]?{_bound('hi')}"

_FROM_TO_PLAIN = r"m?[dq]u?[mt,]m?[dq]u?"

_LEVEL = r"(?P<level>[dq])[)m]?(?:w{0,3}(?:C|\(C(?=\)))|l)|C"
LABEL = rf"(?:{_LEVEL})(?:,?\([dq]?[Cwl]\)|C)?(?:[,:(]?(?P<after>[dq])\)?(?=[:e,;w(o]{{0,6}}[m+r]?[dqx]))?"

# Bounds with a bracket each: (-3.4)-(-0.8).
_IN_BRACKETS = r"(?:\)(?=[mt,;:]\())?"
TWO_BOUNDS = re.compile(rf"\)?{_LEAD}{_bound('lo')}{_UNIT}{_IN_BRACKETS}{_BETWEEN}[(w]?{_bound('hi')}")
"""Two bounds behind the words for an interval; matched at the end of those words."""

LOOSE_BOUNDS = re.compile(
    rf"\)?{_LEAD}(?P<losign>[m+]?)(?P<lo>[dq]){_UNIT}{_ENDS_LOOSELY}[(]?(?P<hisign>[m+]?)(?P<hi>[dq])"
)
"""The same where little or much stands between them: a slash, nothing but a space, "upper limit"."""

THREE = re.compile(rf"\)?[:e,;(]{{0,2}}(?P<estsign>[m+]?)(?P<est>[dq])[,;:(]{{1,2}}{_FROM_TO}")
"""An estimate and two bounds behind the words for an interval."""

# "95% CI for the HR of 0.70 was 0.50-0.98"; "(mean; 95% CI): dogs (11.3 years; 10.3 to 12.2)"
BEHIND_NAME = re.compile(
    rf"(?:w{{1,4}}o?(?P<estsign>[m+]?)(?P<est>[dq])u?w[:,]?|\):w{{1,4}}\((?P<estsign2>[m+]?)(?P<est2>[dq])u?[,;])"
    rf"{_FROM_TO}"
)
"""The same with the name of the estimate before it."""

AND_FOR = re.compile(rf",?a(?P<name>w{{2,6}}){_FROM_TO}")
"""Further bounds behind those of an interval that had words for it: "and for cough was 0.13 to 0.27"."""

ONE_BOUND = re.compile(r"\)?[:e,;(]{0,2}(?:w{0,2}[o:e,]?)?(?P<side>r?)(?P<losign>[m+]?)(?P<lo>[dq])")
"""One bound behind the words for an interval."""
ONE_BOUND_OF = re.compile(r"\)?[wCo]{1,6}[a:e,]?(?P<side>)(?P<losign>[m+]?)(?P<lo>[dq])")
"""The same behind what it is of: "the upper bound of the 95% CI of the difference was 4.1"."""

# "(5.3 min/day, 0.8 to 9.8 v 6.1 min/day, 2.7 to 9.5)": an estimate with its unit first in its bracket, or the second.
_FIRST_WITH_UNIT = "|".join(
    rf"(?<=[(v]{sign}[dq]{unit}[,;])" for sign in ("", "m") for unit in ("u", "uu", "u/u", "u/w", "w/u")
)
# Bounds after an estimate without any words for an interval.
BARE = (
    # 0.77 (0.70-0.84); 43.7 months (35.7-52.3); 5% (n = 4/74; 1.5 to 13.3); 1.56 for the drug (1.26-1.94)
    # (0.64, 0.46 to 0.91); (88%; [47-98]); -2.0 [0.30] -2.6 to -1.4; (1.6/1.2 to 2.2); -0.3 HbA1c% (-0.5 to -0.1)
    # 1.8±0.7 (0.4; 3.2)
    rf"(?P<bare>(?<!z)(?P<bareest>[dq])"
    rf"(?:{_UNIT}w{{0,4}}(?:(?<=w)\*)?\({{1,2}}(?:[^()SEPCIqD]{{1,10}}[;,:])?|[,;](?:(?<=[(:;e][dq][,;])|(?<=[wav][dq][,;])|(?<=[wav]m[dq];)|(?<=w,[dq],))"
    rf"|{_UNIT}\([dm]{{1,2}}\)[;,]?|(?P<error>z)d{_UNIT}\(|(?<=\(q);\((?={_FROM_TO_PLAIN}\)\))|(?<=\([dq])/|[uw]{{1,2}}(?:/[uw])?[,;](?:{_FIRST_WITH_UNIT}))"
    rf"(?:{_FROM_TO})(?P<tail>{_UNIT}))"
)
BEHIND = re.compile(r"[,;]?(?P<level>[dq])?m?w{0,2}C(?:\(C\))?\)|\),?\(?(?P<level2>[dq])w{0,2}C")
"""Words for an interval behind its bounds."""

BEHIND_A_RANGE = re.compile(rf"[:,(]?{_FROM_TO_PLAIN}[,;]?\((?={_FROM_TO_PLAIN}\))")
"""The bounds of a range up to a bracket that holds two more: "range 1-20 [8-11]"."""

EVENT = re.compile(rf"(?P<label>{LABEL})|(?P<other>I)|{BARE}")
"""What the reader stops at: words for an interval, words for another spread, or bounds without words."""

# -------------------------------------------------------------------------------------------------- counts
_X = r"(?P<x>d|k(?<!kk)(?<!kak)(?:a?k){0,3})"
COUNTS = tuple(
    (strict, re.compile(expression))
    for strict, expression in (
        # 8 of 32 patients (25%); 14 of 219 (all grades, 6%
        (True, rf"{_X}w{{0,4}}ow{{0,4}}(?P<n>d)w{{0,2}},?\(?r?(?P<q>q)"),
        (False, rf"{_X}w{{0,4}}ow{{0,4}}(?P<n>d)[wt]{{0,8}},?\(?(?:w{{1,3}}[,:])?(?P<q>q)"),
        # 8/32 (25%); 8/32, 25%; 8/32; 25%
        (True, r"(?P<x>d)/(?P<n>d)w{0,2}[,;]?e?\(?e?(?P<q>q)"),
        (False, r"(?P<x>d)/(?P<n>d)w{0,8}[,e]?\(?e?(?P<q>q)"),
        # 8 (25%) of 32; 8 patients (25%) of 32; 8 [25%; 95% CI 12 to 43] of 32
        (
            True,
            rf"{_X}w{{0,8}}\(r?(?P<q>q)(?:[^()SE]{{0,3}}\([^()SE]{{0,14}}\)[^()SE]{{0,6}}"
            rf"|[^()SE]{{0,14}})\)w{{0,2}}ow{{0,4}}(?P<n>d)",
        ),
        # 25% (8 of 32); 25% in the group (8/32); 25% (n = 8/32); 25%, 8 of 32
        (True, rf"(?P<q>q),?\((?:ne)?{_X}w{{0,3}}(?:/|ow{{0,4}})(?P<n>d)"),
        (False, rf"(?P<q>q)(?:[wuo]{{0,10}}|,)\(?(?:w{{1,3}}[,:])?(?:ne)?{_X}w{{0,3}}(?:/|ow{{0,4}})(?P<n>d)"),
        # (3.3%; 58/1740
        (True, r"(?P<q>q);(?P<x>d)/(?P<n>d)"),
        # 8 (25%); 8 patients (25%; 8 users of the drug (25%
        (False, rf"{_X}(?:w|o(?=w)){{0,8}}\(r?(?P<q>q)"),
        # 25% (n = 8); 25% of women (8 patients
        (False, rf"(?P<q>q)w{{0,3}}o?w{{0,4}}\((?:(?P<ne>ne){_X}(?=[);,])|(?P<x2>d)(?=w{{1,3}}[);,]|\)))"),
        # 25% of patients (8 of 32), also where it is not
        (True, rf"(?P<q>q)ow{{1,2}}\({_X}(?:/|o)(?P<n>d)(?=\))"),
        # (n = 7, 35%)
        (True, r"ne(?P<x>d),(?P<q>q)"),
        # 0.3% (1 in 330 patients)
        (False, r"(?P<q>q)\((?P<x>d)w(?P<n>d)(?=w{0,3}\))"),
        # in the group (7; 35%)
        (False, r"(?<=\()(?P<x>d);(?P<q>q)(?=[);,])"),
    )
)
"""Forms of a percentage with its count; true where the form leaves no doubt of which number is which."""

P_FAR = re.compile(r"p[w*uovmDI',(]{0,10}(?P<rel>[re]{1,2})(?P<value>[dq])")
"""The label of a P and, some words later, its value."""

# ---------------------------------------------------------------------------------------------- statistics
# The names of statistics that may stand between an interval and its P, a row each.
_NAMES_OF_STATISTICS = (
    r"[tzfqwuh]",
    r"[tz][ -](?:score|value|statistic)",
    r"χ ?[2²]?",
    r"chi-? ?(?:squared?|2)?",
    r"[xi][2²]",
    r"se|s\.e\.|sem|standard error",
    r"df|d\.f\.",
    r"(?:score |likelihood[- ]ratio |lr )?test(?: statistic)?",
    r"statistic",
)
_NUMBER_OF_THEM = r"[0-9]{1,6}(?:\.[0-9]{1,4})?"
_STATISTIC = (
    rf"(?:wald |likelihood ratio |log-?rank )?(?:{'|'.join(_NAMES_OF_STATISTICS)})(?: ?[0-9]{{1,4}}(?= ?=))? ?"
    rf"(?:[(\[](?:df ?= ?)?{_NUMBER_OF_THEM}(?:, ?(?:n ?= ?)?{_NUMBER_OF_THEM})?[)\]])? ?"
    rf"(?:[=:≈]|was|of)? ?-?(?:{_NUMBER_OF_THEM}|\.[0-9]{{1,4}}) ?%?"
)
STATISTIC_SAID = re.compile(
    rf"(?<![a-z0-9-])(?:{'|'.join(_NAMES_OF_STATISTICS)})(?: ?[0-9]{{1,4}}(?:, ?[0-9]{{1,5}})?)? ?"
    rf"(?:[(\[](?:df ?= ?)?{_NUMBER_OF_THEM}(?:, ?(?:n ?= ?)?{_NUMBER_OF_THEM})?[)\]])? ?= ?-?(?:{_NUMBER_OF_THEM})"
)
"""A test statistic with its value, wherever it stands."""
STATISTICS = re.compile(
    rf"[ %)\]]{{0,4}}(?:[,;:]? ?(?:and )?[(\[]?{_STATISTIC}){{1,3}}[ ,;:)\]]{{0,3}}(?:and |with )?[(\[]?"
)
"""The words, not the letters, of test statistics between an interval and its P: "; t(98) = 2.38, df = 98; "."""
