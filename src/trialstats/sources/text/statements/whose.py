"""Whose a result is: how the values of a sentence and the arms it names are laid out, and how they pair up.

Results of one kind that are joined (12% in A and 14% in B; 12% v 14%; A, 12%; B, 14%) are a row of values. A row is
given its arms by the first layout in `LAYOUTS` that fits; where none does, the order of arms of the row before it
in the sentence holds, or of the next one, or of the last in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from trialstats.claims.model import RATIO_MEASURES
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.before_and_after import before_and_after
from trialstats.sources.text.statements.beside import FAR
from trialstats.sources.text.statements.brackets import in_own_brackets, in_own_lists, in_own_parts
from trialstats.sources.text.statements.clauses import in_own_clauses
from trialstats.sources.text.statements.contrasts import (
    BEHIND_THAN,
    compares,
    is_per_step,
    led_by,
    of_arm,
    opens_against,
    ordered,
    own_change,
    versus,
    with_other,
    within_each,
)
from trialstats.sources.text.statements.layouts import (
    LAYOUTS,
    LAYOUTS_OF_ONE,
    TOPIC_ENDS,
    numbered,
)
from trialstats.sources.text.statements.lists import behind_not_reached, give_beside, give_lists, told_behind
from trialstats.sources.text.statements.long_lists import of_long_lists
from trialstats.sources.text.statements.measures import measure_again
from trialstats.sources.text.statements.order import order_of_values
from trialstats.sources.text.statements.orders import Orders
from trialstats.sources.text.statements.own_pairs import in_own_pairs, outcomes_in_turn
from trialstats.sources.text.statements.p_in_turn import in_turn_against
from trialstats.sources.text.statements.p_values import of_several, of_two
from trialstats.sources.text.statements.parts import asides, parts_of
from trialstats.sources.text.statements.references import (
    against_one_more,
    between_two,
    each_against_control,
    listed_against,
    with_reference,
)
from trialstats.sources.text.statements.rows import CHANGES, DOTTED, VERSUS, Places, Row, rows_of
from trialstats.sources.text.statements.said_order import ratio_of_two, said_order
from trialstats.sources.text.statements.strangers import of_people_apart, of_strangers, of_two_kinds
from trialstats.sources.text.statements.tested import in_own_tests
from trialstats.sources.text.statements.totals import counted_among, free_totals
from trialstats.sources.text.statements.wholes import (
    ALL,
    at_two_times,
    follow_ups,
    is_by_sex,
    is_cut,
    is_of_all,
    is_of_others,
    is_own_of_each,
    is_range_of_arms,
    is_rest,
    named_alone,
    tells_of_change,
    told_of_one,
)
from trialstats.sources.text.tokens.document import Document

_OF_TWO = re.compile(
    r"respectively|\b(?:compar\w+|differ\w*|higher|lower|greater|similar\w*|more|less|fewer|longer|shorter|better|worse|both|two|between"
    r"|corresponding|reduc\w+|increas\w+|decreas\w+|improv\w+|equivalent|p ?[=<>])"
)
_IN_TURN = re.compile(r"[^.;]{0,30}\brespectively\b")

# "In the first and second trials, respectively": so is what follows.
_OF_TRIALS = re.compile(r"\b(?:trials|studies|cohorts|countries|centres|centers),? respectively")
_GAP, _NOT_FAR = 60, 300
_OF_TWO_VALUES = frozenset(("difference", "risk-ratio", "odds-ratio"))
# What differs between subgroups is of no two arms.
_INTERACTION = re.compile(r"\binteractions? (?:terms? |effects? )?(?:for|between|of|with|was|were)\b(?![^.;]*; )")

_OPENS = re.compile(
    r"[.;\s]*(?:results?: )?(?:(?:by|in) contrast, |conversely, )?(?:in|for|among|with)"
    r"(?: the| those (?:in|on|given))? "
)

_OWN_WAYS = (in_own_brackets, in_own_lists, in_own_parts)
_CHANGED = re.compile(
    r"\b(?:declined|decreased|fell|dropped|rose|increased|improved|grew)(?: significantly)?(?: by)?"
    r"(?: an? (?:average|mean) of)? $"
)


@dataclass(slots=True)
class _Linker:
    """Gives the results of one document their arms."""

    places: Places
    order: tuple[int, ...] = ()
    pair: tuple[int, ...] = ()
    last: Row | None = None
    before: Result | None = None
    """The result before, P values left out."""
    topic: int | None = None
    against: tuple[tuple[int, int], ...] = ()
    paired: dict[int, int] = field(default_factory=dict)
    orders: Orders = field(default_factory=Orders)

    # ------------------------------------------------------------------ sentences
    def sentence(self, results: Sequence[Result], sentence: tuple[int, int]) -> None:
        """Give the results of a sentence their arms."""
        measure_again(self.places, results, sentence)
        values = [one for one in results if not one.is_contrast]
        parts = parts_of(self.places, values) if len(values) > 1 else {}
        self.places.asides = asides(self.places, parts, values)
        own = next(filter(None, (way(self.places, values) for way in _OWN_WAYS)), {})
        self.paired = {} if own else in_own_pairs(self.places, values, sentence)
        own = own or self.paired or in_own_clauses(self.places, values, sentence)
        long = {} if own else of_long_lists(self.places, results, sentence)
        own = own or {first: arm for first, arm in long.items() if arm is not None}
        leave = {*own, *long, *follow_ups(self.places, values, sentence)}
        rows = rows_of(self.places, results, sentence, leave, parts)
        if len(self.places.groups.arms) < 2:
            for result in results:
                if self.places.groups.arms and not result.is_contrast:
                    result.arms, result.basis = (0,), "carried"
            return
        before: Row | None = None
        listed = told_behind(self.places, rows)
        for row in rows:
            row.before = before
            row.of_all = not listed and (is_of_all(self.places, row) or self._is_of_others(row))
            row.of_all = row.of_all or is_rest(self.places, row)
            if not listed and not row.of_all and not row.arms:
                self.assign(row)
            elif row.of_all and (arm := named_alone(self.places, row)) is not None:
                row.arms, row.basis = (arm,) * len(row.results), "stated"
            if len(set(row.arms)) != 1 and is_by_sex(self.places, row):
                row.arms, row.of_all = (), True
            before = row if len(set(row.arms)) > 1 else before
        self._carry(rows)
        give_lists(self.places, rows)
        give_beside(self.places, rows)
        behind_not_reached(self.places, rows, self.default())
        counted_among(self.places, rows)
        for row in rows:
            self._give(row)
        for result in results:
            if result.first in own:
                result.arms, result.basis = (own[result.first],), "stated"
                result.measure = "mean" if result.measure in CHANGES else result.measure
            elif result.first in parts:
                result.arms, result.basis = parts[result.first].arms, parts[result.first].basis
        free_totals(self.places, values)
        self._compare(results, rows, sentence)

    def _is_of_others(self, row: Row) -> bool:
        """Whether a row is told of other things than arms in turn; "in groups 1 and 2" are arms where there are two."""
        apart = of_people_apart(self.places, row.sentence, self.places.begin(row.results[0]))
        if apart or of_two_kinds(self.places, row) or (len(row.results) == 2 and is_range_of_arms(self.places, row)):
            return True
        return is_of_others(self.places, row) and not numbered(self.places, row)

    def _give(self, row: Row) -> None:
        """Give the results of a row its arms."""
        of_changes = any(one.measure in CHANGES for half in row.halves or () for one in half)
        for half, arm in zip(row.halves or (), row.arms, strict=False):
            for result in half:
                result.arms, result.basis = (arm,), row.basis
                if of_changes and result.unit == "%" and result.x < 0:
                    result.measure = "mean"
        for result, arm in zip(row.results, row.arms, strict=False):
            result.arms, result.basis = (arm,), row.basis
            own = result.measure in CHANGES and (result.interval is None or is_own_of_each(self.places, row))
            result.measure = "mean" if own or self._changed(result, row) else result.measure
        if len(set(row.arms)) > 1:
            self.order, self.last = row.arms, row

    def _compare(self, results: Sequence[Result], rows: Sequence[Row], sentence: tuple[int, int]) -> None:
        """Give what compares arms the two that it compares."""
        by_token = {one.value: one for one in results if one.value >= 0}
        pairs = {row.results[-1].first: row for row in rows if len(row.arms) == len(set(row.arms)) == 2}
        near: Row | None = None
        listed = listed_against(self.places, results, sentence, self.against)
        self.against = tuple(listed.values()) or self.against
        several = len(self.places.groups.arms) > 2
        each = each_against_control(self.places, results, sentence) if several else {}
        alone = told_of_one(self.places, sentence)
        within = within_each(self.places, results, sentence)
        tested = in_own_tests(self.places, results, sentence) | in_turn_against(self.places, results, rows)
        last: Result | None = None
        for at, result in enumerate(results):
            near = pairs.get(result.first, near)
            if result.first in tested:
                result.arms, result.basis = tested[result.first], "stated"
            elif result.measure == "p-only":
                if not of_several(self.places, result, results[:at], rows, sentence, by_token):
                    of_two(
                        self.places, result, by_token, sentence, alone, self._paired(result, by_token), self.default()
                    )
            elif result.first in within:
                result.arms, result.basis = (within[result.first],), "stated"
            elif result.first in listed:
                result.arms, result.basis = listed[result.first], "stated"
            elif several and last is not None and (pair := against_one_more(self.places, last, result)):
                result.arms, result.basis = self._turned(result, pair, results[:at]), "stated"
            elif several and compares(result, results) and (pair := self._to_reference(result, sentence, each)):
                result.arms, result.basis = self._turned(result, pair, results[:at]), "stated"
                last = result
            elif last is not None and result.measure == last.measure and self._goes_on(last, result):
                result.arms, result.basis = last.arms, last.basis
                last = result
            elif result.measure == "other" and (two := ratio_of_two(self.places, result, sentence)) is not None:
                result.arms, result.basis = two, "stated"
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
                said = said_order(self.places, result, sentence)
                if said is not None and {*said} == {*result.arms}:
                    result.arms, result.order_said = said, True
                self.pair = result.arms or self.pair
            if result.measure != "p-only":
                self.before = result

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
                self.orders.add(self.places, row)
                return

    def _carry(self, rows: Sequence[Row]) -> None:
        """Give rows that name no arms the order of the row before them, of the next one, or of the last in the text."""
        many = [row for row in rows if len(row.results) > 1 and not row.of_all]
        many = [row for row in many if row.arms or not before_and_after(self.places, row)]
        many = [row for row in many if row.arms or not at_two_times(self.places, row)]
        cut = {id(row) for row, following in pairwise(rows) if is_cut(self.places, row, following)}
        many = [row for row in many if row.arms or not (id(row) in cut or outcomes_in_turn(self.places, row))]
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
        # "(64% v 71%, respectively) ... (12% v 9%)": one order for all pairs of a sentence
        in_turn = any(self._is_in_turn(row) for row in many)
        for row in many:
            if row.arms:
                continue
            if told := self.orders.of_all(self.places, row, self.order):
                row.arms, row.basis = told, "carried"
                self.orders.add(self.places, row)
            elif len(self.order) == len(row.results):
                row.arms, row.basis = self.order, "carried"
            elif len(row.results) == len(self.places.groups.arms) and self._compares_arms(row):
                row.arms, row.basis = self._by_list(row, in_turn=in_turn), "guessed"

    def _is_in_turn(self, row: Row) -> bool:
        end = self.places.end(row.results[-1])
        return _IN_TURN.match(self.places.text(end, min(row.sentence[1], end + 40))) is not None

    def _by_list(self, row: Row, *, in_turn: bool) -> tuple[int, ...]:
        """Return the arms in the order of their list for "64% and 71%, respectively", else two in the usual order."""
        if in_turn and not self.places.mentions(*row.sentence):
            before = self.places.text(max(0, row.sentence[0] - 300), row.sentence[0])
            return () if _OF_TRIALS.search(before) else self.places.groups.listed
        return self.default() if len(row.results) == 2 else tuple(range(len(row.results)))

    def _compares_arms(self, row: Row) -> bool:
        """Whether a row that names no arms is of two nonetheless: "14% versus 9%", "was higher (14% and 9%)"."""
        start, stop = self.places.begin(row.results[0]), self.places.end(row.results[-1])
        if VERSUS.search(DOTTED.sub("vs ", self.places.text(start, stop))):
            return True
        around = self.places.text(max(row.sentence[0], start - 160), min(row.sentence[1], stop + 60))
        return _OF_TWO.search(around) is not None

    def _paired(self, result: Result, by_token: dict[int, Result]) -> int | None:
        """Return the arm of which the values of a P value are told before and after."""
        found = (
            (self.paired.get(by_token[token].first) for token in result.of if token in by_token) if self.paired else ()
        )
        return next((arm for arm in found if arm is not None), None)

    # ------------------------------------------------------------------ contrasts
    def contrast(self, result: Result, sentence: tuple[int, int], near: Row | None) -> tuple[tuple[int, ...], str]:
        """Return the two arms of a contrast, first over second, and how that is known.

        ``near`` is the pair of values before it.
        """
        begin, end = self.places.begin(result), self.places.end(result)
        if _INTERACTION.search(self.places.text(max(sentence[0], begin - 200), begin)) is not None:
            return (), ""
        if result.measure in RATIO_MEASURES and is_per_step(self.places, result, sentence):
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
        if of_strangers(self.places, result, sentence):
            return (), ""
        around = self.places.mentions(max(sentence[0], begin - FAR), min(sentence[1], end + FAR))
        named = list(dict.fromkeys(one.group for one in around))
        if near is not None:
            return self._by_values(result, near), near.basis
        at = around[0].start if around else sentence[0]
        behind = BEHIND_THAN.search(self.places.text(max(sentence[0], at - 30), at)) is not None
        behind = behind or (bool(named) and opens_against(self.places, sentence) == named[0])
        if len(named) == 2:
            return ordered(self.places, *(named[::-1] if behind else named)), "stated"
        if len(named) == 1 and (pair := with_other(self.places, named[0])):
            return ordered(self.places, *(pair[::-1] if behind else pair)), "carried"
        if not named and (told := self._by_values_before(result)):
            return told, "carried"
        if self.pair and not named:
            return self.pair, "carried"
        if len(self.places.groups.arms) == 2:
            return ordered(self.places, *self.default()), "guessed"
        return (), ""

    def _by_values_before(self, result: Result) -> tuple[int, ...]:
        """Return the arms of the pair of values in a sentence before, right before a contrast that they give."""
        row = self.last
        if row is None or len(row.results) != 2 or self.before is not row.results[1]:
            return ()
        far = self.places.begin(result) - self.places.end(row.results[1]) > _NOT_FAR
        if far or result.measure not in _OF_TWO_VALUES:
            return ()
        told = order_of_values(self.places.document, result, *row.results)
        return () if told is None else row.arms if told else row.arms[::-1]

    def _by_values(self, result: Result, near: Row) -> tuple[int, ...]:
        """Return the arms of a contrast in the order that the values before it tell, else the control last."""
        told = order_of_values(self.places.document, result, *near.results) if len(near.results) == 2 else True
        if told is None:
            return ordered(self.places, *near.arms)
        return near.arms if told else near.arms[::-1]

    def _goes_on(self, last: Result, result: Result) -> bool:
        """Whether a contrast goes on a list of those of one arm: "X: 10% (9 to 12) for rash and 3% (2 to 4)"."""
        start, stop = self.places.end(last), self.places.begin(result)
        gap = self.places.text(start, stop)
        return stop - start < _GAP and ";" not in gap and " and " in gap and not self.places.mentions(start, stop)

    def _to_reference(
        self, result: Result, sentence: tuple[int, int], each: dict[int, tuple[int, int]]
    ) -> tuple[int, ...]:
        """Return the arms of one of several contrasts with one arm."""
        return with_reference(self.places, result, sentence) or each.get(result.first, ())

    def _turned(self, result: Result, pair: tuple[int, ...], before: Sequence[Result]) -> tuple[int, ...]:
        """Return the two arms of a contrast the other way round, if so it fits their values right before it."""
        first, second = (
            next((one for one in reversed(before) if one.arms == (arm,) and not one.is_contrast), None) for arm in pair
        )
        if first is None or second is None or first.measure != second.measure:
            return pair
        return pair[::-1] if order_of_values(self.places.document, result, first, second) is False else pair

    def default(self) -> tuple[int, ...]:
        """Return the order of arms where nothing says another: as they were last compared, else the control last."""
        if len(self.order) == 2:
            return self.order
        return ordered(self.places, 0, 1)


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
