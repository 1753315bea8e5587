"""Say what a number measures by the word that governs it: a median of 12 months; mean scores were 3.1."""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.expressions import Gated
from trialstats.sources.text.values.numbers import Numbers
from trialstats.sources.text.values.shares import BRACKETED
from trialstats.sources.text.words.of_measures import RATIOS, TIME
from trialstats.sources.text.words.of_person_time import COUNTED_PER
from trialstats.sources.text.words.of_values import PEOPLE

_OF_WHICH_KIND = (
    r"(?:serious|severe|fatal|nonfatal|non-fatal|major|minor|further|additional|late|early|sudden|postoperative"
    r"|[a-z]{3,14}-(?:related|emergent)|(?:treatment|drug) related|adverse|grade [1-5]|possible|confirmed|cardiac"
    r"|local)"
)
COUNTED_NEXT = re.compile(
    rf" (?:{_OF_WHICH_KIND} ){{0,3}}(?:{PEOPLE}|death|event|case|infection|stroke|recurrence|relapse|withdrawal"
    r"|complication|episode)\b"
)
THRESHOLD = re.compile(
    r"\b(?:(?:less|greater|more|fewer|lower|higher) than|at least|minimum of|maximum of|up to|over|under|above|below"
    r"|or) [-+]?$"
)
_ENDED = re.compile(rf"[;)]|[0-9](?![0-9]* {PEOPLE}\b)")
_TIME_BETWEEN = re.compile(
    r" (?:at|after|by|over|to|during|within|throughout) (?:the (?:(?:end of|first|last|next|entire) )?)?"
    r"(?:(?:week|month|day|year) [0-9]{1,3}"
    r"|[0-9]{1,3}[ -](?:weeks?|months?|days?|years?|hours?|minutes?|h|min)\b(?: of treatment| of follow-up)?)"
)
"""When something was measured, between the word for a measure and its number: "mean weight at 12 weeks was"."""
_HYDROXY = re.compile(r"\b[0-9,]+ ?\(oh\)")
_CHANGED_BY = re.compile(
    r"\b[0-9.]+ ?% (?:greater|higher|lower|longer|shorter|larger|smaller|less|more|better|fewer|worse)\b"
)
_OF_WHAT = re.compile(r"mean|median")
_MEAN_CHANGE = re.compile(
    r"\bmean (?:absolute )?(?:change|reduction|increase|decrease|fall|rise)s?\b"
    r"(?!.*\b(?:differ|compar|than|more|less|by ))(?:[^.;]|\.(?=[0-9])){0,140}$"
)
"""Before points of a percentage: what they are the change of has that unit itself."""
_BETWEEN_TWO = re.compile(
    r"\bfrom (?:[a-z]+ ){0,3}(?:[0-9.]+ ?[a-z0-9%/]*(?: at (?:baseline|(?:day|week|month) [0-9]{1,3}))? to )?$"
)
_MEDIAN_OF = re.compile(r"\bmedian (?:[a-z0-9-]{2,20} ){1,5}$")
"""What changed, where it is a median: "median sleep rose from 6 to 7 hours"."""
_COMPARED = re.compile(r"v(?P<of>[dq])")
_DIFFERENCE_OF = re.compile(
    r"\b(?:difference|improvement|gain|benefit|prolongation|extension) (?:in|between|of) (?:the )?$"
)
_TIMES_PER = re.compile(rf" (?:[a-z-]{{1,14}} ){{0,2}}{COUNTED_PER}")
_MEAN_NEAR = Gated(r"median|average|\bmean\b", "median", "average", "mean")
_NUMBER_OR_BRACKET = re.compile(r"[;(0-9]")
_NUMBER_OR_END = re.compile(r"[;)0-9]")
IMPORTANT = re.compile(
    r"\bclinically (?:relevant|important|meaningful|significant) (?:difference|change|improvement|margin|threshold)s?"
    r" (?:of|was|is|being|to be|as) (?:an? |at least )?[-+]?$"
    r"|\bpre-?(?:defined|specified|set) (?:[a-z-]+ ){0,3}(?:difference|margin|change)s?"
    r"(?: (?:deemed|considered|thought|judged|defined|regarded|taken)(?: [a-z]+){1,4})?"
    r" (?:of|was|is|as|at) (?:an? |at least )?[-+]?$"
)
"""What leads to how large a difference would matter."""
_OR_MORE = re.compile(r"[ -]?[a-z/%]{0,8}(?: hg)? or (?:more|greater|less|higher|lower|longer)\b")
_NAMED_OTHER = re.compile(
    r"\b(?:effect sizes?(?: \([a-z' ]{1,12}\))?|cohen\S{0,3} d|hedges\S{0,2} g)(?: of| was| were| is|,|:| ?=) [-+]?$"
    r"|(?<![a-z-])(?<!at least )(?:es|d)(?: ?= ?|: )[-+]?$"
    r"|\b(?:icer|incremental cost(?:[ -]effectiveness)?(?: ratio)?|cost-(?:effectiveness|utility|benefit) ratio)\b"
    r"[^.;:0-9]{0,60}\b(?:of|was|is|at) (?:about |approximately )?(?:[a-z]{1,2} ?)?[$\x00][ \x00]?$"
)
"""What leads to an effect size or the cost of an effect."""
_OTHER_STEMS = ("effect size", "cohen", "hedges", "cost", "icer", "es =", "es=", "es: ", "d =", "d=")
"""One of these stands in all that it finds."""
_VARIED = re.compile(r"\b(?:varied|ranged|ranging|varying) (?:from|between) [-+]?$")
_SPREAD_BEFORE = re.compile(r"[(\[,] ?(?:(?:interquartile )?range|iqr|sd|standard deviation)[,:=]?(?: from| of)? ?-?$")


def governed(numbers: Numbers, token: int, before: str) -> str:
    """Return the measure whose word governs a number: a median of 12 months; mean scores were 3.1."""
    unit = numbers.unit(token)
    if unit in ("percentage", "pp"):
        return "mean" if "mean" in before and _MEAN_CHANGE.search(before) else "difference"
    if _SPREAD_BEFORE.search(before[-28:]):
        return ""  # "(range, 31 to 80)" of what was told before it
    if any(stem in before for stem in _OTHER_STEMS) and _NAMED_OTHER.search(before[-110:]):
        return "other"
    limited = THRESHOLD.search(before[-16:]) is not None or _OR_MORE.match(numbers.after(token)) is not None
    limited = limited or (unit in TIME and before.endswith(" to "))
    for kind, begin, place in reversed(numbers.named(token)):
        between = numbers.document.tokens.text[place : numbers.document.tokens.starts[token]]
        if between.startswith(")") and numbers.document.tokens.text.startswith("(", begin - 1):
            between = between[1:]  # "survival (median) with A was 5.1 months"
        if (
            kind == "difference"
            and (whose := _OF_WHAT.match(numbers.document.tokens.text, begin)) is not None
            and ("differ" not in numbers.document.tokens.text[begin:place] or "baseline" in between)
        ):
            kind = whose[0]  # "median survival increased from 21", but not "a mean difference of 21"
        if kind == "other" and numbers.document.tokens.text.startswith("geometric", begin):
            kind = "mean"
        text = numbers.document.tokens.text
        if kind in ("mean", "median") and _DIFFERENCE_OF.search(text, max(0, begin - 40), begin) is not None:
            return "difference"  # "an improvement in the median of 4.4 months"
        if kind == "difference" and (limited or _VARIED.search(before[-18:])):
            return ""  # "rises of 10 mm or more", "changes from baseline to 24 weeks"
        if "(oh)" in between:
            between = _HYDROXY.sub(" ", between)
        if kind == "mean" and _TIMES_PER.match(between) is not None:
            kind = "rate"  # "the average number of falls per patient-year was"
        if kind in ("mean", "median", "rate"):
            if (
                _ENDED.search(_CHANGED_BY.sub("", BRACKETED.sub("", _TIME_BETWEEN.sub("", between))))
                or len(between) > 110
                or COUNTED_NEXT.match(numbers.after(token))
            ):
                return ""
            return kind
        reached = between.endswith(" to ") and " from " not in between and "increas" not in between
        if kind == "survival" and unit in TIME and not reached and not _NUMBER_OR_BRACKET.search(between):
            return "median"
        if kind == "difference" and (compared := _COMPARED.match(numbers.document.letters, token + 1)) is not None:
            return "proportion" if compared["of"] == "q" else "mean"  # "no difference in the rate (33.3 v 23.5%)"
        if (
            kind == "difference"
            and not _NUMBER_OR_END.search(between)
            and len(between) < 60
            and (unit or numbers.document.decimals(token))
        ):
            return "difference"
        if kind in (*RATIOS, "share", "proportion"):
            return ""
        if kind in ("verb", "noun", "difference") and len(between) < 70 and _BETWEEN_TWO.search(between):
            return "median" if _MEDIAN_OF.search(text, max(0, begin - 60), begin) else "mean"
    if _MEAN_NEAR.search(before[-25:]):
        return "median" if "median" in before[-25:] else "mean"
    return ""
