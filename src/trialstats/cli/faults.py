"""Faults of our own in one text of many: said, and gone past."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

import click

from trialstats.errors import TrialstatsError

Item = TypeVar("Item")


@dataclass
class PastFaults(Generic[Item]):
    """What is made of each text of a corpus, without those in which something failed that nobody foresaw.

    The items are made one by one, by a `map`: an iterator that goes on behind an item that could not be made.
    """

    items: Iterator[Item]
    name: str
    met: int = 0
    """How many texts failed so far."""

    def __iter__(self) -> Iterator[Item]:
        number = 0
        while True:
            number += 1
            try:
                item = next(self.items)
            except StopIteration:
                return
            except (TrialstatsError, OSError, click.exceptions.Exit, click.Abort):
                raise  # about the file or the command, not about one text
            except Exception as problem:
                if os.environ.get("TRIALSTATS_TRACEBACK"):
                    raise
                self.met += 1
                click.echo(
                    f"trialstats: {self.name}: text {number} could not be answered, by a fault of our own "
                    f"({type(problem).__name__}: {problem}); the others are. Set TRIALSTATS_TRACEBACK=1 to see where, "
                    "and please report it.",
                    err=True,
                )
            else:
                yield item
