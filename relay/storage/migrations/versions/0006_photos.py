"""Photos of representatives."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "photo",
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
