"""The word "no" where it counts as a number does: "no deaths occurred", "no patient withdrew"."""

from __future__ import annotations

_KIND = (
    r"(?:other|further|additional|early|late|serious|severe|fatal|major|minor|immediate|unexpected|local|drug|treatment"
    r"|related|independently|adjudicated|confirmed|opportunistic|[a-z]{3,13}operative|[a-z]{3,14}-(?:related|emergent)"
    r"|adverse|bleeding)"
)
_EVENTS = (
    r"(?:deaths?|cases|events?|episodes|relapses|recurrences|complications|failures|withdrawals|discontinuations|strokes"
    r"|perforations|fractures|infections|adverse (?:effects|reactions)|side effects)"
)
_PLAIN = r"(?:deaths?|(?:adverse|fatal|thromboembolic) events?|withdrawals|discontinuations|relapses)"
_PEOPLE = r"(?:patients?|participants?|subjects?|wom[ae]n|children|child|infants?|volunteers?)"
_WHERE = r"(?: (?:of|in|with|on|for|due|among|during|receiving|given|or|who|leading)\b[^.;:,()0-9]{1,70}?)?"
_HAPPENED = (
    r" (?:ha(?:d|ve) )?(?:occurred|happened|developed|(?:was|were)(?! (?:more|less|different|significant|associated))"
    r"|resulted|in (?:the|either|any))\b"
)
_DID = (
    r" (?:ha(?:d|ve|s) )?(?:died|developed|withdrew|experienced|discontinued|relapsed|progressed|dropped|suffered"
    r"|(?:was|were) lost|reported)\b"
)
NOTHING = (
    r"no(?! [^.;:(\[]{1,60}[(\[]0\b)"
    rf"(?= (?:{_KIND} ){{0,3}}{_EVENTS}{_WHERE}{_HAPPENED}|(?<=there were no) (?:{_KIND} ){{0,3}}{_EVENTS}\b"
    rf"|(?:(?<=[^a-z]with no)|(?<=[^a-z]and no)|(?<=[^a-z]but no)) (?:{_KIND} ){{0,3}}{_PLAIN}\b"
    rf"|(?<=[(\[]no) (?:{_KIND} ){{0,3}}{_EVENTS}\b| {_PEOPLE}{_WHERE}{_DID})"
)
"""The word, where what it counts and what happened follow it."""
