"""Find parts told of one whole: causes up to "other", positive and negative, complete and partial responses of all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialstats.reported import Reported
from trialstats.sources.text.tokens.figures import with_figures
from trialstats.sources.text.told.causes_of_deaths import find_causes
from trialstats.sources.text.told.kinds_of_things import find_kinds
from trialstats.sources.text.told.sums_of_sentences import find_sums_of_kinds

_N = r"(?<![\d.,·/<>≤≥±+=-])\d{1,5}"
_SHARE = r"(?: ?\(\d{1,3}(?:[.·]\d{1,2})?%\))?"
_CAUSES = re.compile(
    rf"(?P<n>{_N}) (?:[a-z-]{{1,20}} ){{0,3}}?deaths?\b[^0-9.;:()]{{0,40}}(?::|,|\() ?(?:of which |including )?"
    rf"(?P<parts>(?:{_N}{_SHARE} [^0-9.;:()]{{3,60}}?){{1,6}}{_N}{_SHARE} [^0-9.;:()]{{0,30}}?\b(?:others?"
    rf"|unknown|unrelated)\b)"
)
_PART = re.compile(rf"{_N}(?!%|[.·]\d)(?=(?: ?\(|\s))")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_OPPOSITES = re.compile(
    rf"\b[Oo]f (?:the |these |all )?(?P<n>{_N}) [^0-9.;:()]{{3,50}}, (?P<first>{_N}){_SHARE} [^0-9.;:()]{{0,40}}?"
    rf"(?P<word>\b[A-Za-z][\w-]{{1,24}})[- ]positive\b[^0-9.;:()]{{0,50}}?(?P<second>{_N}){_SHARE} [^0-9.;:()]{{0,40}}?"
    r"(?:(?P=word)[- ])?negative\b"
)
_AGES = re.compile(
    rf"\b[Oo]f (?:the |these |all )?(?P<n>{_N}) [^0-9.;:()]{{3,50}}, (?P<first>{_N}){_SHARE} [^0-9.;:()]{{0,30}}?"
    rf"(?:younger than|under|below|aged less than) (?P<age>\d{{2}})\b[^0-9.;:()]{{0,20}} and (?P<second>{_N}){_SHARE} "
    r"[^0-9.;:()]{0,30}?(?:at least (?P=age)\b|(?P=age)\b[^0-9.;:()]{0,16}\b(?:or|and) (?:older|over|above)\b)"
)
"""All younger and all older than an age: "512 were younger than 65 years and 328 were 65 years or older"."""
_SEXES = re.compile(
    rf"\b[Oo]f (?:the |these |all )?(?P<n>{_N}) [^0-9.;:()]{{3,50}}, (?P<first>{_N}){_SHARE} (?:were )?"
    rf"(?:(?P<she>women|females?|girls)|(?:men|males?|boys)),? and (?P<second>{_N}){_SHARE} (?:were )?"
    r"(?(she)(?:men|males?|boys)|(?:women|females?|girls))(?=[.,;]| \(|$)"
)
_WHO = (
    r"(?:patients|participants|subjects|women|men|children|adults|infants|people|cases|individuals|volunteers|tumou?rs"
    r"|babies|neonates|adolescents|girls|boys|deaths)"
)
_LIST = re.compile(
    rf"\b(?:[Oo]f|[Aa]mong|[Ff]or|[Ii]n) (?:the |these |those |all (?:the |of the )?)?(?P<n>{_N}) "
    rf"(?:[a-z-]{{1,20}} ){{0,3}}?{_WHO}\b[^0-9.;:()]{{0,60}}[,:] "
    rf"(?P<parts>(?:{_N}{_SHARE} [^0-9.;:()]{{3,70}}?(?:,? and |, )){{1,7}}"
    rf"(?P<last>(?P<rest>the (?:remaining|other) )?{_N}{_SHARE} [^0-9.;:()]{{3,80}}))(?=[.;]\s|[.;]$|$)"
)
"""Patients, and a list of how many had what: "Of 120 patients, 61 had X, 40 had Y and the remaining 19 neither"."""
_LIST_OF_NAMES = re.compile(
    rf"\b(?:[Oo]f|[Aa]mong|[Ff]or|[Ii]n|[Aa]ll|[Tt]he|each of) (?:the |these |those |all |each of )?(?P<n>{_N}) "
    rf"(?:[a-z-]{{1,20}} ){{0,3}}?[a-z-]{{2,20}}(?:s|men|ren|people)\b[^0-9.;:()]{{0,60}}[,:] "
    rf"(?P<parts>(?:[^0-9.;:()]{{3,70}} (?:in|for|by|with) {_N}{_SHARE}(?:,? and |, )){{2,7}}"
    rf"(?P<last>[^0-9.;:()]{{3,70}} (?:in|for|by|with) the (?:remaining|other) {_N}{_SHARE}))(?=[.;,]|$| "
    rf"[a-z]{{3,20}}[.;])"
)
"""The same with names before their numbers: "Of 128 strains, the type was A in 61, B in 52 and C in the other 15"."""
_BEHIND_NAME = re.compile(rf"{_N}(?!%|[.·]\d)\b")
_CLOSED = re.compile(
    r"\bother (?:[a-z]+ )?(?:histolog\w+|(?:sub)?types?|diagnos[ei]s|causes?|races?|ethnicit\w+|genotypes?|primary"
    r"|origins?)\b"
    r"|\b(?:of )?(?:an)?other (?:histolog\w+|type|subtype|diagnosis|cause|race|genotype|origin)\b"
)
"""Words that close a list whose entries exclude each other: of these a patient has one."""
_ALONE = re.compile(r"\b(?:only|alone)\b")
_TOGETHER = re.compile(r"\b(?:both|all three|also|more than one|either|total)\b")
_NOTHING = re.compile(r"\b(?:no|not|none|neither|without|nothing|un[a-z]+|free)\b")
_GOES_ON = re.compile(
    r"\b(?:of whom|of these|of them|of which|respectively|including|median|mean|versus|vs?|than|while|whereas)\b"
)
"""Words that make something else of a list than patients counted once."""
_PERCENT = r"(?P<share>\d{1,3}(?:[.·]\d{1,2})?) ?%"
_TO = r"(?: rates?)?(?: \([A-Z]{2,4}\))?(?:,|:| =| of| was| in)? "
_RATES = {
    name: re.compile(rf"{words}{_TO}{_PERCENT}", re.IGNORECASE)
    for name, words in (
        ("all", r"(?:overall|objective) response(?: rates?)?"),
        ("complete", r"complete (?:response|remission)s?"),
        ("partial", r"partial (?:response|remission)s?"),
    )
}
_OTHERS = re.compile(
    r"unconfirmed|minor|nodular|very good|near|incomplete|metabolic|cytogenetic|molecular|haematolog|hematolog"
    r"|marginal|mixed"
    r"|stable|\bv|vs|versus|respectively|\barms?\b|groups?|cohorts?|compared|pathologic|\bi?CR[ui]\b|week|month|clinical",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of one whole, as printed, and where their words begin and end."""

    kind: str
    """``causes``, ``opposites``, ``responses``, ``some`` of these; ``closed`` by "other"; ``rest`` where the last part
    is what remains; ``kinds`` that do not add up.

    ``alone`` where something remains too, and the others say that they are apart.
    """
    whole: Reported
    parts: tuple[Reported, ...]
    start: int
    end: int


def find_parts(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Yield the wholes of a text whose parts are told beside them.

    Examples
    --------
    >>> [one.kind for one in find_parts("There were 61 deaths: 38 from cancer and 23 from other causes.", [(0, 62)])]
    ['causes']
    """
    told: set[int] = set()
    if "deaths" in text and ("other" in text or "unknown" in text):
        for found in _CAUSES.finditer(text):
            parts = _PART.findall(_IN_BRACKETS.sub("", found["parts"]))
            told.add(found.start())
            yield Parts("causes", Reported(found["n"]), tuple(map(Reported, parts)), found.start(), found.end())
    for whole, causes, start, end in find_causes(text):
        if start not in told:
            yield Parts("causes", Reported(whole), tuple(map(Reported, causes)), start, end)
    if "other" in text or "the remaining" in text or "unknown" in text:
        for listed in _lists(text):
            told.add(listed.start)
            yield listed
    for whole, kinds, start, end in find_kinds(text):
        if start not in told:
            told.add(start)
            yield Parts("kinds", Reported(whole), tuple(map(Reported, kinds)), start, end)
    for some in find_sums_of_kinds(text, sentences):
        if some.start not in told:
            told.add(some.start)
            yield Parts("kinds", some.whole, tuple(Reported(str(part)) for part in some.parts), some.start, some.end)
    if "ositive" in text and "egative" in text:
        for found in _OPPOSITES.finditer(text):
            counts = Reported(found["first"]), Reported(found["second"])
            yield Parts("opposites", Reported(found["n"]), counts, found.start(), found.end())
    if "older" in text or "emale" in text or "men" in text:
        for form in (_AGES, _SEXES):
            for found in form.finditer(text):
                counts = Reported(found["first"]), Reported(found["second"])
                yield Parts("opposites", Reported(found["n"]), counts, found.start(), found.end())
    if "complete" in text and "artial re" in text:
        yield from _responders(text, sentences)
    if "esponse" in text and ("omplete re" in text or "artial re" in text):
        for begin, stop in sentences:
            words = text[begin:stop]
            if "omplete re" not in words and "artial re" not in words:
                continue
            if (one := _responses(text, begin, stop)) is not None:
                yield one


def _lists(text: str) -> Iterator[Parts]:
    """Yield the lists whose last entry closes them: of what nobody has twice, or the remaining patients."""
    for found in _LIST.finditer(text):
        words = found["parts"]
        parts = tuple(map(Reported, _PART.findall(_IN_BRACKETS.sub("", words))))
        if _GOES_ON.search(words) or len(parts) < _FEWEST:
            continue
        alone = len(_ALONE.findall(words)) > 1
        unknown = _is_unknown(words, found["last"])
        if not alone and (_TOGETHER.search(words) or (_NOTHING.search(found["last"]) and not unknown)):
            continue  # "60 had a cold, 50 a cough and the remaining 20 neither"
        if found["rest"] or unknown or _CLOSED.search(found["last"]):
            kind = "closed" if not found["rest"] else "alone" if alone else "rest"
            yield Parts(kind, Reported(found["n"]), parts, found.start("n"), found.end())
    if "the remaining" in text or "the other" in text:
        for found in _LIST_OF_NAMES.finditer(text):
            words = found["parts"]
            parts = tuple(map(Reported, _BEHIND_NAME.findall(_IN_BRACKETS.sub("", words))))
            apart = not _GOES_ON.search(words) and not _TOGETHER.search(words) and not _NOTHING.search(found["last"])
            if apart and len(parts) >= _FEWEST:
                yield Parts("rest", Reported(found["n"]), parts, found.start("n"), found.end())


_FEWEST = 3
_UNKNOWN = re.compile(r"\bunknown (?P<stem>[A-Za-z][A-Za-z0-9]{3})")


def _is_unknown(words: str, last: str) -> bool:
    """Whether the last entry tells of whom what all others tell is not known: "61 seronegative, ... serostatus"."""
    found = _UNKNOWN.search(last)
    if found is None:
        return False
    others = re.split(r"(?<=\D)(?=\d)", words[: words.rindex(last)].strip())
    return all(found["stem"].lower() in one.lower() for one in others if one.strip())


_KIND = r"(?: (?:responses?|remissions?|responders?))"
_OF_RESPONSES = re.compile(
    rf"(?P<first>{_N}){_SHARE} (?:{_WHO} )?(?:with |had )?(?:an? )?(?P<kind>complete|partial){_KIND}?"
    rf"(?: \([CP]Rs?\))?,?(?: and)? (?P<second>{_N}){_SHARE} (?:{_WHO} )?(?:with |had )?(?:an? )?(?!(?P=kind))"
    rf"(?:complete|partial){_KIND}"
)
"""The two kinds of responses beside all of them: "24 of 60 dogs responded: 7 complete and 17 partial responses"."""
_ALL_RESPONSES = re.compile(
    rf"(?P<n>{_N})(?:(?: ?/ ?| (?:out )?of (?:the )?)\d{{1,5}})?(?: {_WHO})?{_SHARE} "
    rf"(?:[^.;:0-9]{{0,60}}?\brespon(?:se|ded|ders?)"
    r"|[^.;:0-9]{0,40}?\bremission)|respon(?:se|ders?)s?\b[^.:]{0,50}?(?<![\d.,·])(?P<m>\d{1,5})(?: ?/ ?| (?:out )?of "
    r"(?:the )?)\d{1,5}"
)
_BEFORE = 180


def _responders(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Parts]:
    """Yield the responders of a sentence with the complete and partial responses among them."""
    figures = with_figures(text)
    for begin, stop in sentences:
        told = list(_OF_RESPONSES.finditer(figures, begin, stop))
        if len(told) != 1 or _OTHERS.search(figures[begin : told[0].start()].replace("linical response", "")):
            continue
        found = list(_ALL_RESPONSES.finditer(figures, max(begin, told[0].start() - _BEFORE), told[0].start()))
        if len(found) == 1:
            whole, parts = found[0]["n"] or found[0]["m"], (told[0]["first"], told[0]["second"])
            if "includ" in figures[found[0].end() : told[0].start()] and sum(map(int, parts)) <= int(whole):
                continue  # other kinds of responses may be left out
            start = found[0].start("n" if found[0]["n"] else "m")
            yield Parts("responders", Reported(whole), tuple(map(Reported, parts)), start, told[0].end())


def _responses(text: str, begin: int, stop: int) -> Parts | None:
    """Return an overall response rate with its complete and partial responses, where each is printed once."""
    told = {name: list(expression.finditer(text, begin, stop)) for name, expression in _RATES.items()}
    if any(len(found) > 1 for found in told.values()) or not told["all"] or _OTHERS.search(text, begin, stop):
        return None
    shares = {name: Reported(found[0]["share"].replace("·", ".") + "%") for name, found in told.items() if found}
    parts = tuple(share for name, share in shares.items() if name != "all")
    if not parts:
        return None
    places = [found[0].span() for found in told.values() if found]
    start, end = min(place[0] for place in places), max(place[1] for place in places)
    return Parts("responses" if len(parts) > 1 else "some", shares["all"], parts, start, end)
