"""Wordings that many languages inflect by sex: of a woman they say «Труженица», of a man «Труженик»."""

from flask_babel import gettext, lazy_pgettext

from memory_road.facts.vocabulary import Category, Fate, Sex, Term

OF_WOMEN: dict[Term, object] = {
    Category.SOLDIER: lazy_pgettext("of a woman", "Soldier"),
    Category.PARTISAN: lazy_pgettext("of a woman", "Partisan or underground fighter"),
    Category.DEFENCE_WORKER: lazy_pgettext("of a woman", "Worker of a defence enterprise"),
    Category.LENINGRAD: lazy_pgettext("of a woman", "Resident of besieged Leningrad"),
    Category.CULTURE: lazy_pgettext("of a woman", "Worker of a cultural institution"),
    Category.PRESS: lazy_pgettext("of a woman", "War correspondent"),
    Category.MEDICAL: lazy_pgettext("of a woman", "Medical worker"),
    Category.HOME_FRONT: lazy_pgettext("of a woman", "Home-front worker"),
    Category.CAPTIVE: lazy_pgettext("of a woman", "Prisoner or forced labourer"),
    Fate.SURVIVED: lazy_pgettext("of a woman", "Survived the war"),
    Fate.KILLED: lazy_pgettext("of a woman", "Killed in action"),
    Fate.DIED_OF_WOUNDS: lazy_pgettext("of a woman", "Died of wounds"),
    Fate.MISSING: lazy_pgettext("of a woman", "Missing"),
    Fate.DIED_IN_CAPTIVITY: lazy_pgettext("of a woman", "Died in captivity"),
    Fate.SURVIVED_CAPTIVITY: lazy_pgettext("of a woman", "Survived captivity"),
    Fate.DIED_IN_SIEGE: lazy_pgettext("of a woman", "Died in the siege"),
    Fate.DIED_IN_REAR: lazy_pgettext("of a woman", "Died in the rear"),
    Fate.REPRESSED: lazy_pgettext("of a woman", "Repressed"),
}
OF_MEN: dict[Term, object] = {
    Category.SOLDIER: lazy_pgettext("of a man", "Soldier"),
    Category.PARTISAN: lazy_pgettext("of a man", "Partisan or underground fighter"),
    Category.DEFENCE_WORKER: lazy_pgettext("of a man", "Worker of a defence enterprise"),
    Category.LENINGRAD: lazy_pgettext("of a man", "Resident of besieged Leningrad"),
    Category.CULTURE: lazy_pgettext("of a man", "Worker of a cultural institution"),
    Category.PRESS: lazy_pgettext("of a man", "War correspondent"),
    Category.MEDICAL: lazy_pgettext("of a man", "Medical worker"),
    Category.HOME_FRONT: lazy_pgettext("of a man", "Home-front worker"),
    Category.CAPTIVE: lazy_pgettext("of a man", "Prisoner or forced labourer"),
    Fate.SURVIVED: lazy_pgettext("of a man", "Survived the war"),
    Fate.KILLED: lazy_pgettext("of a man", "Killed in action"),
    Fate.DIED_OF_WOUNDS: lazy_pgettext("of a man", "Died of wounds"),
    Fate.MISSING: lazy_pgettext("of a man", "Missing"),
    Fate.DIED_IN_CAPTIVITY: lazy_pgettext("of a man", "Died in captivity"),
    Fate.SURVIVED_CAPTIVITY: lazy_pgettext("of a man", "Survived captivity"),
    Fate.DIED_IN_SIEGE: lazy_pgettext("of a man", "Died in the siege"),
    Fate.DIED_IN_REAR: lazy_pgettext("of a man", "Died in the rear"),
    Fate.REPRESSED: lazy_pgettext("of a man", "Repressed"),
}
WORDINGS: dict[str, dict[Term, object]] = {Sex.FEMALE: OF_WOMEN, Sex.MALE: OF_MEN}


def wording_of(term: Term, sex: str) -> str:
    """The wording of ``term``, said of somebody of ``sex`` (a value of ``Sex``, or empty)."""
    inflected = WORDINGS.get(sex, {}).get(term)
    return str(inflected) if inflected is not None else gettext(term.wording)
