"""Every table of the database: importing this fills the metadata, for the application and for migrations."""

from memory_road.accounts.code import SignInCode
from memory_road.accounts.flood import DailySalt, FloodCount
from memory_road.accounts.passkey import Passkey
from memory_road.accounts.second_factor import AuthenticatorApp, RecoveryCode
from memory_road.accounts.sessions import SignIn
from memory_road.accounts.user import Account, Role, account_role
from memory_road.archive.change import ParticipantChange
from memory_road.archive.flower import Flower, FlowerCount
from memory_road.archive.look import PhotographLook
from memory_road.archive.name_word import NameKey, NameWord
from memory_road.archive.news import EntryNews
from memory_road.archive.participant import Participant, ParticipantCategory, ParticipantNamesake
from memory_road.archive.participant_heading import ParticipantHeading
from memory_road.archive.participant_name import ParticipantName
from memory_road.archive.participant_place import MapSquare, ParticipantPlace
from memory_road.archive.participant_text import ParticipantText
from memory_road.archive.photograph import Photograph
from memory_road.archive.tally import Tally
from memory_road.cases import Case, CaseCategory
from memory_road.contributions.bad_picture import BadPicture
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, DecisionHead, DecisionWords
from memory_road.contributions.family_tree import FamilyTree, FamilyTreePerson
from memory_road.contributions.flag import CaseFlag
from memory_road.contributions.look import ContributionPhotographLook, LookAlike
from memory_road.contributions.namesake import ContributionNamesake
from memory_road.contributions.parked import ParkedForm
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.reason import ReasonChange, ReasonText
from memory_road.contributions.same_person import SamePerson
from memory_road.contributions.suggestion import Suggestion
from memory_road.contributions.upload import Upload
from memory_road.family.carer import Care, CareChange
from memory_road.family.correspondence import ContactWish, Correspondence, RelativeMessage
from memory_road.family.dispute import Dispute, DisputeSide
from memory_road.family.invitation import Invitation
from memory_road.family.successor import Successor
from memory_road.family.takeover import Takeover
from memory_road.mail.letter import Letter
from memory_road.moderation.claim import Claim
from memory_road.moderation.different_people import DifferentPeople
from memory_road.moderation.kin import Recusal
from memory_road.moderation.merge import EntryMerge
from memory_road.moderation.presence import CaseViewer
from memory_road.moderation.proposal import EntryProposal
from memory_road.moderation.skip import CaseSkip
from memory_road.moderation.statistics import CountedUntil, WeekCount
from memory_road.moderation.withheld import Withheld, WithheldPhotograph
from memory_road.people.administration import Administration
from memory_road.people.invite import StaffInvitation
from memory_road.requests.entry_request import EntryRequest
from memory_road.searches.kept_search import FoundEntry, KeptSearch, KeptSearchKey, SearchKeeper

TABLES = (
    Role.__table__,
    Account.__table__,
    account_role,
    SignIn.__table__,
    SignInCode.__table__,
    AuthenticatorApp.__table__,
    Passkey.__table__,
    RecoveryCode.__table__,
    Participant.__table__,
    ParticipantName.__table__,
    ParticipantHeading.__table__,
    ParticipantCategory.__table__,
    ParticipantChange.__table__,
    ParticipantNamesake.__table__,
    ParticipantText.__table__,
    NameWord.__table__,
    NameKey.__table__,
    Tally.__table__,
    Photograph.__table__,
    PhotographLook.__table__,
    ParticipantPlace.__table__,
    MapSquare.__table__,
    Flower.__table__,
    FlowerCount.__table__,
    EntryNews.__table__,
    Contribution.__table__,
    ContributionNamesake.__table__,
    Case.__table__,
    CaseCategory.__table__,
    CaseFlag.__table__,
    SamePerson.__table__,
    ContributionPhotograph.__table__,
    ContributionPhotographLook.__table__,
    LookAlike.__table__,
    BadPicture.__table__,
    Upload.__table__,
    ParkedForm.__table__,
    FamilyTree.__table__,
    FamilyTreePerson.__table__,
    Decision.__table__,
    DecisionWords.__table__,
    DecisionHead.__table__,
    Claim.__table__,
    ReasonChange.__table__,
    ReasonText.__table__,
    Suggestion.__table__,
    Administration.__table__,
    StaffInvitation.__table__,
    DifferentPeople.__table__,
    EntryMerge.__table__,
    EntryProposal.__table__,
    CountedUntil.__table__,
    WeekCount.__table__,
    Withheld.__table__,
    WithheldPhotograph.__table__,
    Recusal.__table__,
    CaseSkip.__table__,
    CaseViewer.__table__,
    Letter.__table__,
    FloodCount.__table__,
    DailySalt.__table__,
    EntryRequest.__table__,
    SearchKeeper.__table__,
    KeptSearch.__table__,
    KeptSearchKey.__table__,
    FoundEntry.__table__,
    Care.__table__,
    CareChange.__table__,
    Successor.__table__,
    Invitation.__table__,
    Takeover.__table__,
    Dispute.__table__,
    DisputeSide.__table__,
    ContactWish.__table__,
    Correspondence.__table__,
    RelativeMessage.__table__,
)
