"""Letters that become several in Latin make words longer than the table's: both sides are cut alike."""

from memory_road.archive.search import find
from memory_road.web.edge import Portal
from tests.application import Accounts, filled_in, publish


def test_the_longest_names_can_be_published_and_found(app: Portal, accounts: Accounts) -> None:
    form = filled_in({"surname": "Щ" * 100, "former_surname": "Щ" * 99})
    published = publish(app, accounts.contributor, accounts.moderator, form=form)
    with app.app_context():
        assert [card.id for card in find("Щ" * 100).cards] == [published]
