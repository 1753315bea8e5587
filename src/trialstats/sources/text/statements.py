"""Whose a result is: how the values of a sentence and the arms it names are laid out, and how they pair up.

Results of one kind that are joined (12% in A and 14% in B; 12% v 14%; A, 12%; B, 14%) are a row of values. A row is
given its arms by the first layout in `_LAYOUTS` that fits; where none does, the order of arms of the row before it
in the sentence holds, or of the next one, or of the last in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from trialstats.sources.text.document import Document
from trialstats.sources.text.groups import Groups, Mention
from trialstats.sources.text.results import Result

__all__ = ["link"]

_VERSUS = re.compile(
    r"\b(?:versus|vs?\b\.?|compared (?:with|to)|as compared|compared|against|than|whereas|while|relative to|in comparison (?:with|to)"
    r"|opposed to|but|respectively vs)(?![a-z])|/"
)
_AND = re.compile(r"\band\b|\bor\b|[,;/]|\bto\b")
_STRONG = re.compile(
    r"\b(?:and|or|versus|vs?\b\.?|compared|than|while|whereas|but|against|relative to)(?![a-z])|;|\) ?,|, (?=(?:the )?$)|\. "
)
_LED = re.compile(r"\b(?:in|with|for|of|on|among|to|receiving|received|given|taking|at|from|by|under|after|who|during)\b")
_DOTTED = re.compile(r"\bvs\. ")
_NUMBERED = re.compile(r"\b(?:groups?|arms?|cohorts?) (?:1|a|i)(?: ?(?:to|through|-) ?|(?:, ?[0-9a-e])*,? and )(?P<last>[2-8b-h]|ii|iii|iv|v)\b")
_COMPARED_FIRST = re.compile(r"\b(?:compared (?:with|to)|relative to|in comparison (?:with|to)|as against)(?: the| an?)* $")
_ADDED = re.compile(r"[)\]]*,? (?:with|after|by) (?:the )?(?:addition|adding)\b")
_FROM = re.compile(r"\bfrom (?:an? |the )?(?:mean |median |baseline )*(?:of )?[-+]?$")
_TO = re.compile(r"[^;.]{0,30}\bto (?:an? |the )?(?:mean |median )*(?:of )?[-+]?")
_IN = re.compile(r"\b(?:in|among|for)(?: the)? $")
_BY = re.compile(r"(?: ?-?(?:groups?|arms?|patients|participants))? ?(?:by|was|were|of|:|,|\()* ?[-+]?")
_IN_BEHIND = re.compile(r"[)\]]*,? ?(?:in|among|for)(?: the| those (?:on|receiving|given))? ")
_TIGHT = re.compile(
    r"[)\]%]*(?: (?:months?|years?|weeks?|days?|points?|mm hg|kg|%))?,?(?: (?:of (?:the )?)?(?:patients|participants|women|men|subjects|children|those|events|deaths))?"
    r",? ?\(?(?:in|with|for|on|among|of|receiving|given|taking|to|after)?(?: the| those| patients)*(?: in| on| with)?(?: the)? ?"
)
_DIRECTION = re.compile(
    r"\b(?:(?P<more>higher|greater|more|longer|larger|better|improved|increased|superior|worse)|(?P<less>lower|fewer|less|shorter|smaller|reduced|rarer))\b"
    r"(?=[^.;]{0,70}\b(?:in|with|for|among|on|after|by)(?: the| those| patients)? )"
)
_WITH = re.compile(r"(?<!compared )(?<!comparison )(?<!than )\b(?:with|for|by|on|favou?r(?:ing|ed|s)?)(?: the| adding)? $")
_LAST = {"b": 2, "c": 3, "d": 4, "e": 5, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_ALL = re.compile(
    r"\b(?:both|all|two|three|four|either|each|study|treatment) (?:the )?(?:study |treatment |trial )?(?:groups?|arms?|cohorts?|patients|participants|regimens|treatments)\b"
    r"|\bfollow-?up\b|\bage\b|\baged\b"
    r"|\b(?:overall|in total|of all|combined|pooled|together|total of|all patients|the (?:entire|whole|total))\b"
)
# What may stand between two values of a row without telling another outcome.
_FUNCTION_TEXT = (
    "in the of for with on at a an and or versus vs v than to group groups arm arms patients participants subjects women men children "
    "those who were was had received receiving treated given assigned among compared respectively by from months month weeks week days "
    "day years year points mg kg mm hg ml per cent events event deaths cases it this cohort only not did is are after therapy treatment "
    "whereas while but that compared as against randomised randomized respectively ci confidence interval n p patient allocated taking "
    "alone about approximately standard other one rate rates median mean percentage"
)
_FUNCTION = frozenset(_FUNCTION_TEXT.split())
_WORD = re.compile(r"[a-z][a-z-]*")
_REACH = 170
"""Characters between two values of a row."""
_FAR = 500
"""Characters that a name of an arm may stand away from a result."""


@dataclass(slots=True)
class _Row:
    """Values of one kind, side by side, and where the next result stands before and behind them."""

    results: list[Result]
    floor: int
    ceiling: int
    sentence: tuple[int, int]
    arms: tuple[int, ...] = ()
    basis: str = ""
    before: _Row | None = None


@dataclass(slots=True)
class _Linker:
    """Gives the results of one document their arms."""

    document: Document
    groups: Groups
    starts: list[int] = field(default_factory=list)
    order: tuple[int, ...] = ()
    pair: tuple[int, ...] = ()

    # ------------------------------------------------------------------ places
    def begin(self, result: Result) -> int:
        return self.document.tokens.starts[result.first]

    def end(self, result: Result) -> int:
        return self.document.tokens.ends[result.last]

    def mentions(self, start: int, stop: int) -> Sequence[Mention]:
        """Return the mentions of arms in a stretch of text."""
        first = bisect_left(self.starts, start)
        return self.groups.mentions[first : bisect_left(self.starts, stop, first)]

    def text(self, start: int, stop: int) -> str:
        return self.document.tokens.text[start:stop]

    # ------------------------------------------------------------------ rows
    def rows(self, results: Sequence[Result], sentence: tuple[int, int]) -> list[_Row]:
        """Return the rows of values of a sentence."""
        singles = [one for one in results if not one.is_contrast or one.measure in _CHANGES]
        rows: list[list[Result]] = []
        for result in singles:
            if rows and len(rows[-1]) < max(2, len(self.groups.arms)) and self._joined(rows[-1], result):
                rows[-1].append(result)
            else:
                rows.append([result])
        # A change alone compares two arms; changes side by side are each arm's own.
        rows = [row for row in rows if len(row) > 1 or not row[0].is_contrast]
        begins = [self.begin(one) for one in results]
        found = []
        for row in rows:
            first, last = self.begin(row[0]), self.end(row[-1])
            at = bisect_left(begins, first)
            floor = max((end for one in results[max(0, at - 4) : at] if (end := self.end(one)) <= first), default=sentence[0])
            for one in row:
                one.row = tuple(row)
            behind = bisect_left(begins, last)
            ceiling = begins[behind] if behind < len(begins) else sentence[1]
            found.append(_Row(row, floor, ceiling, sentence))
        return found

    def _joined(self, row: list[Result], second: Result) -> bool:
        """Whether a value goes on a row: one kind, joined by "and" or "versus", and no other outcome between."""
        first = row[-1]
        start, stop = self.end(first), self.begin(second)
        if stop < start or stop - start > _REACH or not _alike(first, second):
            return False
        gap = _DOTTED.sub("vs ", self.text(start, stop))
        versus = _VERSUS.search(gap) is not None
        if not versus and _AND.search(gap) is None:
            return False
        between = self.mentions(start, stop)
        left = self._left(start, stop, between)
        if ". " in gap and not between:
            return False
        if first.is_contrast and not versus and not between:
            return False
        arms = {mention.group for mention in between}
        if len(row) > 1 and arms & set(self._named_in(row)) and not versus:
            return False
        closed = gap.find(")")
        if not between and closed >= 0 and "(" in gap[closed:] and gap[:closed].count("(") == 0 and left:
            return False  # "... none), and rash (...": the bracket of another outcome
        return left <= (5 if versus else 0)

    def _named_in(self, row: list[Result]) -> list[int]:
        return [one.group for one in self.mentions(self.end(row[0]), self.begin(row[-1]))]

    def _left(self, start: int, stop: int, between: Sequence[Mention]) -> int:
        """Return how many words of a stretch are neither function words nor names of arms."""
        parts, at = [], start
        for mention in between:
            parts.append(self.text(at, max(at, mention.start)))
            at = max(at, mention.end)
        parts.append(self.text(at, stop))
        return sum(word not in _FUNCTION for word in _WORD.findall(" ".join(parts)))

    # ------------------------------------------------------------------ layouts
    def assign(self, row: _Row) -> None:
        """Give a row its arms by the first layout that fits."""
        for layout in _LAYOUTS if len(row.results) > 1 else _LAYOUTS_OF_ONE:
            if arms := layout(self, row):
                row.arms, row.basis = arms, "stated"
                return

    def between(self, row: _Row) -> tuple[int, ...]:
        """A in X and B in Y; X, A and Y, B: each value has its own mention beside it."""
        results = row.results
        own: list[int | None] = []
        for at, result in enumerate(results):
            floor = row.floor if at == 0 else self.end(results[at - 1])
            ceiling = row.ceiling if at + 1 == len(results) else self.begin(results[at + 1])
            own.append(self._own(result, floor, ceiling, first=at == 0, last=at + 1 == len(results)))
        if not self.mentions(self.end(results[0]), self.begin(results[-1])):
            return ()
        return self._completed(own)

    def _own(self, result: Result, floor: int, ceiling: int, *, first: bool, last: bool) -> int | None:
        """Return the arm named right behind a value, or else right before it."""
        end, begin = self.end(result), self.begin(result)
        behind = self.mentions(end, ceiling)
        if behind and _STRONG.search(self.text(end, behind[0].start)) is None:
            return behind[0].group
        before = self.mentions(floor, begin)
        if before and (first or _STRONG.search(self.text(floor, before[-1].start)) is not None or not _STRONG.search(self.text(before[-1].end, begin))):
            return before[-1].group
        if last and behind and behind[0].start - end < 40:
            return behind[0].group
        return None

    def _completed(self, own: Sequence[int | None]) -> tuple[int, ...]:
        """Return the arms of a row of which some are known, if the others follow."""
        known = [arm for arm in own if arm is not None]
        if not known or len(set(known)) < len(known):
            return ()
        if len(known) == len(own):
            return tuple(known)
        free = [arm for arm in range(len(self.groups.arms)) if arm not in known]
        if len(free) != len(own) - len(known) or len(free) != 1:
            return ()
        return tuple(free[0] if arm is None else arm for arm in own)

    def listed_behind(self, row: _Row) -> tuple[int, ...]:
        """A and B in X and Y (respectively): the arms stand behind all values, in their order."""
        end = self.end(row.results[-1])
        return self._list(self.mentions(end, max(end, row.ceiling)), len(row.results))

    def _list(self, mentions: Sequence[Mention], size: int, *, last: bool = False) -> tuple[int, ...]:
        """Return the first (or last) arms named, if they are as many as asked and differ."""
        chosen: list[int] = []
        for mention in reversed(mentions) if last else mentions:
            if mention.group in chosen:
                if last:
                    continue
                break
            chosen.append(mention.group)
            if len(chosen) == size:
                return tuple(reversed(chosen)) if last else tuple(chosen)
        return ()

    def one_behind(self, row: _Row) -> tuple[int, ...]:
        """A versus B with Y: only the second is named."""
        end = self.end(row.results[-1])
        behind = self.mentions(end, min(row.ceiling, end + 70))
        if not behind or len({mention.group for mention in behind}) > 1:
            return ()
        if _TIGHT.fullmatch(self.text(end, behind[0].start)) is None:
            return ()
        return self._completed([None] * (len(row.results) - 1) + [behind[0].group])

    def directed(self, row: _Row) -> tuple[int, ...]:
        """A versus B, higher with X: the larger is X's."""
        if len(row.results) != 2 or len(self.groups.arms) != 2:
            return ()
        first, second = (self._number(one) for one in row.results)
        begin, end = self.begin(row.results[0]), self.end(row.results[1])
        if first == second:
            return ()
        for start, stop in ((row.floor, begin), (end, min(row.sentence[1], end + 160))):
            found = None
            for match in _DIRECTION.finditer(self.text(start, stop)):
                found = match
                if start == end:
                    break
            if found is None:
                continue
            named = self.mentions(start + found.end(), min(stop, start + found.end() + 80))
            if not named or _VERSUS.search(self.text(start + found.end(), named[0].start)):
                continue
            arm = named[0].group
            is_first = (first > second) == (found["more"] is not None)
            return (arm, 1 - arm) if is_first else (1 - arm, arm)
        return ()

    def _number(self, result: Result) -> float:
        value = self.document.value(result.value) if result.value >= 0 and self.document.letters[result.value] in "dqk" else 0.0
        return result.signs[0] * value

    def listed_before(self, row: _Row) -> tuple[int, ...]:
        """Higher in X than in Y (A versus B); X and Y had A and B."""
        begin = self.begin(row.results[0])
        for start in (row.floor, max(row.sentence[0], begin - _FAR)):
            mentions = self.mentions(start, begin)
            arms = self._list(mentions, len(row.results), last=True)
            if len(arms) == 2 and _COMPARED_FIRST.search(self.text(max(0, mentions[0].start - 40), mentions[0].start)):
                return arms[::-1]  # "Compared with X, Y had fewer events (A versus B)"
            if arms:
                return arms
        return ()

    def as_before(self, row: _Row) -> tuple[int, ...]:
        """61 with X and 54 with Y (1.2% versus 0.8%): a row without names keeps the order of the one before it."""
        before = row.before
        if before is None or len(before.arms) != len(row.results):
            return ()
        named = {mention.group for mention in self.mentions(row.floor, self.begin(row.results[0]))}
        return before.arms if len(named) < 2 else ()

    def from_to(self, row: _Row) -> tuple[int, ...]:
        """From A to B with X: one arm's value before and after."""
        begin, end = self.begin(row.results[0]), self.end(row.results[-1])
        gap = self.text(self.end(row.results[0]), self.begin(row.results[1]))
        if len(row.results) != 2 or _TO.fullmatch(gap) is None or not _FROM.search(self.text(row.floor, begin)):
            return ()
        if self.mentions(self.end(row.results[0]), self.begin(row.results[1])):
            return ()
        added = _ADDED.match(self.text(end, end + 60))
        if added is not None and len(self.groups.arms) == 2:
            # "From 25% to 44% with the addition of X": without it and with it.
            named = self.mentions(end, end + 90)
            return (1 - named[0].group, named[0].group) if named else ()
        return 2 * (self.beside(row) or self.subject(row))

    def of_one_arm(self, row: _Row) -> tuple[int, ...]:
        """In X, A and B (respectively): two outcomes of one arm, where the other arm is not spoken of, or apart."""
        begin, end = self.begin(row.results[0]), self.end(row.results[-1])
        if _VERSUS.search(_DOTTED.sub("vs ", self.text(self.end(row.results[0]), self.begin(row.results[1])))):
            return ()
        near = {one.group for one in self.mentions(row.floor, row.ceiling)}
        if len(near) != 1:
            return ()
        around = self.mentions(max(row.sentence[0], begin - _FAR), min(row.sentence[1], end + _FAR))
        alone = len({one.group for one in around}) == 1
        apart = row.ceiling < row.sentence[1] and not _ALL.search(self.text(row.floor, begin))
        return tuple(near) * len(row.results) if alone or apart else ()

    def numbered(self, row: _Row) -> tuple[int, ...]:
        """In groups 1 through 5, A, B, C, D and E: all arms in their order."""
        size = len(row.results)
        if size != len(self.groups.arms):
            return ()
        begin, end = self.begin(row.results[0]), self.end(row.results[-1])
        found = _NUMBERED.search(self.text(max(row.sentence[0], begin - 200), min(row.sentence[1], end + 80)))
        if found is None or int(_LAST.get(found["last"], found["last"])) != size:
            return ()
        return tuple(range(size))

    def one_before(self, row: _Row) -> tuple[int, ...]:
        """With X, A versus B: the first is named."""
        before = self.mentions(row.floor, self.begin(row.results[0]))
        if len({mention.group for mention in before}) != 1:
            return ()
        return self._completed([before[-1].group] + [None] * (len(row.results) - 1))

    def beside(self, row: _Row) -> tuple[int, ...]:
        """One value, and the arm named right behind or before it."""
        begin, end = self.begin(row.results[0]), self.end(row.results[-1])
        behind = self.mentions(end, min(row.ceiling, end + 120))
        before = self.mentions(row.floor, begin)
        if _ALL.search(self.text(end, min(row.ceiling, behind[0].start if behind else end + 50))):
            return ()
        if behind and not _STRONG.search(self.text(end, behind[0].start)) and not _VERSUS.search(self.text(end, behind[0].start)):
            return (behind[0].group,)
        if before and not _ALL.search(self.text(before[-1].end, begin)):
            return (before[-1].group,)
        if behind and behind[0].start - end < 30 and not _STRONG.search(self.text(end, behind[0].start)):
            return (behind[0].group,)
        return ()

    def subject(self, row: _Row) -> tuple[int, ...]:
        """One value in a sentence about one arm."""
        begin = self.begin(row.results[0])
        named = {mention.group for mention in self.mentions(max(row.sentence[0], begin - _FAR), begin)}
        if row.results[0].measure == "count" or len(named) != 1 or _ALL.search(self.text(max(row.floor, begin - 60), begin)):
            return ()
        return (next(iter(named)),)

    # ------------------------------------------------------------------ contrasts
    def contrast(
        self, result: Result, sentence: tuple[int, int], near: _Row | None
    ) -> tuple[tuple[int, ...], str]:
        """Return the two arms of a contrast, first over second, and how that is known; ``near`` is the pair before it."""
        begin, end = self.begin(result), self.end(result)
        for start, stop in ((max(sentence[0], begin - 200), begin), (end, min(sentence[1], end + 120))):
            if (pair := self._versus(start, stop)) is not None:
                return pair, "stated"
        if (arm := self._led_by(result, sentence)) is not None:
            return (arm, 1 - arm), "stated"
        around = self.mentions(max(sentence[0], begin - _FAR), min(sentence[1], end + _FAR))
        named = list(dict.fromkeys(one.group for one in around))
        if near is not None:
            return near.arms, near.basis
        if len(named) == 2:
            return self._ordered(named[0], named[1]), "stated"
        if len(named) == 1 and (pair := self._against_control(named[0])):
            return pair, "carried"
        if self.pair and not named:
            return self.pair, "carried"
        if len(self.groups.arms) == 2:
            return self.default(), "guessed"
        return (), ""

    def _own_change(self, result: Result, sentence: tuple[int, int]) -> int | None:
        """Return the one arm in which something changed: "rose in X by 17.5%", "a fall (3.0) in the X group"."""
        if len(result.arms) == 1:
            return result.arms[0]
        begin, end = self.begin(result), self.end(result)
        for mention in reversed(self.mentions(max(sentence[0], begin - 60), begin)):
            led = _IN.search(self.text(max(sentence[0], mention.start - 12), mention.start))
            return mention.group if led and _BY.fullmatch(self.text(mention.end, begin)) else None
        for mention in self.mentions(end, min(sentence[1], end + 60)):
            led = _IN_BEHIND.fullmatch(self.text(end, mention.start))
            beyond = _VERSUS.search(self.text(mention.end, min(sentence[1], mention.end + 40)))
            return mention.group if led and not beyond else None
        return None

    def _led_by(self, result: Result, sentence: tuple[int, int]) -> int | None:
        """Return the one of two arms that an effect is said to come with: "a 46% reduction with X (hazard ratio"."""
        if len(self.groups.arms) != 2:
            return None
        begin = self.begin(result)
        near = self.mentions(max(sentence[0], begin - 80), begin)
        if not near or _WITH.search(self.text(max(0, near[-1].start - 24), near[-1].start)) is None:
            return None
        behind = self.text(near[-1].end, begin)
        return near[-1].group if behind.count("(") == 1 and not set("0123456789;") & set(behind) else None

    def _versus(self, start: int, stop: int) -> tuple[int, int] | None:
        """Return the arms on both sides of the last "versus" of a stretch."""
        mentions = self.mentions(start, stop)
        for first, second in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
            if first.group != second.group and second.start - first.end < 80:
                gap = self.text(first.end, second.start)
                if _VERSUS.search(gap) is not None and "%" not in gap:
                    return first.group, second.group
        return None

    def _ordered(self, first: int, second: int) -> tuple[int, int]:
        """Return two arms, the control last where it is known."""
        if self.groups.arms[first].role == "control" and self.groups.arms[second].role != "control":
            return second, first
        return first, second

    def _against_control(self, arm: int) -> tuple[int, int] | None:
        others = [at for at in range(len(self.groups.arms)) if at != arm]
        controls = [at for at in others if self.groups.arms[at].role == "control"] or (others if len(others) == 1 else [])
        if len(controls) != 1:
            return None
        return self._ordered(arm, controls[0])

    def default(self) -> tuple[int, ...]:
        """Return the order of arms where nothing says another: as they were last compared, else the control last."""
        if len(self.order) == 2:
            return self.order
        return self._ordered(0, 1)

    # ------------------------------------------------------------------ sentences
    def sentence(self, results: Sequence[Result], sentence: tuple[int, int]) -> None:
        """Give the results of a sentence their arms."""
        rows = self.rows(results, sentence)
        if len(self.groups.arms) < 2:
            for result in results:
                if self.groups.arms and not result.is_contrast:
                    result.arms, result.basis = (0,), "carried"
            return
        before: _Row | None = None
        for row in rows:
            row.before = before
            self.assign(row)
            before = row if len(set(row.arms)) > 1 else before
        self._carry(rows)
        self._list_of_one(rows)
        for row in rows:
            for result, arm in zip(row.results, row.arms, strict=False):
                result.arms, result.basis = (arm,), row.basis
                if result.measure in _CHANGES and result.interval is None:
                    result.measure = "mean"
            if len(set(row.arms)) > 1:
                self.order = row.arms
        by_token = {one.value: one for one in results if one.value >= 0}
        pairs = {row.results[-1].first: row for row in rows if len(row.arms) == len(set(row.arms)) == 2}
        near: _Row | None = None
        for result in results:
            near = pairs.get(result.first, near)
            if result.measure == "p-only":
                self._p(result, by_token, sentence)
            elif result.measure in _CHANGES and (own := self._own_change(result, sentence)) is not None:
                result.arms, result.basis = (own,), "stated"
            elif result.is_contrast and len(result.arms) != 1:
                result.arms, result.basis = self.contrast(result, sentence, near)
                self.pair = result.arms or self.pair

    def _carry(self, rows: Sequence[_Row]) -> None:
        """Give rows that name no arms the order of the row before them, of the next one, or of the last in the text."""
        many = [row for row in rows if len(row.results) > 1]
        order = self.order
        for row in many:
            if len(set(row.arms)) > 1:
                order = row.arms
            elif not row.arms and len(order) == len(row.results) and row is not many[0]:
                row.arms, row.basis = order, "carried"
        following: tuple[int, ...] = ()
        for row in reversed(many):
            if len(set(row.arms)) > 1 and row.basis == "stated":
                following = row.arms
            elif not row.arms and len(following) == len(row.results):
                row.arms, row.basis = following, "carried"
        for row in many:
            if not row.arms and len(self.order) == len(row.results):
                row.arms, row.basis = self.order, "carried"
            elif not row.arms and len(row.results) == len(self.groups.arms):
                row.arms, row.basis = tuple(range(len(row.results))), "guessed"
                if len(row.arms) == 2:
                    row.arms = self.default()

    def _list_of_one(self, rows: Sequence[_Row]) -> None:
        """Give single values of a list the arm named before the list, or behind it: "rash (12%) and fever (4%) in X"."""
        alone = [row for row in rows if len(row.results) == 1]
        named_first = bool(rows) and bool(self.mentions(rows[0].sentence[0], self.begin(rows[0].results[0])))
        last: _Row | None = None
        for row in alone if named_first else reversed(alone):
            if row.arms:
                last = row
            elif last is not None and _alike(row.results[0], last.results[0]):
                first, second = (last, row) if named_first else (row, last)
                start, stop = self.end(first.results[0]), self.begin(second.results[0])
                gap = self.text(start, stop)
                if stop - start < _REACH and not self.mentions(start, stop) and not _ALL.search(gap) and ";" not in gap:
                    row.arms, row.basis = last.arms, "carried"
                    last = row

    def _p(self, result: Result, by_token: dict[int, Result], sentence: tuple[int, int]) -> None:
        compared = [arm for token in result.of if token in by_token for arm in by_token[token].arms]
        begin = self.begin(result)
        if len(set(compared)) >= 2:
            result.arms, result.basis = tuple(dict.fromkeys(compared)), "stated"
        elif (pair := self._versus(max(sentence[0], begin - 160), begin)) is not None:
            result.arms, result.basis = pair, "stated"
        elif len(self.groups.arms) == 2:
            result.arms, result.basis = self.default(), "guessed"


_Layout = Callable[[_Linker, _Row], tuple[int, ...]]
_LAYOUTS: tuple[_Layout, ...] = (
    _Linker.numbered,
    _Linker.from_to,
    _Linker.of_one_arm,
    _Linker.between,
    _Linker.listed_behind,
    _Linker.one_behind,
    _Linker.as_before,
    _Linker.directed,
    _Linker.listed_before,
    _Linker.one_before,
)
"""Layouts of a row of several values, in the order they are tried."""
_LAYOUTS_OF_ONE: tuple[_Layout, ...] = (_Linker.beside, _Linker.subject)

_CHANGES = frozenset(("difference", "relative-reduction"))
_ALIKE = {"survival": "proportion", "relative-reduction": "mean", "difference": "mean"}


def _alike(first: Result, second: Result) -> bool:
    """Whether two results can be of one row: the same measure and unit."""
    one, two = (_ALIKE.get(result.measure, result.measure) for result in (first, second))
    if one != two and "count" not in (one, two):
        return False
    if one != two:
        return {one, two} == {"count", "proportion"} and second.x < 0
    return not (first.unit and second.unit and first.unit != second.unit)


def link(document: Document, groups: Groups, results: Sequence[Result]) -> None:
    """Give each result of a text its arms, as far as the text says whose it is.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : sequence of Result
        In the order of the text; their ``arms`` and ``basis`` are set.
    """
    linker = _Linker(document, groups, [mention.start for mention in groups.mentions])
    starts = document.tokens.starts
    at = 0
    while at < len(results):
        first, last = document.sentence(results[at].first)
        stop = at
        while stop < len(results) and results[stop].first < max(last, results[at].first + 1):
            stop += 1
        span = starts[first], starts[min(last, len(starts) - 1)]
        linker.sentence(results[at:stop], span)
        at = stop
