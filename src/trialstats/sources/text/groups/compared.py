"""Arms that a sentence compares, and the one arm of a text that has no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.groups.plausible import is_time
from trialstats.sources.text.groups.prose import MASK, NOT, Phrase, Prose
from trialstats.sources.text.groups.schedules import with_schedules
from trialstats.sources.text.groups.scores import VERBAL, Listed, is_verbal, words_in
from trialstats.sources.text.groups.trimmed import UNITS, trimmed


def two_or_more(phrases: list[Phrase]) -> list[Phrase]:
    """Return phrases if there are several, or none."""
    return phrases if len(phrases) > 1 else []


_VERSUS = re.compile(
    r" (?:versus|vs\.?|(?:as )?compared (?:with|to)|in comparison (?:with|to)|than|over|relative to) "
    r"(?:(?:that of|those|with|in|of|for|the|an?|to) )*"
)


_LEFT_END = re.compile(
    r",(?![0-9])|;|:|\(| (?:of|in|with|between|for|the|to|comparing|compare|compared|tested|trial|study|evaluate"
    r"|evaluating|assess|received"
    r"|receiving"
    r"|on|by|from|that|and|than|was|were|is|are|whether|given|after|under|either)(?![\w'-])"
)


def contrasts(prose: Prose, start: int, stop: int) -> Iterator[Listed]:
    """Yield the two sides of "A versus B"."""
    flat = prose.flat
    for number, found in enumerate(_VERSUS.finditer(flat, start, stop)):
        if number > 3:
            return
        if parallel := _of_same_people(flat, start, found, stop):
            yield Listed(2, parallel)
            continue
        right = trimmed(flat, found.end(), _clause_from(flat, found.end(), min(stop, found.end() + 80)))
        if right is None or not nominal(flat, right):
            continue
        left = flat[max(start, found.start() - 70) : found.start()]
        if found.start() - len(left) > start and flat[found.start() - len(left) - 1].isalnum():
            # Words are left whole.
            left = left[_WORD_CUT.match(left).end() :]  # type: ignore[union-attr]
        if left.endswith(" when"):
            # "A led to rash when compared with B"
            continue
        begin = found.start() - len(left)
        ends = [end.end() for end in _LEFT_END.finditer(left) if end.end() < len(left)]
        first = trimmed(flat, begin + (ends[-1] if ends else 0), found.start())
        effect = _EFFECT_OF.search(flat, max(start, found.start() - _LONGEST_AIM), found.start())
        if effect is not None and not _OF_ILLNESS.match(flat, found.end()):
            first = trimmed(flat, *effect.span("one"))
        if (subject := _SUBJECT.match(flat, start, found.start())) is not None:
            # "A shortens the stay compared with B"
            first = trimmed(flat, *subject.span("one"))
        if first is None or not nominal(flat, first) or is_time(flat[first.start : first.end]):
            # "the gain of zinc added to iron for four cycles (Z-I) compared with iron"
            short = _SHORT_BEFORE.search(prose.cased, max(start, found.start() - 20), found.start())
            first = Phrase(*short.span(1)) if short is not None else first
        named = first is not None and (prose.flat[first.start] == MASK or nominal(flat, first))
        if first is not None and named and not _is_people(flat, first, right):
            both = _each_with_results(prose, found.end(), stop)
            pair = [first, *(both or [right])]
            if prose.words(first) == prose.words(right):
                # "weekly zinc versus zinc every 3 weeks"
                pair = with_schedules(prose, pair)
            yield Listed(1 if " than" in found[0] else 2, pair)


def with_other_controls(prose: Prose, scored: list[Listed]) -> Listed | None:
    """Return the arms of "A versus placebo" with the other controls of "A versus active controls".

    Parameters
    ----------
    prose : Prose
    scored : list of Listed
        The surest first.
    """
    best = scored[0]
    if best.kind > _OF_CONTRAST or len(best.phrases) != 2:
        return None
    first, second = map(prose.words, best.phrases)
    others: dict[str, Phrase] = {second: best.phrases[1]}
    for one in scored[1:]:
        if one.kind == best.kind and len(one.phrases) == 2 and prose.words(one.phrases[0]) == first:
            words = prose.words(one.phrases[1])
            if not any(words in of or of in words for of in others):
                others[words] = one.phrases[1]
    if len(others) < 2 or any(_ONE_CONTROL.fullmatch(words) is None for words in others):
        return None
    return Listed(best.kind, [best.phrases[0], *others.values()], best.score, best.borne_out)


_OF_CONTRAST = 2
_ONE_CONTROL = re.compile(
    r"placebo|(?:active|inactive|untreated|no treatment|usual care|standard)(?: (?:controls?|treatment|care|therapy"
    r"|comparators?))?|no (?:treatment|intervention|therapy)|controls?"
)


# What a sentence begins with, before the verb that tells what it does.
_SUBJECT = re.compile(
    r"(?:(?:conclusions?|results|interpretation|findings|objective|background)[:.]? )?"
    r"(?P<one>(?:(?!\b(?:that|which|who|than|we|and|found|showed|stud(?:y|ies)|trials?|patients|participants"
    r"|subjects|women|men|children|numbers?)\b)[^.;:,]){3,70}?) "
    r"(?:(?:significantly|markedly|substantially|also|tend(?:s|ed) to) )?"
    r"(?:shorten|prolong|enhance|accelerate|attenuate|reduce|improve|prevent|lower|increase|decrease|inhibit|suppress"
    r"|antagoni[sz]e|diminish|provide|produce|achieve|delay)(?:e?s|e?d)? "
    # "Relapse increased by a third compared with B"
    r"(?!(?:by|from|to|in|at|over|more|less|significantly|only|during|after|with|compared|relative|on|for|among"
    r"|[0-9])\b)"
    r"(?:(?!\b(?:but|while|whereas|and|with|after|by|on|receiving|given|under|using)\b)[^.;:]){3,120}$"
)
_SHORT_BEFORE = re.compile(r"\((?=[^()]*[A-Z][^()]*[A-Z])([A-Za-z][A-Za-z0-9+/-]{1,11})\)$")
_WORD_CUT = re.compile(r"[^\s,;:()]*\s?")
_LONGEST_AIM = 260
_OF_WHOM = (
    r"(?:patients|participants|subjects|women|men|children|adults|people|individuals|persons|infants|adolescents"
    r"|smokers"
    r"|volunteers|survivors|students|newborns|neonates|mothers)"
)
# "the efficacy of A in adults with a cold compared with B", "the use of A for preventing colds compared with B"
_EFFECT_OF = re.compile(
    r"\b(?:efficacy|effects?|effectiveness|safety|use|benefits?|impact|(?:non-?)?(?:superiority|inferiority)"
    r"|tolerability"
    r"|trial|study)(?:,? (?:and|or) [a-z-]+)? of (?P<one>(?:(?! (?:in|for|among|on) |, )[^.;:]){3,90})"
    rf"(?: on (?:(?! in | among )[^.;:]){{3,60}})?(?: (?:in|among) (?:[a-z0-9-]+ ){{0,5}}{_OF_WHOM}\b"
    rf"| for (?:[a-z-]+ ){{0,3}}(?:{_OF_WHOM}\b|among\b|[a-z]+ing\b|(?:treatment|prevention|management|relief"
    r"|prophylaxis|control) of\b)"
    r"| (?:in|on) (?:the )?(?:[a-z]+ing |(?:treatment|prevention|management|relief) of\b))[^.;:]{0,140}$"
)
# Behind "compared with": the people with an illness are held against others.
_OF_ILLNESS = re.compile(
    r"(?:[a-z-]+ )?(?:healthy|normal|controls|non-?[a-z]+ (?:controls|subjects)|" + _OF_WHOM + r")\b"
)


def _of_same_people(flat: str, start: int, found: re.Match[str], stop: int) -> list[Phrase]:
    """Return the arms of "children in A had fewer colds than children in B"."""
    other = _PEOPLE_IN.match(flat, found.end(), stop)
    at = flat.find(other[0], start, found.start()) if other is not None else -1
    if other is None or at < 0:
        return []
    verb = _VERB.search(flat, at + len(other[0]), found.start())
    first = trimmed(flat, at + len(other[0]), verb.start() if verb is not None else found.start())
    second = trimmed(flat, other.end(), _clause_from(flat, other.end(), min(stop, other.end() + 80)))
    if first is None or second is None or not (nominal(flat, first) and nominal(flat, second)):
        return []
    return [first, second]


_VERB = re.compile(r" (?:were|was|are|is|had|has|have|did|showed)\b")
_PEOPLE_IN = re.compile(rf"{_OF_WHOM} (?:in|on|receiving|taking|given|assigned to|treated with) (?:the |an? )?")


def _is_people(flat: str, first: Phrase, second: Phrase) -> bool:
    """Whether just one of two phrases is a word for all who take part: "children" beside "the new syrup"."""
    people = [_ALL_PEOPLE.fullmatch(flat, one.start, one.end) is not None for one in (first, second)]
    return people[0] != people[1]


_ALL_PEOPLE = re.compile(
    r"(?:the )?(?:patients|participants|subjects|children|people|individuals|persons|infants|those|women|men)"
)


_EACH_WITH_RESULTS = re.compile(
    r"(?P<one>[^()\[\].;,]{3,50}?) ?\((?P<first>\x01+)\),? and (?:(?:with|in|that of|to|for|than|the) )*"
    r"(?P<other>[^()\[\].;,]{3,50}?) ?\((?P<second>\x01+)\)"
)


def _each_with_results(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the arms of "than B (31 vs 27; P = .01) and C (31 vs 25; P = .02)", which are not one."""
    found = _EACH_WITH_RESULTS.match(prose.flat, start, stop)
    if found is None or any(_AGAINST.search(prose.text, *found.span(of)) is None for of in ("first", "second")):
        return []
    phrases = [trimmed(prose.flat, *found.span(of)) for of in ("one", "other")]
    return [phrase for phrase in phrases if phrase is not None and nominal(prose.flat, phrase)]


_AGAINST = re.compile(r"[0-9] ?[%a-z]{0,6}\.? (?:vs\.?|versus|v) [-+]?[0-9]")


_COMPARING = re.compile(
    r" compar(?:e|ed(?! (?:with|to)\b)|es|ing|isons? of|ison between|isons? between) (?:the )?"
    r"(?:[a-z-]+(?:, [a-z-]+){0,4}(?:,? and [a-z-]+)? (?:of|between) "
    r"|[a-z-]+ (?:effects?|efficacy|effectiveness|safety|activity|tolerability) of (?:the )?)?"
)


_LEADS = r"(?:that of |those of |the |an? )*"
_COMPARED_WITH = re.compile(rf"(?P<with> )(?P<joint>with(?! or without)|to|versus|vs\.?|and|against) {_LEADS}")
# "comparing deaths in adults with gout": who they are, and nothing that they are compared with
_PEOPLE_WITH = re.compile(rf"\b{_OF_WHOM} with$")
# "comparing zinc, iron, and tin (ZIT) with zinc and iron (ZI)"
_AFTER_BRACKET = re.compile(
    r"(?:[^.;:()]{3,120},? (?:and|plus) [^.;:()]{3,60} ?\(\x01+\)"
    r"|[^.;:()]{3,120} ?\(\x01+\),? (?:and|plus) [^.;:()]{3,60} ?\(\x01+\) ?\(\x01+\))"
    rf"(?P<with> )(?:with(?! or without)|to|versus|vs\.?"
    rf"|against) {_LEADS}"
)


def _clause_from(flat: str, start: int, stop: int) -> int:
    """Return where the next clause of a sentence begins behind what is compared: "with A, no differences were seen"."""
    found = _CLAUSE.search(flat, start, stop)
    return found.start() if found is not None else stop


_CLAUSE = re.compile(
    # "versus zinc and 0.73 (0.39 to 1.39) versus iron"
    r",? and (?=[-+±]?[0-9.·]+ ?%? ?[(\[])|"
    r", (?:(?:no (?=significant|statistical|clear|differen|evidence|effect|such|major|other|meta)|there|neither"
    r"|it|they|this|these|that|significant[a-z]*|but|although|while|whereas|which)\b"
    r"|(?:[a-z-]+ ){1,5}(?:was|were|is|are|had|did|has|have)\b)"
)


def compared_arms(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the two sides of "comparing A with B"."""
    flat = prose.flat
    found = _COMPARING.search(flat, start, stop)
    if found is None:
        return []
    middle = _AFTER_BRACKET.match(flat, found.end(), stop)
    further = _COMPARED_WITH.finditer(flat, found.end(), min(stop, found.end() + 90))
    middle = middle or next(
        (one for one in further if not _PEOPLE_WITH.search(flat, found.end(), one.end("joint"))), None
    )
    if middle is None:
        return []
    first = trimmed(flat, found.end(), middle.start("with"))
    second = trimmed(flat, middle.end(), _clause_from(flat, middle.end(), min(stop, middle.end() + 90)))
    if first is None or second is None:
        return []
    # "zinc (5 mg) and iron (2 mg) (ZI)": a name up to its first bracket
    opened = flat.find("(", first.start, first.end) if middle.re is _AFTER_BRACKET else -1
    name = Phrase(first.start, opened) if opened > first.start else first
    if "," in flat[first.start : first.end] and _DOSED_LIST.fullmatch(flat, first.start, first.end):
        # "compared zinc 5 mg, zinc 10 mg and iron"
        listed = [Phrase(*piece.span()) for piece in _DOSED.finditer(flat, first.start, first.end)]
        return [*listed, second] if nominal(flat, second) else []
    return [first, second] if nominal(flat, name) and nominal(flat, second) else []


_DOSED = re.compile(rf"(?:[a-z-]{{3,30}} ){{1,3}}[0-9][0-9.,]{{0,6}} ?{UNITS}(?:/{UNITS})?(?![a-z])")
_DOSED_LIST = re.compile(rf"(?:{_DOSED.pattern},? ){{1,4}}{_DOSED.pattern}")


_ONE_AND_WITHOUT = re.compile(
    r"\b(?:one|half|the first)\b[^.;]{0,80}? (?:receiv(?:ed|ing)|(?:was|were) given|treated with|underwent|undergoing) "
    r"(?P<one>[^.;]{3,80}?)[,;]? ?(?:and |whereas |while |but )?the other(?:s| group| half| arm| patients)[^.;]{0,60}?"
    r" (?P<not>(?:not|no) (?:receive|undergo|treated with|given|treatment|treated))\b"
)


def one_and_without(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the two arms of "one group received A, the other group did not receive A".

    Parameters
    ----------
    prose : Prose
    start, stop : int
        Of a sentence.
    """
    found = _ONE_AND_WITHOUT.search(prose.flat, start, stop)
    given = trimmed(prose.flat, *found.span("one")) if found is not None else None
    return [given, Phrase(*found.span("not"), NOT)] if found is not None and given is not None else []


def _is_verbal(words: str) -> bool:
    return is_verbal(words) or " and control" in words or ("%" in words and "(" not in words)


def nominal(flat: str, phrase: Phrase) -> bool:
    """Whether a phrase is a name: short, no number, and without a verb."""
    words = flat[phrase.start : phrase.end]
    begun = not words[0].isdigit() or _CHEMICAL.match(words) is not None
    return begun and words[0] not in "([" and len(words.split()) < 8 and not _is_verbal(words)


# "5-fluorouracil", "3,4-diaminopyridine"
_CHEMICAL = re.compile(
    r"[0-9](?:[,'][0-9]){0,3}-(?!(?:weeks?|months?|days?|hours?|years?|minutes?|points?|fold|times?|way|cm|mm|mg"
    r"|item|arm"
    r"|group)\b)[a-z]{4}"
)


_SOLE_TRIAL = re.compile(
    r"single[ -]arm|one[ -]arm|single[ -]group|phase (?:1|2|i|ii|1/2|i/ii|1b|ib|2a|iia|2b|iib)\b|pilot"
    r"|non-?randomi[sz]ed|open-label|uncontrolled"
)


_TREATED_WITH = re.compile(
    r" (?:patients|participants|women|men|subjects|children|adults|they|volunteers|infants) "
    r"(?:(?:all|then|each) )?(?:received|were (?:treated with|given|administered)|underwent|took|started) "
)


_STUDY_OF = re.compile(
    r"(?:study|trial|efficacy|safety|activity|tolerability|effects?|feasibility|evaluation|toxicity|combination"
    r"|addition) of "
)


_PRIOR = re.compile(r"(?:at least|prior|previous|no|one|first|more|any|less|standard|[0-9])\b")


def sole_arm(prose: Prose) -> list[Phrase]:
    """Return the one treatment of a trial without comparison, if the text names one as what all patients had.

    Parameters
    ----------
    prose : Prose
    """
    flat = prose.flat
    if _SOLE_TRIAL.search(flat, 0, _LONGEST_SOLE) is None or "random" in flat.replace("nonrandom", "").replace(
        "non-random", ""
    ):
        return []
    found: list[tuple[int, int, Phrase]] = []
    for pattern, weight in ((_TREATED_WITH, 1), (_STUDY_OF, 0)):
        for number, match in enumerate(pattern.finditer(flat, 0, _LONGEST_SOLE)):
            stop = flat.find(". ", match.end(), match.end() + 120)
            phrase = trimmed(flat, match.end(), stop if stop >= 0 else min(len(flat), match.end() + 120))
            if number > 3 or phrase is None or _PRIOR.match(flat, phrase.start) or not nominal(flat, phrase):
                continue
            telling = [
                word for word in words_in(flat[phrase.start : phrase.end]) if len(word) > 4 and word not in VERBAL
            ]
            if telling:
                found.append((max(map(prose.count, telling)) + weight, -phrase.start, phrase))
    best = max(found, default=None, key=lambda row: row[:2])
    return [best[2]] if best is not None and best[0] > 2 else []


_LONGEST_SOLE = 6000
