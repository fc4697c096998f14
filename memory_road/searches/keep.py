"""Keep a search: asked by anybody, confirmed by whoever has the address."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from memory_road.accounts.flood import address_key, mailbox_key, take_turn
from memory_road.archive.spellings import same
from memory_road.db import db, now
from memory_road.facts.name_words import Word
from memory_road.identifier import new_identifier
from memory_road.mail.letter import LetterKind, write
from memory_road.requests.refusal import RequestRefused
from memory_road.requests.words import address
from memory_road.searches.describe import described, harmless
from memory_road.searches.kept_search import MOST_SEARCHES, UNCONFIRMED, KeptSearch, KeptSearchKey, SearchKeeper
from memory_road.searches.keys import NOBODY, is_narrow, keys_of_search
from memory_road.searches.refusal import SearchRefusal
from memory_road.searches.sought import Sought

FOR_ONE_MAILBOX, FOR_ONE_MAILBOX_A_DAY = 3, 6
"""So many letters that ask for a confirmation go to one address: nobody is to be bothered through us."""
FROM_ONE_LINE, FROM_ONE_LINE_A_DAY = 20, 60
IN_ALL = 300
"""In an hour. Schools and villages share one line."""


def ask_to_keep(sought: Sought, email: str, language: str, ip_address: str) -> None:
    """Keep a search for the ``email`` that a visitor typed, once whoever reads its mail confirms it: all that is sent
    before is one letter. Known and unknown addresses are answered alike. Raises ``RequestRefused``."""
    _require_narrow(sought)
    mailbox = address(email)
    _hold_back_floods(mailbox, ip_address)
    search = _kept(_keeper(mailbox, language), sought)
    if search.confirmed_at is None:
        search.ends_at = now() + UNCONFIRMED
    write(LetterKind.SEARCH_ASKED, mailbox, language, search=search.id, words=harmless(described(sought, language)))
    db.session.flush()


def keep_own(sought: Sought, email: str, language: str) -> KeptSearch:
    """Keep a search at once, for the confirmed address of whoever is signed in. Raises ``RequestRefused``."""
    _require_narrow(sought)
    search = _kept(_keeper(email.lower(), language), sought)
    confirm(search, language)
    return search


def confirm(search: KeptSearch, language: str) -> None:
    """Whoever reads the mail of its address wishes the search, for a year from now on; letters come in the ``language``
    of the page. Raises ``RequestRefused`` where the address keeps too many."""
    # Two that are confirmed at once wait for each other, and are counted together.
    keeper = db.session.get_one(SearchKeeper, search.keeper_id, with_for_update=True, populate_existing=True)
    confirmed = [kept.id for kept in keeper.searches if kept.confirmed_at is not None]
    if search.id not in confirmed and len(confirmed) >= MOST_SEARCHES:
        raise RequestRefused(SearchRefusal.TOO_MANY_SEARCHES, {"most": MOST_SEARCHES})
    search.keep_on()
    keeper.language = language
    db.session.flush()


def prolong(keeper: SearchKeeper, search_id: str) -> None:
    """Go on with a confirmed search for a year from now on; nothing happens where it has ended."""
    for search in keeper.searches:
        if search.id == search_id and search.confirmed_at is not None:
            search.keep_on()
    db.session.flush()


def waiting_search(search_id: str) -> KeptSearch | None:
    """The search that a link in a letter names, while it is still kept or waits to be confirmed."""
    found = select(KeptSearch).where(KeptSearch.id == search_id, KeptSearch.ends_at > now())
    return db.session.scalar(found)


def key_searches(after: str, most: int) -> list[str]:
    """Give keys to those of the next ``most`` searches behind ``after`` that have none, once a revision has emptied
    their table; the ids of all that were looked at."""
    some = select(KeptSearch).where(KeptSearch.id > after).order_by(KeptSearch.id).limit(most)
    searches = db.session.scalars(some.with_for_update(read=True, key_share=True)).all()
    keyed = select(KeptSearchKey.search_id).where(KeptSearchKey.search_id.in_([search.id for search in searches]))
    known = set(db.session.scalars(keyed))
    for search in searches:
        if search.id not in known:
            _give_keys(search)
    return [search.id for search in searches]


def _require_narrow(sought: Sought) -> None:
    if not is_narrow(sought):
        raise RequestRefused(SearchRefusal.TOO_WIDE)


def _keeper(email: str, language: str) -> SearchKeeper:
    """The row of an address, locked; made where there is none."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    values = {"id": new_identifier(), "email": email, "language": language}
    db.session.execute(insert(SearchKeeper).values(values).on_conflict_do_nothing())
    held = select(SearchKeeper).where(SearchKeeper.email == email).with_for_update()
    return db.session.execute(held.execution_options(populate_existing=True)).scalar_one()


def _kept(keeper: SearchKeeper, sought: Sought) -> KeptSearch:
    """The same search, where the keeper has asked for it already; otherwise a new one, not confirmed yet."""
    document = sought.document
    known = next((kept for kept in keeper.searches if kept.sought_for == document and kept.ends_at > now()), None)
    if known is not None:
        return known
    moment = now()
    search = KeptSearch(keeper=keeper, sought_for=document, made_at=moment, ends_at=moment + UNCONFIRMED)
    db.session.add(search)
    db.session.flush()
    _give_keys(search)
    return search


def _give_keys(search: KeptSearch) -> None:
    keys = keys_of_search(search.sought, _entries_with) or {NOBODY}
    db.session.add_all(KeptSearchKey(key=key, search_id=search.id) for key in sorted(keys))
    db.session.flush()


def _entries_with(word: Word) -> int:
    return same(word)[0].entries


def _hold_back_floods(email: str, ip_address: str) -> None:
    line = address_key(ip_address)
    if line and not take_turn(f"search:{line}", FROM_ONE_LINE, FROM_ONE_LINE_A_DAY):
        raise RequestRefused(SearchRefusal.SEARCHES_FROM_YOU)
    if not take_turn(f"search:{mailbox_key(email)}", FOR_ONE_MAILBOX, FOR_ONE_MAILBOX_A_DAY):
        raise RequestRefused(SearchRefusal.LETTERS_ENOUGH)
    if not take_turn("search", IN_ALL):
        raise RequestRefused(SearchRefusal.SEARCHES_IN_ALL)
