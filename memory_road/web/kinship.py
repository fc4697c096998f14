"""Sentences about families: why something among relatives cannot be done, and what is said when it was."""

from flask_babel import lazy_gettext as _l

from memory_road.family.carer import ChangeReason
from memory_road.family.refusal import FamilyRefusal
from memory_road.family.takeover import TakeoverState
from memory_road.web.counted import lazy_ngettext

FAMILY_REFUSALS: dict[FamilyRefusal, object] = {
    FamilyRefusal.NAME_MISSING: _l("Please write the name."),
    FamilyRefusal.OWN_ADDRESS: _l("This is your own address. Please write the other person's."),
    FamilyRefusal.TOO_MANY_INVITATIONS: _l(
        "You have sent as many invitations as can be sent in an hour or in a day. Please go on later."
    ),
    FamilyRefusal.INVITED_OFTEN: _l(
        "Several invitations have gone to this address today. Please wait until tomorrow, or tell the person yourself."
    ),
    FamilyRefusal.INVITATION_GONE: _l(
        "This link does not work: it was answered or taken back, is older than 30 days, or was not copied whole. "
        "Please ask whoever invited you to send a new one."
    ),
    FamilyRefusal.CARE_IS_YOURS: _l("You have the care of this entry yourself."),
    FamilyRefusal.RELATIONSHIP_MISSING: _l("Please choose who you are to this person."),
    FamilyRefusal.NO_SUCH_CONTRIBUTION: _l("Please choose one of the contributions that you have sent, or none."),
    FamilyRefusal.TAKEOVER_ASKED_ALREADY: _l("You have asked for this already. You will get a letter."),
    FamilyRefusal.TAKEOVER_DECIDED_LATELY: _l(
        "This was decided not long ago. Please wait until as many days have gone by as whoever has the care had to "
        "answer, or write to us."
    ),
    FamilyRefusal.TAKEOVER_TAKEN_BACK: _l(
        "You have asked for this twice lately and taken it back. Please wait a few weeks, or write to us."
    ),
    FamilyRefusal.TOO_MANY_TAKEOVERS: _l(
        "You have asked for the care of several entries today. Please go on tomorrow."
    ),
    FamilyRefusal.TAKEOVER_OVER: _l(
        "This was decided or taken back in the meantime. Please look here what came of it."
    ),
    FamilyRefusal.CARER_HAS_TIME: _l("Whoever has the care still has time to answer. Please decide after that."),
    FamilyRefusal.ANSWER_NOT_CHOSEN: _l("Please choose whether you agree or object."),
    FamilyRefusal.DECISION_MISSING: _l("Please choose what you decide."),
    FamilyRefusal.SUBJECT_MISSING: _l("Please write in a few words what is told differently."),
    FamilyRefusal.SUBJECT_TOO_LONG: lazy_ngettext(
        "This is %(length)s character, and %(most)s fit. The next field has room.",
        "These are %(length)s characters, and %(most)s fit. The next field has room.",
        by="length",
    ),
    FamilyRefusal.DISPUTED_ALREADY: _l("We have your account already. Below you can change it."),
    FamilyRefusal.TOO_MANY_DISPUTES: _l("You have done this five times in this hour. Please wait an hour."),
    FamilyRefusal.DISPUTE_OVER: _l("This has ended in the meantime. Please look here what came of it."),
    FamilyRefusal.CONTACT_OFF: _l("One of the two does not wish to be written to at present."),
    FamilyRefusal.CONTACT_STOPPED: _l("This correspondence was stopped. Only who stopped it can begin again."),
    FamilyRefusal.FIRST_MESSAGE_WAITS: _l(
        "Your first message still waits for a moderator. Please wait until it is delivered."
    ),
    FamilyRefusal.TOO_MANY_MESSAGES: _l("You have sent twenty messages in this hour. Please wait an hour."),
    FamilyRefusal.MESSAGE_SEEN_TO: _l(
        "Somebody has seen to this message in the meantime. Nothing more needs to be done."
    ),
}

FAMILY_NOTICES: dict[str, object] = {
    "invited": _l("The letter is on its way. The care stays with you until it is accepted."),
    "invitation_taken_back": _l("The invitation is taken back. Its link no longer works."),
    "care_taken": _l("Thank you. You now have the care of this entry."),
    "successor_named": _l("Saved. Nobody is written to before the time comes."),
    "successor_forgotten": _l("Saved. Nobody is named now."),
    "care_asked": _l("Thank you. We have it, and will write to you."),
    "care_not_asked": _l("Your request is taken back."),
    "kin_answered": _l("Thank you. A moderator decides now, and you will get a letter."),
    "disputed": _l("Thank you. We have your account, and will write to you."),
    "side_told": _l("Thank you. Your account is kept. You can change it until this is settled."),
    "dispute_admitted": _l("The entry is marked, and the others are asked."),
    "contact_on": _l("Saved. Relatives who wish the same can now write to you through the site."),
    "contact_off": _l("Saved. Nobody can write to you about this entry any more."),
    "message_waits": _l("Thank you. A moderator reads the first message, and then it is delivered."),
    "message_sent": _l("Your message is on its way."),
    "contact_stopped": _l("Stopped. Neither of you can write to the other any more."),
    "contact_resumed": _l("You can write to each other again."),
    "message_delivered": _l("Delivered."),
    "message_held": _l("Held back. The sender is told why."),
    "family_decided": _l("Decided. Everybody concerned is told."),
}

TAKEOVER_STATES: dict[TakeoverState, object] = {
    TakeoverState.WAITING: _l("We are looking at it"),
    TakeoverState.GRANTED: _l("The care was given to whoever asked"),
    TakeoverState.REFUSED: _l("The care stays where it was"),
    TakeoverState.WITHDRAWN: _l("Taken back"),
}

CARE_CHANGES: dict[ChangeReason, object] = {
    ChangeReason.PUBLISHED: _l("Published: the sender has the care"),
    ChangeReason.HANDED: _l("Handed to somebody who accepted it"),
    ChangeReason.LEFT: _l("The account was closed: nobody has the care"),
    ChangeReason.SUCCEEDED: _l("Taken by the named successor"),
    ChangeReason.TAKEN_OVER: _l("Given to a relative by a moderator"),
}

FIELD_OF_FAMILY: dict[FamilyRefusal, str] = {
    FamilyRefusal.NAME_MISSING: "name",
    FamilyRefusal.OWN_ADDRESS: "email",
    FamilyRefusal.INVITED_OFTEN: "email",
    FamilyRefusal.RELATIONSHIP_MISSING: "relationship",
    FamilyRefusal.NO_SUCH_CONTRIBUTION: "contribution",
    FamilyRefusal.ANSWER_NOT_CHOSEN: "answer",
    FamilyRefusal.DECISION_MISSING: "decision",
    FamilyRefusal.SUBJECT_MISSING: "subject",
    FamilyRefusal.SUBJECT_TOO_LONG: "subject",
}
"""At which field of a form a sentence stands."""
