"""What a result is of, and when: the words for its outcome and its time, beside it in the sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from trialstats.sources.text.document import Document
from trialstats.sources.text.expressions import any_of
from trialstats.sources.text.group_model import Groups
from trialstats.sources.text.lex import NUMBER_WORDS
from trialstats.sources.text.results import Result

_COUNTING = any_of(set(NUMBER_WORDS) - {"none", "zero", "hundred"})
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|h|minutes?|mins?|seconds?)"
_TIME = re.compile(
    # Times begin with a number, or with a word of one of these letters.
    r"(?=[0-9]|(?<![a-z0-9_])[a-fm-os-wy])(?:"
    r"\b(?P<unit>day|week|month|year|visit|cycle)s?[ -](?P<after>[0-9]{1,4})\b(?! ?(?:%|/))"
    rf"|(?<![0-9.,/±])(?P<number>[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?|\b{_COUNTING})"
    r"(?:[ -](?:and|to|or|through)[ -](?P<second>[0-9]{1,4}))?"
    rf"[ -]?(?P<of>{_UNIT})\b(?! of age| old|[ -]olds?)"
    r"(?P<tail>(?: post-?[a-z]+| after [a-z-]+(?: of [a-z-]+)?(?: [a-z-]+)?| of (?:follow-?up|treatment|therapy)"
    r"| from [a-z]+| later)?)|\b(?P<said>(?:at|during|by|until|before|after) (?:the )?(?:baseline|discharge"
    r"|follow-?up|end of (?:the )?[a-z-]+(?: [a-z-]+)?|time of (?:the )?(?:[a-z]+ )?(?:analysis|cutoff|cut-off"
    r"|diagnosis|delivery|discharge)|data cut-?off|birth|delivery|(?:the )?(?:[a-z-]+ ){0,2}(?:therapy|treatment"
    r"|chemotherapy|radiotherapy|chemoradiotherapy|period|phase|surgery|pregnancy|hospitali[sz]ation)))\b)"
)
_NO_TIME = re.compile(
    r"(?:\b(?:every|per|for the|aged|age|last|previous|median|mean|average|than|of|was|were|lasting|daily for) ?"
    r"|[=(±<>≥≤-] ?)$"
)
_RIGHT_BEHIND = re.compile(r"%?[)\]]{0,2} (?:at|after|by) (?:the )?")
_NEXT = re.compile(r",? and\b|[;(]")
_LEADING = re.compile(
    r"(?:[\s.]{0,3}(?:results?|findings|conclusions?|principal findings)\b[ :/a-z]{0,20}:)?[\s.]{0,4}(?:at|after|by"
    r"|within|in the|during|over)\b[^,;.]{1,60},"
)
_REACH = 160
"""Characters between a result and its time."""

# Words that tell no outcome.
_SAYING_NOTHING = """
the a an of in for with on at to and or by was were is are be been had has have from as than that this these those it
its their they there which who whom whose respectively versus vs compared group groups arm arms patients patient
participants participant subjects women men children people individuals persons adults results findings conclusion
conclusions methods background median mean average hazard ratio ratios odds relative risk confidence interval intervals
ci percent among between both all each other only also but not no significant significantly statistically difference
differences did does do after before during within over overall study trial treatment treated receiving received
receive assigned randomised randomized allocated comparison against while whereas similar higher lower greater less
more increased decreased reduced reduction increase decrease improved improvement p value values hr or rr adjusted n
rate rates estimated estimate estimates observed reported found showed achieved occurred one two three four five six
however when used using experienced developed analysis main months month weeks week days day years year total number
point points intervention control placebo we our us moreover furthermore although active experimental standard
unadjusted crude univariable univariate multivariable
stratified effect effects mg kg ml mg/kg resulted resulting max respectively seen noted proportion percentage those
event undergone eligible means iqr range sd corresponding md smd wmd certainty moderate-certainty high-certainty
low-certainty evidence quality studies cox proportional-hazards model two-sided one-sided least squares ls being ranged
further approximately except period population per-protocol intention-to-treat modified itt mitt interim included
selected enrolled remaining about neither nor either addition additional maximum minimum mean±sd
"""
_STOP = frozenset(_SAYING_NOTHING.split())
_WORD = re.compile(r"[a-zµα-ω0-9][\w'/-]*")
_BREAK = re.compile(
    r"[;:](?!\d)|\. |, (?:and|but|with|while|whereas|compared)\b|\b(?:whereas|while|although|but|than"
    r"|compared (?:with|to)|versus|vs)\b|[()\[\]]"
)
_FOR = re.compile(r"\b(?:for|of)(?: the)? (?P<of>[^()\[\];:=0-9]{3,70}?)(?:,| was| were| is|:| =|=|\(|\[| of)* ?$")
# What stands right before a value that its outcome leads to: "response was", "deaths occurred in", "rash (".
_LED_TO = re.compile(
    r"(?:\b(?:was|were|is|are|in|of|at|by|to|from|for|with|had|reached|averaged|rates?|survival|incidence|only|about"
    r"|than|be|versus|vs|approximately|achieved|experienced|showed|reported|received|developed)"
    r"|[(\[=:])[ (\[]*[-+<>≥≤]?$"
)
# "In the per-protocol population, six", "As of July, a total of 301": what leads to nothing but the number.
_OPENED = re.compile(
    r"(?:,|^|[.:])(?: and| in total)? ?(?:only|a total of|approximately|about|a further|another|an additional|nearly"
    r"|overall)? ?$"
)
_OF_PEOPLE = re.compile(r"\)? ?(?:of|patients|participants|subjects|women|men|children|\()")
_PRIMARY = re.compile(
    r"\b(?:co-?)?primary (?:efficacy |safety |composite |clinical |study )?(?:end[ -]?points?|outcomes?"
    r"|objective)(?: measures?| events?)?(?: of the (?:study|trial))? (?:was|were|is|included|comprised)(?: the"
    r"| a)? (?P<of>(?:[^.;]|\.(?=[0-9])){4,260})"
)
_SAYS_PRIMARY = re.compile(
    r"\bprimary (?:efficacy |safety |composite )?(?:end|outcome)|\bthis end ?point|\bprimary$|^end-point|^endpoint"
)
_DEFINED = re.compile(r"\((?P<short>[A-Za-z][A-Za-z0-9/-]{1,7})\)")
_KNOWN_SHORT = {
    "os": "overall survival",
    "pfs": "progression-free survival",
    "dfs": "disease-free survival",
    "efs": "event-free survival",
    "rfs": "relapse-free survival",
    "orr": "overall response rate",
    "rr": "response rate",
    "pcr": "pathological complete response",
    "qol": "quality of life",
    "ttp": "time to progression",
    "bmi": "body mass index",
    "mi": "myocardial infarction",
}
_MOST_WORDS = 9
_WIDEST = 300
"""Characters in which the words for an outcome must stand."""


def describe(document: Document, groups: Groups, results: Sequence[Result]) -> None:
    """Give each result of a text the words for its outcome and its time.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : sequence of Result
        In the order of the text; their ``outcome`` and ``time`` are set.
    """
    reader = _Reader(document, groups, results)
    last: Result | None = None
    for result in results:
        reader.describe(result, last)
        last = result
    timed: dict[str, str] = {}
    for result in results:
        reader.complete(result, timed)


class _Reader:
    """Finds the words of one document."""

    def __init__(self, document: Document, groups: Groups, results: Sequence[Result]) -> None:
        self.document = document
        self.text = document.tokens.text
        self.groups = groups
        self.mentions = [mention.start for mention in groups.mentions]
        starts, ends = document.tokens.starts, document.tokens.ends
        self.begins = [starts[one.first] for one in results]
        self.ends = [ends[one.last] for one in results]
        self.leading: tuple[int, str | None] = -1, None
        self.times: dict[int, list[tuple[int, int, str]]] = {}
        self.short = _KNOWN_SHORT | self.abbreviations()
        primary = _first_primary(self.text)
        self.primary = primary["of"].strip() if primary else ""
        self.primary_words = set(_stems(_words(self.primary)))
        self.primary_time = self.first_time(primary.start("of"), primary.end("of")) if primary else None

    def sentence(self, result: Result) -> tuple[int, int]:
        first, last = self.document.sentence(result.first)
        starts = self.document.tokens.starts
        return starts[first], starts[min(last, len(starts) - 1)]

    # ------------------------------------------------------------------ one result
    def describe(self, result: Result, last: Result | None) -> None:
        """Set the outcome and time of a result, as far as its sentence or the result before it says."""
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        start, stop = self.sentence(result)
        row = result.row or (result,)
        begin, end = starts[row[0].first], ends[row[-1].last]
        if row[0] is not result:
            result.outcome, result.time = row[0].outcome, row[0].time
            result.time = self.time(starts[result.first], ends[result.last], start, stop) or result.time
            result.time = self.right_behind(ends[result.last], start, stop) or result.time
            return
        result.time = self.time(begin, end, start, stop) or self.led(start, stop)
        result.time = self.right_behind(ends[result.last], start, stop) or result.time
        at = bisect_left(self.begins, begin)
        floor = max((one for one in self.ends[max(0, at - 4) : at] if one <= begin), default=start)
        floor = max(floor, start)
        same = last is not None and starts[last.first] >= start
        if last is not None and same and (goes_on := self.goes_on(last, result, floor, begin)):
            result.outcome = last.outcome if goes_on is True else goes_on
            result.time = result.time or last.time
            return
        behind = bisect_left(self.begins, end)
        ceiling = min(stop, self.begins[behind] if behind < len(self.begins) else stop)
        result.outcome = self.outcome(floor, begin, end, ceiling, start)
        if not result.outcome and last is not None:
            result.outcome = last.outcome

    def led(self, start: int, stop: int) -> str | None:
        """Return the time that leads a sentence ("At week 26, ..."), or that led an earlier one and holds still."""
        if start != self.leading[0]:
            found = _LEADING.match(self.text, start, stop)
            said = (
                None if found is None else next((words for at, _, words in self.find_times(start, found.end())), None)
            )
            self.leading = start, said or self.leading[1]
        return self.leading[1]

    def goes_on(self, last: Result, result: Result, floor: int, begin: int) -> bool | str:
        """Whether a result is of the outcome of the one before it, as their ratio or P is; or the outcome it names."""
        if result.measure == "p-only":
            return True
        if not result.is_contrast:
            return False
        gap = self.text[floor:begin]
        named = _FOR.search(gap)
        if named is not None and (words := self.phrase(floor + named.start("of"), floor + named.end("of"), last=True)):
            return words
        if last.is_contrast and last.measure != "relative-reduction":
            return not _words(gap)
        return not _words(gap.rpartition("(")[2]) or (gap.count(")") <= 1 and not self.phrase(floor, begin, last=True))

    def outcome(self, floor: int, begin: int, end: int, ceiling: int, start: int) -> str:
        """Return the words for an outcome, before a row of values or behind it."""
        before = self.text[floor:begin]
        behind = self.phrase(end, min(ceiling, end + 170), last=False)
        if behind and _OPENED.search(before):
            return behind
        if behind and _LED_TO.search(before) is None and _OF_PEOPLE.match(self.text, end):
            return behind
        return self.phrase(floor, begin, last=True) or behind or self.phrase(start, begin, last=True)

    def phrase(self, start: int, stop: int, *, last: bool) -> str:
        """Return the words of a stretch that may name an outcome, nearest to the number and without names of arms."""
        start, stop = (max(start, stop - _WIDEST), stop) if last else (start, min(stop, start + _WIDEST))
        if stop - start < 3:
            return ""
        first = bisect_left(self.mentions, start)
        pieces, at = [], start
        for mention in self.groups.mentions[first : bisect_left(self.mentions, stop, first)]:
            pieces.append(self.text[at : max(at, mention.start)])
            at = max(at, mention.end)
        pieces.append(self.text[at:stop])
        parts = _BREAK.split(" , ".join(pieces) if len(pieces) > 1 else pieces[0])
        for part in reversed(parts) if last else parts:
            if words := _words(part):
                return " ".join(words[-_MOST_WORDS:] if last else words[:_MOST_WORDS])
        return ""

    # ------------------------------------------------------------------ what the text defines
    def abbreviations(self) -> dict[str, str]:
        """Return what the text's abbreviations stand for: "overall survival (OS)"."""
        found = {}
        for match in _DEFINED.finditer(self.document.cased):
            letters = [letter for letter in match["short"].lower() if letter.isalpha()]
            before = self.text[max(0, match.start() - 20 * len(letters) - 40) : match.start()]
            words = before.replace("-", " ").split()[-len(letters) - 2 :]
            for at, word in enumerate(words):
                if word[0] == letters[0] and len(words) - at >= min(2, len(letters)):
                    found[match["short"].lower()] = " ".join(words[at:])
                    break
        return found

    def complete(self, result: Result, timed: dict[str, str]) -> None:
        """Write abbreviations out, say what the primary end point was, and carry the time of an outcome on.

        ``timed`` holds the words of earlier outcomes with their times.
        """
        outcome = result.outcome
        if not outcome:
            return
        words = outcome.split()
        if self.primary and _SAYS_PRIMARY.search(outcome):
            result.outcome = f"{outcome} ({self.primary})"
            result.time = result.time or self.primary_time
            return
        telling = _stems(words)
        if result.time is None:
            primary = self.primary_time if set(telling) & self.primary_words else None
            result.time = primary or next((timed[word] for word in telling if word in timed), None)
        else:
            timed |= dict.fromkeys(telling, result.time)
        written = [f"{self.short[word]} ({word})" if word in self.short else word for word in words]
        result.outcome = " ".join(written)

    # ------------------------------------------------------------------ times
    def time(self, begin: int, end: int, start: int, stop: int) -> str | None:
        """Return the time named nearest to a result in its sentence."""
        if start not in self.times:
            self.times[start] = self.find_times(start, stop)
        best: tuple[int, str] | None = None
        near = self.times[start]
        first = bisect_left(near, (begin - _REACH - 40,))
        for at, till, words in near[first : bisect_left(near, (end + _REACH,), first)]:
            distance = begin - till if till <= begin else at - end if at >= end else -1
            if distance < 0 or distance > _REACH:
                continue
            # What is joined by "and" goes on to the next result; a number says more than words do.
            cost = (
                distance
                + (0 if words[-1].isdigit() or words[0].isdigit() else 40)
                + (30 if at >= end else 0)
                + (60 if at >= end and _NEXT.search(self.text, end, at) else 0)
            )
            if best is None or cost < best[0]:
                best = cost, words
        return None if best is None else best[1]

    def right_behind(self, end: int, start: int, stop: int) -> str | None:
        """Return the time right behind a result: "78% at 1 year, 59% at 2 years"."""
        found = _RIGHT_BEHIND.match(self.text, end, stop)
        if found is None or start not in self.times:
            return None
        return next((words for at, _, words in self.times[start] if at == found.end()), None)

    def first_time(self, start: int, stop: int) -> str | None:
        found = self.find_times(start, stop)
        return found[0][2] if found else None

    def find_times(self, start: int, stop: int) -> list[tuple[int, int, str]]:
        """Return the times named in a stretch of text: at 12 weeks, day 14, 5-year."""
        document, tokens = self.document, self.document.tokens
        found = []
        for match in _TIME.finditer(self.text, start, stop):
            if match["said"]:
                found.append((match.start(), match.end(), match["said"]))
                continue
            if match["unit"]:
                found.append((match.start(), match.end(), f"{match['unit']} {match['after']}"))
                continue
            token = bisect_left(tokens.starts, match.start("number"))
            if token < len(tokens) and tokens.starts[token] == match.start("number") and document.used[token]:
                continue
            hyphened = self.text[match.end("number") : match.end("number") + 1] == "-"
            if not hyphened and _NO_TIME.search(self.text, max(start, match.start() - 14), match.start()):
                continue
            number = str(NUMBER_WORDS.get(match["number"], match["number"]))
            second = f" and {match['second']}" if match["second"] else ""
            found.append((match.start(), match.end(), f"{number}{second} {match['of']}{match['tail'] or ''}"))
        return found


def _first_primary(text: str) -> re.Match[str] | None:
    """Return where a text says what its primary outcome was."""
    at = text.find("primary")
    while at >= 0:
        for start in (at - 3, at - 2, at):
            if start >= 0 and (found := _PRIMARY.match(text, start)) is not None:
                return found
        at = text.find("primary", at + 1)
    return None


def _stems(words: Sequence[str]) -> list[str]:
    """Return the beginnings of the words that tell an outcome: "pain-free" and "pain freedom" speak of one."""
    parts = [part for word in words if word not in _STOP for part in re.split(r"[-/']", word)]
    return [part[:5] for part in parts if len(part) > 2 and part not in _STOP]


def _words(part: str) -> list[str]:
    """Return the words of a phrase without what tells no outcome at its ends; empty where nothing is left."""
    words = [word for word in _WORD.findall(part) if not word[0].isdigit() or len(word) > 4]
    while words and words[-1] in _STOP:
        words.pop()
    while words and words[0] in _STOP:
        words.pop(0)
    return words if any(word not in _STOP and len(word) > 1 for word in words) else []
