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
    r"\b(?=a[bcdhinoruv]|b[epr]|c[-cfohmrsu]|d[efim]|e[cdflrv]|f[aeors]|g[aemr]|h[aeiro]|i[cfmnr]|k[ao]|l[aiors]|m[adefoiru]"
    r"|n[elnu]|o[drvs]|p[acefloyr]|r[ adefiors=]|s[cehilmnptu]|t[ort]|u[hr]|va|w[emo]|[zβδΔ0-9/])"
    r"(?!(?:the|of|and|in|to|was|were|for|with|patients|a|an|at|on|by|from|versus|vs|months|years|than|who|had)\b)"
    r"(?:(?P<other>relative risk ratio|median odds|[mdr]or\b|ratios? (?:\([^()]{1,40}\) )?of|a?rrr\b|risk-benefit|kappa|koc\b|auc\b|auroc\b"
    r"|c-?(?:statistic|index)\b"
    r"|area under|correlation|r ?(?==)|icc\b|beta\b|β|coefficient|slope|standardi[sz]ed (?:mean "
    r")?(?:difference|effect)"
    r"|smds?\b|effect sizes?|cohen|hedges|number needed|numbers needed|nn[th]b?\b|geometric (?:mean|least|ls)"
    r"|gm[rt]?s?\b"
    r"|per 10[ ,]?0|/ ?10[ ,]?0|person-?years?|patient-?years?|pyr?s?\b|likelihood ratio|diagnostic odds|s[im]rs?\b"
    r"|mortality ratio|standardi[sz]ed incidence|heritability|half-life|cmax\b|elasticity|z ?="
    r"|incidence rates?(?! ratio)|annuali[sz]ed(?: \w+){0,3} rates?(?! ratio)"
    r"|fold[ -](?:change|increase|rise|difference|reduction)s?\b|fold\b|[pn]lr\b|[ei][cd](?:50|9[0-9])\b"
    r"|concordance|transition|multiplicative|factor of)"
    r"|(?=[aehoprv])(?P<reduction>(?:relative|proportion\w*) (?:[a-z]{1,12} ){0,2}(?:reduction|decrease|increase)s?"
    r"|reductions? (?:of|in) (?:the )?(?:pooled )?(?:odds|hazard|risk|rate) ratios?|protective effic\w+|vaccine efficacy"
    r"|effectiveness|efficacy"
    r"|(?:risk|rate|odds|hazard) reduction|preventi(?:ve|on) (?:efficacy|fraction)|attributable fraction)"
    r"|(?=[achmrsu])(?P<hr>hazards? ?-?ratios?|(?:[ascmu]|sub|adj|cs)?-?hrs?(?:_?adj?)?\b|hazards? of"
    r"|hazard rates?|hazards?\b"
    r"|relative hazards?)"
    r"|(?=[acmopu])(?P<or>odds? ?-?ratios?|(?:[acmu]|adj|c)-?ors?\b|ors?_?adj?\b|odds of|odds\b|a?pors?\b)"
    r"|(?=[acehimprs])(?P<rr>(?:relative|risk|rate|prevalence|incidence|proportion|probability|response|hospitali[sz]ation"
    r"|event)s?[ -]{1,2}"
    r"(?:rates? |density |proportion )?ratios?|relative (?:risk|rate|probability|likelihood|incidence)s?"
    r"|(?:[aipcsm]|adj|ai)?-?rrs?(?:_?adj?)?\b"
    r"|prs?\b|apr\b|rate-?ratios?|risks? relative)"
    r"|(?=[abcdefglmnprtwδ])(?P<difference>placebo-(?:subtracted|corrected|adjusted)(?: [a-z-]+)?|differences? (?:in|of|between) (?:the )?(?:mean|proportion|rate"
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
    r"|life[ -]tables?|product[ -]limit|progression[ -]free|freedom from|free of|actuarial|local control|locoregional control|lrc\b|event-free)"
    r"|(?=[alm])(?P<mean>means?\b(?! arterial| corpuscular| platelet| blood pressure| \+| ±)|average|lsm\b)"
    r"|(?=[anps])(?P<share>sensitivit(?:y|ies)|specificit(?:y|ies)|(?:positive |negative )?predictive values?|[np]pvs?\b|prevalence"
    r"|accuracy)"
    r"|(?=[abcdeoprst])(?P<proportion>proportions?|response rates?|orr\b|cr\b|pcr\b|respon(?:se|ders?|ded)|cure rate|(?:benefit|control|success|complication"
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
    "share": "share",
    "proportion": "proportion",
}
# "OR" is a measure in capitals only, and stands before a number or in the words for one.
_CAPITAL_OR = re.compile(r"\b(?:(?![MDR]OR)[A-Z]{0,3}|[acmu]|adj\.? ?)ORs?\b")
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
            words = _unit_at(document, at)
            return "percentage points" if words.startswith(("percentage", "pp")) else words
    after = max(interval.last, *numbers) + 1
    return _unit_at(document, after + 1) if letters[after : after + 2] == ")u" else ""


_PER_UNIT = re.compile(r"(?:/(?:du|[uw]))+")


def _unit_at(document: Document, at: int) -> str:
    """Return the whole unit that begins at a token: ``months``, ``mm hg``, ``mmol/mol``, ``kJ/24 h``."""
    letters = document.letters
    end = at + 2 if letters[at + 1 : at + 2] == "u" else at + 1
    per = _PER_UNIT.match(letters, end)
    if per is None:
        return document.text_between(at, end)
    words = document.cased[document.tokens.starts[at] : document.tokens.ends[per.end() - 1]]
    return re.sub(r"[\s\x00]*/[\s\x00]*", "/", words)


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
    listed = _next_of_list(document, interval, kinds, start, goes_on=same_sentence)
    if listed is not None:
        return listed, True
    found = _decide(document, interval, kinds, start)
    if (found is None or found[0] not in (*_RATIOS, "other")) and (behind := _named_behind(document, interval, clause)):
        return behind, False
    if found is not None and found[0] in _SHARES and _of_a_difference(document, interval, kinds):
        return "difference", False
    if found is not None and found[0] == "difference" and not unit and found[1]:
        # "A clear reduction in stroke 0.45 (0.31-0.65)": words that say little, of numbers that only a ratio has.
        near = before.measure if before is not None and same_sentence and before.measure in _RATIOS else ratio
        if _shaped_as_ratio(document, interval) or (near and _may_be_ratio(document, interval, unit)):
            return near or _last_resort(document, interval), True
    if found is not None and found[0] == "difference" and _may_be_ratio(document, interval, unit):
        # "The treatment differences were small for stroke (0.90 [0.80-1.02])".
        return "difference", True
    ratio_carried = before is not None and interval.carried and not unit and before.measure in _RATIOS
    if found is not None and not (ratio_carried and found[1]):
        return found[0], start - found[2] > _NEAR
    if before is not None and (same_sentence or ratio_carried) and unit == before.unit:
        return before.measure, True
    if before is not None and same_sentence and not unit and before.unit and _same_unit(document, interval, before):
        # "71.5% (66.0-76.4) with A and 64.2 (58.5-69.4) with B": the unit goes on as well.
        interval.unit = before.unit
        return before.measure, True
    if ratio is not None and before is not None and same_sentence and not unit and before.unit:
        # "(median 52.9 months [40.9-63.0]; 0.65 [0.45-0.94]": what has no unit after what has one is their ratio.
        return ratio, True
    if found is None and same_sentence and not unit and before is not None and before.unit:
        found = ("other", True, start) if _shaped_as_ratio(document, interval) else None
    found = found or _decide(document, interval, _kinds(document, floor, start), start)
    if found is not None and (unit or not found[1] or _last_resort(document, interval) not in _RATIOS):
        return found[0], start - found[2] > _NEAR
    if before is not None and unit == before.unit and (not unit or interval.carried):
        return before.measure, True
    if unit == "%":
        return "proportion", True
    if unit in TIME:
        return ("median" if min(interval.signs) > 0 else "difference"), True
    named = _last_resort(document, interval)
    if named == "other" and _RISK.search(tokens.text, floor, start) and _shaped_as_ratio(document, interval):
        # "The estimated risk was 0.29 (0.11 to 0.77) in comparison with placebo."
        return "risk-ratio", True
    return named, True


_NEAR = 150
"""Characters beyond which a word may speak of something else."""
_RISK = re.compile(r"\b(?:risk|likelihood|incidence)s?\b")
_AND = re.compile(r"(?:\b(?:and|v|vs|versus|to|with|against|than)\.?|,) ?$")


def _same_unit(document: Document, interval: Interval, before: Interval) -> bool:
    """Whether a number without a unit may be of the same kind as the one before it, which has one."""
    if min(interval.estimate, before.estimate) < 0 or "x" in (
        document.letters[interval.estimate], document.letters[before.estimate]
    ):  # fmt: skip
        return False
    value, other = document.value(interval.estimate), document.value(before.estimate)
    start = document.tokens.starts[interval.estimate]
    return (
        (value > 1 or interval.signs[0] < 0)
        and (before.unit != "%" or value <= 100)
        and other / 5 <= value <= other * 5
        and document.decimals(interval.estimate) == document.decimals(before.estimate)
        and _AND.search(document.tokens.text, max(0, start - 12), start) is not None
    )


_COMPARED = r"(?:more|fewer|less|greater|higher|lower|longer|shorter|larger|smaller|better|worse)(?![\w-])"
_CHANGED = r"(?:reduction|decrease|increase|improvement|difference|decline|gain)s?(?![\w-])"
_RIGHT_BEHIND = re.compile(rf" ?(?:absolute |relative |percentage points? |points? )?(?:{_COMPARED}|{_CHANGED})")
_BEHIND_BOUNDS = re.compile(
    rf"[)\]]{{0,2}}(?: [a-z/%]{{1,8}})? (?:absolute |relative |risk )?(?:{_CHANGED}(?! and| or)|{_COMPARED} (?:than|with|in|on|among|compared))"
)
_TIMES = re.compile(r" ?-?(?:times|fold)\b")
_RELATIVE = re.compile(
    r"\brelative|\bproportional|\bodds\b|\bhazards?\b|(?<!-)\brisks? (?:of|for|reduction)|\bthe risk\b|mortality|likelihood"
    r"|\bdeaths?\b"
)
_ABSOLUTE = re.compile(r"\babsolute|percentage point|\bpoints?\b|\brates?\b")


def _named_behind(document: Document, interval: Interval, clause: int) -> str | None:
    """Read what the words behind a number or its bounds make of it: 1.3 more hours; 8% (-8 to 21%) reduction."""
    if interval.estimate < 0:
        return None
    text, ends, unit = document.tokens.text, document.tokens.ends, interval.unit
    at = ends[interval.estimate]
    if unit not in ("", "%") and document.letters[interval.estimate + 1 : interval.estimate + 2] == "u":
        at = ends[interval.estimate + 1]
    if not unit and _TIMES.match(text, at):
        return _only_ratio(document)
    last = max(interval.estimate, interval.lower, interval.upper, interval.last)
    found = _RIGHT_BEHIND.match(text, at) or _BEHIND_BOUNDS.match(text, ends[last])
    if found is None:
        return None
    if unit == "%" and _is_relative(text, clause, document.tokens.starts[interval.estimate], found.end()):
        return "relative-reduction"
    return "difference"


def _is_relative(text: str, clause: int, number: int, behind: int) -> bool:
    """Whether a percentage by which something changes is one of the risk itself."""
    near = max(clause, number - 90)
    if _ABSOLUTE.search(text, near, number) or _ABSOLUTE.search(text, behind, behind + 40):
        return False
    return (
        _RELATIVE.search(text, near, number) is not None or _RELATIVE.search(text, behind - 20, behind + 50) is not None
    )


_ITEMS = re.compile(
    r"(?: ?[(\[][^()\[\]]{1,12}[)\]])?(?:,|,? and|,? or) (?:the |pooled |summary |positive |negative |diagnostic )*"
)


def _next_of_list(
    document: Document, interval: Interval, kinds: list[tuple[str, int, int]], number: int, *, goes_on: bool
) -> str | None:
    """Read a list of measures before a list of numbers: "sensitivity, specificity and DOR were 0.8, 0.7 and 9"."""
    text, unit, left = document.tokens.text, interval.unit, document.listed
    if goes_on and left and not kinds:
        kind = left.pop(0)
    else:
        left.clear()
        if len(kinds) < 2 or kinds[-1][0] == kinds[-2][0] == kinds[0][0]:
            return None
        items = [kinds[-1]]
        for kind in reversed(kinds[:-1]):
            between = text[kind[2] : items[-1][1]]
            if between in (" (", " [", "("):
                items[-1] = kind  # a name and its short form
            elif _ITEMS.fullmatch(between):
                items.append(kind)
            else:
                break
        names = [kind for kind, _, _ in reversed(items)]
        if len(set(names)) < 2 or {"noun", "verb"} & set(names) or any(c.isdigit() for c in text[items[0][2] : number]):
            return None
        kind, left[:] = names[0], names[1:]
    kind = "proportion" if kind == "share" else kind
    ratio = kind in (*_RATIOS, "other")
    if (unit == "%") <= (kind in ("proportion", "survival", "difference")) and not (unit and ratio):
        return kind
    left.clear()
    return None


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


def _shaped_as_ratio(document: Document, interval: Interval) -> bool:
    """Whether a number lies in the middle of its bounds on the log scale, and not on the plain one, by its digits."""
    numbers = (interval.estimate, interval.lower, interval.upper)
    if interval.unit or min(numbers) < 0 or min(interval.signs) < 0 or "x" in {document.letters[t] for t in numbers}:
        return False
    value, lower, upper = (document.value(token) for token in numbers)
    if not 0 < lower < upper or value <= 0:
        return False
    half = 0.5 * 10.0 ** -min(document.decimals(token) for token in numbers)
    off = abs(math.log(value * value / (lower * upper)))
    return off <= half * (2 / value + 1 / lower + 1 / upper) + 0.02 and abs(2 * value - lower - upper) > 4 * half


_SHARES = ("proportion", "survival")
_DIFFERENCE_NEXT = re.compile(r"(?: absolute| percentage points?| points?)? differences?\b")


def _of_a_difference(document: Document, interval: Interval, kinds: list[tuple[str, int, int]]) -> bool:
    """Whether what looks like a share is a difference of shares: 4.6% difference; a difference ... of -3.6%."""
    if interval.estimate < 0:
        return False
    if _DIFFERENCE_NEXT.match(document.tokens.text, document.tokens.ends[interval.estimate]):
        return True
    return interval.signs[0] < 0 or (min(interval.signs) < 0 and "difference" in {kind for kind, _, _ in kinds})


def _kinds(document: Document, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the measures named in a stretch of text, in order, with the places of their words."""
    if end <= start:
        return []
    found = [
        (_GROUPS[match.lastgroup], match.start(), match.end())
        for match in _WORDS.finditer(document.tokens.text, start, end)
        if match.lastgroup is not None
    ]
    if "OR" not in document.cased:
        return found
    found += [("odds-ratio", match.start(), match.end()) for match in _CAPITAL_OR.finditer(document.cased, start, end)]
    return sorted(found, key=lambda kind: kind[1])


_ALLOWED = {
    "%": ("difference", "survival", "share", "proportion", "relative-reduction", "mean", "median", "other"),
    "time": ("median", "mean", "difference", "survival", "other"),
    "unit": ("median", "mean", "difference", "other"),
    "": (*_RATIOS, "difference", "median", "mean", "other", "relative-reduction", "survival", "share"),
}
_BY = re.compile(r"\bby(?: (?:a|an|approximately|about|only|up to|nearly|almost|further))* ?[-+]?$")
_BY_A = re.compile(r"\bby (?:an? |the )?$")
_STEP = re.compile(r"\b(?:per|each|every|for an?|with an?)(?: [\w.%/-]+){0,4} $")
_LED_AWAY = re.compile(r"[();:]|\b(?:compared (?:with|to)|versus|vs\.?|v|than|against)(?: (?:the|an?|only|about))* ?$")
_LED_OFF = re.compile(r"[);]|\b(?:compared (?:with|to)|versus|vs\.?|v|than|against)(?: (?:the|an?|only|about))* ?$")
_LED_TO = re.compile(r"(?:\b(?:was|were|of|is|by|being|at)|[=:,])(?: (?:only|about|approximately|just))* ?[-+]?[(\[]?$")
_RATE_WORDS = re.compile(r"[0-9]|cumulative|kaplan|actuarial|control|free|life|product")
_CURVE = re.compile(r"kaplan|actuarial|life[ -]table|cumulative|estimate|probabilit|product[ -]limit")
_COUNTED_BEFORE = re.compile(r"[dk]w{0,3}(?:/|o)w{0,3}[dk][uw]{0,3}\(?$")
_COUNTED_BEHIND = re.compile(r"\(?,?d(?:/|w{0,2}o)w{0,2}d")


def _decide(
    document: Document, interval: Interval, kinds: list[tuple[str, int, int]], number: int
) -> tuple[str, bool, int] | None:
    """Return the last named measure that goes with a unit, whether it rests on a word that says little, and its place.

    "Lower" and "reduced" say little: they make a difference of the number only where they lead to it ("lower by 3",
    "a reduction of 5"), or where nothing else does.
    """
    text, unit = document.tokens.text, interval.unit
    allowed = _ALLOWED["%" if unit == "%" else "time" if unit in TIME else "unit" if unit else ""]
    weak = -1
    spread_out = False
    negative = min(interval.signs) < 0
    for at in range(len(kinds) - 1, -1, -1):
        kind, begin, place = kinds[at]
        if kind in ("noun", "verb"):
            between = text[place:number]
            if kind == "noun" and _STEP.search(text, max(0, begin - 40), begin):
                continue  # "per 1-unit increase"
            if not unit and not negative and any(other in _RATIOS for other, _, _ in kinds[:at]):
                continue  # "hazard ratio for improvement"
            by = _BY.search(text, max(place - 2, number - 30), number)
            if by or (kind == "noun" and between.count(" ") <= 4 and not _LED_AWAY.search(between)):
                if unit == "%" and _is_relative(text, max(0, begin - 60), number, number):
                    return "relative-reduction", False, place
                return "difference", not by and not _LED_TO.search(between), place
            if kind == "noun" and not _LED_OFF.search(between):
                if unit == "%" and _LED_TO.search(between) and _is_relative(text, begin, number, number):
                    return "relative-reduction", False, place
                weak = max(weak, place)
            spread_out = True
            continue
        if kind not in allowed or (negative and kind in _RATIOS):
            continue
        if kind == "difference":
            if _of_two_arms(document, interval, text[begin:place], place, number):
                continue
            little = _SAYS_LITTLE.match(text, begin) is not None and not _LED_TO.search(text, place, number)
            return kind, little, place
        if kind in ("share", "proportion", "survival") and unit == "%":
            if _is_difference_of_shares(text, kinds[:at], begin, place, number):
                return "difference", False, place
            if kind == "survival" and _is_counted(document, interval) and not _CURVE.search(text, kinds[0][1], number):
                return "proportion", False, place
            return ("proportion" if kind == "share" else kind), False, place
        if kind in ("share", "survival") and not unit:
            if negative or not _is_fraction(document, interval):
                if kind == "survival" and not negative and "median" in {other for other, _, _ in kinds}:
                    return "median", False, place
                continue
            if kind == "survival" and not _RATE_WORDS.search(text, begin, place) and "rate" not in text[place:number]:
                continue
            return ("proportion" if kind == "share" else kind), False, place
        if kind in ("mean", "median"):
            if unit not in TIME and _difference_in(text, kinds, begin, place):
                return "difference", False, place
            if _BY_A.search(text, max(0, begin - 10), begin) or (negative and unit in TIME):
                return "difference", False, place
            if interval.signs[0] < 0 < interval.signs[2]:
                return "difference", False, place
            if interval.signs[0] < 0 and {"noun", "verb", "difference"} & {other for other, _, _ in kinds}:
                return "difference", False, place
            if _ratio_of(text, kinds[:at], begin):
                return "other", False, place
        if kind == "survival":
            return "difference" if negative else "median", False, place
        if kind == "other" and unit in TIME and text[begin:place] == "dor":
            continue  # the duration of response
        return kind, False, place
    if weak >= 0 or (spread_out and unit and unit != "%"):
        return "difference", True, max(weak, 0) or number
    return None


_PLAIN = ("difference", "change")
_SAYS_LITTLE = re.compile(r"difference|change|treatment effect|(?:risk|rate) (?:increase|decrease|reduction|change)")
_TWO_ARMS = re.compile(r"^[^.;]{0,60}?\b(?:and|v|vs|versus|compared (?:with|to)|against|than)\.? [^.;]{0,30}?[0-9]")


def _of_two_arms(document: Document, interval: Interval, word: str, place: int, number: int) -> bool:
    """Whether a difference is only spoken of, and the arms' own numbers follow: "no difference in cure (45% v 41%)"."""
    text = document.tokens.text
    if not interval.unit or min(interval.signs) < 0 or not word.startswith(_PLAIN):
        return False
    between = text[place:number]
    if "(" not in between and ";" not in between and ":" not in between:
        return False
    if _LED_TO.search(between):
        return False
    end = document.tokens.ends[max(interval.last, interval.upper, interval.estimate)]
    return _TWO_ARMS.match(text[end : end + 110]) is not None


def _is_difference_of_shares(text: str, kinds: list[tuple[str, int, int]], begin: int, place: int, number: int) -> bool:
    """Whether shares are what a difference is of: "between-group differences in detection rates were 5%"."""
    if not kinds or kinds[-1][0] != "difference":
        return False
    _, first, last = kinds[-1]
    if not _OF_WHAT.fullmatch(text, last, begin):
        return False
    return not text.startswith(_PLAIN, first) or _SAID.fullmatch(text, place, number) is not None


_OF_WHAT = re.compile(r" ?(?:(?:in|of|between|for|with) (?:(?!was |were |is |are |had )[a-z-]+,? ){0,6})?")
_SAID = re.compile(r"s? ?(?:[a-z-]+ ){0,3}(?:was|were|of|is|=|:) ?(?:only |about )?")


def _is_fraction(document: Document, interval: Interval) -> bool:
    """Whether an estimate and its bounds lie between 0 and 1."""
    tokens = [token for token in (interval.estimate, interval.lower, interval.upper) if token >= 0]
    return all(document.letters[token] == "d" and document.value(token) <= 1 for token in tokens)


def _is_counted(document: Document, interval: Interval) -> bool:
    """Whether the count of a percentage stands right beside it."""
    at = interval.estimate
    if at < 0:
        return False
    return interval.x >= 0 or bool(
        _COUNTED_BEFORE.search(document.letters, max(0, at - 14), at) or _COUNTED_BEHIND.match(document.letters, at + 1)
    )


def _ratio_of(text: str, kinds: list[tuple[str, int, int]], begin: int) -> bool:
    """Whether a mean is what a ratio is of: "the ratio of the average mean concentration"."""
    ratios = [end for kind, first, end in kinds if kind == "other" and text.startswith("ratio", first)]
    return (
        bool(ratios)
        and re.fullmatch(r"(?: (?!was |were |is |and )[a-z-]+){0,4} ", text[ratios[-1] : begin]) is not None
    )


def _difference_in(text: str, kinds: list[tuple[str, int, int]], begin: int, place: int) -> bool:
    """Whether a mean is what a difference is of: "the difference in the mean score was"."""
    before = [end for kind, _, end in kinds if kind in ("difference", "noun") and end < place]
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
    return _only_ratio(document)


def _only_ratio(document: Document) -> str:
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
