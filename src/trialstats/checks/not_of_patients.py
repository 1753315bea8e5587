"""What two percentages or counts are of, where a plain test of patients may not be meant: things, or something measured.

Not a check: the check of P values against two counts or percentages asks it before it asks somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.checks.another_analysis import names_a_test_of_counts, words_about
from trialstats.checks.arm_numbers import ArmNumbers
from trialstats.checks.check import Context
from trialstats.claims.model import Comparison
from trialstats.sources.text.tokens.figures import with_figures

# Of which a patient, or a place where patients are, may have several.
_THINGS_TEXT = (
    "eyes ears kidneys lungs lesions nodules metastases tooth teeth molars premolars incisors sockets gums implants"
    " restorations fillings crowns fissures surfaces sites knees hips legs limbs feet toes hands fingers wrists"
    " shoulders elbows ankles breasts ovaries testes ulcers wounds burns scars warts keratoses plaques veins arteries"
    " vessels segments grafts stents fistulas aneurysms polyps joints tendons quadrants nails stones samples specimens"
    " smears slides swabs biopsies isolates strains cultures images scans readings recordings measurements tests"
    " embryos oocytes follicles blastocysts eggs seeds plots plants leaves cages litters herds"
    " prescriptions orders requests referrals messages calls letters reports records charts questions items responses"
    " opportunities observations encounters consultations contacts visits appointments sessions classes shifts"
    " admissions hospitali[sz]ations episodes attacks seizures cycles courses periods doses injections infusions"
    " procedures operations attempts punctures insertions cannulations intubations catheters lines devices transfers"
    " transfusions days nights hours nets meals feeds"
)
_PLACES_TEXT = (
    "practices clinics hospitals schools classrooms villages wards centres centers units households homes families"
    " communities neighbou?rhoods clusters districts pharmacies kindergartens worksites workplaces parishes towns"
)
_THINGS = "|".join(_THINGS_TEXT.split())
_PLACES = "|".join(_PLACES_TEXT.split())
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
_COUNTED = re.compile(
    rf"(?:(?<![\d.,·])(?P<n>\d{{1,6}})(?: ?\(\d[\d.]*%\))?|%\)?|\d\)) (?:of (?:the |all )?)?{_BETWEEN}"
    rf"(?P<thing>{_THINGS}|households|clusters)\b(?!['’])",
    re.IGNORECASE,
)
"""Things with their number: "of 412 teeth", "78% of implants"."""
_HEADED = re.compile(
    rf"(?:^|[.;:] )(?P<thing>(?:[a-z-]{{2,20}} ){{0,2}}?(?:{_THINGS}|households))\b(?!['’])", re.IGNORECASE
)
"""Things at the head of a sentence: "Implants failed in ...", "Teeth: ..."."""
_BY_PLACE = re.compile(
    rf"\b(?:intervention|control|comparison|experimental|treatment|treated|untreated|usual[- ]care|trained) "
    rf"(?P<thing>{_PLACES})\b",
    re.IGNORECASE,
)
"""Places that were allocated: "in intervention villages"."""
_OF_PEOPLE_NEXT = re.compile(rf"[)\]%]{{0,3}} (?:[a-z-]{{2,20}} ){{0,2}}?{_PEOPLE}\b(?!['’])", re.IGNORECASE)


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
    if context.paper.text is None or names_a_test_of_counts(context, claim):
        return ""
    return _things_counted(context, claim, pair) or (
        "" if all(one.x is not None or one.bounds for one in pair) else _may_be_measured(context, claim)
    )


def _things_counted(context: Context, claim: Comparison, pair: Sequence[ArmNumbers]) -> str:
    """Return the things, or places, that are counted in place of patients."""
    text, words = context.paper.text or "", with_figures(words_about(context, claim))
    if (place := _BY_PLACE.search(words)) is not None:
        return f"{place['thing'].lower()}, of whom several patients are alike"
    found = _COUNTED.search(words)
    if found is None and not _counts_people(context, claim):
        found = _HEADED.search(words) or _told_elsewhere(text, pair)
    return f"{found['thing'].lower()}, of which a patient may have several" if found is not None else ""


def _counts_people(context: Context, claim: Comparison) -> bool:
    """Whether a word for people stands right behind one of two results: "in 12 of 80 children"."""
    text = context.paper.text or ""
    ends = [end for one in context.members(claim) for _, _, end in one.where.numbers]
    return any(_OF_PEOPLE_NEXT.match(text, end) is not None for end in ends)


def _told_elsewhere(text: str, pair: Sequence[ArmNumbers]) -> re.Match[str] | None:
    """Return where a text counts things of which there are as many as in one of two groups, or in both."""
    sizes = [max(one.sizes, default=0) for one in pair]
    numbers = {str(n) for n in (*sizes, sum(sizes)) if n}
    return next((one for one in _COUNTED.finditer(text) if one["n"] in numbers), None)


_MEASURED = re.compile(
    r"\b(?:means?|averag(?:e|es|ed|ing)|medians?|scor(?:e|es|ed|ing)|(?:of )?predicted|index|indices|on probing|by \d[\d.]*%"
    r"|(?:of|the) (?:the )?(?:time|days|nights|hours|doses)|days (?:with|of)|fraction|relative dose|per cent change"
    r"|\d%\)? (?:reduction|decrease|increase|decline|improvement|fall|rise|loss|gain))\b",
    re.IGNORECASE,
)
"""What percentages are of that are measured in each patient, or how they changed."""
_HAPPENS = re.compile(
    r"\b(?:deaths?|died|dead|dying|mortality|(?:case[- ])?fatal\w*|surviv\w+|alive|cur(?:e|es|ed)|respon[ds]\w*|remi\w+"
    r"|relaps\w+|recur\w+|progress(?:ed|ion)|fail\w*|success\w*|heal(?:ed|ing)|abstinen\w+|abstain\w*|quit\w*"
    r"|cessation|pregnan\w+|(?:live|still|preterm|premature) ?births?|stillbirth\w*|deliver(?:y|ies|ed)|caesarean|cesarean"
    r"|miscarr\w+|abort\w+|infect\w+|pneumon\w+|sepsis|fever|malaria|strokes?|infarct\w+|thrombos[ei]s|thrombo-?embol\w+"
    r"|embol\w+|bleed\w*|ha?emorrhag\w+|fractures?|falls|fell|rash\w*|nause\w+|vomit\w+|headaches?|diarrh\w+|constipat\w+"
    r"|dizziness|fatigue|cough|pruritus|flushing|events?|complicat\w+|toxic\w+|mucositis|\w+penia|an(?:a?)emia|delirium"
    r"|withdr[ae]w\w*|drop-?\s?outs?|dropped out|discontinu\w+|incidence|prevalence|occur\w*|develop\w*|reject\w+"
    r"|resol(?:ved?|utions?)|clear(?:ed|ance)|eradicat\w+|recover\w*|\w*conver(?:sions?|ted)|positiv\w*|hospitali[sz]\w+"
    r"|(?:re-?)?admi(?:ssions?|tted)|discharged|transfus\w+|(?:re-?)?intubat\w+|ventilat(?:ed|ion)|smok\w+|vaccinated"
    r"|immuni[sz]ed|uptake|attend\w*|preferred|restenos[ei]s|occlu(?:ded|sions?)|patency|free(?:dom)?|reinterven\w+"
    r"|reoperat\w+|revasculari[sz]\w+|perforat\w+|leaks?|side[- ]effects?|adverse|reactions?|hypotension"
    r"|hypoglyc[a]?emi\w+|diabetes|cancers?|metastas[ei]s|disease|disability|dependen\w+|employ\w+|retained|completed"
    r"|completion|seen|noted|present|detected|achiev\w+|attain\w+|underwent|required|needed|chose|agreed)\b",
    re.IGNORECASE,
)
"""Words for what happens to a patient, or for a state that one is in or not."""
_SHARE_OF_PEOPLE = re.compile(
    rf"%\)?,? (?:of|among) (?:the |all |those |these )?(?:[a-z-]{{2,20}} ){{0,3}}?{_PEOPLE}\b"
    rf"|\b(?:proportions?|percentages?|numbers?|shares?|rates?|fractions?|more|fewer|of) (?:of )?(?:the |all )?"
    rf"(?:[a-z-]{{2,20}} ){{0,2}}?{_PEOPLE}\b (?:had|who|with|were|was|achiev|reach|report|develop|experienc|requir|in\b)"
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
