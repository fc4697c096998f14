"""Dates in Kazakh. The year goes first; months are Kazakh or Russian, often with the endings of the other language."""

from dataclasses import replace

from memory_road.facts.date_language import russian
from memory_road.facts.date_language.language import Case, DateLanguage, Meaning, Speech, Vocabulary

MONTHS = (
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
    "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
)  # fmt: skip
MONTHS_ABLATIVE = (
    "қаңтардан", "ақпаннан", "наурыздан", "сәуірден", "мамырдан", "маусымнан",
    "шілдеден", "тамыздан", "қыркүйектен", "қазаннан", "қарашадан", "желтоқсаннан",
)  # fmt: skip
BEFORE_VOWELS = {"қыркүйек": "қыркүйег"}
"""A stem that softens before an ending that begins with a vowel: «қыркүйегінде»."""
RUSSIAN_STEMS = (
    "январ", "феврал", "март", "апрел", "май", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip

NAME_ENDINGS = (
    "", "ы", "і", "сы", "сі", "да", "де", "та", "те", "ында", "інде", "сында", "сінде", "дағы", "дегі", "дың", "дің",
    "тың", "тің", "ның", "нің", "ының", "інің", "сының", "сінің",
)  # fmt: skip

FROM = "-?(дан|ден|тан|тен|нан|нен)"
TO = "(-?(ға|ге|қа|ке|на|не))?"
ORDINAL = "-?(шы|ші|ыншы|інші|ншы|нші)"
LIFE = "туған|дүниеге келген|қайтыс болған|қаза тапқан|қаза болған"
ABOUT = "шамамен|шамамен алғанда|жобамен|жобалап|болжаммен"
PERHAPS = (
    "мүмкін|бәлкім|сірә|шамасы|тегі|ықтимал|меніңше|біздіңше|менің ойымша|біздің ойымызша|біздің ойлауымызша|"
    "болжам бойынша"
)
NOT_SURE = "анық емес|нақты емес|дәл емес|анық білмейміз|нақты білмейміз|дәл білмейміз"
LATER = "кейін|соң|бері|бастап|ерте емес|бұрын емес|ерте болмауы керек"
EARLIER = "бұрын|ерте|кеш емес|кейін емес|кешіктірмей|қалмай|кеш болмауы керек"

VOCABULARY = Vocabulary(
    months=tuple(
        f"{own} {BEFORE_VOWELS.get(own, own)} {stem} {forms}"
        for own, stem, forms in zip(MONTHS, RUSSIAN_STEMS, russian.VOCABULARY.months, strict=True)
    ),
    seasons=("көктем", "жаз", "күз", "қыс"),
    name_endings=NAME_ENDINGS,
    day_endings=f"({ORDINAL}|-?(ы|і|сы|сі|да|де|та|те|ында|інде|сында|сінде))?( күні)?",
    year_endings=(
        f"({ORDINAL})?(( |-)?(ж ?т|ж ?ж|ж|жыл|жылы|жылғы|жылдың|жылда|жылдары|жылдар|жылдардың|г|гг|год|году|года)"
        f"( ({LIFE}))?)?"
    ),
    decade_endings=f"({ORDINAL})?( |-)?(жылдар|жылдары|жылдарда|жылдарында|жылдардың)( ({LIFE}))?",
    century_endings=f"({ORDINAL})?",
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
        "{year} (жыл|жылы|жылғы|жылдың|ж) {day}",
        "{year} {month} (айының|айы) {day}",
        "{year} {month} (айы|айында|айының)",
        "{month} (айы|айында) {year}",
        "{month} (айының|айы) {day}( {year})?",
        "{month} (айы|айында|айының)",
        "{century}( |-)(ғасыр|ғасыры|ғасырда|ғасырдың|ғ)",
    ),
    winters=("{years} {season}", "{season} {years}"),
    openings=(f"({LIFE}) (жылы|күні)", f"{LIFE}"),
    patterns={
        Meaning.ABOUT: (
            f"({ABOUT}) {{date}}",
            f"{{date}} ({ABOUT}|шамасы|шамасында|айналасы|айналасында|төңірегі|төңірегінде)",
            f"{{date}}{TO} (жуық|таяу|жақын)",
        ),
        Meaning.PERHAPS: (
            f"({PERHAPS}) {{date}}",
            f"{{date}}( бірақ)? ({PERHAPS}|{NOT_SURE}|болар|шығар|болса керек|болуы керек|болуы мүмкін)",
        ),
        Meaning.BETWEEN: (
            "{date} (мен|бен|пен|және) {date} (аралығында|аралығы|арасында|арасы)",
            "{date}-{date} (аралығында|аралығы|арасында|арасы)",
            # A plural of several years, and not a decade, if the last of them ends in a nought.
            "{date}-{date}( |-)(жылдары|жылдар|жылдарда)( (аралығында|аралығы|арасында|арасы))?",
            f"{{date}}{FROM}( бастап)? {{date}}{TO} (дейін|шейін)",
            f"{{date}}{FROM} (ерте емес|бұрын емес|кейін)( және| бірақ)? {{date}}{FROM} (кеш емес|кейін емес|бұрын)",
        ),
        Meaning.NOT_BEFORE: (f"{{date}}{FROM} ({LATER})", "{date} (немесе|не|және) (одан )?(кейін|кейінірек|кеш)"),
        Meaning.NOT_AFTER: (
            f"{{date}}{FROM} ({EARLIER})",
            f"{{date}}{TO} (дейін|шейін)",
            "{date} (немесе|не|және) (одан )?(бұрын|бұрынырақ|ерте|ертерек)",
        ),
        Meaning.BEGINNING: ("{date} (басы|басында|бас кезі|бас кезінде)",),
        Meaning.MIDDLE: ("{date} (ортасы|ортасында)",),
        Meaning.END: ("{date} (соңы|соңында|аяғы|аяғында)",),
        Meaning.FIRST_HALF: ("{date} (бірінші|алғашқы|1-ші|1) (жартысы|жартысында)",),
        Meaning.SECOND_HALF: ("{date} (екінші|соңғы|2-ші|2) (жартысы|жартысында)",),
    },
    asides={Meaning.ABOUT: ABOUT, Meaning.PERHAPS: f"{PERHAPS}|{NOT_SURE}"},
    or_words="немесе|не болмаса|болмаса|әйтпесе|әлде|яки|не|я",
    either_words="не|немесе|әлде|я",
    unknown=(
        f"(({LIFE}) )?((нақты|анық|дәл) )?((күні|жылы|уақыты) )?((нақты|анық|дәл) )?(белгісіз|беймәлім|белгілі емес)",
        "((мен|біз) )?((нақты|анық|дәл) )?(білмеймін|білмейміз|білмедім|білмедік)",
        "ешкім білмейді",
        "((менің|біздің) )?(есімде|есімізде) жоқ",
        "(ұмыттым|ұмытып қалдым|ұмыттық|ұмытып қалдық)",
        "(дерек|деректер|мәлімет|мәліметтер|ақпарат) жоқ",
        "(күні )?(көрсетілмеген|анықталмаған|анық емес)",
    ),
    day_first=True,
)

ALONE = Case(
    day=("{year} жылғы {day} {month}", "{day} {month}", "{day}"),
    month=("{year} жылғы {month}", "{month}"),
    season=("{year} жылдың {season}", "{season}"),
    year="{year}",
    decade="{year}-жылдар",
    century="{century} ғасыр",
    day_months=MONTHS,
    months=MONTHS,
    seasons=("көктемі", "жазы", "күзі", "қысы"),
)
WITHIN_A_SENTENCE = replace(ALONE, year="{year} жыл")
ABLATIVE = replace(
    ALONE,
    year="{year} жылдан",
    decade="{year}-жылдардан",
    century="{century} ғасырдан",
    day_months=MONTHS_ABLATIVE,
    months=MONTHS_ABLATIVE,
    seasons=("көктемінен", "жазынан", "күзінен", "қысынан"),
)
SPEECH = Speech(
    cases={"alone": ALONE, "within": WITHIN_A_SENTENCE, "ablative": ABLATIVE},
    year_first=True,
    first_day="{year} жылғы {day}",
    centuries=("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
    unknown="күні белгісіз",
    about="шамамен {0:within}",
    perhaps="мүмкін, {0:within}",
    perhaps_about="мүмкін, шамамен {0:within}",
    about_all="шамамен {0}",
    perhaps_all="мүмкін, {0}",
    perhaps_about_all="мүмкін, шамамен {0}",
    about_aside="шамамен",
    perhaps_aside="мүмкін",
    between="{0:within} және {1:within} аралығында",
    not_before="{0:ablative} ерте емес",
    not_after="{0:ablative} кеш емес",
    winter="{year}/{next} жылдың қысы",
    one_of="{0} немесе {1}",
    comma=", ",
    card_about="шамамен {0}",
    card_born="туған жылы: {0}",
    card_died="қайтыс болған жылы: {0}",
    card_dash=" — ",
)

KAZAKH = DateLanguage("kk", VOCABULARY, SPEECH, also=("ru",))
