"""The arms whose sizes are looked for, and where they are named."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from trialstats.sources.text.groups.model import Mention


@dataclass(slots=True)
class Arms:
    """The arms whose sizes are looked for.

    Attributes
    ----------
    count : int
    mentions : list of Mention
    ranges : list of tuple of int
        Where each arm is introduced, brackets and all.
    control : int
        Of two arms the one that lacks something, or -1.
    """

    count: int
    mentions: list[Mention]
    ranges: list[tuple[int, int]]
    _starts: list[int]
    control: int = -1

    def next_mention(self, at: int) -> Mention | None:
        """Return the first mention at or behind a place."""
        index = bisect_left(self._starts, at)
        return self.mentions[index] if index < len(self.mentions) else None

    def last_mention(self, at: int) -> Mention | None:
        """Return the last mention before a place."""
        index = bisect_left(self._starts, at)
        return self.mentions[index - 1] if index else None

    @classmethod
    def of(cls, mentions: list[Mention], ranges: list[tuple[int, int]], control: int = -1) -> Arms:
        """Return the arms that are introduced in these ranges."""
        return cls(len(ranges), mentions, ranges, [mention.start for mention in mentions], control)
