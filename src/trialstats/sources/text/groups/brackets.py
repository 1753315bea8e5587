"""Find arms by brackets: all in one, "335 patients (A, 194; B, 131)", or each before its own, "A (n = 30)"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.durations import with_times
from trialstats.sources.text.groups.phrases import APPOSITION, is_dose
from trialstats.sources.text.groups.prose import Phrase, Prose
from trialstats.sources.text.groups.regimens import PAIR, SERIES
from trialstats.sources.text.groups.schedules import with_schedules
from trialstats.sources.text.groups.trimmed import trimmed

_NAME_AND_SIZE = (
    r"(?:the )?(?P<name{0}>[a-z][a-z0-9/+&' -]{{1,58}}?)(?: (?:group|arm))?(?:,? ?n ?= ?|, ?|: ?| ?= ?| )[0-9]{{1,5}}"
    r"(?: (?:patients|participants|subjects|women|men|children))?"
)
_SIZE_AND_NAME = (
    r"[0-9]{{1,5}} (?:(?:patients|participants|subjects|women|men|children) )?(?:(?:to|in|on|with|received) )?(?:the )?"
    r"(?P<name{0}>[a-z][a-z0-9/+&' -]{{1,58}}?)(?: (?:group|arm))?"
)


def _bracket(form: str) -> re.Pattern[str]:
    people = "patients|participants|subjects|women|men|children|adults|infants|people|individuals|persons|cases"
    further = "".join(rf"(?:[;,] (?:and )?{form.format(k)}){'?' if k > 1 else ''}" for k in range(1, 5))
    return re.compile(
        rf"(?:(?:{people}) (?:[a-z-]+ ){{0,5}}|[0-9] )[(\[](?:[a-z ]{{1,20}}: ?)?{form.format(0)}{further} ?[)\]]"
    )


# "(training n=19 and rest n=21)": a bracket of nothing but two arms with their sizes
_SIZED_PAIR = re.compile(
    r"[(\[](?:the )?(?P<name0>[a-z][a-z0-9/+&' -]{1,40}?)(?: (?:group|arm))?,? ?n ?= ?[0-9]{1,5}"
    r"(?:[,;] ?(?:and )?| and )(?:the )?"
    r"(?P<name1>[a-z][a-z0-9/+&' -]{1,40}?)(?: (?:group|arm))?,? ?n ?= ?[0-9]{1,5}[)\]]"
)
_IN_BRACKET = (_bracket(_NAME_AND_SIZE), _bracket(_SIZE_AND_NAME))


def in_bracket(prose: Prose, start: int, stop: int, *, allocated: bool) -> list[Phrase]:
    """Return the arms of "335 patients (A, 194; B, 131) underwent randomisation", or else of "(A n=19 and B n=21)"."""
    told = (form.search(prose.text, start, stop) for form in (*(_IN_BRACKET if allocated else ()), _SIZED_PAIR))
    found = next((one for one in told if one is not None), None)
    if found is None:
        return []
    names = [name for name, words in found.groupdict().items() if words]
    phrases = [Phrase(*found.span(name)) for name in names]
    words = [prose.text[one.start : one.end] for one in phrases]
    return phrases if len(set(words)) == len(words) and not any(map(_NO_ARM.search, words)) else []


_NO_ARM = re.compile(
    r"^(?:n|mean|median|age|range|iqr|sd|male|female|men|women|boys|girls|white|black|asian|stage|grade|[a-z]{0,3}"
    r"|year|aged|total|p|or|hr|rr|ci|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)(?: .*)?$|\b(?:years?|months?|weeks?|age|ratio|screened|eligible|excluded|centres?|centers?|sites?)\b"
)


_MOST = 8
_BACK = re.compile(
    r"(?:[;:]|(?<=[)\]]),|\bvs?\.(?= )|(?<=\d%)(?: of (?:those|patients|participants))? (?:with|for|among|on)(?= )"
    r"|(?<=\d\.\d)(?: (?!(?:mg|g|[uµμ]g|mcg|iu|ml|units?|gy|mmol)\b)[a-z/]{1,8}){0,2} (?:with|for|on)(?= )"
    r"|[.,](?![0-9])(?! (?:plus|followed by)\b)(?! [0-9][0-9.,]* ?(?:mg|g|[uµμ]g|mcg|iu|units?"
    r"|ml|mmol"
    r"|gy)(?:/[a-z0-9]+)?(?: ?[,;(\[]| (?:once|twice|three|daily|per|plus|every|orally|or|and|in|for|at)\b))"
    r"|\b(?:or|and|(?<!advice )to(?! (?:eat|consume|purchase|buy|walk|drink|reduce|increase|improve|prevent"
    r"|promote|support|encourage|help|achieve|maintain)\b)|either|versus|vs|receiv\w+|(?<!g )(?<!dose )(?<!standard )of"
    r"|in(?! (?:the|one|each|both) (?:[a-z]+ )?(?:ears?|eyes?|knees?|hips?|shoulders?|forearms?|legs?|thighs?"
    r"|joints?|mouth|nostrils?|vagina|rectum|bladder|abdomen|operating room|office|clinic|home)\b)"
    r"(?! (?:combination|conjunction) with\b)(?! (?:(?:an?|one|single"
    r"|[0-9]+|consecutive|daily|weekly) ){1,4}(?:fractions?|sessions?|doses?)\b)|(?<!followed )by"
    r"|into|between|assigned|evaluated|tested|investigated|compar(?:ing|ed|es)(?! (?:with|to)\b)"
    r"|(?<=treatment )with|(?<=treated )with)\b(?![-'.]| (?:then|plus)\b))"
)
_PEOPLE_ONLY = re.compile(
    r"^(?:[a-z]+ )?(?:patients?|women|men|participants|subjects|children|adults) "
    r"(?:with|diagnosed|aged|who|undergoing) |^(?:[a-z-]+ ){0,3}(?:patients|women|men|participants|subjects|population"
    r"|children|adults|survivors"
    r"|volunteers|infants"
    r"|cases|ratio|response|disease|[a-z]+ed)$"
)
_SIZE = re.compile(r"n ?= ?[0-9]")
_PEOPLE_IN_BRACKET = re.compile(r"[0-9] (?:patients|women|participants|subjects|children|men|pts|cases) ?[)\]]")
LETTER_IN_BRACKET = re.compile(r" ?[(\[][^()]{0,40}?(?:group|arm|cohort)[ -](?:[a-hp]|[1-8]|i{1,3}v?)\b")


CODE_IN_BRACKET = re.compile(r"[(\[](?:[Gg]roup|[Aa]rm|[Cc]ohort|[Rr]egimen) [A-Z]{1,4}[0-9]?(?=[)\],;:])")


# "were randomly assigned to tea (209), milk (203) or 0.5 mg of water (199)"
_BARE_SIZES = re.compile(
    r"\b(?:assigned|allocated|randomi[sz]ed) to (?:receive )?(?=[a-z0-9])"
    r"(?:[^.;:()]|\.[0-9]){3,60} \([0-9]{2,5}\)"
    r"(?:, (?:[^.;:()]|\.[0-9]){3,60} \([0-9]{2,5}\)){0,4},? (?:and|or|versus|vs\.?)"
    r" (?:[^.;:()]|\.[0-9]){3,60} \([0-9]{2,5}\)"
)
_BARE_SIZE = re.compile(r"\(([0-9]{2,5})\)")


def sized_brackets(prose: Prose) -> list[int]:
    """Return where brackets open that hold a size or the letter of an arm."""
    text = prose.text
    found: set[int] = set()
    inside = [match.start() for at in (_SIZE, _PEOPLE_IN_BRACKET) for match in at.finditer(text)]
    inside += [start for start, _ in prose.lettered]
    for listed in _BARE_SIZES.finditer(text):
        inside += [size.start(1) for size in _BARE_SIZE.finditer(text, *listed.span())]
    inside += [match.start() + 1 for match in CODE_IN_BRACKET.finditer(prose.cased)]
    for at in inside:
        opened = max(text.rfind("(", max(0, at - 80), at), text.rfind("[", max(0, at - 80), at))
        if opened >= 0 and text.find(")", opened, at) < 0 and text.find("]", opened, at) < 0:
            found.add(opened)
    return sorted(found)


def before_brackets(prose: Prose, start: int, stop: int, brackets: list[int]) -> list[Phrase]:
    """Return the phrases before the brackets of "A (n = 30), B (n = 30)" or "A (group 1), B (group 2)"."""
    flat = prose.flat
    if letters := _letters(prose, [at for at in brackets[:12] if at < stop]):
        return letters
    found: list[Phrase] = []
    shorter: list[Phrase] = []
    floor = start
    for at in brackets[:12]:
        if at >= stop:
            break
        for kept, phrase in zip(
            (found, shorter), _before_bracket(flat, max(floor, at - _FARTHEST_BACK), at), strict=True
        ):
            if phrase is not None and _PEOPLE_ONLY.search(flat[phrase.start : phrase.end]) is None:
                kept.append(phrase)
            elif phrase is None and len(kept) > 1 and (both := _BOTH.search(flat, floor, at)) is not None:
                # "zinc (n = 20), iron (n = 21), or both (n = 19)"
                kept.append(Phrase(*both.span(1), common=" plus ".join(map(prose.words, kept))))
        floor = at + 1
    # "A 420 mg (arm 1) or 1050 mg (arm 2)"
    chosen = shorter if any(is_dose(flat, phrase) for phrase in found) else found
    chosen = [_as_pair(prose, phrase, chosen) for phrase in chosen]
    return _several(_joined_to_alone(flat, _without_all(prose, with_times(prose, with_schedules(prose, chosen)))))


def _letters(prose: Prose, brackets: list[int]) -> list[Phrase]:
    """Return the letters before brackets, where each arm is but the next letter: "A (n = 30), B (n = 31)"."""
    found = [_ONE_LETTER.search(prose.cased, max(0, at - 16), at) for at in brackets]
    places = [one.start(1) for one in found if one is not None]
    letters = "".join(prose.cased[at] for at in places)
    return [Phrase(at, at + 1) for at in places] if len(letters) > 1 and letters in _IN_ORDER else []


_IN_ORDER = ("AB", "ABC", "ABCD", "ABCDE", "ABCDEF")
_ONE_LETTER = re.compile(r"(?:[,;:]|\b(?:to|or|and|of|receive|received|either|into|groups)) ([A-H]) ?$")


def _as_pair(prose: Prose, phrase: Phrase, others: list[Phrase]) -> Phrase:
    """Begin a phrase with the word that "and" joins to it, where another has both: "A plus B and C, or B and C"."""
    before = _AND_BEFORE.search(prose.flat, max(0, phrase.start - 40), phrase.start)
    if before is None:
        return phrase
    pair = prose.flat[before.start() : phrase.end]
    joined = _has_initials(prose, before.start(), phrase) or any(
        prose.flat[one.start : one.end].endswith(f" plus {pair}") for one in others
    )
    return Phrase(before.start(), phrase.end, phrase.head, phrase.common) if joined else phrase


def _has_initials(prose: Prose, start: int, phrase: Phrase) -> bool:
    """Whether an abbreviation has the initials of the words from a place on: "zinc and iron therapy (ZIT)"."""
    short = _IN_CAPITALS.search(prose.cased, phrase.start, phrase.end + 12)
    words = [] if short is None else prose.text[start : short.start()].replace("-", " ").split()
    return short is not None and short[1].lower() in (
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if word != "and"),
    )


_IN_CAPITALS = re.compile(r" ?[(\[]([A-Z]{2,6})\b")
_AND_BEFORE = re.compile(r"(?<![\w-])[a-z-]{4,} and $")


def _joined_to_alone(flat: str, phrases: list[Phrase]) -> list[Phrase]:
    """Say what is added to what: "A alone (arm 1) or in combination with B (arm 2)" are A alone, and A plus B."""
    alone = next((found for one in phrases if (found := _ALONE.fullmatch(flat, one.start, one.end)) is not None), None)
    joined = [_JOINED.match(flat, one.start, one.end) for one in phrases]
    if alone is None:
        return phrases
    return [
        one if found is None or one.common else Phrase(found.end(), one.end, common=alone["given"])
        for one, found in zip(phrases, joined, strict=True)
    ]


_ALONE = re.compile(r"(?P<given>[a-z][^()]*?) (?:alone|only)")
_JOINED = re.compile(r"(?:in )?(?:combination|conjunction|combined|together|along) with (?=[a-z0-9])")
_BOTH = re.compile(r"\b(both|the combination|their combination) $")
_ITS_SIZE = re.compile(r"[^()\[\]]{0,12}[(\[][^()\[\]]{0,20}?n ?= ?([0-9][0-9,]*)")


def _without_all(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Leave out what has as many patients as all others together: "adults (n = 60) to A (n = 31) or B (n = 29)"."""
    told = [_ITS_SIZE.match(prose.text, phrase.end) for phrase in phrases]
    sizes = [int(one[1].replace(",", "")) if one is not None else 0 for one in told]
    if len(phrases) < 3 or not all(sizes):
        return phrases
    return [phrase for phrase, size in zip(phrases, sizes, strict=True) if 2 * size != sum(sizes)]


def _several(phrases: list[Phrase]) -> list[Phrase]:
    return phrases[:_MOST] if len(phrases) > 1 else []


def _before_bracket(flat: str, start: int, at: int) -> tuple[Phrase | None, Phrase | None]:
    """Return the words for an arm before a bracket: from a joint on behind which they tell something; from the last."""
    cuts = [end.end() for end in _BACK.finditer(flat, start, at - 1)]
    for cut in cuts:
        # "tacrolimus, sirolimus, and prednisone (n = 40)"
        lead = _LEAD_OF_SERIES.match(flat, cut)
        begin = lead.end() if lead is not None else cut
        begun = SERIES.match(flat, begin, at)
        if begun is not None and not flat[begun.end() : at].strip():
            return (series := trimmed(flat, begin, at)), series
    stop, last = at, trimmed(flat, cuts[-1] if cuts else start, at)
    if at - start < _FARTHEST_BACK:
        cuts.insert(0, start)
    while cuts:
        cut = cuts.pop()
        if cuts and (_are_two_drugs(flat, cuts[-1], stop) or _ADDED_TO_TWO.fullmatch(flat, cuts[-1], cut)):
            continue
        phrase = trimmed(flat, cut, stop)
        if cuts and flat[cut - 1] == "," and APPOSITION.match(flat, cut + 1, stop):
            # "eprosartan, an antagonist of its receptor (n = 20)"
            stop = cut - 1
            continue
        if phrase is None or 0 <= flat.find(")", phrase.start, phrase.end) < _or_end(flat, phrase):
            break
        if not flat[phrase.start].isdigit() or _TELLS.search(flat, phrase.start, phrase.end):
            return phrase, last
    return last, last


def _are_two_drugs(flat: str, start: int, stop: int) -> bool:
    """Whether a stretch of text is "lenalidomide 10 mg and dexamethasone"."""
    pair = PAIR.fullmatch(flat, start, stop)
    return pair is not None and any(DRUG.search(pair[of]) is not None for of in ("one", "other"))


# "zinc plus iron and tin (n = 20)"
_ADDED_TO_TWO = re.compile(r" ?(?!(?:patients|those)\b)[a-z][^,;:()]{2,50} plus [a-z-]{4,30} and")
_FARTHEST_BACK = 140
_LEAD_OF_SERIES = re.compile(r"(?: (?:or|to|and|either|receive|the|with))* ?")


def _or_end(flat: str, phrase: Phrase) -> int:
    """Return where the first bracket of a phrase opens, or else its end."""
    opened = flat.find("(", phrase.start, phrase.end)
    return opened if opened >= 0 else phrase.end


_TELLS = re.compile(
    r"(?<![a-z])(?!(?:cycles?|courses?|days?|weeks?|months?|every|daily|weekly|oral|orally|doses?|per|once|twice"
    r"|for|the|and|each"
    r"|times?|sessions?|hours?|minutes?|intravenous|intravenously)\b)[a-z][a-z-]{2,}"
    r"|^[0-9]-(?!day|week|month|year|hour|min|arm)[a-z]{2}"
)
