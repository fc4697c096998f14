"""The languages in which dates are read and said."""

from memory_road.facts.date_language.armenian import ARMENIAN
from memory_road.facts.date_language.belarusian import BELARUSIAN
from memory_road.facts.date_language.english import ENGLISH
from memory_road.facts.date_language.kazakh import KAZAKH
from memory_road.facts.date_language.kyrgyz import KYRGYZ
from memory_road.facts.date_language.language import DateLanguage
from memory_road.facts.date_language.russian import RUSSIAN
from memory_road.facts.date_language.tajik import TAJIK

LANGUAGES: dict[str, DateLanguage] = {
    language.code: language for language in (RUSSIAN, ENGLISH, BELARUSIAN, KAZAKH, KYRGYZ, TAJIK, ARMENIAN)
}
