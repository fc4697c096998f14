"""How letters of names sound: what stands in a name, and the signs of ``facts.name_sound`` that stand for it.

The tables follow the published ones for people's names and read them backwards: GOST 7.79 and 52535.1, ISO 9, ICAO 9303
and BGN/PCGN for Russian, Belarusian, Ukrainian, Kazakh, Kyrgyz and Tajik; Hübschmann and Meillet, and BGN/PCGN, for
Armenian; the national system of 2002 for Georgian; and what German (Duden), French, Polish, Czech, Hungarian, Baltic,
Scandinavian, Dutch, Catalan and English spelling make of the same sounds. Where one spelling is two sounds, depending
on the language that is not known, it has a sign of its own, which ``facts.name_costs`` puts near both.

A key may hold ``^`` and ``$`` for the beginning and the end of a word, and what stands before or behind in brackets.
"""

from collections.abc import Mapping

CYRILLIC: Mapping[str, str] = {
    **dict(zip("абвгдежзийклмнопрстуфхцчшщыэ", "abvgdežzijklmnoprstufxcčšŝye", strict=True)),
    "ё": "ë", "ю": "ju", "я": "ja", "ъ": "", "ь": "", "ня": "nja",
    # Belarusian and Ukrainian; soft дз and ць of the one are д and ть of the others.
    "і": "i", "ї": "ji", "є": "je", "ґ": "g", "ў": "w", "дз": "ʒ", "дз(?=[іья])": "Ď", "ць": "ć", "ц(?=[іиеёяю])": "ć",
    "шч": "ŝ", "сч": "ŝ",
    # Kazakh, Kyrgyz, Tatar and Tajik.
    "ә": "ä", "ғ": "g", "қ": "k", "ң": "ŋ", "ө": "ö", "ұ": "u", "ү": "ü", "һ": "h", "ӣ": "i", "ӯ": "u", "ҳ": "h",
    "ҷ": "ǰ", "җ": "ǰ", "ӌ": "ǰ",
    # Serbian and Macedonian, and letters of before 1918.
    "ј": "j", "љ": "l", "њ": "n", "ћ": "č", "ђ": "ǰ", "џ": "ǰ", "ќ": "k", "ѓ": "g", "ѕ": "ʒ", "ѣ": "e", "ѳ": "f",
    # What is one sound in other scripts.
    "дж": "ǰ", "нг": "ŋ", "кс": "X", "тц": "c", "тс": "c", "тч": "č", "ей": "E", "ай": "E", "ой": "O", "цу": "cu",
    # The Japanese syllables of Polivanov's table, in which one sign is two sounds elsewhere.
    "ти": "Ťi", "си": "Şi", "дзи": "ʒi",
}  # fmt: skip
ARMENIAN: Mapping[str, str] = {
    **dict(zip("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ", "abgdezeətžilxckhʒɣčmjnšočpǰrsvtrcvpkof", strict=True)),
    "և": "ev", "ու": "u", "^ո": "vo", "^հովհ": "Ƕ", "քս": "X", "կս": "X", "այ": "E", "եյ": "E",
}  # fmt: skip
GEORGIAN: Mapping[str, str] = {
    **dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "abgdevztiklmnopžrstupkɣkščcʒcčxǰh", strict=True)),
    "ქს": "X", "კს": "X", "აი": "E", "ეი": "E",
}  # fmt: skip
LATIN: Mapping[str, str] = {
    **{letter: letter for letter in "abdefgiklmnoprstuvzhõ"},
    # Letters that are several sounds: c is k, s, ц or ч; g before e is ж or дж; j is й, ж, дж or х; w is в or у.
    "c": "C", "g(?=[eiyéíîə])": "Ġ", "j": "J", "w": "W", "x": "X", "y": "Y", "q": "k", "qu": "ʠ", "ğ": "ğ",
    "(?<=[bcfghklmnprsvwxzščžćśź])j(?=[aeiouy])": "ȷ", "^hj": "j", "^rh": "r", "^hovh": "Ƕ",
    # One sound in several letters: English and French, then German.
    "ch": "H", "sh": "š", "zh": "ž", "kh": "x", "gh": "ɣ", "ph": "f", "th": "θ", "ts": "c", "ck": "k", "dj": "ǰ",
    "dz": "ʒ", "tch": "č", "tsh": "č", "dzh": "ǰ", "ddzh": "ǰ", "dsh": "ǰ", "shch": "ŝ", "chtch": "ŝ", "shtch": "ŝ",
    "shtsh": "ŝ", "stch": "ŝ", "shh": "ŝ", "gu(?=[eiéíy])": "g", "gn": "ñ", "ks": "X", "cks": "X",
    "sch": "š", "tsch": "č", "dsch": "ǰ", "schtsch": "ŝ", "stsch": "ŝ", "schtch": "ŝ", "tz": "c",
    "ds(?=[aeiouy])": "Đ",
    # Polish, Czech, South Slavic and Baltic; -cki is two consonants.
    "sz": "S", "cz": "č", "rz": "Ř", "szcz": "ŝ", "ł": "l", "ć": "č", "ś": "š", "ź": "ž", "ż": "ž",
    "dź": "ʒ", "dż": "ǰ",
    "ą": "ã", "ę": "ẽ", "ą(?=[bp])": "om", "ę(?=[bp])": "em", "ń": "n", "tś": "č",
    "ck(?=(i|y|[iy]j|[iy]y|yi|á|ý|í|a|ai?[jy][ae]|ego)$)": "Ck",
    "č": "č", "š": "š", "ž": "ž", "šč": "ŝ", "sčh": "ŝ", "dž": "ǰ", "tš": "č", "ř": "Ř", "ě": "e", "ď": "d", "ť": "t",
    "ň": "n", "ý": "Y", "đ": "ǰ", "ŭ": "w", "ķ": "k", "ļ": "l", "ņ": "n", "ģ": "g", "ŝ": "š", "ĵ": "ž",
    # Hungarian, Romanian and Turkish.
    "cs": "č", "zs": "ž", "gy": "Ɠ", "ç": "ç", "ş": "š", "ș": "š", "ț": "c", "ţ": "c", "ə": "ä", "ı": "y",
    "ő": "ö", "ű": "ü",
    # Scandinavian, Dutch, Catalan and Italian.
    "tj": "Ĉ", "sj": "Ŝ", "zj": "ž", "tsj": "č", "dsj": "ǰ", "stj": "ŝ", "sjtj": "ŝ", "sjtsj": "ŝ", "å": "o", "æ": "ä",
    "ø": "ö", "œ": "ö", "ð": "d", "þ": "θ", "tx": "č", "ix": "Ş", "cch": "k", "cc(?=[ei])": "č", "ñ": "n", "ß": "s",
    # Vowels of two letters, and those that a sound before hides in.
    "ä": "ä", "ö": "ö", "ü": "ü", "ae": "ä", "oe": "ö", "ue": "ü", "ë": "ë", "ó": "o", "ï": "i", "ou": "U", "oo": "U",
    "ee": "I", "ea": "I", "ie": "I", "au": "A", "eau": "o", "eo": "V", "ai": "E", "ay": "E", "ei": "E", "ey": "E",
    "oi": "O", "oy": "O", "eu": "Q", "ya": "ja", "yu": "ju", "yo": "ë", "ye": "e", "io": "ë", "ja": "Ja", "ju": "Ju",
    "jo": "Jo", "je": "Je",
    # A nasal at the end; and Japanese syllables as Hepburn and Kunrei write them: ti is chi, tu is tsu, hu is fu.
    "ng": "ŋ", "ng(?=[eiy])": "nĠ", "ti": "Ťi", "ty": "ŤY", "tu": "Ťu", "si": "Şi", "sy": "ŞY", "zi": "Ži", "zy": "ŽY",
    "hu": "Ħu",
}  # fmt: skip
