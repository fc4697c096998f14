"""The page of a case, as it stands and with everything that was typed there; and where a decision leads."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience, may_decide, may_hear
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.contributions.bad_picture import bad_among
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import Flag, flags_of
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import decided_against, decisions_about, log_of, matter, readable
from memory_road.contributions.submit import NeedsMending, read
from memory_road.db import db, now
from memory_road.facts.check import warnings_about
from memory_road.facts.document import records_of, text_of
from memory_road.facts.fields import FIELD
from memory_road.facts.names import full_name
from memory_road.facts.vocabulary import Living, label
from memory_road.media.sizes import by_width
from memory_road.moderation.batch import number_together, sent_before
from memory_road.moderation.claim import Claim
from memory_road.moderation.kin import bar_of
from memory_road.moderation.queue import MOST_COUNTED, depth
from memory_road.moderation.recognise import alike_in
from memory_road.moderation.same_person import namesakes_of
from memory_road.moderation.undo import can_be_undone, undoable_by
from memory_road.web.differences import about, changes, contradictions, moderators_changes, rows, shown_about
from memory_road.web.edge import actor
from memory_road.web.entry import Picture, years
from memory_road.web.language import language
from memory_road.web.moderate.approving import CHECKS, answers, asks_for_face, mended
from memory_road.web.moderate.archives import archive_searches
from memory_road.web.moderate.filters import FLAGS, kept
from memory_road.web.moderate.lately import just_decided, to_undo
from memory_road.web.moderate.presence import news_of
from memory_road.web.moderate.setting_aside import BARS
from memory_road.web.moderate.typed import is_anything_typed, remark, typed, written
from memory_road.web.published import published_pictures
from memory_road.web.reason_words import choices
from memory_road.web.sent import sent_entry, sent_pictures
from memory_road.web.sentences import ANSWERS, REFUSALS, VERDICTS, problem_sentence, warning_sentence

CONFLICTS = frozenset(
    {
        RefusalCode.MOVED_ON,
        RefusalCode.CLAIMED_BY_ANOTHER,
        RefusalCode.NOT_CLAIMED,
        RefusalCode.ENTRY_CHANGED,
        RefusalCode.KIN,
        RefusalCode.ENTRY_CHANGING,
        RefusalCode.UNDO_TOO_LATE,
    }
)
"""Others were faster, or are to decide."""
NOTED = "noted"
"""What is said of a note that is kept: it does not stand in its field any more."""
NOT_ANSWERED = label("The sender has not answered")


def decided(contribution_id: str, said: str) -> ResponseReturnValue:
    """On to the next case, with a word about this one."""
    where = url_for("desk.following", after=contribution_id, said=said, **kept(), **to_undo(contribution_id))
    return redirect(where, 303)


def again(contribution_id: str, said: str) -> ResponseReturnValue:
    """After what decides nothing: the case once more, with a word about it and everything that was typed."""
    if is_anything_typed(readable(contribution_id, actor())) or (remark() and said != NOTED):
        return case_page(contribution_id, said=said)
    return redirect(url_for("moderate.case", contribution_id=contribution_id, said=said, **kept()), 303)


def refused(contribution_id: str, refusal: Refused) -> ResponseReturnValue:
    """The case once more, with a sentence and everything that was typed."""
    if refusal.code is RefusalCode.NOT_FOUND:
        raise refusal
    db.session.rollback()
    return case_page(contribution_id, str(REFUSALS[refusal.code])), 409 if refusal.code in CONFLICTS else 422


def case_page(contribution_id: str, error: str = "", said: str = "", begun: str = "", leaving: bool = False) -> str:
    """The page of a case: ``error`` is why something was refused, ``said`` what was done of what decides nothing,
    ``begun`` the message that the decision now asked for begins with, ``leaving`` that the next press leaves what was
    typed behind."""
    item = readable(contribution_id, actor())
    facts = item.facts or read(item, now().date()).facts
    found, marks = changes(item), flags_of(item.id)
    bar = bar_of(actor(), item.id, item.sender_id, item.about_id)
    face = _face(shown_about(item))
    own = not may_decide(actor(), *matter(item))
    reads_notes = not own and bar is None
    held = db.session.get(Claim, item.id)
    held = held if held is not None and held.holds() else None
    address = url_for("desk.queue") + "photographs"
    sender_name = db.session.get_one(Account, item.sender_id).display_name
    return render_template(
        "moderate/case.html",
        contribution=item,
        entry=sent_entry(item, sender_name, address, language()),
        sender_name=sender_name,
        signed_page=_signed_page(item, address),
        shown_of={shown.key: shown for shown in sent_pictures(item, read(item, now().date()), address, language())},
        certificate=text_of(facts, "award_certificate"),
        kin=records_of(facts, "kin"),
        living=gettext(Living(text_of(facts, "living") or Living.NOT_KNOWN).wording),
        faces=gettext(Living(item.living_faces).wording if item.living_faces else NOT_ANSWERED),
        warnings=[warning_sentence(warning) for warning in warnings_about(facts)],
        about=about(item),
        changes=rows(found, language()),
        answers=answers(item, shown_about(item)),
        asks_for_face=asks_for_face(item, shown_about(item)),
        old_face=face.at_least(640) if face is not None else "",
        old_key=face.key if face is not None else "",
        checks=CHECKS,
        searches=archive_searches(facts),
        mended=moderators_changes(item, language()),
        voter=db.session.get(Account, item.voted_by_id) if item.voted_by_id is not None else None,
        contradictions=contradictions(item, found),
        decisions=log_of(item.id) if reads_notes else decisions_about(item.id),
        reads_notes=reads_notes,
        claim=held,
        mine=held is not None and held.moderator_id == actor().id,
        waits=item.state == State.SUBMITTED,
        own=own,
        openly=item.sender_id == actor().id and actor().decides_own,
        barred=BARS[bar] if bar is not None else "",
        marked_twice=Flag.LOOK_TWICE in marks,
        news=news_of(item),
        hears=may_hear(actor(), *matter(item), decided_against(item.id)),
        unprepared=any(kept.derived_at is None for kept in item.photographs),
        hopeless=any(kept.hopeless for kept in item.photographs),
        reason_choices={move.value: choices(move, item.language) for move in (Move.RETURN, Move.REJECT)},
        begun=begun,
        depth=depth(actor()),
        most_counted=MOST_COUNTED,
        kept=kept(),
        flags=[FLAGS[mark] for mark in marks],
        alike=alike_in(item),
        covered=bad_among(item.photographs),
        senior=actor().belongs_to(Audience.SENIOR_MODERATORS),
        answer_words=ANSWERS,
        namesakes=namesakes_of(item),
        before=sent_before(item, actor()),
        together=number_together(item, actor()) if item.state == State.SUBMITTED and item.about_id is None else 0,
        verdict_words=VERDICTS,
        years_of=lambda facts: years(facts, language()),
        name_of=full_name,
        error=error,
        said_now=said,
        leaving=leaving,
        typed=typed,
        at_work=is_anything_typed(item),
        written=written(),
        remark=remark() if said != NOTED else "",
        mended_now=mended(item),
        now=now(),
        pending=can_be_undone(item),
        undoable=undoable_by(item, actor()),
        refusals=REFUSALS,
        just_decided=just_decided(),
    )


def _face(entry: Participant | None) -> Picture | None:
    """The portrait of a published entry, if it has one."""
    return next(iter(published_pictures(entry, language())), None) if entry is not None else None


def in_words(mistaken: NeedsMending) -> str:
    """What a moderator has to mend in the facts that they changed."""
    return " ".join(
        f"{gettext(FIELD[problem.field].label)}: {problem_sentence(problem)}" for problem in mistaken.problems
    )


def _signed_page(item: Contribution, address: str) -> str:
    """Where the page that a teller signed is seen as large as it was made; empty: there is none."""
    page = item.signed_page
    if page is None:
        return ""
    sizes = by_width(page.sizes)
    return f"{address}/{page.id}/{sizes[-1]['name'] if sizes else 'preview'}"
