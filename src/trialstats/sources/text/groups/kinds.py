"""Adjectives that tell arms of one kind apart."""

from __future__ import annotations

import re

ADJECTIVE = re.compile(
    r"(?:early|old|new|late|later|open|oral|rectal|prompt|deep|light|moderate|mild|high|low|higher|lower|short"
    r"|long|single"
    r"|double|triple"
    r"|true|real|sham|dummy|genuine|verum|standard|usual|conventional|manual|robotic|partial|total|full|half|free"
    r"|hot|cold|warm|wet|dry|hard|soft"
    r"|loose|tight"
    r"|strict|liberal|simple|complex|morning|evening|spinal|general|local|epidural|intra[a-z]+|trans[a-z]+|sub[a-z]+ous"
    r"|(?:[a-z]+-)?[a-z]{2,}(?:ed|ive|oscopic|ical|diate|inal|ular|ional|tinuous|ittent|lateral)"
    r"|(?:high|low|full|half|reduced|single|double|once|twice|fixed|dose)-[a-z]+|[a-z]+-(?:containing|free|based"
    r"|sparing|led|guided|assisted|delivered))"
)
"""One of them may stand for an arm where the noun follows the last: "early or delayed clamping"."""
