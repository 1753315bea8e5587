"""The words of a stretch of text that name an outcome, without names of arms, times and remarks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.outcomes.forms import ANY_OUTCOME, ANY_SCORE
from trialstats.sources.text.outcomes.result_times import Times
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.tokens.written_forms import STATISTIC_SAID
from trialstats.sources.text.words.abbreviations import telling_nothing
from trialstats.sources.text.words.of_outcomes import (
    HOW_MEASURED,
    IN_A_POPULATION,
    OF_FOLLOW_UP,
    ON_A_SCALE,
    PER_PERSON_TIME,
    REMARK,
    SIGNIFICANCE,
    affected,
    telling,
    words_of,
)
from trialstats.sources.text.words.of_values import PEOPLE

_BREAK = re.compile(
    r"[;:](?!\d)|(?<!\b[a-z])\. |, (?:and|but|with|while|whereas|compared)\b|\b(?:whereas|while|(?:al)?though|but|than"
    r"|compared (?:with|to)|versus|vs)\b|[()\[\]]"
)
_NEXT_CLAUSE = re.compile(r", (?:and|but) (?=the |an? |there )|; (?=the |an? |there |no )")
"""What begins a clause of its own behind a value: "2 cases with zinc and 6 with tea, and the efficacy was"."""
_COMPARED = re.compile(r"than|compared|versus|vs")
_REST_OF_A_NAME = re.compile(r"[-+/][a-z0-9][\w-]*")
"""What goes on the name of an arm: the "-xr" of "lumarin-xr"."""
_HAPPENED = re.compile(
    r"\b(?:(?:was|were) (?:(?:also|only) )?(?:observed|seen|reported|noted|recorded|found|achieved|demonstrated"
    r"|detected|diagnosed|documented)|occurred)\b"
)
"""Behind these words stands where, before them what."""
_NO_MORE = re.compile(r"\bno [a-z ]{0,30}(?:differences?|effects?|interactions?|associations?|changes?|benefits?)\b")
_GAINS = frozenset(
    ("advantage", "advantages", "benefit", "benefits", "superiority", "improvement", "improvements", "trend", "trends")
)
_FOR_WHAT = re.compile(r" (?:for|in|with respect to|with regard to) ")
_ADJUSTED = re.compile(r"[,;(\[] ?(?:adjusted|stratified|corrected|controlled) (?:for|by) [^;()\[\]]{2,90}(?=[;)\]])")
"""What only says how a result was reckoned: "adjusted for age"."""
_OF_SO_MANY = re.compile(
    r" ?[(\[][a-z -]{0,40}(?:set|population|analysis|sample)\b[^()\[\]]{0,12}\bn ?= ?[0-9][^()\[\]]{0,60}[)\]](?= )"
)
"""What only says, in brackets, of how many a result is: "relief rates (full analysis set, n = 61) were"."""
_REMARKED = re.compile(
    r", (?:(?:which|who) [^,;:()\[\]]{3,90}|(?:defined|measured|assessed|evaluated|determined|scored|rated|expressed)"
    r" (?:as|by|with|on|using|at|in) [^,;:()\[\]]{3,150}),(?= (?:was|were|is|are|had|did|occurred|remained)\b)"
)
"""A remark between an outcome and its verb: "sleep, which was told by letter, was"."""
_STATISTIC = re.compile(rf"(?:\b(?:wald|pearson'?s?|likelihood[- ]ratio|mann-whitney) )?{STATISTIC_SAID.pattern}")
_DIFFERENCE_IN = re.compile(
    r"\bdifference in (?:the )?(?P<what>[a-z][a-z /-]{3,60}?)(?: of| was| were)?(?: only| about| approximately)? ?$"
)
"""What a difference is of, right before it: "tea led to a mean difference in weight of"."""
_ARM = " | "
"""What stands for the name of an arm."""
_AT_EACH_TIME = re.compile(
    r"\bat (?:the same|this|that) (?:time(?:[ -]?point)?|visit|assessment)\b,?"
    r"|\b(?:at|on|during) (?:all|each|any|every|both|either|most|these|those)(?: of)?(?: the)?"
    r"(?: (?:other|study|measured|three|four|two))?"
    r" (?:(?:time|visit|follow-?up)[ -]?(?:points?|intervals?|periods?)|times|visits|assessments?|follow-?ups?)\b"
)
_SHOWED = re.compile(
    r"[^;:()|]{0,80}?\b(?:follow-?ups?|visits?|assessments?|evaluations?|examinations?|analys[ei]s|results|study|trial|data"
    r"|findings|measurements?) (?:also |further |again )?(?:showed|revealed|demonstrated|indicated|disclosed|confirmed"
    r"|suggested)(?: that)?(?: (?:an?|the))? "
)
"""What only says by what something was shown: "the analysis of blood showed a"."""
_THAT_IS = re.compile(r" ?(?:i\.e|that is)\b[., ]*")
_ONLY_SAYS_WHICH = ANY_OUTCOME | {"the", "primary", "main", "principal", "measure", "measures", "co-primary", "of"}
_IN_WHOM = re.compile(
    rf"(?:[\s.]{{0,3}}[a-z ]{{4,25}}:)?[\s.;,]{{0,4}}(?:(?:and|but|while|whereas) )?(?:in|among(?:st)?|for|of|within) "
    rf"(?:[^\s,;:()\[\]]{{1,25}} ){{0,6}}?(?:{PEOPLE}|those|subgroups?|cohorts?|populations?|groups?|arms?|trials?"
    r"|stud(?:y|ies))\b(?! (?:was|were|had)\b)[^,;:()\[\]]{0,90}, (?=[a-z|])"
)
"""What only says, before an outcome, in whom it was seen: "Among adults with gout, the rate of falls was"."""
_NOTHING_MORE = re.compile(r"(?:rates?|values?|figures?|percentages?|results?|proportions?) (?:was|were) $")
"""What says behind it that the outcome was told before: "For those with gout, the 5-year rates were"."""
_NAME_WITHIN = re.compile(r"(?<=[a-z]) \([a-z0-9-]{1,8}\)(?= (?P<next>[a-z-]+))")
"""An abbreviation within the words for an outcome: "haemoglobin (Hb) level"."""
_GOES_NO_FURTHER = frozenset(
    ("and", "or", "but", "was", "were", "is", "are", "had", "has", "in", "of", "with", "for", "at", "on", "to", "by",
     "from", "than", "versus", "vs", "v", "after", "before", "during", "remained", "occurred", "did", "decreased",
     "increased", "improved", "fell", "rose", "showed", "compared", "between", "among", "as", "that", "who", "which",
     "while", "when", "using")
)  # fmt: skip
"""What leads on from an abbreviation without going on with the words before it."""
_WHICH_CONTRAST = re.compile(r"[(\[;:] ?(?:the )?(?:[a-z-]+ ){0,3}differences? between [^;:()\[\]]{3,90}[,:=]? ?$")
"""What only says which arms a difference is of: "(difference between tea and milk, 12 points"."""
_LEAD = 40
_LEADS_TO_A_TIME = re.compile(
    r"\b(?:at|in|on|by|after|within|during|over|for|until|through)(?: about| approximately)?(?: the)?"
    r"(?: (?:first|next|last|final|following|subsequent|end of))?(?: the)? $"
)
_HELD_THEN = re.compile(
    r"[ -](?:(?:post-?[a-z]+|follow-?up|clinical|study) )?(?:visits?|assessments?|evaluations?|examinations?"
    r"|follow-?ups?|time ?-?points?)\b"
    r"| (?:(?:postnatal|postmenstrual|corrected|gestational|postconceptional) )?(?:age|gestation)\b"
)
_OR_MORE = re.compile(r" or (?:more|longer|later|earlier|less)\b")
_OF_A_START = re.compile(
    r" of (?:the |their |an? |study )?(?:(?:first|last|initial|index) )?[a-z-]{4,20}"
    r"(?: (?:procedure|injection|dose|surgery))?\b"
)
"""What a stretch of time began with: "within 30 days of surgery"."""
_SAYS_WHICH = re.compile(r"(?!1[ -])(?:[0-9]{1,3}|[a-z]+)[ -](?:year|month|week|day|hour|min)|[a-z]+-[0-9]+")
"""A time that only says which of something is meant: "30-day mortality", "30 day mortality"."""
_COUNTED_IN = re.compile(
    r" (?:in|for|by) [0-9]+ (?:out )?of (?:the )?[0-9]+ (?:[|a-z][^;:.,]*)? and (?:(?:in|for|by) )?[0-9]+ (?:out )?of "
    r"[^;:.,]*$"
)
"""Counts of two arms before their percentages: "in 12 of 60 on the one and 9 of 58 on the other (20% v 16%)"."""
_ALIKE = re.compile(
    r" (?:was|were) (?:(?:also|very|quite|not|[a-z]+ly) ){0,2}(?:similar|comparable|different|the same|equal)"
    r" (?:between|among|across|in|for) (?:(?:the|both|two|all|three|study|treatment) ){0,3}"
    r"(?:groups|arms|treatments|regimens)(?: as well| too)?[:,(]? ?$"
)
"""What only says that arms were alike, right before their values: "sleep was similar between groups: 6 hours"."""
_THAT_IT_WAS = re.compile(
    r" (?:was|were|is|are|remained|(?:(?:also )?(?:tended|appeared|seemed|found|shown) )?to be)"
    r" (?:(?:also|then|even|much|far|[a-z]+ly) ){0,3}"
    r"(?:higher|lower|greater|smaller|larger|longer|shorter|better|worse|less|more|fewer|reduced|increased|decreased"
    r"|improved|prolonged|comparable|similar|superior|inferior|non-?inferior|equivalent|equal|unchanged|elevated"
    r"|identical)(?: (?:common|frequent|often|pronounced))?"
    r"(?: (?!with (?:respect|regard) )(?:in|with|for|among|on|after|before|between|across|at|during|than)"
    r" [^;:,()\[\]]{0,70})?[ ,:(\[]*$"
)
"""What only says how arms differed, right before their values: "sleep was longer in those at home (6 v 5 hours"."""
_CLAUSE_ENDS = re.compile(r"[;:,]")
_MOST_WORDS = 9
WIDEST = 300
"""Characters in which the words for an outcome must stand."""


class Phrases:
    """The phrases of one document that name outcomes.

    Parameters
    ----------
    document : Document
    groups : Groups
    times : Times
        Of the sentence that was entered last.
    defined : mapping of str to str
        Abbreviations that the text defines.
    """

    def __init__(self, document: Document, groups: Groups, times: Times, defined: Mapping[str, str]) -> None:
        self._text = document.tokens.text
        self._groups = groups
        self._mentions = [mention.start for mention in groups.mentions]
        self._times = times
        self._defined = defined
        nothing = "|".join(map(re.escape, sorted(telling_nothing(document))))
        self._nothing = re.compile(rf"\b(?:{nothing})\b") if nothing else None
        self._of_arms = {word for arm in groups.arms for word in words_of(arm.label.lower())} | ANY_SCORE

    def find(self, start: int, stop: int, *, last: bool) -> str:
        """Return the words of a stretch that may name an outcome, nearest to the number and without names of arms."""
        start, stop = (max(start, stop - WIDEST), stop) if last else (start, min(stop, start + WIDEST))
        if stop - start < 3:
            return ""
        first = bisect_left(self._mentions, start)
        cuts = [
            (*self._with_its_lead(time, till, start, stop), " ") for time, till, _ in self._times.between(start, stop)
        ]
        for mention in self._groups.mentions[first : bisect_left(self._mentions, stop, first)]:
            rest = _REST_OF_A_NAME.match(self._text, mention.end, stop)
            cuts.append((mention.start, mention.end if rest is None else rest.end(), _ARM))
        said, at = "", start
        for begin, end, instead in sorted(cuts):
            said += self._text[at : max(at, begin)] + instead
            at = max(at, end)
        said = re.sub(" {2,}", " ", said + self._text[at:stop])
        if self._nothing is not None:
            said = self._nothing.sub(" ", said)
        if "at " in said or " during " in said:
            said = _AT_EACH_TIME.sub(" ", said)
        if last and "ed " in said and (showed := _SHOWED.match(said)) and telling(said[showed.end() :], self._defined):
            said = said[showed.end() :]
        if any(word in said for word in ("population", " set", "protocol", "to-treat", "to treat")):
            said = IN_A_POPULATION.sub(" ", said)
        if "(" in said and ("scale" in said or "range" in said):
            said = ON_A_SCALE.sub(" ", said)
        if last and ("n =" in said or "n=" in said):
            said = _OF_SO_MANY.sub(" ", said)
        if last and (", which " in said or ", who " in said or "ed " in said):
            said = _REMARKED.sub(" ", said)
        if last and "ifference" in said and (which := _WHICH_CONTRAST.search(said)) is not None:
            said = said[: which.start() + 1]
        if last and (whom := _IN_WHOM.match(said)) is not None:
            if telling(said[whom.end() :], self._defined):
                said = said[whom.end() :]
            elif _NOTHING_MORE.search(said, whom.end()):
                return ""
        if last and "(" in said:
            said = _NAME_WITHIN.sub(self._without_name, said)
        if "=" in said:
            said = _STATISTIC.sub(" ", said)
        if "significance" in said:
            said = SIGNIFICANCE.sub(" ", said)
        if "adjusted" in said or "ed by" in said or "ed for" in said:
            said = _ADJUSTED.sub(" ", said)
        if "per " in said or "/" in said:
            said = PER_PERSON_TIME.sub(" ", said)
        if last and "follow" in said and (followed := OF_FOLLOW_UP.match(said)):
            said = said[followed.end() :]
        if (
            last
            and "s" in said[-14:]
            and (alike := _ALIKE.search(said))
            and telling(said[: alike.start()], self._defined)
        ):
            said = said[: alike.start()]
        if last and " of " in said and (counted := _COUNTED_IN.search(said)) and telling(said[: counted.start()]):
            said = said[: counted.start()]
        if (
            last
            and any(verb in said for verb in (" was ", " were ", " is ", " are ", " remained ", " to be "))
            and (differed := _THAT_IT_WAS.search(said))
            and not _GAINS.issuperset(telling(_CLAUSE_ENDS.split(said[: differed.start()])[-1], self._defined))
        ):
            said = said[: differed.start()]
        differing = _DIFFERENCE_IN.search(said) if last and "ifference" in said else None
        if differing is not None and telling(differing["what"], self._defined):
            said = differing["what"]
        words = self._last_words(said) if last else self._first_words(said)
        if len(words) > _MOST_WORDS:
            words = telling(" ".join(words[-_MOST_WORDS:] if last else words[:_MOST_WORDS]), self._defined)
        return _as_printed(said, words)

    def _without_name(self, named: re.Match[str]) -> str:
        """Return nothing for an abbreviation in brackets that the words before it go on behind."""
        behind = named["next"]
        return named[0] if behind in _GOES_NO_FURTHER or not telling(behind, self._defined) else ""

    def _with_its_lead(self, time: int, till: int, start: int, stop: int) -> tuple[int, int]:
        """Return where a time stands with the words that lead to it, and what was held then: "at the 6-week visit"."""
        led = _LEADS_TO_A_TIME.search(self._text, max(start, time - _LEAD), time)
        held = _HELD_THEN.match(self._text, till, stop)
        if led is None or (held is None and _SAYS_WHICH.fullmatch(self._text, time, till)):
            return time, till
        held = held or _OR_MORE.match(self._text, till, stop)
        if held is None and led[0].startswith("within"):
            held = _OF_A_START.match(self._text, till, stop)
        return led.start(), till if held is None else held.end()

    def _first_words(self, said: str) -> list[str]:
        """Return the words of the first part of a stretch that tells an outcome."""
        said = _NEXT_CLAUSE.split(said, maxsplit=1)[0]
        return next((words for part in _BREAK.split(said) if (words := telling(part, self._defined))), [])

    def _last_words(self, said: str) -> list[str]:
        """Return the words of the last part of a stretch that tells an outcome, but not of what it is held against."""
        against: list[str] = []
        stop = len(said)
        for found in (*reversed(list(_BREAK.finditer(said))), None):
            part = said[0 if found is None else found.end() : stop]
            if found is not None and (REMARK.search(part) or (found[0] in "([" and self._is_aside(said, found, stop))):
                stop = found.start()
                continue
            if found is not None and _COMPARED.match(found[0]) and (words := telling(affected(part), self._defined)):
                return words
            if (that := _THAT_IS.match(part)) is not None:
                part = part[that.end() :]
            where = _HAPPENED.search(part)
            if found is not None and found[0] in "([" and self._says_nothing(part):
                stop = found.start()
                continue
            words = telling(part if where is None else part[: where.start()], self._defined)
            if where is not None and (not words or words[0] in _GAINS) and _FOR_WHAT.match(part, where.end()):
                gained = _GAINS.intersection(words_of(part[: where.start()]))
                if gained and (what := telling(part[where.end() :], self._defined)):
                    return what  # "advantages were seen for sleep"
            if where is not None and not words and _NO_MORE.search(part, 0, where.start()):
                words = telling(part[where.end() :], self._defined)  # "no difference was seen in sleep"
                if words:
                    return words
            if where is not None and not words:
                against = against or telling(part[where.end() :], self._defined)
                if found is not None:
                    stop = found.start()
                    continue
            if found is not None and "," in part and _COMPARED.match(found[0]):
                words = telling(part.rpartition(",")[2], self._defined)  # "compared with the drug, costs rose by"
                if words:
                    return words
            if words and (against or found is None or _COMPARED.match(found[0]) is None):
                return words
            if against:
                return against
            against, stop = words, 0 if found is None else found.start()
        return against

    def _says_nothing(self, part: str) -> bool:
        """Whether words in a bracket only name an arm, a kind of number or an abbreviation for one: "(RR, 0.71"."""
        return all(
            word in self._of_arms or (word in self._defined and self._of_arms.issuperset(telling(self._defined[word])))
            for word in telling(part, self._defined)
        )

    def _is_aside(self, said: str, opened: re.Match[str], stop: int) -> bool:
        """Whether a bracket only says more of the words before it: "fatigue (Lund scale) was less"."""
        inside = said[opened.end() : stop]
        if _THAT_IS.match(inside) and _ONLY_SAYS_WHICH.issuperset(words_of(_BREAK.split(said[: opened.start()])[-1])):
            return False  # "the primary outcome (i.e., sleep) was"
        if HOW_MEASURED.match(inside) is not None or (
            _GIVEN_THERE.match(inside) is not None and said[: opened.start()].rstrip().endswith(_OF_AN_ARM)
        ):
            return True
        closed = said[stop : stop + 1] in (")", "]") and " " in inside.strip()  # one word alone is a name of the same
        named = _NAME_AGAIN.sub(" ", said[: opened.start()])
        return closed and bool(telling(_BREAK.split(named)[-1], self._defined))


_GIVEN_THERE = re.compile(r" ?(?:no|with|without) [a-z]")
_OF_AN_ARM = ("|", " group", " arm")
"""A bracket behind one of these says what was given there: "in the late group (no tea)"."""
_NAME_AGAIN = re.compile(r" ?\([a-z0-9-]{1,14}\)")
"""One word in brackets: what stands before it once more, in short."""
_BETWEEN = r"[^a-z0-9|]{1,4}(?:(?:and )?[0-9][0-9.,]*[^a-z0-9|]{1,3}){0,2}"
"""What may stand between two words of a phrase: "vision loss of ≥ 10 letters"."""


def _as_printed(said: str, words: list[str]) -> str:
    """Return words with the numbers that stand between them."""
    plain = " ".join(words)
    if len(words) < 2 or plain in said or not any(map(str.isdigit, said)):
        return plain
    found = re.search(_BETWEEN.join(map(re.escape, words)), said)
    shown = plain if found is None else " ".join(found[0].split())
    return shown if any(map(str.isdigit, shown)) and shown.count("(") == shown.count(")") else plain
