"""Text -> Paper: from the words of an abstract to its claims.

The package is called like the verb that it holds, and both are public: ``trialstats.extract.reading`` is a module,
``trialstats.extract(text)`` reads a text. So this module can be called.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trialstats.claims import Paper

__all__: list[str] = []


class _Callable(ModuleType):
    """A module that reads a text when it is called."""

    def __call__(self, text: str, *, id: str = "text") -> Paper:  # noqa: A002
        from trialstats.extract.reading import extract

        return extract(text, id=id)


sys.modules[__name__].__class__ = _Callable
