"""The bodies of the calls that word and switch what customers meet: texts, settings, survey.

Times are in milliseconds since 1970 (UTC), spans in seconds. A `version` is what the asker saw
last, 0 for nothing yet: where somebody else has saved since, the call is refused as `conflict`
and changes nothing. Ranges are checked by `relay.domain`, which can say where something is wrong.
"""

from typing import Annotated

from msgspec import Meta

from protocol import limits
from protocol.api import Answer, Body
from protocol.roles import Way
from protocol.steps import QuestionKind

_POSTED_CHARS = 4 * limits.TEXT_CHARS
"""What may be posted as a text, so that one that is too long is refused with its place."""

Number = Annotated[int, Meta(ge=-(2**53), le=2**53)]
Version = Annotated[int, Meta(ge=0, le=2**53)]
TextKey = Annotated[str, Meta(max_length=40)]
Language = Annotated[str, Meta(max_length=20)]
Posted = Annotated[str, Meta(max_length=_POSTED_CHARS)]


class SiteRules(Body, frozen=True):
    """The switches and numbers of the site: `relay.domain.content.SiteSettings` says what each
    means."""

    agreement_client: bool
    agreement_chat: bool
    agreement_limit_s: Number
    recording: bool
    recording_limit_s: Number
    greeting: bool
    hold_every_s: Number
    way: Way
    orphaned_at_once: bool
    orphaned_after_s: Number | None
    orphaned_url: Posted
    lost_last: bool
    lost_entry: bool
    lost_general: bool
    lost_after_s: Number
    files_from_customer: bool
    files_to_customer: bool
    files_mb: Number
    files_most: Number
    files_blocked: Posted
    watermark: bool
    watermark_text: Posted
    watermark_percent: Number
    watermark_seen: bool


class OwnText(Answer, frozen=True):
    """A text as it stands: `text` is None where the `default` holds. At most `most` characters.

    `by` and `at` tell of its newest version, `version`.
    """

    name: str
    language: str
    text: str | None
    default: str
    version: int
    by: str
    at: int | None
    most: int
    macros: tuple[str, ...]


class CustomerState(Answer, frozen=True):
    """The answer to GET and POST /api/texts: everything that is worded and switched.

    `examples` are values of the macros, by language, to fill texts in with. `can_record` says
    that this relay can record.
    """

    now: int
    can_record: bool
    rules: SiteRules
    texts: tuple[OwnText, ...]
    examples: dict[str, dict[str, str]]


class TextWish(Body, frozen=True):
    """A text to be saved; None brings the default back."""

    name: TextKey
    language: Language
    text: Posted | None
    version: Version


class CustomerWish(Body, frozen=True):
    """Save (POST /api/texts): all of it or nothing.

    Only the rules in which `rules` and `before`, what the asker started from, differ are changed.
    """

    texts: Annotated[tuple[TextWish, ...], Meta(max_length=100)] = ()
    before: SiteRules | None = None
    rules: SiteRules | None = None


class TextVersion(Answer, frozen=True):
    """One version of a text; None brought the default back. `by` is the shown name."""

    version: int
    text: str | None
    by: str
    at: int


class TextVersions(Answer, frozen=True):
    """The answer to GET /api/texts/{text}: the newest first."""

    now: int
    versions: tuple[TextVersion, ...]


class SurveyRow(Body, frozen=True):
    """A question of the survey; `text` and each of `choices` by language."""

    id: Annotated[str, Meta(pattern=r"^[0-9a-z]{1,40}\Z")]
    kind: QuestionKind
    text: dict[str, Posted]
    choices: Annotated[tuple[dict[str, Posted], ...], Meta(max_length=100)]


class SurveyWish(Body, frozen=True):
    """Save the survey (POST /api/survey/questions)."""

    version: Version
    enabled: bool
    questions: Annotated[tuple[SurveyRow, ...], Meta(max_length=100)]


class SurveyState(Answer, frozen=True):
    """The answer to GET and POST /api/survey/questions; `by` and `at` as in `OwnText`."""

    now: int
    version: int
    enabled: bool
    by: str
    at: int | None
    questions: tuple[SurveyRow, ...]


class SurveyBar(Answer, frozen=True):
    """How often one answer was given. `number` is the count of stars, or the choice's place in
    the newest survey that offered it; `text` names a choice by language."""

    number: int
    text: dict[str, str]
    count: int


class SurveyRemark(Answer, frozen=True):
    """What somebody wrote."""

    at: int
    text: str


class SurveyResult(Answer, frozen=True):
    """What was answered to one question by `count` people.

    `total` is the sum of their stars; `remarks` are the newest texts. `current` says that the
    present survey asks it.
    """

    id: str
    kind: QuestionKind
    text: dict[str, str]
    current: bool
    count: int
    total: int
    bars: tuple[SurveyBar, ...]
    remarks: tuple[SurveyRemark, ...]


class SurveyResults(Answer, frozen=True):
    """The answer to GET /api/survey/results: `people` answered at least one question."""

    now: int
    people: int
    questions: tuple[SurveyResult, ...]


class TrialWish(Body, frozen=True):
    """Try as a customer (POST /api/trial), with what nobody saved yet; the versions of its parts
    do not count. Without a `survey` the stored one is asked."""

    language: Language
    rules: SiteRules | None = None
    texts: Annotated[tuple[TextWish, ...], Meta(max_length=100)] = ()
    survey: SurveyWish | None = None


class TrialStarted(Answer, frozen=True):
    """The page that shows the test session to the browser that asked for it."""

    path: str
