"""What two percentages or counts are of, where a plain test of patients may not be meant: things, or a measurement.

Not a check: the check of P values against two counts or percentages asks it before it asks somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trialstats.checks.another_analysis import names_a_test_of_counts, words_about
from trialstats.checks.arm_numbers import ArmNumbers
from trialstats.checks.check import Context
from trialstats.claims.model import Comparison
from trialstats.claims.trust import in_cells

# What is treated or looked at, of which a patient or a place may have several.
_UNITS_TEXT = (
    "eyes ears teeth molars premolars incisors sockets implants restorations fillings crowns fissures sites"
    " knees hips legs limbs feet breasts embryos oocytes blastocysts samples specimens slides smears swabs grafts"
    " prescriptions orders requests referrals charts opportunities households plots"
)
_PARTS_TEXT = (
    "kidneys lungs lesions nodules metastases gums surfaces toes hands fingers wrists shoulders elbows ankles ovaries"
    " testes ulcers wounds burns scars warts keratoses plaques veins arteries vessels segments stents fistulas"
    " aneurysms polyps joints tendons quadrants nails stones biopsies isolates strains cultures images scans recordings"
    " follicles eggs seeds plants litters messages calls reports records items questions clusters nets"
)
_TIMES_TEXT = (
    "observations encounters consultations contacts visits appointments sessions shifts admissions hospitali[sz]ations"
    " episodes attacks seizures headaches cycles courses periods doses injections infusions procedures operations"
    " attempts punctures insertions cannulations intubations catheters transfers transfusions days nights hours"
    " measurements readings meals"
)
_PLACES_TEXT = (
    "practices clinics hospitals schools classrooms villages wards centres centers units households homes families"
    " communities neighbou?rhoods clusters districts pharmacies kindergartens worksites workplaces parishes towns"
)
_UNITS, _PARTS, _TIMES, _PLACES = (
    "|".join(text.split()) for text in (_UNITS_TEXT, _PARTS_TEXT, _TIMES_TEXT, _PLACES_TEXT)
)
_PEOPLE = (
    r"(?:patients?|participants?|subjects?|wom[ae]n|m[ae]n|children|child|adults?|infants?|neonates?|newborns?|boys|girls"
    r"|volunteers|individuals|people|persons?|mothers|fathers|parents|males|females|students|pupils|residents"
    r"|adolescents|controls|cases|nurses|physicians|respondents|survivors|recipients|smokers|veterans|workers|members"
    r"|users|those|babies|drinkers|athletes|elders|couples)"
)
_BETWEEN = (
    r"(?:(?!(?:of|in|had|have|has|with|were|was|and|or|from|for|to|at|on|by|per|who|whom|that|which|than|after|over"
    rf"|during|within|{_PEOPLE})\b)[a-z-]{{2,20}},? ){{0,3}}?"
)
_THINGS_NEXT = re.compile(
    rf"[)\]%]{{0,3}} (?:of (?:the |all |all the )?)?{_BETWEEN}(?P<thing>{_UNITS}|{_PARTS}|{_TIMES})\b(?!['’])",
    re.IGNORECASE,
)
"""Things right behind one of the numbers compared: "of 412 teeth", "78% of implants"."""
_PEOPLE_NEXT = re.compile(rf"[)\]%]{{0,3}} (?:[a-z-]{{2,20}} ){{0,2}}?{_PEOPLE}\b(?!['’])", re.IGNORECASE)
_HEADED = re.compile(rf"(?:^|[.;:]) ?(?:[a-z-]{{2,20}} ){{0,2}}?(?P<thing>{_UNITS})\b(?!['’])", re.IGNORECASE)
"""Things at the head of a sentence: "Implants failed in ...", "Teeth: ..."."""
_THINGS_NAMED = re.compile(rf"\b(?P<thing>{_UNITS})\b", re.IGNORECASE)
"""Things in the name of an outcome: "implants lost"."""
_COUNTED = re.compile(
    rf"(?<![\d.,·])(?P<n>\d{{1,6}})(?: ?\(\d[\d.]*%\))? {_BETWEEN}(?P<thing>{_UNITS}|{_PARTS})\b(?!['’])",
    re.IGNORECASE,
)
_BY_PLACE = re.compile(
    rf"\b(?:intervention|control|comparison|experimental|treatment|untreated|usual[- ]care) (?P<thing>{_PLACES})\b",
    re.IGNORECASE,
)
"""Places that were allocated: "in intervention villages"."""


def not_of_patients(context: Context, claim: Comparison, pair: Sequence[ArmNumbers]) -> str:
    """Return what two percentages or counts are of by the words of a text, if not of patients; empty if they are.

    A test of counts that is named beside the P value takes them as they are.

    Parameters
    ----------
    context : Context
    claim : Comparison
        The P value that compares them.
    pair : sequence of ArmNumbers
        What both arms print.
    """
    if names_a_test_of_counts(context, claim):
        return ""
    if context.paper.text is None:
        return _by_its_outcome(context, claim, pair)
    if (thing := _thing_counted(context, claim, pair)) is not None:
        return f"{thing.lower()}, of which a patient may have several"
    if (place := _BY_PLACE.search(words_about(context, claim))) is not None:
        return f"{place['thing'].lower()} that were allocated, whose people are more alike"
    if all(one.x is not None or one.bounds for one in pair):
        return ""
    return _may_be_measured(context, claim)


def _by_its_outcome(context: Context, claim: Comparison, pair: Sequence[ArmNumbers]) -> str:
    """Return what two shares are of by the name of their outcome, where they are typed or stand in cells."""
    members = context.members(claim)
    said = [claim.outcome, *(one.outcome for one in members), *(one.unit for one in members)]
    outcome = " ".join(dict.fromkeys(filter(None, said)))
    if (found := _THINGS_NAMED.search(outcome)) is not None:
        return f"{found['thing'].lower()}, of which a patient may have several"
    if not in_cells(context.paper) or all(one.x is not None for one in pair) or _HAPPENS.search(outcome) is not None:
        return ""
    if (found := _MEASURED.search(outcome)) is not None:
        return f"“{found[0]}”, so that the percentages may be measured in each patient"
    return "percentages without counts, which may be measured in each patient"


def _thing_counted(context: Context, claim: Comparison, pair: Sequence[ArmNumbers]) -> str | None:
    """Return the things that are counted in place of patients, by the words behind the numbers, or a sentence's head.

    Or else by the number that a text counts elsewhere, of as many as are in one of two groups, or in both.
    """
    text = context.paper.text or ""
    ends = [end for one in context.members(claim) for _, _, end in one.where.numbers]
    if (found := next(_matches(_THINGS_NEXT, text, ends), None)) is not None:
        return found["thing"]
    if next(_matches(_PEOPLE_NEXT, text, ends), None) is not None:
        return None
    if (found := _HEADED.search(words_about(context, claim))) is not None:
        return found["thing"]
    sizes = [max(one.sizes, default=0) for one in pair]
    numbers = {str(n) for n in (*sizes, sum(sizes)) if n}
    return next((one["thing"] for one in _COUNTED.finditer(text) if one["n"] in numbers), None)


def _matches(expression: re.Pattern[str], text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    return (found for at in places if (found := expression.match(text, at)) is not None)


_MEASURED = re.compile(
    r"\b(?:means?|averag(?:e|es|ed|ing)|medians?|scor(?:e|es|ed|ing)|(?:of )?predicted|index|indices|on probing"
    r"|fraction|(?:of|the) (?:the )?(?:time|days|nights|hours|doses)|days (?:with|of)|relative dose|per cent change)\b"
    r"|\bby \d[\d.]*%|\d%\)? (?:reduction|decrease|increase|decline|improvement|fall|rise|loss|gain)\b",
    re.IGNORECASE,
)
"""What percentages are of that are measured in each patient, or how they changed."""
_HAPPENS = re.compile(
    r"\b(?:deaths?|died|dead|dying|mortality|(?:case[- ])?fatal\w*|surviv\w+|alive|cur(?:e|es|ed)|respon[ds]\w*|remi\w+"
    r"|relief|relieved|improved|worsened|relaps\w+|recur\w+|progress(?:ed|ion)|fail\w*|success\w*|heal(?:ed|ing)"
    r"|abstinen\w+|abstain\w*|quit\w*"
    r"|cessation|pregnan\w+|(?:live|still|preterm|premature) ?births?|stillbirth\w*|deliver(?:y|ies|ed)|ca?esarean"
    r"|miscarr\w+|abort\w+|infect\w+|pneumon\w+|sepsis|fever|malaria|strokes?|infarct\w+|thrombos[ei]s|thrombo-?embol\w+"
    r"|embol\w+|bleed\w*|ha?emorrhag\w+|fractures?|falls|fell|rash\w*|nause\w+|vomit\w+|headaches?|diarrh\w+|constipat\w+"
    r"|dizziness|fatigue|cough|pruritus|flushing|events?|complicat\w+|toxic\w+|mucositis|\w+penia|ana?emia|delirium"
    r"|withdr[ae]w\w*|drop-?\s?outs?|dropped out|discontinu\w+|incidence|prevalence|occur\w*|develop\w*|reject\w+"
    r"|resol(?:ved?|utions?)|clear(?:ed|ance)|eradicat\w+|recover\w*|\w*conver(?:sions?|ted)|positiv\w*|hospitali[sz]\w+"
    r"|(?:re-?)?admi(?:ssions?|tted)|discharged|transfus\w+|(?:re-?)?intubat\w+|ventilat(?:ed|ion)|smok\w+|vaccinated"
    r"|immuni[sz]ed|uptake|attend\w*|preferred|restenos[ei]s|occlu(?:ded|sions?)|patency|free(?:dom)?|reinterven\w+"
    r"|reoperat\w+|revasculari[sz]\w+|perforat\w+|leaks?|side[- ]effects?|adverse|reactions?|hypotension"
    r"|hypoglyca?emi\w+|diabetes|cancers?|metastas[ei]s|disease|disability|dependen\w+|employ\w+|retained|completed"
    r"|completion|seen|noted|present|detected|achiev\w+|attain\w+|underwent|required|needed|chose|agreed)\b",
    re.IGNORECASE,
)
"""Words for what happens to a patient, or for a state that one is in or not."""
_SHARE_OF_PEOPLE = re.compile(
    rf"%\)?,? (?:of|among) (?:the |all |those |these )?(?:[a-z-]{{2,20}} ){{0,3}}?{_PEOPLE}\b"
    rf"|\b(?:proportions?|percentages?|numbers?|shares?|rates?|fractions?|more|fewer|of) (?:of )?(?:the |all )?"
    rf"(?:[a-z-]{{2,20}} ){{0,2}}?{_PEOPLE}\b (?:had|who|with|were|was|achiev|reach|report|develop|requir|in\b)"
    rf"|%\)? (?:had|were|reported|experienced)\b|\b{_PEOPLE} (?:who|reported|experienced|reached)\b",
    re.IGNORECASE,
)


def _may_be_measured(context: Context, claim: Comparison) -> str:
    """Return why percentages without counts may not be shares of patients; empty where words say that they are."""
    words = words_about(context, claim)
    if (found := _MEASURED.search(words)) is not None:
        return f"“{found[0]}”, so that the percentages may be measured in each patient"
    outcome = " ".join(filter(None, (one.outcome for one in context.members(claim))))
    if _HAPPENS.search(outcome or words) is not None or _SHARE_OF_PEOPLE.search(words) is not None:
        return ""
    return "percentages without counts, which may be measured in each patient"
