"""People, keys, sessions and their facts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _people()
    _sessions()
    op.create_table(
        "setting",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("shown_name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=True),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "login",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=False, index=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=True),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=True),
    )
    op.create_table(
        "session_key",
        sa.Column("key_hash", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("own", sa.Boolean, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=True),
        sa.Column("cancelled", sa.Boolean, nullable=False),
    )


def _sessions() -> None:
    op.create_table(
        "support_session",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("queue_user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=True, index=True),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger, nullable=True),
    )
    op.create_index("ix_support_session_state_opened_at", "support_session", ["state", "opened_at"])
    op.create_table(
        "participant",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column(
            "session_id", sa.Text, sa.ForeignKey("support_session.id"), nullable=False, index=True
        ),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("door", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("system", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=True, unique=True),
        sa.Column("seen", sa.Integer, nullable=False),
    )
    op.create_table(
        "fact",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("session", NUMBER, sa.ForeignKey("support_session.number"), nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("sender", sa.Text, nullable=True),
        sa.Column("client_id", sa.Text, nullable=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("session", "topic", "seq"),
    )
