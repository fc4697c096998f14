"""Passkeys (WebAuthn): keys in a telephone, a computer or on a stick, which prove themselves to this site alone."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from memory_road.accounts.user import Account
from memory_road.db import Base, Identifier, Moment, db, now
from memory_road.identifier import new_identifier

MOST_PASSKEYS = 10
MOST_BYTES = 1023
"""Of a credential's id, by the standard."""


class Passkey(Base):
    """One passkey of an account."""

    __tablename__ = "passkey"

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(MOST_BYTES), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger, comment="as the key counts its uses; a lower one is a copy")
    name: Mapped[str] = mapped_column(String(60), comment="as its owner calls it")
    added_at: Mapped[Moment] = mapped_column(default=now)
    used_at: Mapped[Moment | None]


@dataclass(frozen=True, slots=True)
class Party:
    """This site as a passkey knows it: its host name, the addresses of its pages, and its name."""

    host: str
    origins: tuple[str, ...]
    name: str


def new_challenge() -> str:
    """What a passkey is to sign, once."""
    return secrets.token_urlsafe(32)


def passkeys_of(account_id: int) -> list[Passkey]:
    """The account's passkeys, the first one first."""
    mine = select(Passkey).where(Passkey.account_id == account_id)
    return list(db.session.scalars(mine.order_by(Passkey.added_at, Passkey.id)))


def options_to_add(account: Account, challenge: str, party: Party) -> dict[str, Any]:
    """What the browser is asked for when a passkey is made: WebAuthn's creation options, as JSON."""
    options = generate_registration_options(
        rp_id=party.host,
        rp_name=party.name,
        user_id=str(account.id).encode(),
        user_name=account.email,
        challenge=challenge.encode(),
        # The password or the letter was the first step: the key need not ask for another number besides.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.DISCOURAGED
        ),
        exclude_credentials=_descriptors(account.id),
    )
    return json.loads(options_to_json(options))


def options_to_use(account_id: int, challenge: str, party: Party) -> dict[str, Any]:
    """What the browser is asked for when one is used: WebAuthn's request options, as JSON."""
    options = generate_authentication_options(
        rp_id=party.host,
        challenge=challenge.encode(),
        allow_credentials=_descriptors(account_id),
        user_verification=UserVerificationRequirement.DISCOURAGED,
    )
    return json.loads(options_to_json(options))


def add_passkey(account_id: int, answer: str, challenge: str, party: Party, name: str) -> bool:
    """Keep the passkey that the browser has made; ``answer`` is what it gave, as JSON. Whether it is right."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge.encode(),
            expected_rp_id=party.host,
            expected_origin=list(party.origins),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    known = select(Passkey.id).where(Passkey.credential_id == made.credential_id)
    full = len(passkeys_of(account_id)) >= MOST_PASSKEYS
    if full or len(made.credential_id) > MOST_BYTES or db.session.scalar(known) is not None:
        return False
    db.session.add(
        Passkey(
            account_id=account_id,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=name,
        )
    )
    db.session.flush()
    return True


def use_passkey(account_id: int, answer: str, challenge: str, party: Party) -> bool:
    """Whether one of the account's passkeys has signed ``challenge``; ``answer`` is what the browser gave, as JSON."""
    try:
        used = base64url_to_bytes(json.loads(answer)["rawId"])
        mine = select(Passkey).where(Passkey.account_id == account_id, Passkey.credential_id == used)
        passkey = db.session.scalar(mine.with_for_update())
        if passkey is None:
            return False
        proved = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.encode(),
            expected_rp_id=party.host,
            expected_origin=list(party.origins),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError):
        return False
    passkey.sign_count, passkey.used_at = proved.new_sign_count, now()
    db.session.flush()
    return True


def remove_passkey(account_id: int, passkey_id: str) -> None:
    """Forget one; nothing happens when it is not the account's."""
    found = db.session.get(Passkey, passkey_id)
    if found is not None and found.account_id == account_id:
        db.session.delete(found)
        db.session.flush()


def _descriptors(account_id: int) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in passkeys_of(account_id)]
