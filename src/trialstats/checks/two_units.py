"""Two kinds of things that a sentence counts, patients and their eyes, say: the one is no whole of the other.

Not a check: the checks of parts and wholes ask it whether what is more than its whole may be of the other kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from trialstats.sources.text.tokens.figures import with_figures

_ANYONE, _PATIENTS, _BEARING, _YOUNG, _STAFF, _PLACES, _PARTS, _TIMES = range(8)
_WORDS: Mapping[int, str] = MappingProxyType(
    {
        _ANYONE: "participants subjects individuals persons people volunteers cases controls adults",
        _PATIENTS: "patients children adolescents outpatients inpatients men males females residents students pupils",
        _BEARING: "pregnancies mothers women couples parents births deliveries families dyads pairs",
        _YOUNG: "infants babies newborns neonates fetuses foetuses twins boys girls embryos oocytes offspring",
        _STAFF: "nurses physicians doctors surgeons clinicians teachers midwives pharmacists practitioners therapists"
        " caregivers carers trainers",
        _PLACES: "practices clinics hospitals schools villages wards centres centers sites households communities"
        " clusters",
        _PARTS: "eyes ears kidneys lungs tumours tumors lesions nodules metastases teeth molars implants knees hips"
        " legs limbs feet toes hands fingers wrists shoulders elbows ankles breasts ovaries testes ulcers wounds burns"
        " warts keratoses veins arteries vessels segments grafts stents fistulas aneurysms polyps joints tendons"
        " quadrants sockets nails scars plaques stones samples specimens biopsies isolates strains",
        _TIMES: "periods cycles courses episodes attacks seizures admissions hospitalizations hospitalisations visits"
        " sessions seasons treatments procedures operations infusions injections transfers attempts exposures"
        " headaches migraines exacerbations infections transplants transplantations interventions",
    }
)
_KIND = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        (_ANYONE, _PATIENTS), (_ANYONE, _BEARING), (_ANYONE, _YOUNG), (_ANYONE, _STAFF), (_PATIENTS, _BEARING),
        (_PATIENTS, _YOUNG),
    )
)  # fmt: skip
"""Kinds whose words may be of the same people."""
_HOLDS = frozenset({_YOUNG, _PARTS, _TIMES})
"""Kinds of which one patient may have several, so that parts may be of their number."""
_COUNTED = re.compile(
    r"(?P<n>\d(?<![\d.,·/:<>=±-]\d)\d{0,5})(?![.,·/–-]?\d| ?%)(?: {1,12}\(\d[\d.]*%\))?(?:-| {1,12})"
    r"(?:(?!(?:of|in|had|have|has|with|were|was|and|or|from|for|to|at|on|by|per|who|whom|that|which|completed|received"
    r"|underwent|needed|required|attended)\b)"
    r"[a-z-]{2,20},? ){0,3}?"
    rf"(?P<unit>{'|'.join(sorted(_KIND, key=len, reverse=True))})\b(?!['’])",
    re.IGNORECASE,
)


def of_two_units(text: str, begin: int, stop: int, whole: int, parts: Iterable[int]) -> bool:
    """Whether some words count another kind of things than a whole, and its parts may be of these.

    They may be if there are as many of the other things as of all parts together, or, where the words do not say how
    many there are, if one of the parts is counted so.

    Examples
    --------
    >>> text = "In 40 patients (72 eyes) acuity was better in 54 and worse in 18."
    >>> of_two_units(text, 0, len(text), 40, (54, 18)), of_two_units(text, 0, len(text), 40, (54, 36))
    (True, False)
    """
    parts = list(parts)
    counted = list(_counted(text, begin, stop))
    kinds = {kind for number, kind in counted if number == whole}
    if len(kinds) != 1:
        return False
    (own,) = kinds
    others = [(number, kind) for number, kind in counted if kind != own and frozenset((own, kind)) not in _ALIKE]
    for kind in {kind for _, kind in others}:
        numbers = {number for number, other in others if other == kind}
        wholes = {number for number in numbers if number > max(*parts, whole)}
        if wholes and (kind in _HOLDS or numbers & set(parts)):
            if max(wholes) >= sum(parts):
                return True
        elif numbers & set(parts):
            return True
    return False


def _counted(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the things that some words count: how many, and of which kind."""
    for found in _COUNTED.finditer(with_figures(text), begin, stop):
        yield int(found["n"]), _KIND[found["unit"].lower()]
