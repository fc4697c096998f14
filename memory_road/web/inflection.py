"""Wordings that many languages inflect: of a woman they say «Труженица», of a man «Труженик», of many «Труженики»."""

from flask_babel import gettext, lazy_pgettext
from flask_babel import lazy_gettext as _l

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
    Fate.MISSING: lazy_pgettext("of a woman", "Missing in action"),
    Fate.DIED_IN_CAPTIVITY: lazy_pgettext("of a woman", "Died in captivity"),
    Fate.SURVIVED_CAPTIVITY: lazy_pgettext("of a woman", "Survived captivity"),
    Fate.DIED_IN_SIEGE: lazy_pgettext("of a woman", "Died in the siege"),
    Fate.DIED_IN_REAR: lazy_pgettext("of a woman", "Died on the home front"),
    Fate.REPRESSED: lazy_pgettext("of a woman", "Victim of repression"),
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
    Fate.MISSING: lazy_pgettext("of a man", "Missing in action"),
    Fate.DIED_IN_CAPTIVITY: lazy_pgettext("of a man", "Died in captivity"),
    Fate.SURVIVED_CAPTIVITY: lazy_pgettext("of a man", "Survived captivity"),
    Fate.DIED_IN_SIEGE: lazy_pgettext("of a man", "Died in the siege"),
    Fate.DIED_IN_REAR: lazy_pgettext("of a man", "Died on the home front"),
    Fate.REPRESSED: lazy_pgettext("of a man", "Victim of repression"),
}
OF_MANY: dict[Term, object] = {
    Category.SOLDIER: _l("Soldiers"),
    Category.PARTISAN: _l("Partisans"),
    Category.DEFENCE_WORKER: _l("Workers of defence enterprises"),
    Category.LENINGRAD: _l("Residents of besieged Leningrad"),
    Category.CULTURE: _l("Workers of cultural institutions"),
    Category.PRESS: _l("War correspondents"),
    Category.MEDICAL: _l("Medical workers"),
    Category.HOME_FRONT: _l("Home-front workers"),
    Category.CAPTIVE: _l("Prisoners and forced labourers"),
}
WORDINGS: dict[str, dict[Term, object]] = {Sex.FEMALE: OF_WOMEN, Sex.MALE: OF_MEN}


def wording_of(term: Term, sex: str) -> str:
    """The wording of ``term``, said of somebody of ``sex`` (a value of ``Sex``, or empty)."""
    inflected = WORDINGS.get(sex, {}).get(term)
    return str(inflected) if inflected is not None else gettext(term.wording)
