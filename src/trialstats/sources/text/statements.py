"""Whose a result is: how the values of a sentence and the arms it names are laid out, and how they pair up.

Results of one kind that are joined (12% in A and 14% in B; 12% v 14%; A, 12%; B, 14%) are a row of values. A row is
given its arms by the first layout in `LAYOUTS` that fits; where none does, the order of arms of the row before it
in the sentence holds, or of the next one, or of the last in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from trialstats.sources.text.document import Document
from trialstats.sources.text.group_model import Groups
from trialstats.sources.text.results import Result
from trialstats.sources.text.statement_brackets import in_own_brackets, in_own_lists, parts_of
from trialstats.sources.text.statement_contrasts import (
    led_by,
    of_arm,
    ordered,
    own_change,
    than_another,
    versus,
    with_other,
)
from trialstats.sources.text.statement_layouts import FAR, LAYOUTS, LAYOUTS_OF_ONE, TOPIC_ENDS, told_behind
from trialstats.sources.text.statement_order import is_turned
from trialstats.sources.text.statement_references import between_two, listed_against, with_reference
from trialstats.sources.text.statement_rows import CHANGES, DOTTED, REACH, TO_NEXT, VERSUS, Places, Row, alike, rows_of
from trialstats.sources.text.statement_wholes import ALL, is_of_all, tells_of_change, told_of_one

_OF_TWO = re.compile(
    r"respectively|\b(?:compar\w+|differ\w*|higher|lower|greater|similar\w*|more|less|fewer|longer|shorter|better|worse|both|two|between"
    r"|corresponding|reduc\w+|increas\w+|decreas\w+|improv\w+|equivalent|p ?[=<>])"
)
_BEHIND_THAN = re.compile(
    r"\b(?:to|than|over|versus|vs\.?|(?:compared|comparison) with|against)(?: (?:that|those|of|in|with|for|the|an?))* $"
)

_OF_ONE = frozenset(("mean", "median", "proportion"))
_OF_ONE_OR_NONE = _OF_ONE | {"other"}
_UNIT = r"(?: (?:(?!(?:and|or|but|was|were|is|vs?)\b)[a-z%/·]{1,8}|kg/m2|mm ?hg))?"
_LOWER_IN = re.compile(
    rf"[)\]]*{_UNIT} (?:lower|higher|greater|less|more|longer|shorter|larger|smaller|better|worse|fewer)"
    r" (?:in|with|among|for|than) "
)
_LISTED = re.compile(rf"[)\]]*{_UNIT}(?:,| and|, and) ?[-+]?")
_GAP = 60
_NAMED_BEHIND = re.compile(r",? (?:for )?[^;)\]=<>]{5,80}(?=[;)\].,]|$)")
"""What may name the pair of a P value behind it: "P = .66 for 5 mg versus placebo"."""
_VERSUS_ONLY = re.compile(r"[%)\]]* (?:versus|vs|v|compared with) [-+]?")
_NOT_REACHED = re.compile(
    r"\bnot (?:been |yet )?(?:reached|estimable|evaluable)(?: ?[(\[][^()\[\]]{0,40}[)\]])?"
    r" (?:versus|vs\.?|v|compared with) $"
)
_MORE = re.compile(
    r".? ?(?:%|per ?cent) (?:greater|higher|larger|longer|(?P<less>lower|smaller|shorter|fewer|less))"
    r"(?: ?\((?=[^()]{0,60}\b(?:v|vs|versus)\b)| (?:in|with|among|for) [^.;]{1,60} than\b)"
)

# What differs between subgroups is of no two arms.
_INTERACTION = re.compile(r"\binteractions? (?:terms? |effects? )?(?:for|between|of|with|was|were)\b(?![^.;]*; )")

_AMONG = re.compile(r"(?: [a-z-]{3,20}){1,3} (?:among|in|of)(?: the)? ")

_OPENS = re.compile(
    r"[.;\s]*(?:results?: )?(?:(?:by|in) contrast, |conversely, )?(?:in|for|among|with)"
    r"(?: the| those (?:in|on|given))? "
)


_CHANGED = re.compile(
    r"\b(?:declined|decreased|fell|dropped|rose|increased|improved|grew)(?: significantly)?(?: by)?"
    r"(?: an? (?:average|mean) of)? $"
)


def _compares(result: Result, results: Sequence[Result]) -> bool:
    """Whether a result compares two arms, or goes on a list that does: "the difference was 0.4 with X, 0.5 with Y"."""
    if result.is_contrast:
        return True
    if result.interval is None:
        return False
    return any(one.is_contrast and one.unit == result.unit for one in results if one.first < result.first)


@dataclass(slots=True)
class _Linker:
    """Gives the results of one document their arms."""

    places: Places
    order: tuple[int, ...] = ()
    pair: tuple[int, ...] = ()
    topic: int | None = None
    against: tuple[tuple[int, int], ...] = ()

    # ------------------------------------------------------------------ sentences
    def sentence(self, results: Sequence[Result], sentence: tuple[int, int]) -> None:
        """Give the results of a sentence their arms."""
        self._measure_again(results)
        values = [one for one in results if not one.is_contrast]
        parts = parts_of(self.places, values) if len(values) > 1 else {}
        own = in_own_brackets(self.places, values) or in_own_lists(self.places, values)
        rows = rows_of(self.places, results, sentence, {*parts, *own})
        if len(self.places.groups.arms) < 2:
            for result in results:
                if self.places.groups.arms and not result.is_contrast:
                    result.arms, result.basis = (0,), "carried"
            return
        before: Row | None = None
        listed = told_behind(self.places, rows)
        for row in rows:
            row.before = before
            row.of_all = not listed and is_of_all(self.places, row)
            if not listed and not row.of_all:
                self.assign(row)
            before = row if len(set(row.arms)) > 1 else before
        self._carry(rows)
        self._list_of_one(rows)
        self._behind_not_reached(rows)
        self._counted_among(rows)
        for row in rows:
            self._give(row)
        for result in values:
            if result.first in own:
                result.arms, result.basis = (own[result.first],), "stated"
            elif result.first in parts:
                result.arms, result.basis = parts[result.first].arms, parts[result.first].basis
        self._compare(results, rows, sentence)

    def _measure_again(self, results: Sequence[Result]) -> None:
        """Give the results whose words say so another measure."""
        for result in results:
            if result.measure in _OF_ONE and result.interval is None and (more := self._says_more(result)):
                result.measure, result.compares = "relative-reduction" if more["less"] else "other", True
        for result, following in pairwise(results):
            if result.measure in CHANGES and result.interval is None and self._is_pair(result, following):
                result.measure = following.measure
            if result.measure == "mean" and following.measure == "proportion" and alike(result, following):
                gap = DOTTED.sub("vs ", self.places.text(self.places.end(result), self.places.begin(following)))
                following.measure = "mean" if _VERSUS_ONLY.fullmatch(gap) else following.measure
        self._measure_lists(results)

    def _measure_lists(self, results: Sequence[Result]) -> None:
        """Take "3.3 (0.3 to 6.3) and 2.3 (0.5 to 4.2) lower in X" for differences, all of the list."""
        behind: Result | None = None
        for result in reversed(results):
            end = self.places.end(result)
            stop = self.places.begin(behind) if behind is not None else end
            listed = behind is not None and _LISTED.fullmatch(self.places.text(end, stop))
            if (
                result.interval is not None
                and result.measure in _OF_ONE_OR_NONE
                and (listed or _LOWER_IN.match(self.places.text(end, end + 60)))
            ):
                result.measure, behind = "difference", result
            else:
                behind = (
                    result
                    if result.measure == "difference" and _LOWER_IN.match(self.places.text(end, end + 60))
                    else None
                )

    def _give(self, row: Row) -> None:
        """Give the results of a row its arms."""
        for half, arm in zip(row.halves or (), row.arms, strict=False):
            for result in half:
                result.arms, result.basis = (arm,), row.basis
        for result, arm in zip(row.results, row.arms, strict=False):
            result.arms, result.basis = (arm,), row.basis
            if (result.measure in CHANGES and result.interval is None) or self._changed(result, row):
                result.measure = "mean"
        if len(set(row.arms)) > 1:
            self.order = row.arms

    def _compare(self, results: Sequence[Result], rows: Sequence[Row], sentence: tuple[int, int]) -> None:
        """Give what compares arms the two that it compares."""
        by_token = {one.value: one for one in results if one.value >= 0}
        pairs = {row.results[-1].first: row for row in rows if len(row.arms) == len(set(row.arms)) == 2}
        near: Row | None = None
        listed = listed_against(self.places, results, sentence, self.against)
        self.against = tuple(listed.values()) or self.against
        alone = told_of_one(self.places, sentence)
        last: Result | None = None
        for result in results:
            near = pairs.get(result.first, near)
            if result.measure == "p-only":
                self._p(result, by_token, sentence, alone)
            elif result.first in listed:
                result.arms, result.basis = listed[result.first], "stated"
            elif _compares(result, results) and (pair := self._to_reference(result, sentence)):
                result.arms, result.basis = pair, "stated"
                last = result
            elif last is not None and result.measure == last.measure and self._goes_on(last, result):
                result.arms, result.basis = last.arms, last.basis
                last = result
            elif (
                result.measure in CHANGES
                and not result.of
                and (own := own_change(self.places, result, sentence)) is not None
            ):
                result.arms, result.basis = (own,), "stated"
            elif alone is not None and result.measure in CHANGES and not result.of:
                result.arms, result.basis, result.measure = (alone,), "stated", "mean"
            elif result.is_contrast and len(result.arms) != 1:
                result.arms, result.basis = self.contrast(result, sentence, near)
                self.pair = result.arms or self.pair

    def _says_more(self, result: Result) -> re.Match[str] | None:
        """Return the words that say by how much one arm had more or less: "area was 24% greater (293 v 237)"."""
        end = self.places.end(result)
        return _MORE.match(self.places.text(end - 1, end + 90))

    def _is_pair(self, result: Result, following: Result) -> bool:
        """Whether a value goes with the next: "no difference in relief: 17% zinc versus 11% iron"."""
        if following.measure != "proportion" or following.interval is not None or result.unit != following.unit:
            return False
        begin = self.places.begin(result)
        if self.places.text(max(0, begin - 6), begin).endswith("by "):
            return False
        start, stop = self.places.end(result), self.places.begin(following)
        for mention in self.places.mentions(start, stop)[:1]:
            if self.places.text(start, mention.start) in (" ", " in ", " with ", " for "):
                start = mention.end
        return TO_NEXT.fullmatch(self.places.text(start, stop)) is not None

    def go_on(self, results: Sequence[Result], sentence: tuple[int, int]) -> None:
        """Give a sentence that names no arm the one of "In X, ..." before it, where "In Y, ..." is next."""
        opened, before = self._opens(*sentence), self.topic
        self.topic = opened if opened is not None else None if self.places.mentions(*sentence) else before
        if opened is not None or before is None or self.topic is None:
            return
        if tells_of_change(self.places.text(*sentence)):
            for result in results:
                if (result.measure in CHANGES and not result.of) or (result.measure == "p-only" and not result.of):
                    result.arms, result.basis = (before,), "carried"
                    result.measure = "mean" if result.measure in CHANGES else result.measure
        following = self._opens(sentence[1], min(sentence[1] + 200, len(self.places.document.tokens.text)))
        if following is None or following == before or ALL.search(self.places.text(*sentence)):
            return
        for result in results:
            if not result.is_contrast and result.measure != "p-only" and result.basis in ("", "carried", "guessed"):
                result.arms, result.basis = (before,), "carried"

    def _opens(self, start: int, stop: int) -> int | None:
        """Return the one arm that a sentence begins with: "In the X group, ..."."""
        for mention in self.places.mentions(start, min(stop, start + 60))[:1]:
            if _OPENS.fullmatch(self.places.text(start, mention.start)) and TOPIC_ENDS.match(
                self.places.text(mention.end, mention.end + 60)
            ):
                return mention.group
        return None

    def _changed(self, result: Result, row: Row) -> bool:
        """Whether a percentage is by how much something changed in an arm: "scores declined 48% with X"."""
        if result.measure != "proportion" or result.unit != "%" or result.x >= 0 or result.interval is not None:
            return False
        begin = self.places.begin(row.results[0])
        return _CHANGED.search(self.places.text(max(row.sentence[0], begin - 30), begin)) is not None

    def assign(self, row: Row) -> None:
        """Give a row its arms by the first layout that fits."""
        for layout in LAYOUTS if len(row.results) > 1 else LAYOUTS_OF_ONE:
            if arms := layout(self.places, row):
                row.arms, row.basis = arms, "stated"
                return

    def _carry(self, rows: Sequence[Row]) -> None:
        """Give rows that name no arms the order of the row before them, of the next one, or of the last in the text."""
        many = [row for row in rows if len(row.results) > 1 and not row.of_all]
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
            elif not row.arms and len(row.results) == len(self.places.groups.arms) and self._compares_arms(row):
                row.arms, row.basis = tuple(range(len(row.results))), "guessed"
                if len(row.arms) == 2:
                    row.arms = self.default()

    def _compares_arms(self, row: Row) -> bool:
        """Whether a row that names no arms is of two nonetheless: "14% versus 9%", "was higher (14% and 9%)"."""
        start, stop = self.places.begin(row.results[0]), self.places.end(row.results[-1])
        if VERSUS.search(DOTTED.sub("vs ", self.places.text(start, stop))):
            return True
        around = self.places.text(max(row.sentence[0], start - 160), min(row.sentence[1], stop + 60))
        return _OF_TWO.search(around) is not None

    def _list_of_one(self, rows: Sequence[Row]) -> None:
        """Give single values of a list the arm named before the list, or behind it: "rash (12%), flu (4%) in X"."""
        alone = [row for row in rows if len(row.results) == 1 and not row.of_all]
        named_first = bool(rows) and bool(
            self.places.mentions(rows[0].sentence[0], self.places.begin(rows[0].results[0]))
        )
        last: Row | None = None
        for row in alone if named_first else reversed(alone):
            if row.arms:
                last = row
            elif last is not None and alike(row.results[0], last.results[0]):
                first, second = (last, row) if named_first else (row, last)
                start, stop = self.places.end(first.results[0]), self.places.begin(second.results[0])
                gap = self.places.text(start, stop)
                if (
                    stop - start < REACH
                    and not self.places.mentions(start, stop)
                    and not ALL.search(gap)
                    and ";" not in gap
                ):
                    row.arms, row.basis = last.arms, "carried"
                    last = row

    def _behind_not_reached(self, rows: Sequence[Row]) -> None:
        """Give the value of "not reached versus 19 months" the second of two arms."""
        for row in rows:
            begin, end = self.places.begin(row.results[0]), self.places.end(row.results[0])
            told = self.places.mentions(end, min(row.ceiling, end + 40))
            if told or len(row.results) > 1 or len(self.places.groups.arms) != 2:
                continue
            if _NOT_REACHED.search(self.places.text(max(row.sentence[0], begin - 80), begin)) is not None:
                row.arms, row.basis = (self.default()[1],), "carried"

    def _counted_among(self, rows: Sequence[Row]) -> None:
        """Give the count of "109 deaths among 337 patients (32%) in X" the arm of what it stands before."""
        for row, following in pairwise(rows):
            if row.results[-1].measure == "count" and len(row.results) == len(following.results) == 1:
                gap = self.places.text(self.places.end(row.results[0]), self.places.begin(following.results[0]))
                if following.arms and _AMONG.fullmatch(gap) is not None:
                    row.arms, row.basis = following.arms, following.basis

    def _p(self, result: Result, by_token: dict[int, Result], sentence: tuple[int, int], alone: int | None) -> None:
        """Give a P value the arms it compares, or the one in which it tests a change."""
        compared = [arm for token in result.of if token in by_token for arm in by_token[token].arms]
        begin, end = self.places.begin(result), self.places.end(result)
        behind = _NAMED_BEHIND.match(self.places.text(end, min(sentence[1], end + 90)))
        if behind is not None and (pair := versus(self.places, end, end + behind.end())) is not None:
            result.arms, result.basis = pair, "stated"
            if set(compared) != set(pair):
                result.of = _values_of(pair, by_token, result.first)
        elif len(set(compared)) >= 2:
            result.arms, result.basis = tuple(dict.fromkeys(compared)), "stated"
        elif (pair := versus(self.places, max(sentence[0], begin - 160), begin)) is not None:
            result.arms, result.basis = pair, "stated"
        elif alone is not None:
            result.arms, result.basis = (alone,), "stated"
        elif len(self.places.groups.arms) == 2:
            result.arms, result.basis = self.default(), "guessed"
        elif (pair := than_another(self.places, sentence[0], begin)) is not None:
            result.arms, result.basis = pair, "stated"

    # ------------------------------------------------------------------ contrasts
    def contrast(self, result: Result, sentence: tuple[int, int], near: Row | None) -> tuple[tuple[int, ...], str]:
        """Return the two arms of a contrast, first over second, and how that is known.

        ``near`` is the pair of values before it.
        """
        begin, end = self.places.begin(result), self.places.end(result)
        if _INTERACTION.search(self.places.text(max(sentence[0], begin - 200), begin)) is not None:
            return (), ""
        if (pair := between_two(self.places, result, sentence)) is not None:
            return pair, "stated"
        for start, stop in ((max(sentence[0], begin - 200), begin), (end, min(sentence[1], end + 120))):
            if (pair := versus(self.places, start, stop)) is not None:
                return pair, "stated"
        if (arm := led_by(self.places, result, sentence, near)) is not None:
            return (arm, 1 - arm), "stated"
        if (arm := of_arm(self.places, result, sentence)) is not None and (pair := with_other(self.places, arm)):
            return pair, "stated"
        around = self.places.mentions(max(sentence[0], begin - FAR), min(sentence[1], end + FAR))
        named = list(dict.fromkeys(one.group for one in around))
        if near is not None:
            turned = len(near.results) == 2 and is_turned(self.places.document, result, *near.results)
            return near.arms[::-1] if turned else near.arms, near.basis
        at = around[0].start if around else sentence[0]
        behind = _BEHIND_THAN.search(self.places.text(max(sentence[0], at - 30), at))
        if len(named) == 2:
            return ordered(self.places, *(named if behind is None else named[::-1])), "stated"
        if len(named) == 1 and (pair := with_other(self.places, named[0])):
            return ordered(self.places, *(pair if behind is None else pair[::-1])), "carried"
        if self.pair and not named:
            return self.pair, "carried"
        if len(self.places.groups.arms) == 2:
            return self.default(), "guessed"
        return (), ""

    def _goes_on(self, last: Result, result: Result) -> bool:
        """Whether a contrast goes on a list of those of one arm: "X: 10% (9 to 12) for rash and 3% (2 to 4)"."""
        start, stop = self.places.end(last), self.places.begin(result)
        gap = self.places.text(start, stop)
        return stop - start < _GAP and ";" not in gap and " and " in gap and not self.places.mentions(start, stop)

    def _to_reference(self, result: Result, sentence: tuple[int, int]) -> tuple[int, ...]:
        """Return the arms of one of several contrasts with one arm, where there are more than two."""
        return with_reference(self.places, result, sentence) if len(self.places.groups.arms) > 2 else ()

    def default(self) -> tuple[int, ...]:
        """Return the order of arms where nothing says another: as they were last compared, else the control last."""
        if len(self.order) == 2:
            return self.order
        return ordered(self.places, 0, 1)


def _values_of(pair: tuple[int, int], by_token: dict[int, Result], stop: int) -> tuple[int, ...]:
    """Return the last values of one kind that two arms have before a place; none where one has none."""
    last: dict[int, Result] = {}
    for result in by_token.values():
        if result.first < stop and len(result.arms) == 1 and not result.is_contrast:
            last[result.arms[0]] = result
    found = [last[arm] for arm in pair if arm in last]
    alike = len(found) == len(pair) and found[0].measure == found[1].measure
    return tuple(one.value for one in found) if alike else ()


def link(document: Document, groups: Groups, results: Sequence[Result]) -> None:
    """Give each result of a text its arms, as far as the text says whose it is.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : sequence of Result
        In the order of the text; their ``arms`` and ``basis`` are set.
    """
    linker = _Linker(Places(document, groups, [mention.start for mention in groups.mentions]))
    starts = document.tokens.starts
    at = 0
    while at < len(results):
        first, last = document.sentence(results[at].first)
        stop = at
        while stop < len(results) and results[stop].first < max(last, results[at].first + 1):
            stop += 1
        span = starts[first], starts[min(last, len(starts) - 1)]
        linker.sentence(results[at:stop], span)
        linker.go_on(results[at:stop], span)
        at = stop
