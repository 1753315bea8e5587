"""The words that name the arm others are compared with."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.prose import word_set

CONTROL_WORDS = word_set(
    "placebo control controls usual standard sham no observation alone conventional untreated comparison comparator"
)
"""Words of which one in the name of an arm makes it one like a control."""
CONTROL = re.compile(
    r"\b(?:placebos?|controls?|usual|sham|no |not |standard|observation|untreated|conventional"
    r"|wait(?:ing)?[ -]?list(?:ed)?|waiting|saline|vehicle|routine|without|none|dummy|comparator|soc\b"
    r"|supportive care|alone\b|delayed|deferred|unexposed|historical)"
)
"""Where a name says that it is a control's."""
