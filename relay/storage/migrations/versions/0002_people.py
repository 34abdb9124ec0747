"""Roles that administrators make, and second factors."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("user_account", sa.Column("signed_in_at", sa.BigInteger, nullable=True))
    op.create_table(
        "staff_role",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("permissions", sa.Text, nullable=False),
    )
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), primary_key=True),
        sa.Column("sealed_secret", sa.Text, nullable=False),
        sa.Column("enabled_at", sa.BigInteger, nullable=True),
        sa.Column("used_step", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=False, index=True),
    )
