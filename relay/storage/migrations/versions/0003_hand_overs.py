"""How long customers waited, and what they had been told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("queue_user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=True),
        sa.Column("at", sa.BigInteger, nullable=False, index=True),
        sa.Column("waited_ms", sa.BigInteger, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("on_duty_then", sa.Integer, nullable=False),
        sa.Column("on_duty", sa.Integer, nullable=False),
        sa.Column("least_s", sa.Integer, nullable=True),
        sa.Column("most_s", sa.Integer, nullable=True),
    )
