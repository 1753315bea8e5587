"""What a percentage measures: a share, survival, a mean of percentages, a change, an efficacy."""

from __future__ import annotations

import re

from trialstats.sources.text.measures.forms import free_behind
from trialstats.sources.text.values.numbers import Numbers

RATE = re.compile(
    r"(?: ?%)?(?: (?:events?|cases?|episodes?|deaths?|[a-z]+s))? ?(?:/|per) ?(?:100|1[ ,]?000|10[ ,]?000|100[ ,]?000"
    r"|1[ ,]?000[ ,]?000|person|patient|participant|woman|subject|child|year|month|week|day|annum|million|py"
    r"|pyr?s?\b|\(?patient|hour)[a-z-]*(?:[ -](?:person|patient|participant|women|child|subject|years?|days|months"
    r"|observation|py)[a-z-]*)*"
)
_NEXT_RATED = re.compile(rf" ?(?:versus|vs\.?|v|and|or|to|compared with) [0-9.]{{1,6}} ?%?(?:{RATE.pattern})")
"""Behind the first of two rates that share what they are counted by: "1.2% v 1.5% per year"."""
BRACKETED = re.compile(r"\([^()0-9;]{1,30}\)")
_PER_BEFORE = re.compile(r"\bper (?:year|annum|100|1[ ,]?000|person|patient)[a-z -]{0,24}[ =:(]*(?:was |were |of )?$")
_CHANGE = re.compile(
    r" ?-?(?: ?relative| ?absolute)? ?(?:risk |rate |mean )?(?:(?P<less>reduction|reduced|decrease|decline|lower"
    r"|less|fewer|fall|drop)|(?P<more>increase|increased|higher|greater|more|improvement|rise|excess|gain|better"
    r"|longer|worse))\b"
)
_CHANGED = re.compile(
    r"(?<!or )\b(?P<verb>reduc\w+|decreas\w+|lower\w*|increas\w+|improv\w+|declin\w+|ros[e]|rises?|fell|fall"
    r"|drop(?!-?outs?\b)\w*|gain\w*|chang\w+|prolong\w+|greater|higher|fewer|less|risen"
    r"|loss(?! to follow)|lost(?! to follow)|cut"
    r"|shorten\w*)\b(?P<far>[^.;:()0-9]{0,60}?)\b(?:by|of|was|were|is) (?:(?:an?|about|approximately|only|nearly"
    r"|almost|up to|over|around|estimated|mean|average|median|further|additional) )*[-+]?$"
)
_CHANGE_WAS = re.compile(
    r"\bchanges? (?:from|in)\b[^.;]{0,90}\b(?:was|were) an? (?:[0-9.]+ ?%(?:[^.;]|(?<=i)\.|(?<=e)\.){0,70} an? )?$"
)
"""What leads to changes told in words: "the change in mood was a 9% increase with tea and a 2% decrease with milk"."""
_FEWER_OF = re.compile(
    r" (?:the |its )?(?:adjusted |estimated )?(?:mean|median|average) (?:[a-z]+ ){0,2}"
    r"(?:(?:[a-z-]+ )?(?:rate|incidence|frequency|risk|hazard)s?\b|number (?:of|and)\b)"
)
"""What there was less of, and no mean of values: "reduced the mean yearly rate of falls by 30%"."""
_POINTS = re.compile(r" ?-?(?:percentage|absolute|%)[ -]?points?| ?points?\b")
_ABSOLUTE = re.compile(r"\babsolute\b|percentage points?|\brisk differ|\bdiffer")
_ABSOLUTE_CHANGE = re.compile(
    r"\babsolute (?:[a-z]{3,12} )?(?:reduction|increase|decrease|benefit|improvement|gain|change)s?"
    r"(?: ?\(?(?:arr|ari)\b\)?)?[ ,:=(]{0,3}[-+]?$|\b(?:arr|ari)\b[ ,:=(]{0,3}[-+]?$"
)
"""Right before a difference of two shares: "(absolute risk reduction, 12%)"."""
_QUANTITY = re.compile(
    r"\b(?:hba1c|hba\(1c\)|hb ?a1c|a1c|glycated|glycosylated|ejection fraction|l?vef|fev\(?1\)?|fvc|pef|hematocrit"
    r"|haematocrit|body fat|ldl|ldl-c|cholesterol|triglycerides?|bmd|bone mineral|density|body weight|bmi|saturation"
    r"|spo2|stenosis|volume|viral load|scores?|intensity|blood loss|time in|percent(?:age)? of (?:time|days)"
    r"|dilation|fmd|coefficient)\b"
)
_SCORED = re.compile(
    r"\bscores? (?:(?:of|was|were|at|is) )?(?:(?:(?:less|more|greater|lower|higher|fewer) than|at least|at most|up to"
    r"|below|above) )?(?:or equal to |[<>≤≥]=? ?)?[0-9.]{1,5}"
    r"(?:(?: ?(?:-|to|or|and) ?)(?:[0-9.]{1,5}|(?:less|more|higher|lower|greater|better|worse|above|below)\b))?(?! ?%)"
)
_SCORED_NEXT = re.compile(
    rf"{_SCORED.pattern}(?:, | \()(?:[0-9.]{{1,5}} ?%(?: [a-z ]{{3,30}})?,? (?:vs?\.?|versus|and|than) )?$"
)
"""A score with the values that those who are counted have: "a score of 0 to 2"; "score of less than 10"."""
_CURVE = re.compile(
    r"surviv(?!ors\b)\w*|(?<!in )(?<!among )(?<!cancer )(?<![0-9] )survivors\b"
    r"|\b(?:os|pfs|dfs|efs|rfs|mfs|dmfs|bfs|lrfs|ttp)\b(?! events?\b)|event-free|relapse-free|disease-free"
    r"|progression-free|free(?:dom)?\b|(?<!discharged )\balive (?:without|and|at|after)\b"
    r"|kaplan|actuarial|local control|locoregional control|failure-free"
    r"|cumulative (?:[a-z-]+ ){0,3}?(?:incidence|rates?|probability|risk)"
)
_AT_TIME = re.compile(
    r"\b(?:at|after|for)? ?(?:[0-9]+(?:yr|mo)s?\b|(?:[0-9]+(?:\.[0-9])?|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|twelve)[ -](?:year|yr|month|mo|week|day)s?\b)"
)
_LIMIT_MET = re.compile(r"(?<!p)(?<!p )[<>≤≥] ?[0-9][0-9.]* ?%?(?: [a-z/]{1,8}){0,2} ?\([^()]{0,60}$")
_OF_AN_AMOUNT = re.compile(r"\b(?:time|mean|median|average|duration|days|difference)\b")
"""What was reached, and by how many: "weight loss ≥ 5% (31% v 12%)"."""
_SHARED = re.compile(r"achiev|\blikely|proportions?\b|reach|attain|patients|participants|subjects|responders")
_OF_FOLLOW_UP = re.compile(r"\b(?:median|mean|average) (?:duration of )?follow")
_OF_MEANS = re.compile(r"\b(?:median|mean|average)\b[^.;]{0,40}$")
_DIFFERENCE_BEFORE = re.compile(r"differences?\b[^.;()0-9]{0,50}$")
_MEDIAN_BEFORE = re.compile(r"\bmedian\b[^.;()]{0,120}$")
_MEAN_BEFORE = re.compile(r"\b(?:mean|average)s?\b[^.;()]{0,80}$")
# "mean age was 76 years and 40% were women"
_OTHER_UNIT = re.compile(
    r"[0-9] (?:years?|months?|kg|points?|weeks?|days?)\b(?:.{0,12} and |, (?![0-9]))|\bnot (?:yet )?(?:been )?reached\b"
)
# "median age was 63, 46% were women": what has a verb of its own is no median.
_TOLD_BEFORE = re.compile(r"\b(?:was|were|is|of) (?:[a-z-]{1,15} ){0,2}[0-9][0-9.]*(?![0-9.]| ?%).*(?:,| and) $")
_OWN_VERB = re.compile(r" (?:of (?:the |all |these )?[a-z]{3,15} )?(?:were|was|had|has|have|received)\b")
_PROTECTS = re.compile(
    r" (?:vaccine |protective )?(?:efficacy|effectiveness|protection) (?:in preventing|in the prevention|against)\b"
)
_SIDE_BY_SIDE = re.compile(r"[uw]{0,8}(?:[,;]?a|,|\)?w{0,6}v)w{0,8}(?:\(w?)?")


def _goes_on(numbers: Numbers, token: int) -> bool:
    """Whether a percentage stands beside one from a curve: "survival at 2 and 3 years was 31%, 22% v 32%"."""
    last = numbers.found[-1] if numbers.found else None
    if last is None or last.measure != "survival" or last.last >= token:
        return False
    if numbers.named(token) and numbers.named(token)[-1][1] > numbers.document.tokens.ends[last.last]:
        return False
    return _SIDE_BY_SIDE.fullmatch(numbers.document.letters, last.last + 1, token) is not None


_FROM_BEFORE = re.compile(
    r"(?:,? (?:and|or) [0-9.]+ ?%|, [0-9.]+ ?%|,? respectively,?| [a-z]+ment\b| (?:reduction|decrease|increase|decline"
    r"|rise|fall|drop|change)s?\b| in [a-z][a-z -]{2,40}?\b){0,3} ?"
    r"(?:(?:from|below|above|over|relative to|compared (?:with|to)|versus|vs\.?)"
    r" (?:the |its |their )?(?:baseline|pre-?treatment|initial|starting|before)|\(from [0-9])"
)
"""Behind a change within one group: "fell by 44% from baseline"."""
_SAID_FROM_BEFORE = re.compile(r"\bfrom (?:the )?baseline\b[^.;()]{0,60}$")
_IN_THE_OTHER = re.compile(
    r"(?: [a-z]+)? (?:in|with|on|for|among) (?:the )?[a-z][^.;()%]{1,50}?,? (?:versus|vs\.?|v|and|but|while|whereas"
    r"|(?:as )?compared (?:with|to))(?: (?:by|an?|only|of|decreased|increased|fell|rose)){0,3} [-+]?[0-9.]+ ?%"
    r"(?: [a-z]+)? (?:in|with|on|for|among) "
)
"""Behind a change that another group has too: "fell by 44% with tea and by 12% with milk"."""
_OF_ITSELF = re.compile(
    r"(?<!was )(?<!were )(?<!be )(?<!been )(?:decreased|increased|declined|fell|rose|dropped)"
    r"(?: (?:at|in|with|on|for) [^.;:()0-9,]{1,40},)? by"
    r" (?:(?:about|approximately|only|an? (?:mean|average|median) of) )?[-+]?$"
)
"""What leads to how much a quantity changed by itself: "iron fell by"."""
_AGAINST_OTHERS = re.compile(
    r"\b(?:compared|relative|than|vs|versus|against|difference)\b"
    r"(?! (?:with|to) (?:the )?(?:day|week|month|baseline|pre-?|initial))"
)
_OF_A_RISK = re.compile(
    r"\b(?:risks?|odds|hazards?|likelihood|chance|incidence|mortality|deaths?|events?|cases|rates?|efficacy|relapses?|fractures?"
    r"|infections?|strokes?|falls|hospitali[sz]ations?|admissions?|recurrences?|exacerbations?|attacks)\b"
)
_NO_CHANGE = re.compile(r" (?:rates?|scales?|scores?|index|ratings?|criteria|questionnaire)\b")


def _is_within_groups(before: str, after: str) -> bool:
    """Whether a percentage is by how much one group changed, and not by how much a risk is less than another."""
    if _OF_A_RISK.search(f"{before[-90:]} {after[:50]}") is not None:
        return False
    if _OF_ITSELF.search(before) is not None and _AGAINST_OTHERS.search(f"{before[-90:]}{after}") is None:
        return True
    told = _FROM_BEFORE.match(after) or _IN_THE_OTHER.match(after) or _SAID_FROM_BEFORE.search(before[-90:])
    return told is not None


_IN_DOING = re.compile(r" in [a-z]{3,20}ing ")
_OUTCOME_NEXT = re.compile(r" (?:outcome|end ?-?point|analys|population|measure|variable|set)")
_GOVERNING = frozenset(("mean", "median", "difference", "relative-reduction", "proportion", "share", "survival"))


def _is_reduced(numbers: Numbers, token: int) -> bool:
    """Whether a word for a reduction of risk, or for efficacy, is what a percentage is of, and not far before it."""
    document = numbers.document
    kind, _, place = next(one for one in reversed(numbers.named(token)) if one[0] in _GOVERNING)
    between = document.tokens.text[place : document.tokens.starts[token]]
    return kind == "relative-reduction" and not (
        _OUTCOME_NEXT.match(between)
        or (between.count("(") > between.count(")") and (len(between) > 50 or _IN_DOING.search(between)))
    )


def share_of(numbers: Numbers, token: int, before: str, after: str) -> str:
    """Return what a percentage measures."""
    if RATE.match(after) or _NEXT_RATED.match(after) or ("per " in before and _PER_BEFORE.search(before)):
        return "rate"
    if ("efficacy" in after or "protect" in after) and _PROTECTS.match(after):
        return "relative-reduction"
    if "score" in before[-90:] and _SCORED_NEXT.search(before[-90:]):
        return "proportion"  # "(a score of less than 10, 64%"
    if "(" in before and _LIMIT_MET.search(before[-80:]) and not _OF_AN_AMOUNT.search(before):
        return "proportion"
    absolute = _POINTS.match(after) or _ABSOLUTE.search(before[-60:])
    if (absolute or "ar" in before[-12:]) and _ABSOLUTE_CHANGE.search(before[-70:]):
        return "difference"
    change, changed = _CHANGE.match(after), _CHANGED.search(before)
    if changed and changed["verb"].endswith("ment") and _NO_CHANGE.match(changed["far"]):
        changed = None  # "the improvement rate was 61%", "on the improvement scale it was"
    names = [
        kind
        for kind, _, place in numbers.named(token)
        if kind in ("mean", "median", "difference", "relative-reduction")
    ]
    if change and "absolute" in change[0]:
        return "difference"  # "a 12% absolute increase"
    if change or changed or ("relative-reduction" in names[-1:] and _is_reduced(numbers, token)):
        if absolute and "relative" not in before[-60:]:
            return "difference"
        if _OF_MEANS.search(before[-60:]) and not (changed and _FEWER_OF.match(changed["far"])):
            return "median" if "median" in before[-60:] else "mean"
        if change and "change" in before and _CHANGE_WAS.search(before):
            return "mean"
        if _is_within_groups(before, numbers.after(token, 130)):
            return "mean"
        return "relative-reduction"
    if _POINTS.match(after) or ("difference" in before and _DIFFERENCE_BEFORE.search(before)):
        return "difference"
    plain = _OF_FOLLOW_UP.sub("", BRACKETED.sub("", before))
    if "median" in before and (led := _MEDIAN_BEFORE.search(plain)) and not _is_told_apart(led[0], after):
        return "median"
    if (
        ("mean" in before or "average" in before)
        and (led := _MEAN_BEFORE.search(plain))
        and not _is_told_apart(led[0], after)
    ):
        return "mean"
    if _QUANTITY.search(_SCORED.sub("", before)[-70:]) and not _SHARED.search(before[-110:] + after[:30]):
        return "mean"
    near = before[-120:]
    if free_behind(numbers.document.tokens.text, numbers.document.tokens.ends[token]):
        return "survival" if _AT_TIME.search(numbers.before(token, 300) + numbers.after(token, 160)) else "proportion"
    kinds = [kind for kind, begin, _ in numbers.named(token)[-1:]]
    if kinds == ["proportion"] and not _CURVE.search(near[-25:]):
        return "proportion"
    if _CURVE.search(near) is None:
        return "survival" if _goes_on(numbers, token) else "proportion"
    sentence = numbers.before(token, 300) + after
    timed = "kaplan" in sentence or "actuarial" in sentence or "cumulative" in sentence or _AT_TIME.search(sentence)
    return "survival" if timed else "proportion"


def _is_told_apart(led: str, after: str) -> bool:
    """Whether a median or mean before a percentage has a number of its own, and the percentage its own words."""
    if _OTHER_UNIT.search(led):
        return True
    return _TOLD_BEFORE.search(led) is not None and _OWN_VERB.match(after) is not None
