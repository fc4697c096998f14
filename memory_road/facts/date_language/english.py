"""Dates in English, British and American."""

from dataclasses import replace

from memory_road.facts.date_language.language import Case, DateLanguage, Meaning, Speech, Vocabulary

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

ABOUT = (
    "about|abt|around|approximately|approx|circa|ca|c|roughly|some time around|sometime around|on or about|"
    "on or around|est|estimated"
)
PERHAPS = "perhaps|maybe|may be|possibly|poss|probably|prob|presumably|likely|most likely|i think|we think|it may be"
LIFE = "born|b|died|d|killed"
NOT_BEFORE = "not before|not earlier than|no earlier than|on or after|after|aft|later than"
NOT_AFTER = "not after|not later than|no later than|on or before|before|bef|prior to|earlier than"

VOCABULARY = Vocabulary(
    months=(
        "january jan",
        "february feb febr",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    seasons=("spring springtime", "summer summertime", "autumn fall", "winter wintertime"),
    day_endings="(st|nd|rd|th)?",
    year_endings="( year)?",
    decade_endings="-?'?s",
    century_endings="(-?(st|nd|rd|th))?",
    points=(
        "{day} {month} {year}",
        "{month} {day} {year}",
        "{month} {day}",
        "{day} {year}",
        "{month} {year}",
        "{season} {year}",
        "{day} {month}",
        "{month}",
        "{season}",
        "{day} of {month} {year}",
        "{day} of {month} of {year}",
        "{day} of {month}",
        "{month} the {day} {year}",
        "{month} of {year}",
        "{season} of {year}",
        "{season} in {year}",
        "year (of )?{year}",
        "{year} {month} {day}",
        "{year} {day} {month}",
        "{year} {month}",
        "{year} {season}",
        "{century} (c|cent|century)",
    ),
    winters=("{season} (of )?{years}",),
    openings=(
        f"({LIFE})( (on|in))?( the)?",
        "in the",
        "on the",
        "in",
        "on",
        "the",
        "during the",
        "during",
        "some time in",
        "sometime in",
        "at",
    ),
    patterns={
        Meaning.ABOUT: (f"({ABOUT}) {{date}}", "(c|ca){date}", f"{{date}} ({ABOUT}|or so|or thereabouts)"),
        Meaning.PERHAPS: (
            f"({PERHAPS}) {{date}}",
            f"{{date}} ({PERHAPS}|not sure|not certain|uncertain|we are not sure|i am not sure)",
        ),
        Meaning.BETWEEN: (
            "((some time|sometime) )?(between|bet|betw) {date} (and|&) {date}",
            "from {date} (to|till|until|through) {date}",
            "{date} (to|till|until|through) {date}",
            f"({NOT_BEFORE}) {{date}}( and| but)? ({NOT_AFTER}) {{date}}",
        ),
        Meaning.NOT_BEFORE: (
            f"({NOT_BEFORE}|since|from|starting from) {{date}}",
            "(at the earliest in|at the earliest) {date}",
            "{date} (or|and) (later|after)",
            "{date} (on|onward|onwards|at the earliest)",
            "from {date} (on|onward|onwards)",
        ),
        Meaning.NOT_AFTER: (
            f"({NOT_AFTER}|until|till|up to|to|by) {{date}}",
            "(at the latest in|at the latest) {date}",
            "{date} (or|and) (earlier|before)",
            "{date} at the latest",
        ),
        Meaning.BEGINNING: ("(in )?early( in)?( |-){date}", "((in|at) )?(the )?(beginning|start) of {date}"),
        Meaning.MIDDLE: ("(in )?mid( |-)?{date}", "(in )?(the )?middle of {date}"),
        Meaning.END: ("(in )?late( in)?( |-){date}", "((in|at) )?(the )?end of {date}"),
        Meaning.FIRST_HALF: ("(in )?(the )?(first|1st) half of {date}",),
        Meaning.SECOND_HALF: ("(in )?(the )?(second|2nd) half of {date}",),
    },
    asides={Meaning.ABOUT: ABOUT, Meaning.PERHAPS: f"{PERHAPS}|not sure|not certain|uncertain"},
    or_words="or else|or",
    either_words="either",
    unknown=(
        "((exact )?(date|year|day)( of birth| of death)?( is)? )?(not known|unknown|unkn|not recorded|not stated)",
        "((i|we) )?(do not|don't|dont) (know|remember|recall)( exactly| for sure)?",
        "((i am|we are|i'm|we're) )?not sure",
        "(nobody|no one|no-one) (knows|remembers)",
        "no (information|data|record|records|date)",
        "(it is )?not known when",
        "((i|we) )?(cannot|can't|cant) (remember|recall)( exactly)?",
        "no idea",
        "n/?a",
    ),
    day_first=False,
)

ALONE = Case(
    day=("{day} {month} {year}", "{day} {month}", "{day}"),
    month=("{month} {year}", "{month}"),
    season=("{season} {year}", "{season}"),
    year="{year}",
    decade="{year}s",
    century="{century} century",
    day_months=MONTHS,
    months=MONTHS,
    seasons=("spring", "summer", "autumn", "winter"),
)
WITHIN_A_SENTENCE = replace(ALONE, decade="the {year}s", century="the {century} century")
SPEECH = Speech(
    cases={"alone": ALONE, "within": WITHIN_A_SENTENCE},
    year_first=False,
    centuries=("11th", "12th", "13th", "14th", "15th", "16th", "17th", "18th", "19th", "20th", "21st"),
    unknown="date not known",
    about="about {0:within}",
    perhaps="perhaps {0:within}",
    perhaps_about="perhaps about {0:within}",
    about_all="approximately {0}",
    perhaps_all="perhaps {0}",
    perhaps_about_all="perhaps approximately {0}",
    about_aside="about",
    perhaps_aside="perhaps",
    between="between {0:within} and {1:within}",
    not_before="not before {0:within}",
    not_after="not after {0:within}",
    winter="winter {year}/{next}",
    one_of="{0} or {1}",
    comma=", ",
    card_about="c. {0}",
    card_born="born {0}",
    card_died="died {0}",
    card_dash=" – ",
)

ENGLISH = DateLanguage("en", VOCABULARY, SPEECH)
