"""The order of three arms or more in which a text gives their values where it does not name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from trialstats.sources.text.statements.rows import Places, Row

_LEAST = 3
_OF_OTHERS = re.compile(
    r"\b(?:trials|studies|cohorts|countries|quartiles|tertiles|quintiles|subgroups|strata|stages?|grades?|aged?|years"
    r"|months|weeks|days|hours|visits|baseline|complete|partial|visual|mild|moderate|severe|subscales?|domains?"
    r"|sensitivity|specificity|of which|including|included|were:|namely)\b"
)
_BESIDE = 200


@dataclass(slots=True)
class Orders:
    """The orders in which a text has told the values of all its arms."""

    listed: tuple[int, ...] = ()
    """The last in which the arms stood in one list, before their values or behind them."""
    told: list[tuple[int, ...]] = field(default_factory=list)

    def add(self, places: Places, row: Row, *, listed: bool) -> None:
        """Note the order of a row of all arms.

        Parameters
        ----------
        places : Places
        row : Row
            With its arms.
        listed : bool
            Whether they stand in one list.
        """
        if len(set(row.arms)) != len(places.groups.arms) or len(row.arms) < _LEAST:
            return
        self.told.append(row.arms)
        self.listed = row.arms if listed else self.listed

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
        if self.listed:
            return self.listed
        if self.told:
            return listed if listed in self.told else self.told[-1]
        if len(last) == len(arms) or places.mentions(*row.sentence):
            return ()
        begin = places.begin(row.results[0])
        return () if _OF_OTHERS.search(places.text(max(row.sentence[0], begin - _BESIDE), begin)) else listed
