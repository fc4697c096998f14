"""An entry that is gone keeps its country, so that moderators of other countries do not decide about it.

Revision ID: 0039
Revises: 0038
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
COMMENT = "of birth, of one that is gone, ISO 3166-1; empty: not gone, or not known"


def upgrade() -> None:
    op.add_column("participant", sa.Column("gone_country", sa.String(length=2), nullable=True, comment=COMMENT))
    participant = sa.table("participant", sa.column("id", sa.String), sa.column("gone_country", sa.String))
    withheld = sa.table("withheld", sa.column("participant_id", sa.String), sa.column("facts", DOCUMENT))
    merged = sa.table("entry_merge", sa.column("other_id", sa.String), sa.column("other", sa.JSON))
    connection = op.get_bind()
    gone: dict[str, Any] = {}
    for identifier, facts in connection.execute(sa.select(withheld.c.participant_id, withheld.c.facts)):
        gone[identifier] = facts.get("birth_country")
    for identifier, was in connection.execute(sa.select(merged.c.other_id, merged.c.other)):
        gone[identifier] = was.get("facts", {}).get("birth_country")
    for identifier, country in gone.items():
        if country:
            of_one = sa.update(participant).where(participant.c.id == identifier)
            connection.execute(of_one.values(gone_country=country))


def downgrade() -> None:
    op.drop_column("participant", "gone_country")
