"""Phrases that can be no arms, however they stand side by side: measures, times, numbers of arms, clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.groups.prose import MASK, Phrase

# What is measured of people, where it is the last of the words: "the pain score", "work ability", "first relapse".
_MEASURED = re.compile(
    r"\b(?:(?:total |mean |summary |sum |change )?scores?|subscales?|questionnaires?|(?:rating )?scales?"
    r"|inventor(?:y|ies)|[a-z]{0,12}abilit(?:y|ies)|genotypes?"
    r"|polymorphisms?|toxicit(?:y|ies)|exacerbations?|relapses?|recurrences?|symptoms?|complications?"
    r"|adverse events?|satisfaction|prevalence|severity|morbidity|comorbidit(?:y|ies)|objectives?|end ?points?"
    r"|concentrations|changes|findings|variables|characteristics|factors|meta-?analys[ie]s|systematic reviews?"
    r"|frequenc(?:y|ies)|rates?|outcomes?|benefits?|uncertainty|consistency|concordance|compliance|costs?"
    r"|well-?being|quality of life|survival|mortality"
    r"|(?:systolic|diastolic) (?:bp|blood pressure))$"
)
# "low score", "unfavourable genotype": people may be told apart by it.
_LEVEL = re.compile(
    r"\b(?:no|non|without|with|symptomatic|asymptomatic|high|higher|highest|low|lower|lowest|normal|elevated"
    r"|positive|negative|[a-z]*favou?rable"
    r"|good|poor|mild|moderate|severe|intermediate|risk|group|mutant|wild-?type|early|late|[0-9]+|care|management"
    r"|control"
    r"|monitoring|intervention|reporting|program(?:me)?)\b"
)
_UNIT = r"(?:seconds?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?|yrs?|cycles?|courses?|visits?)"
_NUMBER = r"(?:[0-9][0-9.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_TIME = re.compile(
    rf"(?:[<>≤≥] ?=? ?|at |about |the |up to |at least )?(?:{_NUMBER}[ -])?{_UNIT}(?: (?:later|after|before|post"
    rf"|of age))?"
    r"|(?:at )?(?:the )?(?:baseline|(?:pre|post)-?(?: )?(?:treatment|intervention|test|operative(?:ly)?|training"
    r"|randomi[sz]ation|baseline|dose)|follow-?up|end of (?:study|treatment)|(?:before|after) (?:treatment|intervention"
    r"|surgery)|admission|discharge|birth|age|gender|sex|year|hour|parents?)"
)
# "a 14-day or 7-day course of zinc"
_TIMED = re.compile(rf"(?:an? )?{_NUMBER}[ -]{_UNIT}\b")
# "two chemotherapy regimens", "approaches": how many arms there are, or what they all are
_NUMBERED = re.compile(
    r"(?:(?:of )?(?:the )?(?:two|three|four|five|six|[2-6]) (?:(?:different|distinct|alternative|active"
    r"|[a-z-]+) ){0,3})?"
    r"(?:approaches|strategies|groups|subgroups|arms|regimens|interventions|comparisons|modalities|options|programmes"
    r"|programs|techniques|procedures|formulations|schedules|alternatives|conditions|cohorts|studies|trials|phases"
    r"|outcomes|settings)"
    # "two equal", "several new drugs", "three solutions": the number is of a word behind, or of all arms together.
    r"|(?:two|three|four|[2-4]) (?:equal|matched|parallel|separate|different|comparable)(?: [a-z-]+)?"
    r"|(?:two|three|four|five|six|several|various|[2-6]) (?:[a-z-]+ ){0,3}"
    r"(?:agents|drugs|solutions|products|methods|devices|medications|medicines|concentrations|compounds|vaccines"
    r"|anaesthetics|anesthetics|antibiotics|analgesics|preparations|brands|systems|protocols|approaches|materials)"
    r"|(?:two|three|four|five|six) (?!times\b|percent\b|[a-z]+ly\b)(?!(?:second|minute|hour|day|week|month|year"
    r"|cycle|dose"
    r"|session|injection|tablet|capsule|drug|fraction|stage|step|visit|point)s?\b)[a-z-]*[a-rt-z]"
)
# A clause: what is done or asked, who did what.
_CLAUSE = re.compile(
    r"(?:that|which|who|if|whether|where|because|although|when|while|as(?! (?:needed|required|usual|necessary"
    r"|indicated|requested|recommended)\b)) "
    r"|(?:comparing|preventing|delaying|determining|examining|investigating|predicting|assessing|measuring"
    r"|describing|estimating|identifying|defining|comprising|declining|meta-?analys[ie]s of|randomly|initially|also"
    r"|subsequently|significantly)\b"
    r"|(?:we|does|do|did|among|having|experiencing|expected to|those|some|whereas|versus|vs\.?|then|there|these|they"
    r"|it|took|suggests?"
    r"|indicates?|obtained|observed|reduces|increases|improves|prevents|decreases|affects|lowers)\b"
    r"|any of\b|any (?:type|mode)$"
    r"|(?:patients|participants|subjects|women|men|children|adults|people) (?:aged|whose|without a history)\b"
    r"|(?:different|various) (?:[a-z/-]+ ){0,2}(?:designs?|types?|kinds|methods|protocols|schemes)\b"
    r"|(?:pre|post)- ?(?:treatment|intervention|operative(?:ly)?|test)\b(?=[^-].*[0-9])"
    r"|[0-9]{1,3}\.[0-9]{1,2} ?(?:%|percent|months?|years?|weeks?|days?|hours?)"
    r"(?: (?:in|for|with|on|among|of those)\b|$)"
    r"|[0-9.]+ ?% (?:[a-z]+ )?(?:reduction|increase|decrease|improvement|difference|decline|change|risk)\b"
    r"|(?:entered|attended|stayed|prescribed any|began with|consented|declined|refused|lasted|scored|occurred"
    r"|differed) "
)
_VERB_INSIDE = re.compile(
    r" (?:(?:also|then|generally|significantly|still|often|never|later|subsequently"
    r"|initially)(?: [a-z]+ly)? [a-z]{3,}ed"
    r"|also [a-z]+ly [a-z]+|(?:stayed|lasted|attended|worsened|increased|decreased|improved|occurred|differed) (?:in"
    r"|by|to"
    r"|from|more|less|longer|only|significantly|further|over)|shows?|seems?|appears?|became|led to|resulted in"
    r"|prevented|shortens|prolongs|enhances|accelerates|attenuates|reduces|improves|prevents|lowers|inhibits|suppresses"
    r"|antagoni[sz]es|diminishes|provides|produces|achieves"
    r"|was|were|is|are|has|have|had|did|does|indicates?|suggests?|rose|fell|should|might|could|can|will|would|may) "
)
# "well-being at 6 weeks"
_AT_A_TIME = re.compile(rf" (?:at|after|over) {_NUMBER} {_UNIT}$")
# "92 mm or less", "orally or intravenously", "were block randomised": a limit, a route, a method
_NOTHING_GIVEN = re.compile(
    r"absence|presence"
    r"|(?:an? )?(?:(?:much|far) )?(?:greater|larger|lesser|smaller|higher|lower) (?:degree|extent)(?: .*)?"
    r"|(?:less|more|fewer|greater|lower|higher|above|below|older|younger|better|worse|safer|faster|slower|longer|shorter"
    r"|(?:more|less) (?:effective|efficacious|often|frequent(?:ly)?|likely|common|tolerable))"
    r"|(?:(?:or|intravenous|subcutaneous|intramuscular|intranasal|intrathecal|topic|rect|vagin)(?:al)?ly"
    r"|by mouth)(?: or (?:or|intravenous|subcutaneous|intramuscular)(?:al)?ly)?"
    r"|(?:(?:block|centrally|simply|individually|cluster) )?randomi[sz](?:ed|ation)"
    r"|(?:the )?(?:effects?|activity|schedules?|target|is|continue|stay)|(?:titrated|escalated|tapered)(?: .*)?"
    r"|target dos(?:e|age)s?(?: of .*)?"
)
# "more often than 70% of the time"
_OF_THE_TIME = re.compile(r"(?:the )?time(?:$| and (?!attention\b))")
_BRACKET = re.compile(r" ?[(\[][^()\[\]]*[)\]]?")
# "the pain scale [+5 (95% CI, 2 to 8), P =": cut in the middle of its results
_CUT_RESULT = re.compile(r" ?\[[-+±]?[0-9].*$")


def no_arm(words: str) -> bool:
    """Whether words are a measure, a number of arms or a clause, none of which people can be allocated to.

    Parameters
    ----------
    words : str
        In lower case.
    """
    bare = _BRACKET.sub("", _CUT_RESULT.sub("", words.replace(MASK, ""))).strip(" ,.;:-'\"")
    if _OF_THE_TIME.match(bare):
        return True
    if (
        _NOTHING_GIVEN.fullmatch(bare)
        or _CLAUSE.match(bare)
        or _VERB_INSIDE.search(f"{bare} ")
        or _NUMBERED.fullmatch(bare)
    ):
        return True
    if bare.endswith((" for", " of", " by", " among", " in", " at", " from")):
        return True
    bare = _AT_A_TIME.sub("", bare)
    measured = _MEASURED.search(bare)
    return measured is not None and _LEVEL.search(bare) is None


def is_time(words: str) -> bool:
    """Whether words are a time or a length of time and nothing else.

    Parameters
    ----------
    words : str
        In lower case.
    """
    return _TIME.fullmatch(_BRACKET.sub("", words).strip(" ,.;:-'\"")) is not None


def _has_two_values(words: str) -> bool:
    """Whether a bracket holds the values of two arms against each other: "fatigue (-4.1 v -2.2; P = .02)"."""
    return _TWO_VALUES.search(words) is not None


_TWO_VALUES = re.compile(r"[(\[][-+−±]?[0-9.,·]+ ?%? (?:vs?\.?|versus) [-+−±]?[0-9]")
# Who takes part is no arm beside what is given: "counselling", "women".
_PEOPLE = re.compile(
    r"(?:the )?(?:patients|participants|subjects|children|people|individuals|persons|infants|those|women|men|adults"
    r"|mothers|volunteers|adolescents|boys|girls)"
)


# "an initial clamp and a second clamp": all have both, one after the other
_IN_TURN = re.compile(
    r"(?:an? |the )?(?:initial|first|second|third|final|last|repeat|baseline)(?: [a-z/-]+){0,2}? (?P<what>[a-z-]+)"
)


def can_be_arms(texts: Sequence[str], phrases: Sequence[Phrase]) -> bool:
    """Whether each of some phrases can name an arm; times only can where all of them are times, or of one drug.

    Parameters
    ----------
    texts : sequence of str
        In lower case.
    phrases : sequence of Phrase
    """
    if any(map(no_arm, texts)) or sum(map(_has_two_values, texts)) > 1:
        return False
    people = [_PEOPLE.fullmatch(text) is not None for text in texts]
    if any(people) and not all(people):
        return False
    turns = [found["what"] for text in texts if (found := _IN_TURN.fullmatch(text)) is not None]
    if len(set(turns)) < len(turns):
        return False
    times = [is_time(text) for text in texts]
    timed = all(_TIMED.match(text) for text in texts)
    return timed or all(times) or not any(time and not one.head for time, one in zip(times, phrases, strict=True))
