"""Dates in Tajik, with Russian forms of the months."""

from dataclasses import replace

from memory_road.facts.date_language import russian
from memory_road.facts.date_language.language import Case, DateLanguage, Meaning, Speech, Vocabulary

MONTHS = (
    "январ", "феврал", "март", "апрел", "май", "июн",
    "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip

BY = "аст|мекунам|мекунем"
ABOUT = "тақрибан|тахминан|таҳминан|тахмини|наздики|наздикиҳои|наздик ба|ҳудуди|дар ҳудуди|қариб|қарибиҳои"
PERHAPS = (
    f"шояд|эҳтимол аст|эҳтимолан|эҳтимол|мумкин аст|мумкин|аз афташ|зоҳиран|гӯё|гумон ({BY})|ба гумонам|ба фикрам|"
    "ба фикри мо|ба назарам|фикр мекунам|фикр мекунем"
)
NOT_SURE = "(вале |аммо |лекин )?(аниқ|дақиқ) (нест|не|намедонам|намедонем)"
NOT_BEFORE = "на (пештар|барвақттар) аз|(баъд|бад|баад|пас|дертар|баъдтар) аз|баъди|бади|пас аз"
NOT_AFTER = "на (дертар|баъдтар) аз|(пеш|пештар|қабл|барвақттар) аз|то|то ба"
KNOW = "намедонам|намедонем|намедонад|(дар |ба )?(ёд|хотир) (надорам|надорем|надорад|нест)|фаромӯш (кардам|кардаам)"
NOT_KNOWN = "(номаълум|номалум|ноаён|(маълум|малум|аён|аниқ|дақиқ|муайян) (нест|не|набуд))( аст)?"

VOCABULARY = Vocabulary(
    months=tuple(f"{own} {forms}" for own, forms in zip(MONTHS, russian.VOCABULARY.months, strict=True)),
    seasons=(
        "баҳор баҳорон весна весны весной",
        "тобистон лето лета летом",
        "тирамоҳ тирамоҳон хазон осень осени осенью",
        "зимистон зима зимы зимой",
    ),
    name_endings=("", "и", "у", "ро"),
    day_endings="(-?(ум|юм|уми|юми|го))?",
    year_endings=(
        "(-?(ум|юм|уми|юми|го))?( ?(с|сол|солаш|солҳо|г|гг|год|года|году|годы|годов|(с|г) ?(т|р)|(год|года) рождения))?"
    ),
    decade_endings="-?(ум|юм|уми|юми|умҳо|юмҳо)( сол| солҳо)?",
    century_endings="(-?(ум|юм))?",
    points=(
        "{day} {month} {year}",
        "{day} {month} соли {year}",
        "{month} {year}",
        "{month} соли {year}",
        "{season} {year}",
        "{season} соли {year}",
        "соли {year}",
        "соли (таваллуд|таваллудаш|вафот|вафоташ) {year}",
        "солҳои {decade}",
        "солҳои {tens}",
        "солҳои {year}",
        "{day} {month}",
        "{day} моҳи {month}",
        "моҳи {month}",
        "{month}",
        "(фасли )?{season}",
        "{day} моҳи {month} (соли )?{year}",
        "моҳи {month} (соли )?{year}",
        "моҳи {month} {year}",
        "фасли {season} (соли )?{year}",
        "(соли )?{year} {day} {month}",
        "(соли )?{year} {day} моҳи {month}",
        "(соли )?{year} {month}",
        "(соли )?{year} (дар )?моҳи {month}",
        "(соли )?{year} {season}",
        "(соли )?{year} (дар )?фасли {season}",
        "асри {century}",
        "{century} аср",
    ),
    winters=("{season} (соли |солҳои )?{years}", "{season} {years}"),
    openings=("дар санаи", "дар рӯзи", "дар давраи", "дар давоми", "санаи", "рӯзи", "дар"),
    patterns={
        Meaning.ABOUT: (f"({ABOUT}) {{date}}", f"{{date}} ({ABOUT})"),
        Meaning.PERHAPS: (f"({PERHAPS}) {{date}}", f"{{date}} ({PERHAPS}|{NOT_SURE})"),
        Meaning.BETWEEN: (
            "(дар )?(байни|миёни) солҳои {date} (ва|то) {date}",
            "(дар )?(байни|миёни) {date} (ва|то) {date}",
            "(дар )?солҳои {date}( )?-( )?{date}",
            f"({NOT_BEFORE}) {{date}}( ва| вале| аммо| лекин)? ({NOT_AFTER}) {{date}}",
            "аз (солҳои )?{date} (то|то ба|ба) {date}",
            "{date} то {date}",
        ),
        Meaning.NOT_BEFORE: (
            "аз {date} (сар карда|ба баъд|ба ин тараф|ин тараф|инҷониб)",
            f"({NOT_BEFORE}|сар карда аз|аз) {{date}}",
            "{date} ё (дертар|баъдтар|баъд|пас|баъд аз он|пас аз он)",
        ),
        Meaning.NOT_AFTER: (
            f"({NOT_AFTER}) {{date}}",
            "{date} ё (пештар|барвақттар|қаблтар|пеш аз он)",
        ),
        Meaning.BEGINNING: ("(дар )?(аввали|аввалҳои|ибтидои|оғози|сари) {date}",),
        Meaning.MIDDLE: ("(дар )?(миёнаи|миёнаҳои|мобайни) {date}",),
        Meaning.END: ("(дар )?(охири|охирҳои|анҷоми|поёни) {date}",),
        Meaning.FIRST_HALF: ("(дар )?(нимаи|нисфи) (аввали|якуми|1-уми|1-ум) {date}",),
        Meaning.SECOND_HALF: ("(дар )?(нимаи|нисфи) (дуюми|дувуми|дуввуми|2-юми|2-юм) {date}",),
    },
    asides={Meaning.ABOUT: ABOUT, Meaning.PERHAPS: f"{PERHAPS}|{NOT_SURE}"},
    or_words="ё ин ки|ё ки|ва ё|ё",
    either_words="(дар )?солҳои|ё ки|ё",
    unknown=(
        NOT_KNOWN,
        f"(сана|санаи|сол|соли|рӯз|рӯзи)( дақиқи?| аниқи?)?( таваллуд(аш)?| вафот(аш)?| марг(аш)?)? {NOT_KNOWN}",
        f"(мо |ман |касе |ҳеҷ кас |аниқ |дақиқ |дигар ){{0,2}}({KNOW})",
        "(ягон |ҳеҷ )?(маълумот|маълумоте|хабар) (нест|надорам|надорем|вуҷуд надорад)",
        "(сабт|муайян|нишон дода|навишта) нашудааст",
    ),
    day_first=True,
)

PLAIN = Case(
    day=("{day} {month}и соли {year}", "{day} {month}", "{day}"),
    month=("{month}и соли {year}", "{month}"),
    season=("{season}и соли {year}", "{season}"),
    year="{year}",
    decade="солҳои {year}-{ending}",
    century="асри {century}",
    day_months=MONTHS,
    months=MONTHS,
    seasons=("баҳор", "тобистон", "тирамоҳ", "зимистон"),
)
WITHIN_A_SENTENCE = replace(PLAIN, year="соли {year}")
SPEECH = Speech(
    cases={"plain": PLAIN, "within": WITHIN_A_SENTENCE},
    year_first=False,
    centuries=("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
    decade_endings=("ум", "ум", "ум", "юм", "ум", "ум", "ум", "ум", "ум", "ум"),
    unknown="сана маълум нест",
    about="тақрибан {0:within}",
    perhaps="шояд {0:within}",
    perhaps_about="шояд тақрибан {0:within}",
    about_all="тақрибан {0}",
    perhaps_all="шояд {0}",
    perhaps_about_all="шояд тақрибан {0}",
    about_aside="тақрибан",
    perhaps_aside="шояд",
    between="байни {0:within} ва {1:within}",
    not_before="на пештар аз {0:within}",
    not_after="на дертар аз {0:within}",
    winter="зимистони солҳои {year}/{next}",
    one_of="{0} ё {1}",
    comma=", ",
    card_about="тақрибан {0}",
    card_born="таваллуд {0}",
    card_died="вафот {0}",
    card_dash=" — ",
)

TAJIK = DateLanguage("tg", VOCABULARY, SPEECH, also=("ru",))
