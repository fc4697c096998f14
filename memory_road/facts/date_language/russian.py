"""Dates in Russian."""

from dataclasses import replace

from memory_road.facts.date_language.language import Case, DateLanguage, Meaning, Speech, Vocabulary

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
MONTHS_INSTRUMENTAL = (
    "январём", "февралём", "мартом", "апрелем", "маем", "июнем",
    "июлем", "августом", "сентябрём", "октябрём", "ноябрём", "декабрём",
)  # fmt: skip

ABOUT = (
    "около|ок|примерно|приблизительно|приблизит|приблиз|прибл|прим|ориентировочно|ориент|порядка|где(-| )то|"
    "плюс(-| )минус"
)
PERHAPS = (
    "возможно|может быть|вероятно|вероятнее всего|скорее всего|предположительно|предп|предположит|возм|видимо|"
    "по(-| )?видимому|очевидно|кажется|вроде бы|вроде|наверно|наверное|должно быть|похоже что|похоже|думаем|думаю"
)
NOT_BEFORE = "(не ранее|не раньше|позже|позднее)( чем)?|после"
NOT_AFTER = "(не позднее|не позже|ранее|раньше)( чем)?|до"

VOCABULARY = Vocabulary(
    months=(
        "январь января январе январем январю янв",
        "февраль февраля феврале февралем февралю фев февр",
        "март марта марте мартом марту мар",
        "апрель апреля апреле апрелем апрелю апр",
        "май мая мае маем маю",
        "июнь июня июне июнем июню июн",
        "июль июля июле июлем июлю июл",
        "август августа августе августом августу авг",
        "сентябрь сентября сентябре сентябрем сентябрю сен сент",
        "октябрь октября октябре октябрем октябрю окт",
        "ноябрь ноября ноябре ноябрем ноябрю ноя нояб",
        "декабрь декабря декабре декабрем декабрю дек",
    ),
    seasons=(
        "весна весны весне весну весной весною",
        "лето лета лете летом лету",
        "осень осени осенью",
        "зима зимы зиме зиму зимой зимою",
    ),
    day_endings="(-?(го|ого|е|ое|му|ому|м))?",
    year_endings=(
        "(-?(й|ый|го|ого|м|ом|му|ому))?"
        "( ?(г|гг|год|года|году|годом|годе|годы|годов|годах|годами|(год|года|г) (рождения|рожд)|г ?р))?"
    ),
    decade_endings="-?(е|ые|х|ых|ми|ыми)( ?(г|гг|годы|годов|годах|годами))?",
    century_endings="(-?(й|го|м|ый|ого|ом))?",
    points=(
        "{day} {month} {year}",
        "{month} {year}",
        "{season} {year}",
        "{day} {month}",
        "{month}",
        "{season}",
        "{month} (месяц|месяца|месяце|мес) {year}",
        "(год|года|году) {year}",
        "{year} {day} {month}",
        "{year} {month} {day}",
        "{month} {day} {year}",
        "{year} {month}",
        "{year} {season}",
        "{century} (в|век|века|веке|веком|веку|столетие|столетия|столетии|столетием)",
    ),
    winters=("{season} {years}",),
    openings=("в период", "в", "во"),
    patterns={
        Meaning.ABOUT: (f"({ABOUT}|в районе) {{date}}", f"{{date}} ({ABOUT}|или около того)"),
        Meaning.PERHAPS: (
            f"({PERHAPS}) {{date}}",
            f"{{date}} ({PERHAPS}|под вопросом|но не точно|не точно|неточно|точно не известно|точно неизвестно)",
        ),
        Meaning.BETWEEN: (
            "между {date} и {date}",
            "((в|за) период )?(с|со|от|начиная с) {date} (по|до|и до|и по) {date}",
            f"({NOT_BEFORE}) {{date}}( и| но| а)? ({NOT_AFTER}) {{date}}",
        ),
        Meaning.NOT_BEFORE: (
            f"({NOT_BEFORE}|начиная с|с|со|от) {{date}}",
            "{date} (или|либо|и) (позже|позднее|после)",
        ),
        Meaning.NOT_AFTER: (
            f"({NOT_AFTER}|вплоть до|к|ко|по) {{date}}",
            "{date} (или|либо|и) (ранее|раньше|до)",
        ),
        Meaning.BEGINNING: ("(в )?(начало|начале|начала) {date}",),
        Meaning.MIDDLE: ("(в )?(середина|середине|середину|середины) {date}",),
        Meaning.END: ("(в )?(конец|конце|конца) {date}",),
        Meaning.FIRST_HALF: ("(в )?(первая|первой|первую|1-я|1-й|1-ю|1) (половина|половине|половину|половины) {date}",),
        Meaning.SECOND_HALF: (
            "(в |во )?(вторая|второй|вторую|2-я|2-й|2-ю|2) (половина|половине|половину|половины) {date}",
        ),
    },
    asides={Meaning.ABOUT: ABOUT, Meaning.PERHAPS: f"{PERHAPS}|не точно|неточно"},
    or_words="или же|или|либо|то ли",
    either_words="то ли|или|либо",
    unknown=(
        "((точная )?дата( рождения| смерти| гибели)? |(точный )?год |точно )?(не ?известн(о|а|ы|ен)|неизв)",
        "(мы |я |уже |точно |никто ){0,2}не (знаем|знаю|знает|помним|помню|помнит)( точно)?",
        "неизвестно когда",
        "(нет |никаких )(данных|сведений|информации)( нет)?",
        "(данных|сведений|информации) нет",
        "(дата )?не ?(установлен(о|а)?|указан(о|а)?|ясно)",
        "(н|б)/?д",
    ),
    day_first=True,
)

NOMINATIVE = Case(
    day=("{day} {month} {year}", "{day} {month}", "{day}"),
    month=("{month} {year}", "{month}"),
    season=("{season} {year}", "{season}"),
    year="{year}",
    decade="{year}-е годы",
    century="{century} век",
    day_months=MONTHS_GENITIVE,
    months=MONTHS,
    seasons=("весна", "лето", "осень", "зима"),
)
GENITIVE = replace(
    NOMINATIVE,
    decade="{year}-х годов",
    century="{century} века",
    months=MONTHS_GENITIVE,
    seasons=("весны", "лета", "осени", "зимы"),
)
INSTRUMENTAL = replace(
    NOMINATIVE,
    decade="{year}-ми годами",
    century="{century} веком",
    months=MONTHS_INSTRUMENTAL,
    seasons=("весной", "летом", "осенью", "зимой"),
)
SPEECH = Speech(
    cases={"nominative": NOMINATIVE, "genitive": GENITIVE, "instrumental": INSTRUMENTAL},
    year_first=False,
    centuries=("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
    unknown="дата неизвестна",
    about="около {0:genitive}",
    perhaps="возможно, {0}",
    perhaps_about="возможно, около {0:genitive}",
    about_all="примерно {0}",
    perhaps_all="возможно, {0}",
    perhaps_about_all="возможно, примерно {0}",
    about_aside="примерно",
    perhaps_aside="возможно",
    between="между {0:instrumental} и {1:instrumental}",
    not_before="не ранее {0:genitive}",
    not_after="не позднее {0:genitive}",
    winter="зима {year}/{next}",
    one_of="{0} или {1}",
    comma=", ",
    card_about="около {0}",
    card_born="род. {0}",
    card_died="ум. {0}",
    card_dash=" — ",
)

RUSSIAN = DateLanguage("ru", VOCABULARY, SPEECH)
