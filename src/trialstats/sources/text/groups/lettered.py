"""How a text says what a group with a letter or number was given: "group 2 (n = 41) received zinc"."""

from __future__ import annotations

import re

GIVEN_TO = (
    r"(?: ?\([^()]{0,40}\))?(?: ?[=:] ?|,? (?:(?:similarly|also|only|then) )?"
    r"(?:(?:who |which |that )?(?:received|receiving|(?:was|were) (?:given|treated with|prescribed|offered)"
    r"|underwent|used"
    r"|performed|took|consumed|drank|attended)"
    r"|comprised|consisted of|was|were|served as|acted as) )"
)
"""What leads from the name of a group to what it was given, with its size in a bracket."""
NEXT_GROUP = re.compile(
    rf"\b(?:group|arm|cohort|regimen) (?:[1-8]|[a-h]|i{{1,3}}v?|[a-z]{{1,4}}[0-9]?){GIVEN_TO}(?:(?:the|an?|either) )*$"
)
"""The name of the next group, right before what it was given."""
