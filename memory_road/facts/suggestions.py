"""Suggested wordings for facts that are free text: they help to write, and never limit what a family may say."""

from memory_road.facts.vocabulary import label

BRANCHES: tuple[str, ...] = (
    label("Infantry"),
    label("Artillery"),
    label("Armoured troops"),
    label("Air force"),
    label("Navy"),
    label("Cavalry"),
    label("Engineers"),
    label("Signals"),
    label("Medical service"),
    label("Air defence"),
    label("Border troops"),
    label("Airborne troops"),
    label("Railway troops"),
    label("People’s militia"),
)

RANKS: tuple[str, ...] = (
    label("Red Army soldier"),
    label("Red Navy sailor"),
    label("Lance corporal"),
    label("Junior sergeant"),
    label("Sergeant"),
    label("Senior sergeant"),
    label("Sergeant major"),
    label("Junior lieutenant"),
    label("Lieutenant"),
    label("Senior lieutenant"),
    label("Captain"),
    label("Major"),
    label("Lieutenant colonel"),
    label("Colonel"),
    label("Major general"),
)

AWARDS: tuple[str, ...] = (
    label("Hero of the Soviet Union"),
    label("Order of Lenin"),
    label("Order of the Red Banner"),
    label("Order of the Red Star"),
    label("Order of the Red Banner of Labour"),
    label("Order of the Badge of Honour"),
    label("Order of the Patriotic War, 1st class"),
    label("Order of the Patriotic War, 2nd class"),
    label("Order of Glory, 2nd class"),
    label("Order of Glory, 3rd class"),
    label("Medal “For Courage”"),
    label("Medal “For Battle Merit”"),
    label("Medal “For the Defence of Leningrad”"),
    label("Medal “For the Defence of Moscow”"),
    label("Medal “For the Defence of Stalingrad”"),
    label("Medal “For the Capture of Berlin”"),
    label("Medal “For the Liberation of Prague”"),
    label("Medal “To a Partisan of the Patriotic War”"),
    label("Medal “For Victory over Germany”"),
    label("Medal “For Valiant Labour in the Great Patriotic War 1941–1945”"),
)
