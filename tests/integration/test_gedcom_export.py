"""An entry is taken along as a file for programs of family trees."""

from collections.abc import Callable
from pathlib import Path

from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, filled_in, publish, work
from tests.gedcom import offered
from tests.prepared import FORM, gone_entries

ClientOf = Callable[[str], Browser]
TOLD = {
    "patronymic": "Петровна",
    "birth_point": "58.8463, 32.2258",
    "unit": "ЭГ 1170",
    "service_from": "1941",
    "fate": "killed",
    "kin": [{"relation": "муж", "name": "Тайный Пётр"}],
}


def test_an_entry_can_be_taken_into_a_family_tree(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf, tmp_path: Path
) -> None:
    client = client_of("visitor")
    form = filled_in(TOLD, none_survives=False)
    entry = publish(app, accounts.contributor, accounts.moderator, portrait, form=form)
    assert f'href="/ru/people/{entry}/gedcom"' in client.get(f"/ru/people/{entry}/vereshchagina-anna-petrovna").text
    answer = client.get(f"/ru/people/{entry}/gedcom")
    assert (answer.status_code, answer.mimetype) == (200, "text/vnd.familysearch.gedcom")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vereshchagina-anna-petrovna.ged"'
    assert "ETag" in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "-share.jpg" in answer.text
    assert f"1 EXID {entry}\n2 TYPE http://127.0.0.1:8000/p/\n" in answer.text
    assert "Погиб(ла) в бою" in answer.text, "in the words of the page's language"
    assert "Тайный" not in answer.text
    (person,) = offered(tmp_path, answer.data)
    assert {name: person.facts[name] for name in ("surname", "patronymic", "birth_date", "unit", "service_from")} == {
        "surname": "Верещагина",
        "patronymic": "Петровна",
        "birth_date": "1915-05-12",
        "unit": "ЭГ 1170",
        "service_from": "1941",
    }
    with work(app):
        db.session.get_one(Participant, entry).photographs[0].veiled = True
    assert "-share.jpg" not in client.get(f"/ru/people/{entry}/gedcom").text


def test_what_is_gone_gives_no_file(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("visitor")
    here = publish(app, accounts.contributor, accounts.moderator, form=FORM)
    gone, part = gone_entries(app, accounts, here)
    answer = client.get(f"/en/people/{gone}/gedcom", follow_redirects=True)
    assert (answer.status_code, answer.mimetype) == (410, "text/html"), "its page says why"
    answer = client.get(f"/en/people/{part}/gedcom")
    assert (answer.status_code, answer.location) == (301, f"/en/people/{here}/gedcom")
    assert client.get("/en/people/000000000/gedcom").status_code == 404
