"""Canned messages."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    user, team = "user_account.id", "team.id"
    op.create_table(
        "canned_message",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey(user), nullable=True, index=True),
        sa.Column("team_id", sa.Text, sa.ForeignKey(team), nullable=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
    )
