"""Every number both ends must agree on. Sizes in bytes or characters, times in seconds."""

MESSAGE_BYTES = 64 * 1024
"""Largest request, encoded."""

EVENT_BYTES = 20 * 1024 * 1024
"""Largest thing the relay says, encoded: a snapshot whose every line has its full length."""

CHANNEL_PAYLOAD_BYTES = 16 * 1024
"""Largest payload behind a channel header; longer things are joined by FIRST and LAST."""

CHAT_CHARS = 4_000
NAME_CHARS = 80
WATERMARK_CHARS = 60
SYSTEM_CHARS = 80
ID_CHARS = 40

TEXT_CHARS = 4_000
"""Longest text of the organisation's own: an agreement, a greeting."""

TITLE_CHARS = 120
NOTICE_CHARS = 1_020
NOTICES = 10
"""Most notices that one portal has at a time."""

ISSUE_CHARS = 80
WORDS_CHARS = 1_000
"""Longest description of a problem on the portal's form."""

CANNED_CHARS = 2_000
"""Longest canned message, before its macros are filled in."""

CANNED_PATH_CHARS = 160
CANNED_DEPTH = 4
"""Most parts of a canned message's path, its name included."""

CANNED_OWN = 200
CANNED_SHARED = 500

EMAIL_CHARS = 254
URL_CHARS = 500
SURVEY_TEXT_CHARS = 1_000
SURVEY_QUESTIONS = 10
SURVEY_QUESTION_CHARS = 200
SURVEY_CHOICES = 10

LOG_LINES = 500
"""How many facts of a topic a snapshot carries; older ones are in the transcript."""

HELLO_S = 10
"""A socket that has not said hello by then is closed."""

HEARTBEAT_S = 20
"""Ping interval of every socket; no byte for twice this long means the link is gone."""

TICKET_S = 30
RECONNECT_GRACE_S = 600
"""How long a customer's place and session are kept after the link is lost."""

RECONNECT_FIRST_S = 0.1
RECONNECT_GROWTH = 1.5
RECONNECT_MOST_S = 10.0
"""Full-jitter back-off: each delay is drawn from [0, min(most, first * growth**n)]."""

SESSION_KEY_S = 600
JOIN_CODE_S = 900
SIGN_IN_LINK_S = 600
WRONG_KEYS = 5
WRONG_KEYS_WINDOW_S = 60
SIGN_INS = 5
SIGN_INS_WINDOW_S = 60

PASSWORD_CHARS_LEAST = 12
PASSWORD_CHARS_MOST = 256

ASK_S = 60
"""A question for a grant that is not answered by then is a no."""

CONTROL_LEASE_S = 900
"""How long control lasts unless the customer says otherwise."""

LEASE_MOST_S = 4 * 3600
REASON_CHARS = 200

FILE_PIECE_BYTES = 1024 * 1024
"""A file travels and is stored in pieces of this size; the last one may be shorter."""

FILE_BYTES = 100 * 1000 * 1000
"""Largest file unless the organisation says otherwise."""

FILE_BYTES_MOST = 16 * 1024**3
FILES = 50
"""Most files in one session, and most that are open at a time."""

FILE_NAME_CHARS = 255

NUDGES = 3
NUDGES_WINDOW_S = 120
"""A customer is nudged no more often than that."""

REPORTS = 6
REPORTS_WINDOW_S = 60
"""A customer's program reports no more often than that what it found."""

CLOCK_S = 120
"""A clock that differs by more from the relay's is wrong."""

FRAME_BYTES = 8 * 1024 * 1024
"""Largest picture, its parts joined: a JPEG of four large monitors."""

PHOTO_BYTES = 96 * 1024
"""Largest photo of a representative; the page that sends it has made it small before."""

PHOTO_PIXELS = 512
"""Its longest side."""

CLIPBOARD_BYTES = 64 * 1024
"""Longest text that goes from one clipboard to the other; a longer one stays where it is."""

CHANNEL_JOINED_BYTES = 512 * 1024
"""Largest channel message that is not a picture, its parts joined: a cursor of 256 pixels."""

INPUT_EVENTS = 100
"""Most input events in one batch."""

INPUT_EVENTS_PER_S = 500
"""More than that within one second is dropped; releases are not."""

INPUT_TEXT_CHARS = 200
"""Longest text in one input event."""

BEAT_S = 0.5
"""How often the customer's program says that the newest picture is still true."""

OLD_PICTURE_S = 1.0
"""From this age on the viewer shows how old its picture is."""

BEHIND_S = 1.5
"""A click made on a picture that is outdated for longer than this is refused."""

OWN_HAND_S = 2.0
"""How long remote input rests after the customer's own hand moved the mouse."""

TYPING_S = 4
"""A typing mark that is not renewed within this time is taken down by whoever shows it."""
