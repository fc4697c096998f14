"""Dates in Kyrgyz. The year goes first; months are the Russian ones with Kyrgyz endings. «Жаз» is spring."""

from dataclasses import replace

from memory_road.facts.date_language import russian
from memory_road.facts.date_language.language import Case, DateLanguage, Meaning, Speech, Vocabulary

MONTHS = (
    "январы", "февралы", "марты", "апрели", "майы", "июну",
    "июлу", "августу", "сентябры", "октябры", "ноябры", "декабры",
)  # fmt: skip
MONTHS_GENITIVE = (
    "январынын", "февралынын", "мартынын", "апрелинин", "майынын", "июнунун",
    "июлунун", "августунун", "сентябрынын", "октябрынын", "ноябрынын", "декабрынын",
)  # fmt: skip
MONTHS_ABLATIVE = (
    "январынан", "февралынан", "мартынан", "апрелинен", "майынан", "июнунан",
    "июлунан", "августунан", "сентябрынан", "октябрынан", "ноябрынан", "декабрынан",
)  # fmt: skip
STEMS = (
    "январ үчтүн", "феврал бирдин", "март", "апрел", "май бугу", "июн кулжа",
    "июл теке", "август", "сентябр", "октябр тогуздун", "ноябр жетинин", "декабр бештин",
)  # fmt: skip
"""The borrowed names without their soft sign, and those of the hunters' calendar that are one word before «айы»."""

NAME_ENDINGS = (
    "", "ы", "и", "у", "ү", "сы", "си", "су", "сү", "сын", "нда", "нде", "да", "де", "до", "дө", "та", "те", "то",
    "тө", "ында", "инде", "унда", "үндө", "сында", "синде", "сунда", "сүндө", "дагы", "деги", "догу", "дөгү", "тагы",
    "теги", "тогу", "дын", "дин", "дун", "дүн", "тын", "тин", "тун", "түн", "нын", "нин", "нун", "нүн", "ынын",
    "инин", "унун", "үнүн", "сынын", "синин", "сунун", "сүнүн",
)  # fmt: skip

FROM = "-?(дан|ден|дон|дөн|тан|тен|тон|төн|нан|нен|нон|нөн)"
TO = "(-?(га|ге|го|гө|ка|ке|ко|кө|на|не|но|нө))?"
LIFE = "туулган|төрөлгөн|жарык дүйнөгө келген|каза болгон|каза тапкан|кайтыш болгон|курман болгон"
ABOUT = "болжол менен|болжолдуу|болжолу|болжолунда|болжолдоп|чамасы менен|чамалап"
PERHAPS = "балким|мүмкүн|ыктымал|кыязы|сыягы|чамасы|менимче|биздимче|менин оюмча|биздин оюбузча|болжолдоого караганда"
NOT_SURE = "так эмес|анык эмес|так билбейбиз|анык билбейбиз"
LATER = "кийин|соң|бери|баштап|тартып|эрте эмес|мурун эмес|мурда эмес"
EARLIER = "мурун|мурда|эрте|кеч эмес|кийин эмес|кечиктирбей|калбай"

VOCABULARY = Vocabulary(
    months=tuple(f"{stems} {forms}" for stems, forms in zip(STEMS, russian.VOCABULARY.months, strict=True)),
    seasons=("жаз көктөм жазгы", "жай жайкы", "күз күзгү", "кыш кышкы"),
    name_endings=NAME_ENDINGS,
    day_endings=(
        "(-?(нчы|нчи|нчу|нчү|ынчы|инчи|унчу|үнчү|ы|и|у|ү|сы|си|су|сү|да|де|до|дө|та|те|то|тө|"
        "ында|инде|унда|үндө|сында|синде|сунда|сүндө))?(( |-)(күнү|күн))?"
    ),
    year_endings=(
        "(-?(нчы|нчи|нчу|нчү|ынчы|инчи|унчу|үнчү))?(( |-)?(ж ?т|ж ?ж|ж|жыл|жылы|жылкы|жылдын|жылда|жылдагы|"
        f"жылдар|жылдары|жылдардын|г|гг|год|году|года)( ({LIFE}))?)?"
    ),
    decade_endings=f"( |-)?(жылдар|жылдары|жылдарда|жылдарында|жылдардын)( ({LIFE}))?",
    century_endings="(-?(нчы|нчи|нчу|нчү|ынчы|инчи|унчу|үнчү))?",
    points=(
        f"{{year}} {{day}} {{month}}( ({LIFE}))?",
        "{day} {month}",
        f"{{year}} {{month}}( ({LIFE}))?",
        f"{{year}} {{season}}( ({LIFE}))?",
        "{day} {month} {year}",
        "{month} {day}",
        "{month} {day} {year}",
        "{month} {year}",
        "{season} {year}",
        "{month}",
        "{season}",
        "{year} {month} {day}",
        "{year}( |-)(жыл|жылы|жылдын|ж) {day}",
        "{year} {month} (айынын|айы) {day}",
        "{year} {month} (айы|айында|айынын)",
        "{month} (айы|айында) {year}",
        "{month} (айынын|айы) {day}( {year})?",
        "{month} (айы|айында|айынын)",
        "{century}( |-)(кылым|кылымы|кылымда|кылымдын|к)",
    ),
    winters=("{years} {season}", "{season} {years}"),
    openings=(f"({LIFE}) (жылы|күнү)", LIFE),
    patterns={
        Meaning.ABOUT: (
            f"({ABOUT}) {{date}}",
            f"{{date}} ({ABOUT}|чамасы|чамасында|чамалуу|тегереги|тегерегинде|айланасы|айланасында)",
            f"{{date}}{TO} (жакын|чукул)",
        ),
        Meaning.PERHAPS: (
            f"({PERHAPS}) {{date}}",
            f"{{date}}( бирок)? ({PERHAPS}|{NOT_SURE}|болсо керек|болуш керек|болушу керек|болушу мүмкүн|окшойт)",
        ),
        Meaning.BETWEEN: (
            "{date} (менен|жана) {date} (аралыгында|аралыгы|арасында|арасы|ортосунда|ортосу)",
            "{date}-{date} (аралыгында|аралыгы|арасында|арасы|ортосунда|ортосу)",
            # A plural of several years, and not a decade, if the last of them ends in a nought.
            "{date}-{date}( |-)(жылдары|жылдар|жылдарда)( (аралыгында|аралыгы|арасында))?",
            f"{{date}}{FROM}( баштап| тартып)? {{date}}{TO} (чейин|дейре)",
            f"{{date}}{FROM} (эрте эмес|мурун эмес|кийин)( жана| бирок)? {{date}}{FROM} (кеч эмес|кийин эмес|мурун)",
        ),
        Meaning.NOT_BEFORE: (f"{{date}}{FROM} ({LATER})", "{date} (же|жана) (андан )?(кийин|кийинчерээк|кеч)"),
        Meaning.NOT_AFTER: (
            f"{{date}}{FROM} ({EARLIER})",
            f"{{date}}{TO} (чейин|дейре)",
            "{date} (же|жана) (андан )?(мурун|мурда|эрте|эртерээк)",
        ),
        Meaning.BEGINNING: ("{date} (башы|башында|баш ченинде)",),
        Meaning.MIDDLE: ("{date} (ортосу|ортосунда)",),
        Meaning.END: ("{date} (аягы|аягында|соңу|соңунда|акыры|акырында)",),
        Meaning.FIRST_HALF: ("{date} (биринчи|алгачкы|1-|1) (жарымы|жарымында)",),
        Meaning.SECOND_HALF: ("{date} (экинчи|акыркы|2-|2) (жарымы|жарымында)",),
    },
    asides={Meaning.ABOUT: ABOUT, Meaning.PERHAPS: f"{PERHAPS}|{NOT_SURE}"},
    or_words="же болбосо|болбосо|же|же болбосом|не",
    either_words="же|не",
    unknown=(
        f"(({LIFE}) )?((так|анык) )?((күнү|жылы|убагы) )?((так|анык) )?(белгисиз|маалым эмес|белгилүү эмес)",
        "((мен|биз) )?((так|анык) )?(билбейм|билбеймин|билбейбиз)",
        "эч ким билбейт",
        "((менин|биздин) )?(эсимде|эсибизде) (жок|калбаптыр|калган эмес)",
        "(унутуп калдым|унутуп калдык|унуттум)",
        "(маалымат|маалыматтар|дарек) жок",
        "(күнү )?(көрсөтүлгөн эмес|аныкталган эмес|так эмес)",
    ),
    day_first=True,
)

MONTHS_ALONE = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip

ALONE = Case(
    day=("{year}-жылдын {day}-{month}", "{day}-{month}", "{day}"),
    month=("{year}-жылдын {month}", "{month}"),
    season=("{year}-жылдын {season}", "{season}"),
    year="{year}",
    decade="{year}-жылдар",
    century="{century} кылым",
    day_months=MONTHS,
    months=MONTHS,
    seasons=("жазы", "жайы", "күзү", "кышы"),
)
WITHIN_A_SENTENCE = replace(ALONE, year="{year}-жыл")
GENITIVE = replace(
    ALONE,
    year="{year}-жылдын",
    decade="{year}-жылдардын",
    century="{century} кылымдын",
    day_months=MONTHS_GENITIVE,
    months=MONTHS_GENITIVE,
    seasons=("жазынын", "жайынын", "күзүнүн", "кышынын"),
)
ABLATIVE = replace(
    ALONE,
    year="{year}-жылдан",
    decade="{year}-жылдардан",
    century="{century} кылымдан",
    day_months=MONTHS_ABLATIVE,
    months=MONTHS_ABLATIVE,
    seasons=("жазынан", "жайынан", "күзүнөн", "кышынан"),
)
SPEECH = Speech(
    cases={"alone": ALONE, "within": WITHIN_A_SENTENCE, "genitive": GENITIVE, "ablative": ABLATIVE},
    year_first=True,
    first_day="{year}-жылдын {day}",
    months_alone=MONTHS_ALONE,
    centuries=("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
    unknown="күнү белгисиз",
    about="болжол менен {0:within}",
    perhaps="балким, {0:within}",
    perhaps_about="балким, болжол менен {0:within}",
    about_all="болжол менен {0}",
    perhaps_all="балким, {0}",
    perhaps_about_all="балким, болжол менен {0}",
    about_aside="болжолдуу",
    perhaps_aside="балким",
    between="{0:within} менен {1:genitive} аралыгында",
    not_before="{0:ablative} эрте эмес",
    not_after="{0:ablative} кеч эмес",
    winter="{year}/{next}-жылдын кышы",
    one_of="{0} же {1}",
    comma=", ",
    card_about="болжол менен {0}",
    card_born="туулган жылы: {0}",
    card_died="каза болгон жылы: {0}",
    card_dash=" — ",
)

KYRGYZ = DateLanguage("ky", VOCABULARY, SPEECH, also=("ru",))
