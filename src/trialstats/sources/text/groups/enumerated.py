"""Arms that a text counts: "(1) A; (2) B; (3) C", "group 1 = A; group 2 = B", "groups R2, R4 and R6"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from trialstats.sources.text.groups.lettered import GIVEN_TO
from trialstats.sources.text.groups.numbers import PEOPLE
from trialstats.sources.text.groups.phrases import is_dose
from trialstats.sources.text.groups.prose import Phrase, Prose, places_in
from trialstats.sources.text.groups.scores import Listed
from trialstats.sources.text.groups.trimmed import trimmed

_MARK = re.compile(
    r"(?<![\w./-])(?:(?:\(|(?<!\())(?P<mark>[1-8]|[a-h]|i{1,3}v?)\) ?(?=[a-z0-9])(?!\([0-9])"
    rf"|(?P<kind>group|arm|cohort|regimen) (?P<letter>[1-8]|[a-h]|i{{1,3}}v?){GIVEN_TO}"
    # "group 2 was the placebo group", but not "group 2 was older"
    r"(?:(?<!was )(?<!were )|(?=(?:the |an? )?(?:placebo|controls?|sham|untreated)\b)))"
)
_ORDERS = [{letter: at for at, letter in enumerate(row)} for row in ("12345678", "abcdefgh", ("i", "ii", "iii", "iv"))]
_OF_ARMS = re.compile(
    r"random|assign|allocat|groups|arms|receiv|regimens|treatments|conditions|divided|interventions|strategies|diets"
)
_AIM = re.compile(
    r"(?:to|whether|how|if|the (?:effects?|efficacy|safety|proportion|number|time)|age|patients who|no (?:prior"
    r"|history))\b"
)
_FARTHEST = 400
_CLUE = 170


def enumerated(prose: Prose) -> Iterator[Listed]:
    """Yield the arms behind the numbers or letters of a count.

    Parameters
    ----------
    prose : Prose
    """
    run: list[re.Match[str]] = []
    for match in _marks(prose):
        if run and _follows(run, match):
            run.append(match)
            continue
        if run and _repeats(run, match):
            # "the same as (A) plus zinc"
            continue
        yield from _of_run(prose, run)
        run = [match] if _rank(match) == 0 else []
    yield from _of_run(prose, run)


def _marks(prose: Prose) -> Iterator[re.Match[str]]:
    """Yield the marks of counts in order."""
    text = prose.text
    places = {max(0, at - 4) for at in places_in(text, ") ")} | {start for start, _ in prose.lettered}
    places |= {at for word in ("group i", "arm i", "regimen ") for at in places_in(text, word)}
    done = -1
    for at in sorted(places):
        match = _MARK.search(text, at, at + 60)
        if match is not None and match.start() > done and match.start() < at + 6:
            done = match.end() - 1
            yield match


def _rank(match: re.Match[str]) -> int:
    letter = match["mark"] or match["letter"]
    return min((order[letter] for order in _ORDERS if letter in order), default=-1)


def _follows(run: list[re.Match[str]], match: re.Match[str]) -> bool:
    """Whether a mark goes on counting."""
    before, letter = run[-1]["mark"] or run[-1]["letter"], match["mark"] or match["letter"]
    if match["kind"] != run[0]["kind"] or match.start() - run[-1].end() > _FARTHEST:
        return False
    return any(order.get(letter, -1) == order.get(before, -9) + 1 for order in _ORDERS)


def _repeats(run: list[re.Match[str]], match: re.Match[str]) -> bool:
    letter = match["mark"] or match["letter"]
    near = match.start() - run[-1].end() < _FARTHEST and match["kind"] == run[0]["kind"]
    return near and match["kind"] is None and any(letter == (one["mark"] or one["letter"]) for one in run)


def _of_run(prose: Prose, run: list[re.Match[str]]) -> Iterator[Listed]:
    if len(run) < 2 and not (run and run[0]["kind"] is not None and _in_one(prose, run[0].end()) is not None):
        return
    begin = run[0].start()
    if run[0]["kind"] is None and not _OF_ARMS.search(prose.text, max(0, begin - _CLUE), begin):
        return
    phrases: list[Phrase] = []
    for number, match in enumerate(run):
        stop = prose.sentences[prose.sentence_at(match.end())][1]
        stop = min(stop, run[number + 1].start() if number + 1 < len(run) else match.end() + 160)
        point = prose.flat.find("; ", match.end(), stop)
        phrase = trimmed(prose.flat, match.end(), point if point >= 0 else stop)
        if phrase is None or _AIM.match(prose.flat, phrase.start):
            return
        phrases.append(phrase)
    if run[0]["kind"] is not None and (further := _in_one(prose, phrases[-1].end)) is not None:
        number, more = further
        phrases += more if number == len(run) else []
    if len(phrases) < 2:
        return
    if run[0]["kind"] is None and (other := _OR_ONE_OF.search(prose.flat, max(0, begin - _CLUE), begin)) is not None:
        # "to usual care or one of three programmes: (1) A, (2) B, or (3) C"
        first = trimmed(prose.flat, *other.span("first"))
        phrases = [first, *phrases] if first is not None else phrases
    yield Listed(8, phrases)


# "groups 3 and 4 received zinc and iron, respectively"
_LETTER = r"(?:[1-8]|[a-h]|i{1,3}v?)"
_SEVERAL = re.compile(
    rf"\b(?:group|arm|cohort|regimen)s (?P<letters>{_LETTER}(?:(?:, |,? and ){_LETTER}){{1,3}}){GIVEN_TO}"
    rf"(?P<given>[^.;:]{{5,160}}?(?:\.[0-9][^.;:]{{1,80}}?){{0,3}}),? respectively"
)
_NEXT_ONE = re.compile(r",? and |, ")


def _in_one(prose: Prose, at: int) -> tuple[int, list[Phrase]] | None:
    """Return which group is the first that a sentence goes on with, and what each of its groups is given in turn."""
    stop = prose.sentences[prose.sentence_at(at)][1]
    found = _SEVERAL.search(prose.text, at, min(len(prose.text), stop + 200))
    if found is None:
        return None
    letters = re.findall(_LETTER, found["letters"].replace(" and", ""))
    first = next((order[letters[0]] for order in reversed(_ORDERS) if letters[0] in order), -1)
    cuts = list(_NEXT_ONE.finditer(prose.text, *found.span("given")))
    if len(cuts) != len(letters) - 1:
        return None
    begins = [found.start("given"), *(one.end() for one in cuts)]
    ends = [*(one.start() for one in cuts), found.end("given")]
    phrases: list[Phrase] = []
    for begin, end in zip(begins, ends, strict=True):
        phrase = trimmed(prose.flat, begin, end)
        if phrase is None:
            return None
        alone = phrases and is_dose(prose.flat, phrase)
        phrases.append(Phrase(phrase.start, phrase.end, prose.words(phrases[0])) if alone else phrase)
    return first, phrases


_OR_ONE_OF = re.compile(
    r"\b(?:to|received?|between"
    r"|into) (?:either )?(?P<first>[^.;:,]{3,60}?)(?:, with[^.;:,]{3,40})?,? or (?:to )?(?:one|1) of (?:the )?"
    r"(?:two|three|four|five|[2-5]) [^.;:]{0,80}[:(]? ?$"
)
# "150 people, including 51 smokers, 55 former smokers, and 44 controls"
_PART = re.compile(
    r"(?<![\w.,-])(?P<size>[0-9]{1,6}) (?P<name>(?!of\b|to\b|or\b|in\b)[a-z][a-z-]*"
    r"(?: (?!and\b|with\b)[a-z-]+){0,4}?(?: [1-9])?(?: with [a-z-]+(?: (?!and\b)[a-z-]+){0,3}?)?)(?: ?\([^()]{1,20}\))?"
    r"(?=,? and [0-9]|, [0-9]|[.;:)]|$|, (?:were|who|and)| (?:were|was|from)\b)"
)
_ALL = re.compile(rf"(?<![\w.,-])(?P<size>[0-9]{{1,6}}) (?:[a-z-]+ ){{0,3}}?(?:{PEOPLE}|[a-z]{{3,}}s)\b")
_SEX_OR_AGE = re.compile(
    r"\b(?:fe)?males?$|\b(?:wo)?men$|\bboys$|\bgirls$|\byears?\b|\bmonths?\b|\bcent(?:er|re)s\b|\bsites\b"
    r"|\bexcluded\b|\blost\b|\bdied\b"
    r"|\bdropped\b|\bwithdrew\b|\bwhite\b|\bblack\b"
)
_TO_NAME = re.compile(rf"(?:{PEOPLE} )?(?:(?:into|to|underwent|received|had|with|on|were given) )?(?:the )?")
_PEOPLE_LAST = re.compile(rf" (?!controls){PEOPLE}$")


def summed(prose: Prose) -> Iterator[Listed]:
    """Yield the groups whose printed sizes add up to a printed number of people.

    Parameters
    ----------
    prose : Prose
    """
    for start, stop in prose.sentences[:_MOST_SENTENCES]:
        stop = min(stop, start + _LONGEST)
        parts = [one for one in _PART.finditer(prose.text, start, stop) if not _SEX_OR_AGE.search(one["name"])]
        if len(parts) < 2:
            continue
        wholes = {int(one["size"]) for one in _ALL.finditer(prose.text, start, stop)}
        for size in range(min(len(parts), 5), 1, -1):
            run = next(
                (
                    parts[at : at + size]
                    for at in range(len(parts) - size + 1)
                    if sum(int(one["size"]) for one in parts[at : at + size]) in wholes
                ),
                None,
            )
            if run is not None:
                phrases = [_name_of(prose, one) for one in run]
                if all(phrases):
                    yield Listed(4, [phrase for phrase in phrases if phrase is not None])
                break


def _name_of(prose: Prose, part: re.Match[str]) -> Phrase | None:
    start, end = part.span("name")
    led = _TO_NAME.match(prose.text, start)
    start = led.end() if led is not None else start
    noun = _PEOPLE_LAST.search(prose.text, start, end)
    return trimmed(prose.text, start, noun.start() if noun is not None else end)


_MOST_SENTENCES, _LONGEST = 60, 600
_CODE = r"[A-Z]{1,3}[0-9]{0,2}"
_CODED = re.compile(
    rf"[Gg]roups? ({_CODE}(?:(?:, and|,| and| or| vs\.?| versus) {_CODE}){{0,4}})\b(?![-'.][A-Za-z0-9])"
)
_ONE_CODE = re.compile(rf"{_CODE}\b")
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w-]+|Cooperative|Oncology|Study|Working|Research|the) $")


def coded(prose: Prose) -> Iterator[Listed]:
    """Yield the groups that are told apart by codes: "group BL and group PF".

    Parameters
    ----------
    prose : Prose
    """
    found: dict[str, Phrase] = {}
    for at in places_in(prose.text, "group"):
        match = _CODED.match(prose.cased, at)
        if match is None:
            continue
        if _NAME_BEFORE.search(prose.cased, max(0, match.start() - 16), match.start()):
            continue
        for code in _ONE_CODE.finditer(prose.cased, *match.span(1)):
            found.setdefault(code[0], Phrase(*code.span()))
    kept = [
        phrase
        for code, phrase in found.items()
        if len(code) > 1 and set(code) - set("IVX") and prose.count(code.lower()) > 1
    ]
    if 1 < len(kept) <= 6:
        yield Listed(5, sorted(kept, key=lambda phrase: phrase.start))
    if 1 < len(found) <= 6 and any(len(code) > 1 for code in found) and (told := _told_of_codes(prose, found.values())):
        yield Listed(8, told)


def _told_of_codes(prose: Prose, codes: Iterable[Phrase]) -> list[Phrase]:
    """Return what groups with codes are said to receive: "group ZP received zinc with protein"."""
    found = []
    for code in map(prose.words, codes):
        match = re.search(rf"\b(?:group|arm) {code}{_RECEIVED}|\b{code} (?:group|arm){_RECEIVED}", prose.text)
        if match is None:
            return []
        stop = prose.sentences[prose.sentence_at(match.end())][1]
        following = _NEXT_GROUP.search(prose.text, match.end(), stop)
        phrase = trimmed(prose.flat, match.end(), following.start() if following is not None else stop)
        if phrase is None:
            return []
        found.append(phrase)
    words = {prose.words(phrase) for phrase in found}
    return sorted(found, key=lambda phrase: phrase.start) if len(words) == len(found) else []


_RECEIVED = rf"{GIVEN_TO}(?<!was )(?<!were )"
_NEXT_GROUP = re.compile(r",? (?:and|while|whereas|or)? ?(?:the )?(?:group|arm) [a-z]{1,4}[0-9]?\b|; ")
