"""Dates in Eastern Armenian. The year goes first; the spelling of before 1922, which many keep, is read too."""

from dataclasses import replace

from memory_road.facts.date_language.language import Case, DateLanguage, Meaning, Speech, Vocabulary

MONTHS = (
    "հունվար", "փետրվար", "մարտ", "ապրիլ", "մայիս", "հունիս",
    "հուլիս", "օգոստոս", "սեպտեմբեր", "հոկտեմբեր", "նոյեմբեր", "դեկտեմբեր",
)  # fmt: skip
OTHER_FORMS = (
    "յունուար հունուար հունվ յունվ", "փետրուար փետր փետ", "մար", "ապր", "մայ", "յունիս",
    "յուլիս հուլ", "օգոստ օգս", "սեպտ սեպ", "հոկտ հոկ", "նոյեմ նոյ", "դեկտ դեկ",
)  # fmt: skip
SEASONS = ("գարուն", "ամառ", "աշուն", "ձմեռ")
SEASONS_GENITIVE = ("գարնան", "ամռան", "աշնան", "ձմռան")

CASES = "(ին|ի|ն|ը|ում)"
YEAR = "(թ ?թ|թ|թվ|թվական|թուական|թվականներ|թուականներ|թիվ|թու|տարի|տարվա|տարուայ)"
LIFE = (
    "(ծնվել|ծնուել|զոհվել|զոհուել|մահացել|վախճանվել|վախճանուել)( է)?|ծնված|ծնուած|ծնունդ|ծնվ|ծն|զոհված|զոհուած|մահացած|"
    "վախճ|մահ"
)
FROM = " ?-?ից"
ABOUT = "մոտ|մոտավորապես|մօտաւորապէս|մոտաւորապէս|մոտավոր|մոտավ|մոտիկ|շուրջ"
AROUND = "շուրջ|շուրջը|մոտ|մոտերքը|մոտերքում|մոտերը|կողմերը|կողմերում|մոտավորապես|մօտաւորապէս"
PERHAPS = (
    "հնարավոր է|հնարաւոր է|հնարավոր է որ|հավանաբար|հաւանաբար|հավանական է|ամենայն հավանականությամբ|երևի|երևի թե|գուցե|"
    "գուցէ|միգուցե|թերևս|ենթադրաբար|ըստ երևույթին|կարծեմ|կարծեմ թե|կարծում եմ|կարծում ենք|մեր կարծիքով|իմ կարծիքով|"
    "կարծես|կարծես թե|պետք է լինի"
)
NOT_SURE = (
    "ստույգ չէ|հստակ չէ|հաստատ չէ|ճշգրիտ չէ|ոչ ստույգ|ոչ հստակ|ոչ ճշգրիտ|վստահ չեմ|վստահ չենք|համոզված չեմ|"
    "համոզված չենք|հաստատ չգիտեմ|հաստատ չգիտենք|հարցական է"
)
EVENT = "(ծննդյան|ծնված|մահվան|մահուան|զոհվելու)"
EXACTLY = "(ստույգ|ճշգրիտ|հստակ|հաստատ|ճիշտ)"
WHICH = "(օրը|օրն|ամսաթիվը|ամսաթիվն|տարեթիվը|տարեթիվն|թվականը|թվականն|տարին|ժամանակը)"
UNKNOWN = "((անհայտ|անյայտ)( է)?|(հայտնի|յայտնի|պարզ|հաստատված|նշված) չէ|չի նշված)"
UNTIL = "մինչև|մինչեւ|մինչ"

VOCABULARY = Vocabulary(
    months=tuple(f"{month} {others}" for month, others in zip(MONTHS, OTHER_FORMS, strict=True)),
    seasons=("գարուն գարնան", "ամառ ամռան ամառվան", "աշուն աշնան", "ձմեռ ձմռան ձմեռվան"),
    name_endings=("", "ի", "ին", "ը", "ն", "ում", "վա", "ուայ"),
    day_endings=f"-?{CASES}",
    year_endings=f"(-?{CASES})?( ?-?{YEAR}( ?-?{CASES})?)?( ({LIFE}))?",
    decade_endings=f"-?(ական|ականներ){CASES}?( ?{YEAR}{CASES}?)?",
    century_endings="(-?(րդ|երորդ))?",
    points=(
        f"{{year}} {{month}} {{day}}( ({LIFE}))?",
        "{day} {month}",
        f"{{year}} {{month}}( ({LIFE}))?",
        f"{{year}} {{season}}( ({LIFE}))?",
        "{day} {month} {year}",
        "{month} {day} {year}",
        "{month} {day}",
        "{month} {year}",
        "{season} {year}",
        "{month}",
        "{season}",
        "{year} {day} {month}",
        "{year} {month} (ամսի|ամսվա|ամիս) {day}",
        "{year} {month} (ամիս|ամսին|ամսի|ամսում|ամսվա|ամիսը)",
        "{month} (ամսի|ամսվա|ամիս) {day}( {year})?",
        "{month} (ամիս|ամսին|ամսի|ամսում|ամսվա|ամիսը)",
        f"{{century}} (դար|դդ|դ){CASES}?",
    ),
    winters=("{years} {season}", "{season} {years}"),
    openings=(LIFE,),
    patterns={
        Meaning.ABOUT: (f"({ABOUT}) {{date}}", f"{{date}} ({AROUND})"),
        Meaning.PERHAPS: (
            f"({PERHAPS}) {{date}}",
            f"{{date}}( բայց| սակայն)? ({PERHAPS}|{NOT_SURE})",
        ),
        Meaning.BETWEEN: (
            "{date} (և|ու) {date} (միջև|միջեւ|միջակայքում|ընթացքում)",
            "{date}-{date} (միջև|միջեւ|միջակայքում|ընթացքում)",
            f"(սկսած )?{{date}}{FROM}( սկսած)? (({UNTIL}) )?{{date}}",
            f"{{date}}{FROM} (ոչ շուտ|ոչ վաղ|հետո|յետոյ)( և| բայց)? {{date}}{FROM} (ոչ ուշ|առաջ|շուտ)",
        ),
        Meaning.NOT_BEFORE: (
            f"(սկսած )?{{date}}{FROM}( (ոչ շուտ|ոչ վաղ|հետո|յետոյ|ի վեր|սկսած|այս կողմ|ուշ))?",
            "ոչ (շուտ|վաղ) քան {date}",
            "{date} (կամ|և) (ավելի )?(ուշ|հետո)",
        ),
        Meaning.NOT_AFTER: (
            f"{{date}}{FROM} (ոչ ուշ|առաջ|շուտ|վաղ)",
            "ոչ ուշ քան {date}",
            f"({UNTIL}) {{date}}",
            "{date} (կամ|և) (ավելի )?(շուտ|վաղ|առաջ)",
        ),
        Meaning.BEGINNING: ("{date} (սկիզբ|սկիզբը|սկզբին|սկզբներ|սկզբներին|սկզբում)",),
        Meaning.MIDDLE: ("{date} (կես|կեսը|կեսին|կեսեր|կեսերը|կեսերին|մեջտեղ|մեջտեղում|միջին)",),
        Meaning.END: ("{date} (վերջ|վերջը|վերջին|վերջեր|վերջերին|վերջում|ավարտին)",),
        Meaning.FIRST_HALF: ("{date} (առաջին|1-ին) (կես|կեսը|կեսին|կիսամյակ|կիսամյակին|կիսամյակում)",),
        Meaning.SECOND_HALF: ("{date} (երկրորդ|2-րդ) (կես|կեսը|կեսին|կիսամյակ|կիսամյակին|կիսամյակում)",),
    },
    asides={Meaning.ABOUT: ABOUT, Meaning.PERHAPS: f"{PERHAPS}|{NOT_SURE}"},
    or_words="կամ էլ|կամ թե|կամ|թե",
    either_words="կամ|թե",
    unknown=(
        f"({EVENT} )?({EXACTLY} )?({WHICH} )?({EXACTLY} )?{UNKNOWN}",
        f"((ես|մենք) )?({EXACTLY} )?(չգիտեմ|չգիտենք|չեմ հիշում|չենք հիշում|չեմ յիշում|չենք յիշում)",
        "ոչ ոք (չգիտի|չգիտե|չի հիշում)",
        "(տվյալներ|տվյալ|տեղեկություններ|տեղեկություն) (չկա|չկան|չունենք|չունեմ)",
        "չի (պահպանվել|նշվել)",
    ),
    day_first=True,
)

ALONE = Case(
    day=("{year} թ. {month} {day}", "{month} {day}", "{day}"),
    month=("{year} թ. {month}", "{month}"),
    season=("{year} թ. {season}", "{season}"),
    year="{year}",
    decade="{year}-ական թվականներ",
    century="{century} դար",
    day_months=tuple(f"{month}ի" for month in MONTHS),
    months=MONTHS,
    seasons=SEASONS,
)
WITHIN_A_SENTENCE = replace(ALONE, year="{year} թ.")
WHEN = replace(
    WITHIN_A_SENTENCE,
    day=("{year} թ. {month} {day}-ին", "{month} {day}-ին", "{day}-ին"),
    decade="{year}-ական թվականներին",
    century="{century} դարում",
    months=tuple(f"{month}ին" for month in MONTHS),
    seasons=tuple(f"{season}ը" for season in SEASONS_GENITIVE),
)
GENITIVE = replace(
    ALONE,
    day=("{year} թ. {month} {day}-ի", "{month} {day}-ի", "{day}-ի"),
    year="{year}-ի",
    decade="{year}-ականների",
    century="{century} դարի",
    months=ALONE.day_months,
    seasons=SEASONS_GENITIVE,
)
ABLATIVE = replace(
    ALONE,
    day=("{year} թ. {month} {day}-ից", "{month} {day}-ից", "{day}-ից"),
    year="{year} թվականից",
    decade="{year}-ական թվականներից",
    century="{century} դարից",
    months=tuple(f"{month}ից" for month in MONTHS),
    seasons=tuple(f"{season}ից" for season in SEASONS_GENITIVE),
)
SPEECH = Speech(
    cases={"alone": ALONE, "within": WITHIN_A_SENTENCE, "when": WHEN, "genitive": GENITIVE, "ablative": ABLATIVE},
    year_first=True,
    centuries=("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
    unknown="ամսաթիվն անհայտ է",
    about="մոտ {0:when}",
    perhaps="հնարավոր է՝ {0:within}",
    perhaps_about="հնարավոր է՝ մոտ {0:when}",
    about_all="մոտավորապես {0}",
    perhaps_all="հնարավոր է՝ {0}",
    perhaps_about_all="հնարավոր է՝ մոտավորապես {0}",
    about_aside="մոտավորապես",
    perhaps_aside="հնարավոր է",
    between="{0:genitive} և {1:genitive} միջև",
    not_before="{0:ablative} ոչ շուտ",
    not_after="{0:ablative} ոչ ուշ",
    winter="{year}/{next} թթ. ձմեռ",
    one_of="{0} կամ {1}",
    comma=", ",
    card_about="մոտ {0}",
    card_born="ծն. {0}",
    card_died="մահ. {0}",
    card_dash=" — ",
)

ARMENIAN = DateLanguage("hy", VOCABULARY, SPEECH, also=("ru",))
