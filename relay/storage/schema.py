"""The tables, as SQLAlchemy Core sees them; migrations/ brings a database to this shape.

Types are the portable ones: TEXT ids, integers in milliseconds since 1970 (UTC), JSON as TEXT.
Secrets (tokens, keys, links) are stored as SHA-256 in hex; they have enough entropy of their own
or a short life, and must be found by value. Passwords are argon2id.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_NUMBER = BigInteger().with_variant(Integer, "sqlite")

user = Table(
    "user_account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # signs in with it; lower case
    Column("shown_name", Text, nullable=False),
    Column("role", Text, nullable=False),  # administrator, representative or a staff_role's id
    Column("password_hash", Text, nullable=True),  # argon2id; NULL: only by link
    Column("disabled", Boolean, nullable=False, default=False),
    Column("created_at", BigInteger, nullable=False),
    Column("signed_in_at", BigInteger, nullable=True),  # last begun login
)

photo = Table(
    "photo",
    metadata,
    Column("user_id", Text, ForeignKey("user_account.id"), primary_key=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),  # a media type
    Column("content", LargeBinary, nullable=False),
)

login = Table(
    "login",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
)

one_time_link = Table(
    "one_time_link",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("purpose", Text, nullable=False),  # setup or sign_in
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=True),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=True),
)

team = Table(
    "team",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("way", Text, nullable=True),  # chat, client or choice; NULL: as the site
    Column("least_busy", Boolean, nullable=False, default=False),
    Column("removed_at", BigInteger, nullable=True),  # kept: sessions refer to it
)

team_member = Table(
    "team_member",
    metadata,
    Column("team_id", Text, ForeignKey("team.id"), primary_key=True),
    Column("user_id", Text, ForeignKey("user_account.id"), primary_key=True),
)

issue = Table(
    "issue",
    metadata,
    Column("id", Text, primary_key=True),
    Column("team_id", Text, ForeignKey("team.id"), nullable=True),  # NULL: the general queue
    Column("names", Text, nullable=False),  # JSON: by language
    Column("position", Integer, nullable=False),  # order on the portal
    Column("removed_at", BigInteger, nullable=True),
)

portal = Table(
    "portal",
    metadata,
    Column("id", Text, primary_key=True),  # main: the one at /
    Column("slug", Text, nullable=False, unique=True),  # the others stand at /p/<slug>
    Column("name", Text, nullable=False),  # empty: the relay's organisation
    Column("accent", Text, nullable=False),  # #rrggbb or empty
    Column("way", Text, nullable=True),
    Column("issues", Text, nullable=True),  # JSON: a list of ids; NULL: all
    Column("logo", LargeBinary, nullable=True),
    Column("logo_type", Text, nullable=True),  # image/png, image/jpeg or image/webp
    Column("logo_version", Text, nullable=False, default=""),  # empty: no logo
)

notice = Table(
    "notice",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),  # only staff see it
    Column("texts", Text, nullable=False),  # JSON: by language
    Column("portals", Text, nullable=False),  # JSON lists; empty: everything
    Column("issues", Text, nullable=False),
    Column("systems", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=True),
    Column("closed_at", BigInteger, nullable=True),
    Column("created_by", Text, ForeignKey("user_account.id"), nullable=True),
)

# A session that its customer left because a notice named the problem.
notice_saved = Table(
    "notice_saved",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("notice_id", Text, ForeignKey("notice.id"), nullable=False, index=True),
    Column("session", _NUMBER, ForeignKey("support_session.number"), nullable=False, unique=True),
    Column("at", BigInteger, nullable=False),
    Column("email", Text, nullable=True),  # where to tell that it is solved; gone once told
    Column("language", Text, nullable=False),
    Column("told_at", BigInteger, nullable=True),
)

# The newest version of a name and language stands; NULL means the catalogue's default.
text_version = Table(
    "text_version",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=True),
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=True),
    Column("at", BigInteger, nullable=False),
    Index("ix_text_version_name_language_id", "name", "language", "id"),
)

# What representatives say often: somebody's own, a team's, or (neither) everybody's.
canned_message = Table(
    "canned_message",
    metadata,
    Column("id", Text, primary_key=True),
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=True, index=True),
    Column("team_id", Text, ForeignKey("team.id"), nullable=True),
    Column("path", Text, nullable=False),  # folders and name, joined by /
    Column("texts", Text, nullable=False),  # JSON: by language
)

survey = Table(
    "survey",
    metadata,
    Column("id", _NUMBER, primary_key=True),  # the newest stands
    Column("enabled", Boolean, nullable=False),
    Column("questions", Text, nullable=False),  # JSON
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=True),
    Column("at", BigInteger, nullable=False),
)

survey_answer = Table(
    "survey_answer",
    metadata,
    Column("session", _NUMBER, ForeignKey("support_session.number"), primary_key=True),
    Column("survey_id", _NUMBER, ForeignKey("survey.id"), nullable=False, index=True),
    Column("at", BigInteger, nullable=False),
    Column("answers", Text, nullable=False),  # JSON
)

session_key = Table(
    "session_key",
    metadata,
    Column("key_hash", Text, primary_key=True),
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=False),
    Column("own", Boolean, nullable=False),  # leads to the user's queue
    Column("team_id", Text, ForeignKey("team.id"), nullable=True),  # else here, else the general
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=True),
    Column("cancelled", Boolean, nullable=False, default=False),
)

session = Table(
    "support_session",
    metadata,
    Column("number", _NUMBER, primary_key=True),  # short, for the many facts that refer to it
    Column("id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("queue_user_id", Text, ForeignKey("user_account.id"), nullable=True),
    Column("queue_team_id", Text, ForeignKey("team.id"), nullable=True),
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=True, index=True),
    Column("opened_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=True),
    Column("portal_id", Text, ForeignKey("portal.id"), nullable=True),
    Column("issue_id", Text, ForeignKey("issue.id"), nullable=True),
    Column("used_key", Text, nullable=True),  # the key it came in by, worthless since
    Column("trial", Boolean, nullable=False, server_default=false()),
    Index("ix_support_session_state_opened_at", "state", "opened_at"),
)

participant = Table(
    "participant",
    metadata,
    Column("id", Text, primary_key=True),
    Column("session_id", Text, ForeignKey("support_session.id"), nullable=False, index=True),
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=True),
    Column("role", Text, nullable=False),
    Column("door", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("system", Text, nullable=False),
    Column("token_hash", Text, nullable=True, unique=True),  # a customer's resume token
    Column("seen", Integer, nullable=False, default=0),
)

join_code = Table(
    "join_code",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("session_id", Text, ForeignKey("support_session.id"), nullable=False, index=True),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=True),
    Column("again_until", BigInteger, nullable=True),  # somebody let it in once more until then
)

# A browser whose session went on in the program: it may still be told so.
moved_token = Table(
    "moved_token",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("session_id", Text, ForeignKey("support_session.id"), nullable=False, index=True),
)

# Rows are appended under a running id, so that one commit for many sessions touches few pages.
# Whoever holds a session knows the client ids it has carried out; a second holder would collide
# on `seq`. So no index over client ids is needed.
fact = Table(
    "fact",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("session", _NUMBER, ForeignKey("support_session.number"), nullable=False),
    Column("topic", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("sender", Text, nullable=True),  # participant id of a repeatable request
    Column("client_id", Text, nullable=True),  # the sender's own id of that request
    Column("body", Text, nullable=False),  # the fact as it was told, JSON
    UniqueConstraint("session", "topic", "seq"),
)

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
)

# A role that is not built in. No key refers here, since `user_account.role` may also name one
# that is: whoever gives a role locks its row, and only one that nobody has is deleted.
staff_role = Table(
    "staff_role",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("permissions", Text, nullable=False),  # JSON: a list of names
)

second_factor = Table(
    "second_factor",
    metadata,
    Column("user_id", Text, ForeignKey("user_account.id"), primary_key=True),
    Column("sealed_secret", Text, nullable=False),  # AES-GCM under a key in the data folder
    Column("enabled_at", BigInteger, nullable=True),  # NULL: offered, no code came yet
    Column("used_step", BigInteger, nullable=False),  # a code of this time step or before is used
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("code_hash", Text, primary_key=True),  # HMAC under the same key
    Column("user_id", Text, ForeignKey("user_account.id"), nullable=False, index=True),
)

hand_over = Table(
    "hand_over",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    Column("queue_user_id", Text, ForeignKey("user_account.id"), nullable=True),
    Column("queue_team_id", Text, ForeignKey("team.id"), nullable=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("waited_ms", BigInteger, nullable=False),
    Column("position", Integer, nullable=False),  # when the wait began, like on_duty_then
    Column("on_duty_then", Integer, nullable=False),
    Column("on_duty", Integer, nullable=False),
    Column("least_s", Integer, nullable=True),  # what the customer was told on coming, if anything
    Column("most_s", Integer, nullable=True),
)
