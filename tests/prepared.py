"""One of everything that a route can be about: cases in every state, entries, requests, what families have between
them, uploads, letters with links. Nearly all of it is the contributor's, in Russian and about somebody from Belarus."""

from collections.abc import Mapping
from datetime import timedelta

from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import select

from memory_road.accounts.passkey import Passkey
from memory_road.accounts.tell import UNDO_TIME
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.contributions.appeal import appeal
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.parked import park
from memory_road.contributions.upload import Upload
from memory_road.db import db
from memory_road.family.ask_care import ask_for_care
from memory_road.family.disagree import dispute
from memory_road.family.hand_over import hand_over
from memory_road.jobs.derive import derive_due
from memory_road.mail.letter import Letter, LetterKind
from memory_road.mail.search_links import confirm_address, keeper_token
from memory_road.mail.unsubscribe import leave_address
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import approve, reject, return_to_sender
from memory_road.moderation.hold import hold
from memory_road.moderation.kin import recuse
from memory_road.moderation.merge import Plan, merge
from memory_road.moderation.proposal import ProposedMove, propose
from memory_road.moderation.take_down import removed_ahead, take_down
from memory_road.people.invite import invite
from memory_road.requests.report import Report, report
from memory_road.requests.takedown import ask_for_takedown
from memory_road.searches.keep import keep_own
from memory_road.searches.sought import Sought
from memory_road.web.built import asset_folder
from memory_road.web.edge import Portal, parts
from tests.application import SAFE, Accounts, Sample, begin, filled_in, publish, send_in, work
from tests.relatives import two_relatives

Prepared = Mapping[str, Mapping[str, str]]
"""By the name of a thing: what stands for it in the address of a route."""
TILE = {"region": "0,0,512,512", "size": "512,512", "rotation": "0"}
FORM = filled_in({"birth_country": "BY"})


def prepare(app: Portal, accounts: Accounts, picture: Sample) -> Prepared:
    """Make everything, with a ``picture`` that is large enough for tiles. In the end the second moderator has a
    scope in which none of it is."""
    made: dict[str, dict[str, str]] = {**_cases(app, accounts, picture), **_entries(app, accounts, picture)}
    made |= _between_people(app, accounts, made["entry"]["participant_id"])
    made |= _letters(app, accounts, made["entry"]["participant_id"])
    with work(app):
        upload = Upload(
            account_id=accounts.contributor.actor.id,
            contribution_id=made["draft"]["contribution_id"],
            file_name="a.jpg",
            length=9,
        )
        passkey = Passkey(
            account_id=accounts.moderator.actor.id, credential_id=b"id", public_key=b"", sign_count=1, name="Ключ"
        )
        db.session.add_all([upload, passkey])
        db.session.flush()
        made["draft"]["upload_id"] = made["submitted"]["upload_id"] = upload.id
        made["moderator's passkey"] = {"passkey_id": str(passkey.id)}
        parked = park(accounts.contributor.actor.id, "/en/contribute", [("surname", "Орлов")])
        made["parked form"] = {"parked_id": parked.id}
        made["contributor's account"] = {"account_id": str(accounts.contributor.actor.id)}
        made["asset"] = {"digest": asset_folder(), "name": "look.css"}
        made["reason"] = {"key": "source_needed", "code": "en"}
        made["vocabulary"] = {"name": "rank"}
        made["day of the calendar"] = {"day": "05-12"}
        made["square of the map"] = {"kind": "b", "key": "12"}
        elsewhere = db.session.get_one(Account, accounts.second_moderator.actor.id)
        elsewhere.scope_languages, elsewhere.scope_countries = ["hy"], ["AM"]
    return made


def _cases(app: Portal, accounts: Accounts, picture: Sample) -> dict[str, dict[str, str]]:
    """Cases of the contributor's in every state, and some that are too near to a moderator."""
    contributor, moderator, senior = accounts.contributor, accounts.moderator, accounts.senior_moderator
    cases = {
        "draft": begin(app, contributor, picture, form=FORM),
        "moderator's own": send_in(app, moderator, picture, form=FORM),
        "senior's own": send_in(app, senior, form=FORM),
    }
    for name in ("submitted", "returned", "held", "rejected", "appealed", "appealed against the senior", "approved"):
        cases[name] = send_in(app, contributor, *([picture] if name == "submitted" else []), form=FORM)
    cases["moderator's kin"] = send_in(app, contributor, form=FORM)
    for name in ("returned", "held", "rejected", "appealed", "appealed against the senior", "approved", "senior's own"):
        by = senior if name == "appealed against the senior" else moderator
        with work(app):
            claim(cases[name], by.actor)
    with app.app_context():
        derive_due(parts().store, parts().limits)
    with work(app):
        return_to_sender(cases["returned"], moderator.actor, "other", "Кто это?")
        hold(cases["held"], moderator.actor, "Спросим историка.")
        for name, by in (("rejected", moderator), ("appealed", moderator), ("appealed against the senior", senior)):
            reject(cases[name], by.actor, "source_needed", "Откуда это известно?")
        reject(cases["senior's own"], moderator.actor, "source_needed", "Откуда это известно?")
        appeal(cases["appealed"], contributor.actor, "Это мой дед.")
        appeal(cases["appealed against the senior"], contributor.actor, "Это мой дед.")
        appeal(cases["senior's own"], senior.actor, "Это мой дед.")
        recuse(cases["moderator's kin"], moderator.actor)
    app.config[UNDO_TIME] = timedelta(minutes=5)
    with work(app):
        approve(cases["approved"], moderator.actor, SAFE)
    app.config[UNDO_TIME] = timedelta(0)
    made = {name: {"contribution_id": case} for name, case in cases.items()}
    with app.app_context():
        for name in ("draft", "submitted", "moderator's own"):
            photograph = db.session.get_one(Contribution, cases[name]).photographs[0].id
            made[name]["photograph_id"] = photograph
            made[name] |= {"step": "life", "name": "preview"}
            made[f"tile of {name}"] = {"photograph_id": photograph, **TILE, "name": "default.jpg"}
    return made


def _entries(app: Portal, accounts: Accounts, picture: Sample) -> dict[str, dict[str, str]]:
    """Entries of the contributor's, one that a moderator told of, and two that are gone; pictures that everybody
    sees."""
    contributor, senior = accounts.contributor, accounts.senior_moderator
    entry, other = (publish(app, contributor, senior, *shown, form=FORM) for shown in ([picture], []))
    moderators = publish(app, accounts.moderator, senior, form=FORM)
    gone, part = gone_entries(app, accounts, other)
    with app.app_context():
        key = db.session.get_one(Participant, entry).photographs[0].key
    return {
        "entry": {"participant_id": entry, "name": "vereshchagina-anna", "other_id": other},
        "moderator's entry": {"participant_id": moderators, "other_id": other},
        "entry taken down": {"participant_id": gone, "name": "vereshchagina-anna"},
        "entry merged into another": {"participant_id": part, "name": "vereshchagina-anna"},
        "kind of participant": {"category": "medical"},
        "part of all entries": {"depth": "0", "number": "0"},
        "published picture": {"key": f"{key}-share.jpg"},
        "published tiles": {"key": key, **TILE, "name": "default.jpg"},
    }


def gone_entries(app: Portal, accounts: Accounts, other: str) -> tuple[str, str]:
    """Two more entries of the contributor's: one that was taken down, and one that has become part of the ``other``."""
    senior = accounts.senior_moderator
    gone, part = (publish(app, accounts.contributor, senior, form=FORM) for _ in range(2))
    with work(app):
        kept, joined = db.session.get_one(Participant, other), db.session.get_one(Participant, part)
        merge(Plan(other, part, {}, {}, "kept", (kept.edition, joined.edition)), senior.actor, "Одна и та же.")
    with work(app), removed_ahead(gone, senior.actor, parts().store) as moved:
        take_down(gone, senior.actor, moved, parts().store, "rights")
        db.session.commit()
    return gone, part


def _between_people(app: Portal, accounts: Accounts, entry: str) -> dict[str, dict[str, str]]:
    """What is asked about the entry, and what its families have between them."""
    contributor, stranger, senior = accounts.contributor, accounts.stranger, accounts.senior_moderator
    with work(app):
        asked = ask_for_takedown(entry, contributor.actor, "other", "Почему?").id
        moderators = ask_for_takedown(entry, accounts.moderator.actor, "other", "Почему?").id
        reported = report(entry, Report("other", "Почему?"), "en", "").id
        takeover = ask_for_care(entry, stranger.actor, "child", "Почему?", "", 1).id
        mine, theirs, message = two_relatives(entry, accounts)
        disputed = dispute(entry, stranger.actor, "Год", "Нет.").id
        removal = propose(
            entry, ProposedMove.TAKE_DOWN, {"reason": "rights", "message": ""}, accounts.administrator.actor
        )
        edition = db.session.get_one(Participant, entry).edition
        face = propose(entry, ProposedMove.REPLACE_PORTRAIT, {"key": "none", "edition": edition}, senior.actor)
        db.session.flush()
        return {
            "contributor's request": {"request_id": asked},
            "moderator's request": {"request_id": moderators},
            "visitor's report": {"request_id": reported},
            "stranger's takeover": {"takeover_id": takeover, "participant_id": entry},
            "contributor's wish": {"wish_id": mine, "participant_id": entry},
            "stranger's wish": {"wish_id": theirs, "participant_id": entry},
            "stranger's message": {"message_id": message},
            "dispute": {"dispute_id": disputed},
            "takedown proposed": {"proposal_id": removal.id},
            "portrait proposed": {"proposal_id": face.id},
        }


def _letters(app: Portal, accounts: Accounts, entry: str) -> dict[str, dict[str, str]]:
    """Links that letters hold. The care is offered to nobody here, and the invitation is for the contributor."""
    with work(app):
        hand_over(entry, accounts.contributor.actor, "vera@example.org")
        invited = invite(accounts.administrator.actor, accounts.contributor.email, "moderator", [], [], "en")
        sent = {
            name: db.session.execute(select(Letter).where(Letter.kind == kind)).scalar_one().content["token"]
            for name, kind in (("care", LetterKind.CARE_OFFERED), ("staff", LetterKind.STAFF_INVITED))
        }
        account = db.session.get_one(Account, accounts.contributor.actor.id)
        asked = keep_own(Sought("Верещагина"), "vera@example.org", "ru")
        return {
            "care offered": {"token": sent["care"]},
            "staff invitation": {"token": sent["staff"], "invitation_id": invited.id},
            "search to confirm": {"token": confirm_address(asked.id, "en", parts().settings).rpartition("/")[2]},
            "searches of a visitor": {"token": keeper_token(asked.keeper_id, parts().settings)},
            "letters' end": {"token": leave_address(account.id, "en", parts().settings).rpartition("/")[2]},
            "confirmation": {"token": generate_confirmation_token(account)},
            "new password": {"token": generate_reset_password_token(account)},
        }
