"""The whole numbers of a text that may be numbers of patients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.groups.prose import Prose, word_set
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.tokens.lex import NUMBER_WORDS

PEOPLE = (
    r"(?:patients|participants|subjects|women|men|children|adults|infants|volunteers|individuals|persons|people|cases"
    r"|newborns|neonates|girls|boys|adolescents|veterans|students|nurses|residents|survivors|mothers|pregnancies"
    r"|couples"
    r"|pts|males|females|outpatients|inpatients|respondents|recipients|smokers|completers|parents|caregivers|physicians"
    r"|surgeons|eyes|professionals|clinicians|doctors|providers|trainees|learners|carers|spouses|workers|controls"
    r"|members|donors|pairs|dyads|carriers|families|practitioners|practices|clinics"
    r"|villages|schools|hospitals|clusters|households|communities|wards|classes|centres|centers|sites|gps|pharmacies"
    r"|homes|kindergartens|preschools|worksites|workplaces|babies|parturients|schoolchildren|consumers|players|youths"
    r"|toddlers|twins|siblings|midwives|pharmacists|prisoners|inmates"
    r"|callers|clients|beneficiaries|employees|athletes|teachers|pupils|soldiers|attendees|enrollees"
    r"|primigravidae|primigravidas|nulliparas|multiparas|humans|dogs|cats|cows|calves|horses|pigs|sheep"
    r"|americans|africans|asians|hispanics|latinas|latinos|caucasians|offices"
    r"|patient)"
)
CLUSTERS = word_set(
    "practices clinics villages schools hospitals clusters households communities wards classes centres centers sites"
    " pharmacies homes kindergartens preschools worksites workplaces offices"
    " physicians practitioners gps surgeons"
)
"""Words for what patients belong to, and which may be randomised in their stead."""
CLUSTERS_WITH = re.compile(rf"\b(?:{'|'.join(sorted(CLUSTERS))}) with $")
"""What leads to the people of clusters: "31 clinics with 90 doctors"."""
INITIALS = r"[b-df-hj-np-tv-xz]{2,5}s"
"""Several of what a text has an abbreviation for: the "DCCs" of "control DCCs", once daycare centres."""
POPULATIONS = {
    "random": "randomised", "assign": "randomised", "allocat": "randomised", "divided": "randomised",
    "enrol": "enrolled", "recruit": "enrolled", "regist": "enrolled", "accru": "enrolled", "entered": "enrolled",
    "consent": "enrolled", "agreed": "enrolled", "includ": "included", "participat": "included", "stud": "included",
    "admitted": "included", "involv": "included", "selected": "included", "follow": "included", "treat": "treated",
    "receiv": "treated", "underwent random": "randomised", "underwent screen": "screened", "underwent": "treated",
    "track": "included", "interview": "included", "survey": "included", "examin": "included", "infus": "treated",
    "screen": "screened", "eligible for analys": "analysed", "eligible for the analys": "analysed",
    "eligible for the primary analys": "analysed", "eligible for the final analys": "analysed",
    "eligible for evalua": "evaluable", "eligib": "eligible", "evalua": "evaluable",
    "assess": "evaluable", "analy": "analysed", "available": "analysed", "leaving": "analysed", "complet": "completed",
    "assessed for eligib": "screened", "assessed for inclu": "screened",
}  # fmt: skip
"""By the beginning of a word, which patients it speaks of."""
# A complete response says of nobody that they completed the study. Who underwent randomisation was randomised, who
# underwent screening was screened.
_NOT_BEFORE = {
    "underwent": r"underwent(?! randomi| screen)",
    "agreed": r"agreed(?! that)",
    "complet": r"complet(?!e\b|ely\b)",
    "assess": r"assess(?!ed for (?:eligib|inclu))",
}
KIND = "|".join(_NOT_BEFORE.get(kind, kind) for kind in POPULATIONS)
EVENT = re.compile(r" ?[(\[]? ?[0-9.]+ ?%(?!,? (?:men|women|male|female|males|females|boys|girls|white)\b)")
"""A percentage behind a number: it counts events, not patients given a treatment; "(61% women)" tells who they are."""
_MOST_NUMBERS = 2000
_NUMBER = re.compile(r"k(?:m?k|ak){0,9}|d")
_NUMBER_WORD = r"(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")"
_WORDS_FIRST = re.compile(
    rf"\s*(?:[a-z &/]{{3,30}}: ?)?(?:a total of )?({_NUMBER_WORD}(?:[ -](?:and )?{_NUMBER_WORD}){{0,6}})\b"
)


IN_WORDS = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|eleven|twelve|[a-z]{3,5}teen|ten|nine|eight"
    r"|seven"
    r"|six|five|four|three)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
)
"""The end of a number in words."""
_WORDS = re.compile(rf"\b{_NUMBER_WORD}(?:[ -](?:and )?{_NUMBER_WORD}){{0,6}}\b")
_FIRST_WORDS = frozenset(NUMBER_WORDS) | {"a"}
_FIRST_PART = re.compile(r"[ -]")


@dataclass(slots=True)
class Number:
    """A whole number: its place, its digits, its sentence, and whether it is the dose that names an arm."""

    start: int
    end: int
    digits: str
    sentence: tuple[int, int]
    named: bool = False

    @property
    def count(self) -> int:
        """Return its value."""
        return int(self.digits)


def patient_numbers(document: Document, prose: Prose, names: Sequence[Mention] = ()) -> list[Number]:
    """Return the whole numbers of a text, in digits or words, that may count patients.

    Parameters
    ----------
    document : Document
    prose : Prose
    names : sequence of Mention
        Where arms are named, in order.
    """
    tokens, text = document.tokens, prose.text
    inside = {
        place
        for one in names
        for place in range(one.start, one.end)
        if text[place].isdigit() and one.names_number(text, place)
    }
    found: list[Number] = []
    for match in _NUMBER.finditer(document.letters):
        first = match.start()
        start, end = tokens.starts[first], tokens.ends[match.end() - 1]
        if _PER_CENT.match(text, end) is not None:
            continue  # "sixty-one per cent of patients received"
        if text[start].isdigit():
            signed = start and text[start - 1] in _SIGNS and not text.startswith(")-", start - 2)
            if text[max(0, start - 8) : start].rstrip(" \x00").endswith(_RELATIONS):
                continue  # "≥ 30 adults"
            if signed and _DASHED.search(text, max(0, start - 14), start) is None:
                continue
            digits = document.digits(first)
            if not digits.isdecimal() or len(digits) > 7 or digits[0] == "0" or _counts_none(text, start, end):
                continue
        else:
            if "a" in match[0] and "hundred" not in text[start:end].split(" and ")[0]:
                end = tokens.ends[first]
            digits = _worth(text[start:end])
        found.append(Number(start, end, digits, prose.sentences[prose.sentence_at(start)], start in inside))
        if len(found) == _MOST_NUMBERS:
            break
    # The lexer keeps no sentence without a figure.
    known = {number.start for number in found}
    for sentence in prose.sentences[:_MOST_NUMBERS]:
        head = text[sentence[0] : sentence[0] + 36].lstrip()
        if ":" not in head and _FIRST_PART.split(head, 1)[0] not in _FIRST_WORDS:
            continue
        words = _WORDS_FIRST.match(text, sentence[0], sentence[1])
        if words is None or words.start(1) in known or _PER_CENT.match(text, words.end(1)):
            continue
        found.append(Number(words.start(1), words.end(1), _worth(words[1]), sentence))
        stop = min(sentence[1], words.end() + 600)
        found += [
            Number(*match.span(), _worth(match[0]), sentence) for match in _WORDS.finditer(text, words.end(), stop)
        ]
    if "thousand" in text:
        found = _with_thousands(prose, found)
    found.sort(key=lambda number: number.start)
    return [number for number in found if number.digits != "0"]


_PER_CENT = re.compile(r"[ -]per ?cent\b|[ -]percentage\b")
_DASHED = re.compile(
    r"\b(?:allocated|assigned|randomi[sz]ed|groups|arms|patients|participants|subjects|enrolled|included)--?$"
)
"""What a dash stands behind, and no minus: "were randomly allocated-195 (49%) to"."""
_SIGNS = frozenset("<>≤≥/±~+-")
_RELATIONS = ("<", ">", "≤", "≥")
_NO_COUNT = (
    "january ", "february ", "march ", "april ", "june ", "july ", "august ", "september ", "october ", "november ",
    "december ", "jan ", "feb ", "apr ", "aug ", "sept ", "oct ", "nov ", "dec ", "may ", "day ", "days ", "week ",
    "month ", "phase ", "grade ", "stage ", "level ", "age ", "aged ", "type ",
)  # fmt: skip


def _not_inside(text: str, place: int) -> bool:
    """Whether no bracket is open at a place."""
    start = max(0, place - 100)
    return text.rfind("(", start, place) <= text.rfind(")", start, place)


_RATIO = re.compile(r"(?<![0-9])[0-9] : [0-9]$")
_ISOTOPE = re.compile(r"\)-?[a-z]")
_ITEM = re.compile(r"(?:^|[;:,.]|\band|\bor) [0-9]$")
_PEOPLE_NEXT = re.compile(rf" {PEOPLE}")
_MONTH_NEXT = re.compile(
    r" (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)


def _counts_none(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a ratio or date."""
    if text.startswith(":", end) and text[end + 1 : end + 2].isdigit():
        return True
    if text.startswith(" : ", start - 3) and _RATIO.search(text, max(0, start - 6), end) is not None:
        return True  # "in a 1 : 1 ratio"
    if text.startswith("(", start - 1) and _ISOTOPE.match(text, end) is not None:
        return True  # "(131)I-lumarin"
    if text.startswith(") ", end) and _ITEM.search(text, max(0, start - 5), end) and _not_inside(text, start):
        return True  # "trials in which 1) adults took part; 2) ..."
    if (
        text.startswith(":", start - 1)
        and text[start - 2 : start - 1].isdigit()
        and _PEOPLE_NEXT.match(text, end) is None
    ):
        return True
    if text.startswith((",", " or ", " and "), end) and _DOSES_NEXT.match(text, end) is not None:
        return True  # "lumarin (5, 15, or 45 mg)"
    return text.endswith(_NO_COUNT, max(0, start - 10), start) or _MONTH_NEXT.match(text, end) is not None


_DOSES_NEXT = re.compile(
    r"(?:, [0-9.]{1,6}){0,4},? (?:or|and) [0-9.]{1,6}[ -]?(?:mg|mcg|[uµμ]g|g|iu|ml|units|gy|%|weeks?|months?|days?"
    r"|years?)\b"
)


def _with_thousands(prose: Prose, found: list[Number]) -> list[Number]:
    """Put "one thousand five hundred seventy-nine" in the place of its parts."""
    joined = [
        Number(match.start(), match.end(), _worth(match[0]), prose.sentences[prose.sentence_at(match.start())])
        for match in _THOUSANDS.finditer(prose.text)
    ]
    return [one for one in found if not any(whole.start <= one.start < whole.end for whole in joined)] + joined


_THOUSANDS = re.compile(
    rf"\b{_NUMBER_WORD}(?:[ -](?:and )?{_NUMBER_WORD}){{0,4}}[ -]thousand"
    rf"(?:,?[ -](?:and )?{_NUMBER_WORD}(?:[ -](?:and )?{_NUMBER_WORD}){{0,5}})?\b"
)


def _worth(words: str) -> str:
    if "thousand" in words:
        many, _, rest = words.partition("thousand")
        return str(1000 * int(_worth(many)) + int(_worth(rest.strip(" ,-"))))
    value = 0
    for word in words.replace("-", " ").split():
        part = NUMBER_WORDS.get(word, 0)
        value = max(value, 1) * 100 if part == 100 else value + part
    return str(value)


_EQUALS = re.compile(
    r"(?:\bn ?[=:]|(?<=[(\[])(?!(?:auc|[prtfd]|hr|or|rr|sd|se|ci|md|smd|rd|arr|nnt|iqr)\b)[a-z]{1,5} ?=) ?$"
)


_UNIT_NEXT = re.compile(
    r" (?:m?l|[mk]?g|[cm]m|mmhg|mmol|nmol|pmol|points?|days?|weeks?|months?|years?|hours?|minutes?|s|min|h|u|iu|kcal"
    r"|ng|pg|bpm|beats)\b"
)


def before_equals(prose: Prose, number: Number) -> int:
    """Return where "n = " begins before a number, or -1."""
    if number.start < 2 or (
        "=" not in prose.text[number.start - 2 : number.start]
        and ":" not in prose.text[number.start - 2 : number.start]
    ):
        return -1
    if _UNIT_NEXT.match(prose.text, number.end) is not None:
        return -1  # "(LSM = 412 mL; n = 67)"
    found = _EQUALS.search(prose.text, max(0, number.start - 12), number.start)
    return found.start() if found is not None else -1


def kind_of(verb: str) -> str:
    """Return which patients a verb speaks of."""
    return next((of for kind, of in POPULATIONS.items() if verb.startswith(kind) or kind.startswith(verb)), "included")
