"""Say what an estimate measures, from the words before it and its unit."""

from __future__ import annotations

import math
import re

from trialstats.extraction.document import Document, Interval

__all__ = ["TIME", "measure_of", "unit_of"]

_REACH = 260
"""Characters to look back for a word."""

_TIME_TEXT = (
    "month months mo mos year years yr yrs week weeks wk wks day days hour hours hrs h min mins minute minutes "
    "s sec secs seconds"
)
TIME = frozenset(_TIME_TEXT.split())

# The words in the order they are tried where two begin at the same place; the group says the measure. A group is
# tried only where one of its first letters stands before it.
_WORDS = re.compile(
    # Half of all words are these: they are passed over before anything else is tried.
    r"\b(?=a[bcdhinoruv]|b[epr]|c[-cfohmrsu]|d[efim]|e[flrv]|f[aeors]|g[aemr]|h[aeiro]|i[cfmnr]|k[ao]|l[aiors]|m[adefoiru]"
    r"|n[enu]|o[drvs]|p[acefoyr]|r[ adefiors=]|s[cehilmnptu]|t[ort]|u[hr]|va|w[emo]|[zβδΔ0-9/])"
    r"(?!(?:the|of|and|in|to|was|were|for|with|patients|a|an|at|on|by|from|versus|vs|months|years|than|who|had)\b)"
    r"(?:(?P<other>relative risk ratio|ratio of|a?rrr\b|risk-benefit|kappa|koc\b|auc\b|auroc\b"
    r"|c-?(?:statistic|index)\b"
    r"|area under|correlation|r ?(?==)|icc\b|beta\b|β|coefficient|slope|standardi[sz]ed (?:mean "
    r")?(?:difference|effect)"
    r"|smds?\b|effect sizes?|cohen|hedges|number needed|numbers needed|nn[th]b?\b|geometric (?:mean|least|ls)"
    r"|gm[rt]?s?\b"
    r"|per 10[ ,]?0|/ ?10[ ,]?0|person-?years?|patient-?years?|pyr?s?\b|likelihood ratio|diagnostic odds|s[im]rs?\b"
    r"|mortality ratio|standardi[sz]ed incidence|heritability|half-life|cmax\b|elasticity|z ?="
    r"|incidence rates?(?! ratio)|annuali[sz]ed(?: \w+){0,3} rates?(?! ratio)|fold\b|ratio of (?:odds|hazard)"
    r"|concordance|transition|multiplicative|factor of)"
    r"|(?=[aehoprv])(?P<reduction>relative (?:risk |rate |odds |hazard )?reduction|rrr\b|vaccine efficacy"
    r"|effectiveness|efficacy"
    r"|(?:risk|rate|odds|hazard) reduction|preventi(?:ve|on) (?:efficacy|fraction)|attributable fraction)"
    r"|(?=[achmrsu])(?P<hr>hazards? ?-?ratios?|(?:[ascmu]|sub|adj|cs)?-?hrs?(?:adj)?\b|hazards? of"
    r"|hazard rates?|hazards?\b"
    r"|relative hazards?)"
    r"|(?=[acmopu])(?P<or>odds? ?-?ratios?|(?:[acmu]|adj|c)-?ors?\b|ors?adj\b|odds of|odds\b|pors?\b)"
    r"|(?=[acehimprs])(?P<rr>(?:relative|risk|rate|prevalence|incidence|proportion|probability|response|hospitali[sz]ation"
    r"|event)s?[ -]{1,2}"
    r"(?:rates? |density |proportion )?ratios?|relative (?:risk|rate|probability|likelihood|incidence)s?"
    r"|(?:[aipcsm]|adj|ai)?-?rrs?(?:adj)?\b"
    r"|prs?\b|apr\b|rate-?ratios?|risks? relative)"
    r"|(?=[abcdefglmnprtwδ])(?P<difference>differences? (?:in|of|between) (?:the )?(?:mean|proportion|rate"
    r"|risk|response|\w{1,20} (?:rate|mean))s?"
    r"|(?:mean|median|risk|rate|absolute|weighted|treatment|group|between-group|ls|net|percentage) ?-?(?:\w{1,12} )?"
    r"(?:differences?|change|decrease|increase|reduction|improvement|gain)s?"
    r"|differences?\b|diff\b|[waelmf]?(?:wm|m)ds?\b|a?rds?\b|arr\b|ari\b|lsmd\b|changes?\b"
    r"|treatment effect|delta\b|[δΔ])"
    r"|(?=[bdgilr])(?P<noun>reductions?|increases?\b|decreases?\b|improvements?|declines?\b|gains?\b"
    r"|loss(?:es)? of|benefits?\b)"
    r"|(?=[cdfghilprsw])(?P<verb>reduced|reducing|reduces|increased|increasing|decreased|decreasing|improved|improves|declined"
    r"|gained|changed|lost"
    r"|lower(?:ed)?\b|higher|greater|longer|shorter|rose\b|fell\b|worsened|dropped|raised|prolonged)"
    r"|(?P<median>median|medians\b)"
    r"|(?P<survival>(?:overall|free|specific|relapse|disease|progression|graft|patient|event)[ -]surviv\w*"
    r"|surviv\w+|[adelmptbircou]{0,3}(?:pfs|os|dfs|efs|rfs|mfs|fs)\b|ttp\b|cumulative incidence|kaplan"
    r"|[0-9][- ](?:year|yr|month)s? (?:(?:recurrence|relapse|failure|biochemical|local|locoregional|actuarial"
    r"|disease|mortality)\S* ){0,3}rates?"
    r"|progression[ -]free|freedom from|free of|actuarial|local control|locoregional control|lrc\b|event-free)"
    r"|(?=[alm])(?P<mean>means?\b(?! arterial| corpuscular| platelet| blood pressure| \+| ±)|average|lsm\b)"
    r"|(?=[abcdeoprst])(?P<proportion>proportions?|prevalence|response rates?|orr\b|cr\b|pcr\b|sensitivity|specificity"
    r"|predictive value|respon(?:se|ders?|ded)|accuracy|cure rate|(?:benefit|control|success|complication"
    r"|abstinence|eradication|detection|completion|retention) rates?|positivity|toxicit|percentage))"
)
_GROUPS = {
    "other": "other",
    "reduction": "relative-reduction",
    "hr": "hazard-ratio",
    "or": "odds-ratio",
    "rr": "risk-ratio",
    "difference": "difference",
    "noun": "noun",
    "verb": "verb",
    "median": "median",
    "survival": "survival",
    "mean": "mean",
    "proportion": "proportion",
}
# "OR" is a measure in capitals only, and stands before a number or in the words for one.
_CAPITAL_OR = re.compile(r"\b(?:[A-Z]{0,3}|[acmu]|adj\.? ?)ORs?\b")
_RATIOS = ("hazard-ratio", "odds-ratio", "risk-ratio")
_PER = re.compile(r" ?(?:/|per) ?(?:10[ ,]?0|1[ ,]|person|patient|py|year|million)")

_NAMED_RATIO = re.compile(r"(?:ratios?|\b[a-z]{0,3}(?:hr|rr)s?|\b[am]?or)[\])]{0,2}(?:,| of| was|:| =|=)? ?$")


def unit_of(document: Document, interval: Interval) -> str:
    """Return the unit printed behind an estimate or one of its bounds: ``%``, ``months``, or nothing."""
    letters = document.letters
    numbers = [token for token in (interval.estimate, interval.lower, interval.upper) if token >= 0]
    if any(letters[token] == "q" for token in numbers):
        # "OR 2.4; 95% CI, 1.8%-3.2%": a ratio has no per cent sign of its own.
        first = document.tokens.starts[numbers[0]]
        named = _NAMED_RATIO.search(document.tokens.text, max(0, first - 30), first)
        return "" if letters[numbers[0]] == "d" and interval.estimate >= 0 and named else "%"
    for token in numbers:
        at = token + 1
        # The unit may stand behind a standard error: 0.36 (0.40) mmHg.
        if token == interval.estimate and letters.startswith("(d)", at):
            at += 3
        if letters[at : at + 1] == "u":
            words = document.text_between(at, at + 2) if letters[at + 1 : at + 2] == "u" else document.tokens[at]
            return "percentage points" if words.startswith(("percentage", "pp")) else words
    after = max(interval.last, *numbers) + 1
    if letters[after : after + 2] == ")u":
        return document.tokens[after + 1]
    return ""


def measure_of(
    document: Document, interval: Interval, before: Interval | None, ratio: str | None = None
) -> tuple[str, bool]:
    """Return what an interval's estimate measures, and whether that was guessed or carried over.

    Parameters
    ----------
    document : Document
    interval : Interval
    before : Interval or None
        The interval before it in the text, with its unit and measure.
    ratio : str or None
        The last ratio that was read in the text.
    """
    tokens = document.tokens
    number = interval.estimate if interval.estimate >= 0 else interval.lower if interval.lower >= 0 else interval.upper
    first, _ = document.sentence(number)
    floor = max(tokens.starts[first], tokens.starts[number] - _REACH)
    start = tokens.starts[number]
    unit = interval.unit = unit_of(document, interval)
    same_sentence = before is not None and before.last >= first
    clause = max(floor, tokens.ends[before.last]) if before is not None and same_sentence else floor
    kinds = _kinds(document, clause, start)
    # Words between the estimate and its bounds: 0.77 [HR; 95% CI ...].
    end = max(interval.lower, interval.upper, number)
    inner = _kinds(document, tokens.ends[number], tokens.starts[end]) if end > number and not unit else []
    kinds += [kind for kind in inner if kind[0] in (*_RATIOS, "other")]
    if _PER.match(tokens.text, tokens.ends[number]) and unit != "%" and not inner:
        return "other", False
    found = _decide(document, unit, kinds, start)
    if found is not None and found[0] in _SHARES and _of_a_difference(document, interval, kinds):
        return "difference", False
    if found is not None and found[0] == "difference" and _may_be_ratio(document, interval, unit):
        # "The treatment differences were small for stroke (0.90 [0.80-1.02])".
        return "difference", True
    ratio_carried = before is not None and interval.carried and not unit and before.measure in _RATIOS
    if found is not None and not (ratio_carried and found[1]):
        return found[0], False
    if before is not None and (same_sentence or ratio_carried) and unit == before.unit:
        return before.measure, True
    if ratio is not None and before is not None and same_sentence and not unit and before.unit:
        # "(median 52.9 months [40.9-63.0]; 0.65 [0.45-0.94]": what has no unit after what has one is their ratio.
        return ratio, True
    found = found or _decide(document, unit, _kinds(document, floor, start), start)
    if found is not None and (unit or not found[1] or _last_resort(document, interval) not in _RATIOS):
        return found[0], False
    if before is not None and unit == before.unit and (not unit or interval.carried):
        return before.measure, True
    if unit == "%":
        return "proportion", True
    if unit in TIME:
        return "median", True
    return _last_resort(document, interval), True


def _may_be_ratio(document: Document, interval: Interval, unit: str) -> bool:
    """Whether a number without unit lies about 1, and in the middle of its bounds on the log scale as a ratio does."""
    numbers = (interval.estimate, interval.lower, interval.upper)
    if unit or min(numbers) < 0 or min(interval.signs) < 0 or "x" in {document.letters[token] for token in numbers}:
        return False
    value, lower, upper = (document.value(token) for token in numbers)
    return (
        0 < lower < 1 < upper and abs(math.log(value * value / (lower * upper))) < 0.05 < upper - lower
        if value > 0
        else False
    )


_SHARES = ("proportion", "survival")
_DIFFERENCE_NEXT = re.compile(r"(?: absolute| percentage points?| points?)? differences?\b")


def _of_a_difference(document: Document, interval: Interval, kinds: list[tuple[str, int]]) -> bool:
    """Whether what looks like a share is a difference of shares: 4.6% difference; a difference ... of -3.6%."""
    if interval.estimate < 0:
        return False
    if _DIFFERENCE_NEXT.match(document.tokens.text, document.tokens.ends[interval.estimate]):
        return True
    return interval.signs[0] < 0 or (min(interval.signs) < 0 and "difference" in {kind for kind, _ in kinds})


def _kinds(document: Document, start: int, end: int) -> list[tuple[str, int]]:
    """Return the measures named in a stretch of text, in order, with the places where their words end."""
    if end <= start:
        return []
    found = [
        (match.start(), _GROUPS[match.lastgroup], match.end())
        for match in _WORDS.finditer(document.tokens.text, start, end)
        if match.lastgroup is not None
    ]
    if "OR" not in document.cased:
        return [(kind, place) for _, kind, place in found]
    found += [(match.start(), "odds-ratio", match.end()) for match in _CAPITAL_OR.finditer(document.cased, start, end)]
    return [(kind, place) for _, kind, place in sorted(found)]


_ALLOWED = {
    "%": ("difference", "survival", "proportion", "relative-reduction", "mean", "median", "other"),
    "time": ("median", "mean", "difference", "survival", "other"),
    "unit": ("median", "mean", "difference", "other"),
    "": (*_RATIOS, "difference", "median", "mean", "other", "relative-reduction"),
}
_BY = re.compile(r"\bby(?: (?:a|an|approximately|about|only|up to|nearly|almost|further))* ?[-+]?$")


def _decide(document: Document, unit: str, kinds: list[tuple[str, int]], number: int) -> tuple[str, bool] | None:
    """Return the last named measure that goes with a unit, and whether it rests on a word that says little.

    "Lower" and "reduced" say little: they make a difference of the number only where they lead to it ("lower by 3",
    "a reduction of 5"), or where nothing else does.
    """
    text = document.tokens.text
    allowed = _ALLOWED["%" if unit == "%" else "time" if unit in TIME else "unit" if unit else ""]
    weak = False
    spread_out = False
    for kind, place in reversed(kinds):
        if kind in ("noun", "verb"):
            between = text[place:number]
            words = between.count(" ")
            if _BY.search(text, max(place - 2, number - 30), number) or (
                kind == "noun" and words <= 4 and "(" not in between
            ):
                return "difference", False
            weak = weak or kind == "noun"
            spread_out = True
            continue
        if kind not in allowed:
            continue
        if kind in ("mean", "median") and unit not in TIME and _difference_in(text, kinds, place):
            return "difference", False
        if kind == "survival" and unit != "%":
            return "median", False
        return kind, False
    if weak or (spread_out and unit and unit != "%"):
        return "difference", True
    return None


def _difference_in(text: str, kinds: list[tuple[str, int]], place: int) -> bool:
    """Whether a mean is what a difference is of: "the difference in the mean score was"."""
    before = [end for kind, end in kinds if kind in ("difference", "noun") and end < place]
    return (
        bool(before)
        and re.fullmatch(
            r"s?(?: \([^()]{1,12}\))? (?:in|of|between)(?: [\w-]+){0,2} (?:mean|median)s?", text[before[-1] : place]
        )
        is not None
    )


_VERBS_TEXT = "was were is are of had averaged totalled equalled"
_VERBS = frozenset(_VERBS_TEXT.split())


def _last_resort(document: Document, interval: Interval) -> str:
    """Return the one ratio that a text names, for a number without unit that could be one."""
    if min(interval.signs) < 0:
        return "difference"
    if interval.estimate < 0 or min(interval.lower, interval.upper) < 0:
        return "other"
    if document.letters[interval.estimate - 1] in "wo" and document.tokens[interval.estimate - 1] in _VERBS:
        # "The index was 0.44": a quantity with a name that we do not know.
        return "other"
    kinds = document.ratios
    if kinds is None:
        kinds = document.ratios = {
            _GROUPS[found.lastgroup] for found in _RATIO_WORDS.finditer(document.tokens.text) if found.lastgroup
        } | ({"odds-ratio"} if "OR" in document.cased and _CAPITAL_OR.search(document.cased) else set())
    return next(iter(kinds)) if len(kinds) == 1 else "other"


_RATIO_WORDS = re.compile(
    r"\b(?:(?P<hr>hazards? ratio|a?hrs?\b)|(?P<or>odds ratio)|(?P<rr>relative (?:risk|rate)|(?:risk|rate"
    r"|prevalence) ratio|a?rrs?\b))"
)
