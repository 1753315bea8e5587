"""Arms that a sentence compares or counts patients of, and the one arm of a text that has no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.group_numbers import IN_WORDS
from trialstats.sources.text.group_phrases import is_dose
from trialstats.sources.text.group_prose import Phrase, Prose
from trialstats.sources.text.group_scores import VERBAL, Listed, words_in
from trialstats.sources.text.group_trimmed import trimmed


def two_or_more(phrases: list[Phrase]) -> list[Phrase]:
    """Return phrases if there are several, or none."""
    return phrases if len(phrases) > 1 else []


_VERSUS = re.compile(
    r" (?:versus|vs\.?|(?:as )?compared (?:with|to)|in comparison (?:with|to)|than|over|relative to) "
    r"(?:(?:that of|those|with|in|of|for|the|an?|to) )*"
)


_LEFT_END = re.compile(
    r",|;|:|\(| (?:of|in|with|between|for|the|to|comparing|compare|compared|tested|trial|study|evaluate"
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
        right = trimmed(flat, found.end(), min(stop, found.end() + 80))
        if right is None or not nominal(flat, right):
            continue
        left = flat[max(start, found.start() - 70) : found.start()]
        begin = found.start() - len(left)
        ends = [end.end() for end in _LEFT_END.finditer(left) if end.end() < len(left)]
        first = trimmed(flat, begin + (ends[-1] if ends else 0), found.start())
        if first is not None and nominal(flat, first):
            both = _each_with_results(prose, found.end(), stop)
            yield Listed(1 if " than" in found[0] else 2, [first, *(both or [right])])


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
    r" compar(?:e|ed|es|ing|isons? of|ison between|isons? between) (?:the )?"
    r"(?:[a-z-]+(?:, [a-z-]+){0,4}(?:,? and [a-z-]+)? (?:of|between) )?"
)


_COMPARED_WITH = re.compile(r" (?:with(?! or without)|to|versus|vs\.?|and|against) (?:that of |those of |the |an? )*")


def compared_arms(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the two sides of "comparing A with B"."""
    flat = prose.flat
    found = _COMPARING.search(flat, start, stop)
    middle = _COMPARED_WITH.search(flat, found.end(), min(stop, found.end() + 90)) if found is not None else None
    if found is None or middle is None:
        return []
    first = trimmed(flat, found.end(), middle.start())
    second = trimmed(flat, middle.end(), min(stop, middle.end() + 90))
    if first is None or second is None or not (nominal(flat, first) and nominal(flat, second)):
        return []
    return [first, second]


def _is_verbal(words: str) -> bool:
    return not VERBAL.isdisjoint(words_in(words)) or " and control" in words or ("%" in words and "(" not in words)


def nominal(flat: str, phrase: Phrase) -> bool:
    """Whether a phrase is a name: short, no number, and without a verb."""
    words = flat[phrase.start : phrase.end]
    return not words[0].isdigit() and words[0] not in "([" and len(words.split()) < 8 and not _is_verbal(words)


_BEHIND_NUMBER = (
    r"(?: \([^()]{1,20}\))?(?: (?:patients|participants|subjects|women|men|children|of them|infants|individuals|adults"
    r"|cases))?(?: \([^()]{1,20}\))?(?: (?:were|was))?(?: (?:randomly|then))?"
    r"(?: (?:assigned|allocated|randomi[sz]ed|enrolled))?(?: (?:to|received|into|in|on|with))"
    r"(?: (?:the|an?|receive|either))* (?=[a-z0-9])"
)


_COUNTED = re.compile(rf"[0-9](?:%|(?= )){_BEHIND_NUMBER}")


_COUNTED_IN_WORDS = re.compile(rf"{IN_WORDS}(?= ){_BEHIND_NUMBER}")


_IN_LETTERS = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "ten ", "eleven", "twelve",
    "thir", "four", "fif", "six", "seven", "eight", "nine",
)  # fmt: skip


def counts(text: str, start: int, stop: int) -> list[re.Match[str]]:
    """Return where numbers stand, in digits or words, that lead to an arm."""
    found = list(_COUNTED.finditer(text, start, stop))
    for word in _IN_LETTERS:
        at = text.find(word, start, stop)
        while at >= 0:
            match = _COUNTED_IN_WORDS.match(text, at, stop) if not text[at - 1 : at].isalpha() else None
            if match is not None:
                found.append(match)
            at = text.find(word, at + len(word), stop)
    return sorted(found, key=lambda match: match.start())


# "703 adults with chronic pain": no arm, but who they are.
_DESCRIBED = re.compile(
    r"(?:patients|participants|subjects|women|men|children|infants|individuals|adults|cases)(?: \([^()]{1,20}\))? "
    r"with (?:(?:the|an?) )*$"
)


_AND_NUMBER = re.compile(
    rf",? (?:and|while|whereas) (?:[0-9]|{IN_WORDS}\b|were|was|received|who|had)|,? [0-9]+$|[;.]|, (?!and)|,? and ?$|$"
)


def counted_arms(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the phrases behind the numbers of "38 to the drug group and 36 to placebo"."""
    flat = prose.text
    matches = counts(flat, start, stop)[:8]
    found: list[Phrase] = []
    seen: set[str] = set()
    matches = [match for match in matches if _DESCRIBED.search(match[0]) is None]
    for number, match in enumerate(matches):
        following = matches[number + 1].start() if number + 1 < len(matches) else stop
        last = _AND_NUMBER.search(flat, match.end(), min(stop, match.end() + 90, following))
        phrase = trimmed(flat, match.end(), last.start()) if last is not None else None
        if phrase is None or (is_dose(flat, phrase) and not flat.startswith((" group", "-group", " arm"), phrase.end)):
            continue
        words = flat[phrase.start : phrase.end]
        if words in seen:
            break
        seen.add(words)
        found.append(phrase)
    # "44 to zinc or iron: 21 to zinc and 23 to iron"
    single = [phrase for phrase in found if " or " not in flat[phrase.start : phrase.end]]
    return two_or_more(single if len(single) > 1 else found)


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
