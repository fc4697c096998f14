"""Patronymics that a file writes into the given name: told apart only where nothing else can be meant."""

import re

MALE = re.compile(
    r".{2,}(?:ович|евич|ёвич|ювич|йович|івич|ївич|авіч|евіч|ovich|evich|ovych|evych)|"
    r"(?:иль|кузь?м|козьм|лук|фом|никит|савв?|ерем|фок|аник)ич|.{3,}(?:ұлы|улы|уулу)",
    re.IGNORECASE,
)
FEMALE = re.compile(
    r".{2,}(?:овна|евна|ёвна|ювна|инична|ична|івна|ївна|аўна|еўна|ovna|evna|ichna|ivna)|.{3,}(?:қызы|кызы)",
    re.IGNORECASE,
)
SEPARATE = {
    "male": frozenset("оглы оглу ұлы улы уулу угли угл ўғли зода ogly oglu oglou".split()),
    "female": frozenset("кызы қызы гызы қизи кизи qizi qyzy kyzy".split()),
}
"""Words for "son" and "daughter" that stand behind the father's name."""


def is_patronymic(word: str, sex: str) -> bool:
    """Whether ``word`` is the patronymic of somebody of this sex; empty: not stated."""
    is_male, is_female = bool(MALE.fullmatch(word)), bool(FEMALE.fullmatch(word))
    return {"male": is_male, "female": is_female}.get(sex, is_male or is_female)


def split_patronymic(given: str, sex: str) -> tuple[str, str]:
    """Given name and patronymic, when ``given`` is one of each: "Иван Петрович", "Рашид Бейбут оглы". Anything else
    stays together, as it is written."""
    words = given.split()
    ends = {sex: SEPARATE[sex]} if sex in SEPARATE else SEPARATE
    if len(words) == 3 and any(words[2].casefold() in listed for listed in ends.values()):
        return words[0], f"{words[1]} {words[2]}"
    if len(words) == 2 and is_patronymic(words[1], sex) and not is_patronymic(words[0], ""):
        return words[0], words[1]
    return given, ""


def split_full_name(name: str, sex: str) -> tuple[str, str, str]:
    """Surname, given name and patronymic of three words, one of which can only be the patronymic; otherwise all of it
    stays where the file has it, in the given name."""
    words = name.split()
    if len(words) == 3:
        marked = [is_patronymic(word, sex) for word in words]
        if marked == [False, True, False]:
            return words[2], words[0], words[1]
        if marked == [False, False, True]:
            return words[0], words[1], words[2]
    return "", name, ""
