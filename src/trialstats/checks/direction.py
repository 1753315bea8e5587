"""What is said to be higher, or lower, in one arm is printed so.

"Relapse was lower with X than with Y (12% v 19%)": the words say which of two values is the larger one, and the values
stand in the order of the arms, or each right behind its arm. Where the two clearly differ the other way round, within
rounding, either the word or the order of the numbers is another than was meant. So it is where words favour an arm, or
call it better, and its value is the worse one by the scale that the text explains or by what is measured; where one
value is said to be twice or three times the other, and is far from that; where two shares are said not to differ, and
lie more than four standard errors apart; and where a risk is said to be reduced and the whole interval of the ratio
right behind lies above 1, or the reverse. Words under a negation, a hope or a condition say nothing; nor does a
comparison whose values are named for something else than what is compared, or are negative, as changes are.

Why: A reader takes the word for the result, and only the numbers tell that it points the wrong way.

Formula:
    higher: first > second,  lower: first < second

Agrees: "lower with X than with Y (12% v 19%)". Asks: the same with (19% v 12%).

Reference: Wiseman, Bourne et al. (2025) INSPECT-SR, items on results and their description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.checks.alike_words import told_alike
from trialstats.checks.arm_values import Pair, printed_shares, values_of
from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.checks.direction_favoured import other_arm_favoured
from trialstats.checks.direction_of_ratios import turned_ratios
from trialstats.checks.fold_words import other_times
from trialstats.checks.good_values import low_is_good
from trialstats.checks.rose_or_fell import against_the_word
from trialstats.checks.sentences import sentence_of, sentences_of
from trialstats.claims.model import RATIO_MEASURES, Estimate, Place
from trialstats.findings import Details, Finding, Verdict
from trialstats.sources.text.tokens.expressions import Stemmed
from trialstats.wording import as_printed, as_range

_PEOPLE = (
    r"(?:patients|participants|subjects|women|men|children|infants|adults|people|deaths|events|cases|episodes|babies"
    r"|mothers|neonates|newborns|boys|girls|students|residents|smokers|volunteers|individuals|workers|pregnancies|eyes"
    r"|teeth|knees|hips|wounds|ulcers|lesions|fractures|infections|falls|relapses|recurrences|responders|responses)"
)
_QUALITY = r"\w{1,12}(?:ive|al|able|ible|ous|ful|ent|ant|ed|ic|id|ly|ing|ary|ere|ate|ise|ong|eak|than)\b"
_FREQUENT = rf"(?:often|frequent(?:ly)?|common(?:ly)?|likely|prevalent|{_PEOPLE})"
_MUCH = rf"(?!{_QUALITY})[a-z]{{3,12}}(?= than\b| ?\()"
_OFTEN = rf"(?:{_FREQUENT}|severe|intense|{_MUCH})\b"
"""Behind "more" or "less": how often, how many, or how much of something, but not how good."""
_LATER, _SOONER = r"later|slower|more slowly", r"sooner|earlier|faster|quicker|more (?:rapid|quick|prompt)(?:ly)?"
"""What is a longer or a shorter time, if the values are times."""
_ON = r"(?:[^.;:]|(?<=[0-9])\.(?=[0-9])|(?<=\bvs)\.|;(?=[^()]{0,60}\)))"
"""A character of one clause: points of numbers are no ends, nor what parts the numbers of one bracket."""
_HOPED = r" (?:was |had been |we |originally |previously )?(?:expected|anticipated|assumed|predicted|planned|hoped)\b"
_COMPARED = Stemmed(
    rf"\b(?:(?P<up>higher|greater|larger|longer|further|farther|{_LATER}|more {_OFTEN})"
    rf"|(?P<down>lower|fewer|smaller|shorter|{_SOONER}|(?:less|rarer|fewer) {_OFTEN}|rarer)"
    rf"|(?P<good>better)|(?P<bad>worse|poorer))"
    rf"\b{_ON}{{1,200}}?\b(?P<than>than(?! or equal| ?[<>≥≤=0-9]|{_HOPED})|compared (?:with|to)|versus|vs\.?)\b",
    "than", "compared ", "versus", "vs",
)  # fmt: skip
_OF_TIMES = re.compile(rf"(?:{_LATER}|{_SOONER})$", re.IGNORECASE)
_TIME_UNIT = re.compile(r"(?:s|sec|seconds?|min|minutes?|h|hr|hours?|days?|weeks?|months?|years?)$", re.IGNORECASE)
_OF_SHARES = re.compile(rf"(?:more|less) {_FREQUENT}$|fewer|rarer", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:not|no|nor|neither|never|without|similar|whether|if|may|might|could|would|should|expected|hypothes\w*"
    r"|assum\w+|non-?inferior\w*|cannot|failed)\b|n't\b",
    re.IGNORECASE,
)
"""Before a comparison: it is denied, asked or hoped for."""
_BRACKET = re.compile(r"[(\[:] ?(?P<words>[^()\[\]:;]{0,40})$")
_LEADS = (
    _BRACKET,
    re.compile(r"(?:,|\bat|\bof|\bwas|\bwere|\bby) ?(?P<words>[^()\[\]:;,]{0,40})$"),
)
"""What leads to the first value, right behind the words for its arms."""
_JOIN = re.compile(
    r"[\s)\]%,]*(?:(?:patients|participants|of|days?|weeks?|months?|years?|hours?|points?|mm|hg|kg|per|respectively|[a-z]{1,3})"
    r"[\s)\],/]+){0,4}(?:v|vs\.?|versus|and|compared with|against)\s+",
    re.IGNORECASE,
)
_UNITS = re.compile(r"\b(?:minutes|hours?|days?|weeks?|months?|years?|points?)\b", re.IGNORECASE)
_CLOSES = re.compile(
    r"(?P<own>[^()\[\]]{0,60})(?:[)\]](?:,|\s|at [0-9a-z ]{1,20}|after [0-9a-z ]{1,20}){0,4}|\s)\s*", re.IGNORECASE
)
"""Between the first value and "than": what its bracket still holds."""
_TOLD_TEXT = """
mean means median medians rate rates incidence percent proportion estimated events event patients per respectively about
only total frequency average values value score scores adjusted unadjusted crude annual annualised annualized
affecting occurring seen observed reported recorded noted found documented involving
"""
_TOLD = frozenset(_TOLD_TEXT.split())
"""Words before a value that say nothing of what it is a value of."""
_WORD = re.compile(r"[a-z]{4,}", re.IGNORECASE)
_STEM = 3
_MEASURES = frozenset({"proportion", "count", "rate", "mean", "median", "survival"})
_CHANGES = re.compile(r"\b(?:chang|reduc|improve|increas|decreas|gain|los[st]|declin|fell|drop)", re.IGNORECASE)
_COUNTED = frozenset({"proportion", "count", "rate", "survival"})
_BEFORE = 90
"""Characters before a comparison in which its negation may stand, and what is compared."""
_FARTHEST = 110
"""Characters between the words for the second arm and its value."""


def _run(check: Check, context: Context) -> Iterator[Finding]:
    text = context.paper.text
    if text is None:
        return
    placed = [one for one in context.estimates if one.where.start is not None and one.where.end is not None]
    for begin, stop in sentences_of(text):
        for said in _comparisons(text, begin, stop):
            before = text[max(begin, said.start() - _BEFORE) : said.start()]
            if _OPEN.search(before) or _OPEN.search(said[0]):
                continue
            told = [one for one in placed if said.start() <= (one.where.start or 0) < stop]
            pair = _behind(text, said, told) or _beside(text, said, told)
            if pair is not None and (finding := _judged(check, context, pair, said, before)) is not None:
                yield finding
    one_is_wrong = "Either the word or one of the two numbers is another than was meant."
    for first, second, words in other_arm_favoured(context):
        yield _asked(
            check, first, second,
            f"The text says “{words}”, and {as_printed(first)} is worse than {as_printed(second)}.",
            "Either the arm that is named or the order of the two numbers is another than was meant.", _ORDER,
        )  # fmt: skip
    for first, second, words, times in other_times(context):
        yield _asked(
            check, first, second,
            f"The text says “{' '.join(words.split())}”, and the larger of {as_printed(first)} and "
            f"{as_printed(second)} is {as_range(*times, 1)} times the smaller.", one_is_wrong, _SIZE,
        )  # fmt: skip
    for first, second, words, apart in told_alike(context):
        yield _asked(
            check, first, second,
            f"The text says “{' '.join(words.split())}”, and {as_printed(first)} and {as_printed(second)} lie "
            f"{apart:.0f} standard errors apart.", one_is_wrong, _SIZE,
        )  # fmt: skip
    for claim, words in turned_ratios(context):
        sentence = f"The text says “{' '.join(words.split())}”, and the ratio {as_printed(claim)} says the opposite."
        more = "Either the word is another than was meant, or the ratio is that of the other arm."
        yield _asked(check, claim, None, sentence, more, "the order of the arms")

    for number, (word, low, high, start, stop) in enumerate(against_the_word(text), 1):
        details = Details(
            sentence=f"The text says “{word}”, and the numbers go from {low} to {high}.",
            more=one_is_wrong,
            how=_ORDER,
            reported={"from": low, "to": high},
        )
        place = Place(start=start, end=stop, quote=text[start:stop])
        yield check.finding(f"change.{number}", Verdict.STRAINED, details, where=place)


_ORDER, _SIZE = "the order of two values", "the size of two values"


def _asked(check: Check, first: Estimate, second: Estimate | None, sentence: str, more: str, how: str) -> Finding:
    """Ask about a word that a value, or two, contradict."""
    reported = printed_numbers(first) if second is None else {**printed_numbers(first), "other": as_printed(second)}
    details = Details(sentence=sentence, more=more, how=how, reported=reported)
    return check.finding(first, Verdict.STRAINED, details, others=() if second is None else (second.id,))


def _comparisons(text: str, begin: int, stop: int) -> Iterator[re.Match[str]]:
    """Yield what a sentence compares; "(higher scores are worse)" tells of a scale, and of no arm."""
    at = begin
    while (said := _COMPARED.search(text, at, stop)) is not None:
        closed = text.find(")", said.start(), said.start("than"))
        if closed >= 0 and text.rfind("(", begin, said.start()) > text.rfind(")", begin, said.start()):
            at = closed
            continue
        yield said
        at = said.end()


def _behind(text: str, said: re.Match[str], told: list[Estimate]) -> tuple[Estimate, Estimate] | None:
    """Return the values of "lower in A than in B (12% v 19%)"."""
    if len(told) < _TWO or (told[0].where.start or 0) < said.end():
        return None
    first, second, *further = told
    if further and _JOIN.fullmatch(text, second.where.end or 0, further[0].where.start or 0):
        return None  # "(12% and 15% v 19%)"
    between = text[first.where.end or 0 : second.where.start or 0]
    if "and" in between and _OF_ONE.match(text, second.where.end or 0):
        return None  # "lower than (23.1 and 23.4) in the other group"
    apart = (first.where.start or 0) - said.end()
    return (first, second) if _JOIN.fullmatch(between) and apart <= _FARTHEST else None


def _beside(text: str, said: re.Match[str], told: list[Estimate]) -> tuple[Estimate, Estimate] | None:
    """Return the values of "lower in A (12%) than in B (19%)"."""
    inside = [one for one in told if (one.where.end or 0) <= said.start("than")]
    behind = [one for one in told if (one.where.start or 0) >= said.end()]
    if len(inside) != 1 or not behind or (behind[0].where.start or 0) - said.end() > _FARTHEST:
        return None
    first, second = inside[0], behind[0]
    joined = text[first.where.end or 0 : said.start("than")]
    to_second = text[said.end() : second.where.start or 0].rstrip()
    if _NEW_CLAUSE.search(to_second):
        return None  # "more women (68%) than men, and most were at sea (84%)"
    if to_second.endswith((" at", " of")):
        return (first, second) if not _WORD.search(_UNITS.sub("", joined)) else None
    led = _BRACKET.search(to_second)
    if led is None or {word.lower() for word in _WORD.findall(led["words"])} - _TOLD:
        return None
    return (first, second) if not _WORD.search(joined) or _in_its_bracket(text, first, joined) else None


def _in_its_bracket(text: str, first: Estimate, joined: str) -> bool:
    """Whether a bracket that opens before a value closes behind it: "(mean 4.2 days, SD 3.1)", "(58 of 212 people)"."""
    start = first.where.start or 0
    closes = _CLOSES.fullmatch(joined)
    opened = _BRACKET.search(text, max(0, start - 50), start)
    return closes is not None and opened is not None and not re.search(r"[0-9]%", closes["own"])


_OF_ONE = re.compile(r"[)\]]{1,2} (?:in|for|with|among|of) ")
_NEW_CLAUSE = re.compile(r"\b(?:and|but|while|whereas)\b[^()]{0,60}\b(?:was|were|had|is|are|did)\b", re.IGNORECASE)
_IMPROVED = re.compile(r"\bimprovements?\b", re.IGNORECASE)
_TWO = 2


def _judged(
    check: Check, context: Context, pair: tuple[Estimate, Estimate], said: re.Match[str], before: str
) -> Finding | None:
    first, second = pair
    if first.measure != second.measure or first.measure not in _MEASURES or not _is_of(context, first, said, before):
        return None
    if any(one.value is not None and (one.value.is_missing or one.value.value < 0) for one in pair):
        return None
    told = Pair(first, second, ordered=True)
    values = values_of(context, told) or printed_shares(told)
    if values is None:
        return None
    word = (said["up"] or said["down"] or said["good"] or said["bad"]).lower()
    if said["up"] and _IMPROVED.search(f"{before}{said[0]}"):
        return None  # of improvements the values may tell where each arm came to
    if _OF_TIMES.match(word) and not all(_TIME_UNIT.fullmatch(one.unit or "") for one in pair):
        return None
    if _OF_SHARES.match(word) and first.measure not in _COUNTED:
        return None
    up = said["up"] is not None
    if said["good"] or said["bad"]:
        text = context.paper.text or ""
        low = low_is_good(f"{before} {said[0]}", text[slice(*sentence_of(text, said.start()))])
        if low is None or _CHANGES.search(before + said[0]):
            return None
        up = low == bool(said["bad"])
    larger, smaller = values if up else values[::-1]
    if larger.upper >= smaller.lower:
        return None
    return _asked(
        check, first, second,
        f"The text says “{word}”, and {as_printed(first)} is {'lower' if up else 'higher'} than {as_printed(second)}.",
        "Either the word or the order of the two numbers is another than was meant.", _ORDER,
    )  # fmt: skip


def _is_of(context: Context, first: Estimate, said: re.Match[str], before: str) -> bool:
    """Whether what stands before the first value names nothing but what is compared."""
    text = context.paper.text
    assert text is not None
    start = first.where.start or 0
    found = (lead.search(text, max(said.start(), start - 60), start) for lead in _LEADS)
    lead = next((one for one in found if one is not None), None)
    if lead is None:
        return False
    named = {word.lower() for word in _WORD.findall(lead["words"])} - _TOLD
    clause = {word.lower()[:_STEM] for word in _WORD.findall(before)}
    return all(word[:_STEM] in clause for word in named)


CHECK = Check(
    "TS224",
    "what is said to be higher or lower in one arm is printed so",
    _run,
    about=_MEASURES | RATIO_MEASURES,
    rests_on=frozenset({"measure", "value"}),
    silent_if_right=True,
    settled_by="which arm has which value",
    serves=("INSPECT-SR 4.9",),
)
