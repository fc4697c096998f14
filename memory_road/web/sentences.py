"""A sentence for everything that can go wrong: what is the matter and what to do, in the reader's language."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import State
from memory_road.contributions.look import Answer
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.same_person import Verdict
from memory_road.contributions.submit import SubmissionProblem
from memory_road.facts.problem import PlausibilityWarning, Problem, ProblemCode, WarningCode
from memory_road.web.counted import lazy_ngettext, said
from memory_road.web.point_sentences import POINT_PROBLEMS, POINT_WARNINGS

PROBLEMS: dict[StrEnum, object] = {
    **POINT_PROBLEMS,
    ProblemCode.MISSING: _l("Please fill this in."),
    ProblemCode.NONE_CHOSEN: _l("Please choose an answer."),
    ProblemCode.TOO_LONG: lazy_ngettext(
        "This is too long: %(length)s character, at most %(most)s fit. Please shorten it.",
        "This is too long: %(length)s characters, at most %(most)s fit. Please shorten it.",
        by="length",
    ),
    ProblemCode.TOO_MANY: _l("Too many lines: at most %(most)s fit. Please remove some."),
    ProblemCode.NOT_IN_LIST: _l("This is not one of the answers offered. Please choose again."),
    ProblemCode.UNREADABLE_TEXT: _l("There are invisible characters in this text. Please type it again by hand."),
    ProblemCode.DATE_NOT_UNDERSTOOD: _l(
        "We did not understand this date. Write it like “12 May 1915”, “May 1915”, “1915” or “about 1915”."
    ),
    ProblemCode.DATE_IMPOSSIBLE: _l("There is no such day in the calendar. Please check the day and the month."),
    ProblemCode.DATE_AMBIGUOUS: _l("This date can be read in two ways. Please write the month as a word."),
    ProblemCode.DATE_SHORT_YEAR: _l("Please write the year with four digits, like 1915."),
    ProblemCode.DATE_NO_YEAR: _l("The year is missing. If you do not know it, write “not known”."),
    ProblemCode.DATE_YEAR_OUT_OF_RANGE: _l("The year %(year)s cannot be right here. Please check it."),
    ProblemCode.DATE_REVERSED: _l("The end lies before the beginning. Please check both."),
    ProblemCode.DATE_IN_FUTURE: _l("This date is still to come. Please check the year."),
    ProblemCode.ADDRESS_NOT_UNDERSTOOD: _l("A web address begins with https:// or http://. Please check it."),
    ProblemCode.DEATH_BEFORE_BIRTH: _l("This date is before the date of birth. Please check both dates."),
    ProblemCode.SERVICE_BEFORE_BIRTH: _l("This date is before the date of birth. Please check both dates."),
    ProblemCode.SERVICE_AFTER_DEATH: _l("This date is after the date of death. Please check both dates."),
    ProblemCode.SERVICE_ENDS_BEFORE_START: _l("The service ends before it begins. Please check both dates."),
    ProblemCode.DEATH_OF_LIVING: _l("The fate or a date of death says otherwise. Please change one of the answers."),
    SubmissionProblem.PORTRAIT_MISSING: _l(
        "Please add a portrait, or tick that none survives. One of your pictures can be marked as the portrait."
    ),
    SubmissionProblem.PERMISSION_MISSING: _l("We need your permission to publish. Please tick it if you agree."),
    SubmissionProblem.LIVING_CONSENT_MISSING: _l(
        "About a living person we publish only what they themselves have agreed to. Please ask them and tick it."
    ),
    SubmissionProblem.ANSWER_TOO_LONG: _l("This answer is too long. At most 4,000 characters fit. Please shorten it."),
    SubmissionProblem.NOTHING_CHANGED: _l(
        "Nothing was changed or added yet. Change what is wrong, or add what you know, and send it then."
    ),
    SubmissionProblem.TELLER_MISSING: _l("Please write who told it to you."),
    SubmissionProblem.SIGNED_PAGE_MISSING: _l(
        "Please add a photograph of the page that this person signed. The last page of the printed form is made for it."
    ),
    SubmissionProblem.FACES_CONSENT_MISSING: _l(
        "Please ask those who are living and can be seen, and tick that they have agreed. Or take the picture away."
    ),
}

WARNINGS: dict[WarningCode, object] = {
    **POINT_WARNINGS,
    WarningCode.VERY_YOUNG: _l("Would have been younger than %(age)s when the war ended."),
    WarningCode.VERY_OLD: _l("Would have been older than %(age)s when the war began."),
    WarningCode.LIVED_LONG: lazy_ngettext(
        "Would have lived longer than %(age)s year.", "Would have lived longer than %(age)s years.", by="age"
    ),
    WarningCode.FATE_AND_DEATH: _l("The date of death lies outside the war, though the fate says otherwise."),
}

REFUSALS: dict[RefusalCode, object] = {
    RefusalCode.NOT_FOUND: _l("There is nothing at this address."),
    RefusalCode.MOVED_ON: _l("This was decided or changed in the meantime. Here is how it stands now."),
    RefusalCode.CHANGED_ELSEWHERE: _l(
        "This draft was changed in another window meanwhile. Below stands what you typed here. Look at the other one "
        "first; if you then save here, what stands below is kept."
    ),
    RefusalCode.REASON_MISSING: _l("Please choose a reason from the list."),
    RefusalCode.NOTE_MISSING: _l("Please write the note first. One sentence is enough."),
    RefusalCode.LABEL_MISSING: _l("Please write what the reason is called."),
    RefusalCode.LABEL_TOO_LONG: _l("This name is too long. Please shorten it to 120 characters."),
    RefusalCode.SUGGESTION_MISSING: _l("Please write what is to be suggested."),
    RefusalCode.SUGGESTION_TOO_LONG: _l("This suggestion is too long. Please shorten it to 200 characters."),
    RefusalCode.TOO_MANY_SUGGESTIONS: _l("There are very many suggestions already. More would not help to choose."),
    RefusalCode.TOO_MANY_REASONS: _l("There are very many reasons already. Please change one that you no longer need."),
    RefusalCode.REASON_FOR_NOTHING: _l("Please choose what this reason is for. To take it off the list, retire it."),
    RefusalCode.MESSAGE_MISSING: _l(
        "Please write to the sender what you ask for, or why it was decided so. They read it in their letter."
    ),
    RefusalCode.TOO_LONG: _l(
        "This text is too long: at most 4,000 characters fit. Please shorten it and send it again. It is still here."
    ),
    RefusalCode.EXPOSURE_NOT_ANSWERED: _l(
        "Please look whether the entry exposes anybody living. If it exposes nobody living, tick that, then approve it."
    ),
    RefusalCode.FATE_NOT_ANSWERED: _l("Please choose which fate the entry shall tell: nothing is chosen beforehand."),
    RefusalCode.PORTRAIT_NOT_ANSWERED: _l(
        "Please choose which portrait the entry shall have: nothing is chosen beforehand."
    ),
    RefusalCode.VOTED_ALREADY: _l(
        "You have approved this already: another moderator must approve it, too. Please open the next case."
    ),
    RefusalCode.CANNOT_STAND: _l(
        "What was approved contradicts what the entry says now, since the entry was changed in the meantime. Please "
        "look at the case once more and decide again."
    ),
    RefusalCode.NOT_CLAIMED: _l(
        "The time for which you had taken this case is over. Please take it again, then go on. What you typed is still "
        "here."
    ),
    RefusalCode.UNDO_TOO_LATE: _l(
        "It is too late to take this back: the time for it is over, or somebody has gone on with it. If it was a "
        "mistake, please ask a senior moderator."
    ),
    RefusalCode.ENTRY_CHANGING: _l(
        "Another change of this entry was just approved. Please try again in a few minutes, when it is published."
    ),
    RefusalCode.KIN: _l(
        "This concerns your own family: another moderator decides about it. Please open the next case."
    ),
    RefusalCode.CLAIMED_BY_ANOTHER: _l(
        "Another moderator is working on this case. Please leave it to them, or come back later."
    ),
    RefusalCode.NO_APPEAL: _l("There is nothing here that could be looked at again. Please write to us."),
    RefusalCode.APPEAL_EMPTY: _l("Please write why it should be looked at again."),
    RefusalCode.APPEAL_REPEATED: _l("You have written this before. Please write what is new since then."),
    RefusalCode.EVIDENCE_MISSING: _l(
        "It was looked at again already. Please add a source or a picture that we have not seen yet."
    ),
    RefusalCode.TOO_MANY_SOURCES: _l("At most 40 sources fit into one contribution. Please add a picture instead."),
    RefusalCode.BEING_PREPARED: _l("The pictures are still being prepared. Please try again in a moment."),
    RefusalCode.CANNOT_BE_PREPARED: _l(
        "One of the pictures cannot be prepared for publication. Please return it and ask for another copy."
    ),
    RefusalCode.SIGNED_PAGE: _l(
        "This picture is the signed page, which is never published. Take the signed page away first if it is none."
    ),
    RefusalCode.TOO_MANY_PHOTOGRAPHS: _l("At most 40 pictures fit into one contribution."),
    RefusalCode.QUOTA_FULL: _l(
        "There is no room for this picture: your pictures take %(used)s of %(most)s MB. Write to us: we gladly "
        "give you more."
    ),
    RefusalCode.TOO_MANY_UPLOADS: _l(
        "Forty of your pictures are on their way already. Let them arrive first, or take those away that you no longer "
        "want to send."
    ),
    RefusalCode.UPLOAD_ELSEWHERE: _l("Another window is sending this picture. Look there, or try again in a minute."),
    RefusalCode.UPLOAD_GONE: _l("This picture was not gone on with for two days. Please choose it again."),
    RefusalCode.AREA_MISSING: _l("Please say where: draw a frame on the picture, or fill in all four numbers."),
    RefusalCode.AREA_OUTSIDE: _l("The frame must lie inside the picture. Draw it again or check the four numbers."),
    RefusalCode.CROP_MISSHAPEN: _l("This frame has not the shape of a portrait. Please move the three sliders."),
    RefusalCode.NOT_A_PORTRAIT: _l("Only a portrait is cropped. Mark the picture as the portrait in the form first."),
    RefusalCode.NAME_MISSING: _l("Please write who it is."),
    RefusalCode.NAME_TOO_LONG: _l("This name is too long: at most 200 characters fit."),
    RefusalCode.TOO_MANY_PEOPLE: _l("At most 40 people can be named in one picture. Take somebody off the list first."),
    RefusalCode.TOO_MANY_HIDDEN: _l("At most 40 parts of one picture can be hidden. Show one of them again first."),
    RefusalCode.ENTRY_GONE: _l("The entry that this is about is no longer published. Please ask a senior moderator."),
    RefusalCode.ENTRY_CHANGED: _l(
        "The entry was changed while you were looking at this case. Here is how it stands now. Please look at it once "
        "more, then decide."
    ),
    RefusalCode.TOO_MANY_RECORDS: _l(
        "With these lines a list of the entry becomes too long. Please return it and ask for fewer."
    ),
    RefusalCode.LIVING_CONSENT_MISSING: _l(
        "The person of this entry is living, and the sender has not said that they agreed to this change. Please "
        "return it and ask."
    ),
    RefusalCode.ENTRY_NOT_FOUND: _l(
        "There is no entry at this address. Copy it from the foot of the entry, or leave the field empty."
    ),
    RefusalCode.DISPUTED: _l(
        "Families tell this entry differently, and corrections wait until that is settled. Put the case on hold, or "
        "put it back."
    ),
    RefusalCode.FROZEN: _l(
        "A moderator has frozen this entry, and corrections wait until that is lifted. Put the case on hold, or put it "
        "back."
    ),
    RefusalCode.NO_SUCH_ORIGINAL: _l(
        "The unchanged picture must be another one of this contribution, and not itself coloured or restored."
    ),
    RefusalCode.TOO_OFTEN: _l(
        "Very much has come from your account or your connection within this hour. Everything that was kept before is "
        "safe. Please wait an hour, then go on."
    ),
    RefusalCode.TREE_GONE: _l(
        "Your family tree is no longer here: we keep it for an hour, and only until somebody is chosen. Please send it "
        "once more."
    ),
}

REASONS: dict[str, object] = {
    Reason.FACTS_UNCLEAR: _l("Something in the facts is unclear"),
    Reason.DATES_CONTRADICT: _l("Dates contradict each other"),
    Reason.SOURCE_NEEDED: _l("A source is needed"),
    Reason.PHOTOGRAPH_UNCLEAR: _l("The photograph is unclear or shows several people"),
    Reason.WRONG_PERSON: _l("Another person may be meant"),
    Reason.LIVING_PERSON: _l("Somebody living is shown or named"),
    Reason.RIGHTS: _l("Rights to a picture are unclear"),
    Reason.DUPLICATE: _l("This person is already published"),
    Reason.NOT_A_PARTICIPANT: _l("It is not clear how this person took part in the war"),
    Reason.ABUSE: _l("Abuse"),
    Reason.OTHER: _l("Another reason"),
}

ANSWERS: dict[str, object] = {
    Answer.YES: _l("the sender says: the same person"),
    Answer.NO: _l("the sender says: somebody else"),
    Answer.UNSURE: _l("the sender is not sure"),
}
"""What the sender says of an entry with a picture like theirs."""

VERDICTS: dict[str, object] = {
    Verdict.SAME: _l("the sender says: the same person"),
    Verdict.DIFFERENT: _l("the sender says: somebody else"),
    Verdict.UNSURE: _l("the sender is not sure"),
}
"""What the sender says of an entry about somebody with the same name."""

STATES: dict[State, object] = {
    State.DRAFT: _l("Draft, not sent yet"),
    State.SUBMITTED: _l("Sent, waits for a moderator"),
    State.HELD: _l("On hold: we are asking a historian, and it takes longer"),
    State.RETURNED: _l("The moderator has a question"),
    State.APPROVED: _l("Published"),
    State.REJECTED: _l("Not published yet"),
    State.APPEALED: _l("Looked at again by a senior moderator, which takes longer"),
    State.WITHDRAWN: _l("Withdrawn"),
}

NOTICES: dict[str, object] = {
    "saved": _l("Saved. You can close this page and come back at any time."),
    "sent": _l("Thank you. It has reached us safely and now waits for a moderator."),
    "sent_before": _l("This was sent already. What was changed after that is not kept."),
    "answered": _l("Thank you. Your answer is kept."),
    "joined": _l(
        "Thank you. What you send is now added to the entry that is there. Look through it once more, then send it."
    ),
    "apart": _l("It is an entry of its own again. Everything you typed is here. Look through it, then send it."),
    "appealed": _l("Thank you. A senior moderator who did not decide before looks at it again."),
    "withdrawn": _l("Withdrawn. Nothing of it will be published."),
    "code_sent": _l("A letter with six digits is on its way. Type them here."),
    "voted": _l("Approved for the first time: now another moderator looks at it."),
    "undone": _l("Taken back: nobody was told. The case is yours again."),
    "approved": _l("Approved: the entry is published soon, and then the sender is told."),
    "returned": _l("Returned: the sender is asked."),
    "rejected_quietly": _l("Not published yet"),
    "rejected": _l("Not published: the sender is told."),
    "held": _l("On hold: the case is out of the queue, and the sender is told."),
    "resumed": _l("The case is back in the queue."),
    "upheld": _l("The decision stands: the sender is told."),
    "reopened": _l("The case is back in the queue: the sender is told."),
    "claimed": _l("The case is yours for half an hour. While you work on it, it stays yours, for two hours at most."),
    "released": _l("The case is back in the queue, and does not come back to you for some hours."),
    "kin": _l("Thank you. Another moderator decides about that case."),
    "marked": _l("Marked: whoever opens the case is asked to look with care."),
    "unmarked": _l("The mark is taken away."),
    "noted": _l("The note is kept. Only moderators can read it."),
    "harmless": _l("This picture is not known as bad any more."),
    "profile": _l("Saved."),
    "cropped": _l("Saved. The gallery's picture is made anew in a moment."),
    "person_named": _l("Saved. You can name the next person."),
    "person_removed": _l("Taken off the list."),
    "hidden": _l("Hidden in the published copy, which is made anew now."),
    "shown_again": _l("This part will be published again. The copy is made anew now."),
}
"""What is said after a redirect: the address carries the key, so that no session is needed for it."""


def refusal_sentence(refused: Refused) -> str:
    """Why something cannot be done and what to do instead."""
    return said(REFUSALS[refused.code], refused.values)


def problem_sentence(problem: Problem) -> str:
    """The sentence for one problem."""
    return said(PROBLEMS[problem.code], problem.values)


def warning_sentence(warning: PlausibilityWarning) -> str:
    """The sentence for one warning."""
    return said(WARNINGS[warning.code], warning.values)
