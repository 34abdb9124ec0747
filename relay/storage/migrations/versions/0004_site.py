"""Teams, issues, portals, notices, texts and surveys; join codes; queues of teams."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _teams()
    _portals()
    _notices()
    _words()
    _join_codes()
    _columns()
    _name_queues()


def _teams() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("way", sa.Text, nullable=True),
        sa.Column("least_busy", sa.Boolean, nullable=False),
        sa.Column("removed_at", sa.BigInteger, nullable=True),
    )
    op.create_table(
        "team_member",
        sa.Column("team_id", sa.Text, sa.ForeignKey("team.id"), primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), primary_key=True),
    )
    op.create_table(
        "issue",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("team_id", sa.Text, sa.ForeignKey("team.id"), nullable=True),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("removed_at", sa.BigInteger, nullable=True),
    )


def _portals() -> None:
    table = op.create_table(
        "portal",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("accent", sa.Text, nullable=False),
        sa.Column("way", sa.Text, nullable=True),
        sa.Column("issues", sa.Text, nullable=True),
        sa.Column("logo", sa.LargeBinary, nullable=True),
        sa.Column("logo_type", sa.Text, nullable=True),
        sa.Column("logo_version", sa.Text, nullable=False),
    )
    main = {"id": "main", "slug": "", "name": "", "accent": "", "logo_version": ""}
    op.bulk_insert(table, [main])


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("texts", sa.Text, nullable=False),
        sa.Column("portals", sa.Text, nullable=False),
        sa.Column("issues", sa.Text, nullable=False),
        sa.Column("systems", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("automatic", sa.Boolean, nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=True),
        sa.Column("closed_at", sa.BigInteger, nullable=True),
        sa.Column("created_by", sa.Text, sa.ForeignKey("user_account.id"), nullable=True),
    )
    op.create_table(
        "notice_saved",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("notice_id", sa.Text, sa.ForeignKey("notice.id"), nullable=False, index=True),
        sa.Column(
            "session", NUMBER, sa.ForeignKey("support_session.number"), nullable=False, unique=True
        ),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("email", sa.Text, nullable=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("told_at", sa.BigInteger, nullable=True),
    )


def _words() -> None:
    op.create_table(
        "text_version",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_text_version_name_language_id", "text_version", ["name", "language", "id"])
    op.create_table(
        "survey",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("questions", sa.Text, nullable=False),
        sa.Column("user_id", sa.Text, sa.ForeignKey("user_account.id"), nullable=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "survey_answer",
        sa.Column("session", NUMBER, sa.ForeignKey("support_session.number"), primary_key=True),
        sa.Column("survey_id", NUMBER, sa.ForeignKey("survey.id"), nullable=False, index=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
    )


def _join_codes() -> None:
    session = "support_session.id"
    op.create_table(
        "join_code",
        sa.Column("code_hash", sa.Text, primary_key=True),
        sa.Column("session_id", sa.Text, sa.ForeignKey(session), nullable=False, index=True),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=True),
        sa.Column("again_until", sa.BigInteger, nullable=True),
    )
    op.create_table(
        "moved_token",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("session_id", sa.Text, sa.ForeignKey(session), nullable=False, index=True),
    )


def _columns() -> None:
    # Plain SQL, the same for both databases: Alembic would copy SQLite's tables to add a key,
    # and a table that others refer to cannot be dropped.
    for table, column, other in (
        ("session_key", "team_id", "team"),
        ("hand_over", "queue_team_id", "team"),
        ("support_session", "queue_team_id", "team"),
        ("support_session", "portal_id", "portal"),
        ("support_session", "issue_id", "issue"),
    ):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT REFERENCES {other} (id)")
    op.add_column("support_session", sa.Column("used_key", sa.Text, nullable=True))
    op.add_column(
        "support_session",
        sa.Column("trial", sa.Boolean, nullable=False, server_default=sa.false()),
    )


def _name_queues() -> None:
    """The first fact of a session named its queue by a representative's name alone."""
    fact = sa.table("fact", sa.column("id"), sa.column("session"), sa.column("body"))
    session = sa.table("support_session", sa.column("number"), sa.column("queue_user_id"))
    connection = op.get_bind()
    opened = connection.execute(
        sa.select(fact.c.id, fact.c.body, session.c.queue_user_id)
        .join_from(fact, session, fact.c.session == session.c.number)
        .where(fact.c.body.like('%"t":"session.opened"%'))
    ).all()
    for row in opened:
        body = json.loads(row.body)
        if body["t"] != "session.opened" or not isinstance(body["queue"], str):
            continue
        kind = "personal" if row.queue_user_id else "general"
        body["queue"] = {"kind": kind, "id": row.queue_user_id or "", "name": body["queue"]}
        connection.execute(
            sa.update(fact)
            .where(fact.c.id == row.id)
            .values(body=json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        )
