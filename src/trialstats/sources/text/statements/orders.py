"""The order of three arms or more in which a text gives their values where it does not name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from trialstats.sources.text.statements.rows import Places, Row

_LEAST = 3
_OF_OTHERS = re.compile(
    r"\b(?:trials|studies|cohorts|countries|quartiles|tertiles|quintiles|subgroups|strata|stages?|grades?|aged?"
    r"|visits|baseline|complete|partial|mild|moderate|severe|subscales?|domains?|sensitivity|specificity"
    r"|of which|including|included|namely)\b"
    r"|\b[0-9]{1,3}(?:-| (?:[a-z]{3,6} )?)?(?:,|,? and|,? or) (?:and )?(?:[0-9]{1,3}|at)[ -]"
    r"|\b(?:first|second|third|one|two|three)(?:-|,|,? and|,? or) (?:first|second|third|one|two|three)\b"
)
_BESIDE = 200


@dataclass(slots=True)
class Orders:
    """The orders in which a text has told the values of all its arms."""

    told: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, places: Places, row: Row) -> None:
        """Note the order of a row of all arms.

        Parameters
        ----------
        places : Places
        row : Row
            With its arms.
        """
        if len(set(row.arms)) == len(places.groups.arms) >= _LEAST:
            self.told.append(row.arms)

    def of_all(self, places: Places, row: Row, last: tuple[int, ...]) -> tuple[int, ...]:
        """Return the order of a row of as many values as there are arms, which names none; empty where it is none.

        Values are listed as the arms are, unless the text has told them in another order only: "more with C than with
        A and B (9%, 3% and 4%)" says nothing of the next list.

        Parameters
        ----------
        places : Places
        row : Row
        last : tuple of int
            The order of the last row.
        """
        arms = places.groups.arms
        if not len(row.results) == len(arms) >= _LEAST:
            return ()
        listed = places.groups.listed
        if self.told:
            return listed if listed in self.told else self.told[-1]
        if len(last) == len(arms) or places.mentions(*row.sentence):
            return ()
        begin = places.begin(row.results[0])
        return () if _OF_OTHERS.search(places.text(max(row.sentence[0], begin - _BESIDE), begin)) else listed
