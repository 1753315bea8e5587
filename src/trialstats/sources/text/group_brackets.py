"""Find the arms of a list of names and sizes in one bracket: "335 patients (A, 194; B, 131)"."""

from __future__ import annotations

import re

from trialstats.sources.text.group_prose import Phrase, Prose

_NAME_AND_SIZE = (
    r"(?:the )?(?P<name{0}>[a-z][a-z0-9/+&' -]{{1,58}}?)(?: (?:group|arm))?(?:, ?(?:n ?= ?)?|: ?| ?= ?| )[0-9]{{1,5}}"
    r"(?: (?:patients|participants|subjects|women|men|children))?"
)
_SIZE_AND_NAME = (
    r"[0-9]{{1,5}} (?:(?:patients|participants|subjects|women|men|children) )?(?:(?:to|in|on|with|received) )?(?:the )?"
    r"(?P<name{0}>[a-z][a-z0-9/+&' -]{{1,58}}?)(?: (?:group|arm))?"
)


def _bracket(form: str) -> re.Pattern[str]:
    people = "patients|participants|subjects|women|men|children|adults|infants|people|individuals|persons|cases"
    further = "".join(rf"(?:[;,] (?:and )?{form.format(k)}){'?' if k > 1 else ''}" for k in range(1, 5))
    return re.compile(
        rf"(?:(?:{people}) (?:[a-z-]+ ){{0,5}}|[0-9] )[(\[](?:[a-z ]{{1,20}}: ?)?{form.format(0)}{further} ?[)\]]"
    )


_IN_BRACKET = (_bracket(_NAME_AND_SIZE), _bracket(_SIZE_AND_NAME))


def in_bracket(prose: Prose, start: int, stop: int) -> list[Phrase]:
    """Return the arms of "335 patients (A, 194; B, 131) underwent randomisation"."""
    told = (form.search(prose.text, start, stop) for form in _IN_BRACKET)
    found = next((one for one in told if one is not None), None)
    if found is None:
        return []
    names = [f"name{k}" for k in range(5) if found[f"name{k}"]]
    phrases = [Phrase(*found.span(name)) for name in names]
    words = [prose.text[one.start : one.end] for one in phrases]
    return phrases if len(set(words)) == len(words) and not any(map(_NO_ARM.search, words)) else []


_NO_ARM = re.compile(
    r"^(?:n|mean|median|age|range|iqr|sd|male|female|men|women|boys|girls|white|black|asian|stage|grade|[a-z]{0,3}"
    r"|year|aged|total|p|or|hr|rr|ci|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)(?: .*)?$|\b(?:years?|months?|weeks?|age|ratio|screened|eligible|excluded|centres?|centers?|sites?)\b"
)
