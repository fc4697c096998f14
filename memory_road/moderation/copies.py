"""Copy files between two transactions, so that nothing is locked meanwhile."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress

from memory_road.db import after_commit, db
from memory_road.media.store import FileMissing, Store, StoreUnavailable


@contextmanager
def copied(files: Mapping[str, str], store: Store) -> Generator[None]:
    """Each file of ``files`` also under its new key, for what is done inside ``with``. The transaction that is open
    ends here without a commit. Where the inside fails, its own ends too and the copies are removed again; so commit
    only after it. Those of a process that dies are orphans that the sweep removes. A file that is missing has no copy:
    what is damaged can be taken down like the rest."""
    db.session.rollback()
    try:
        for old, new in files.items():
            with suppress(FileMissing):
                store.copy(old, new)
        yield
    except Exception:
        db.session.rollback()
        with suppress(StoreUnavailable):
            for new in files.values():
                store.delete(new)
        raise


def remove_after_commit(files: Mapping[str, str], store: Store) -> None:
    """Remove the files that were copied once the present transaction is committed. What is left behind by a process
    that dies then is removed by the sweep."""

    def remove() -> None:
        for old in files:
            store.delete(old)

    after_commit(remove)
