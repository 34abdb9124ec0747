"""Which notices a customer is shown by themselves, and which are over. Pure."""

from protocol.acts import NoticeEnd, NoticeTell
from protocol.machines import SessionState
from relay.domain.content import Content, Notice, in_language
from relay.domain.notices import active, matches, system_of
from relay.domain.session import Session


def next_act(session: Session, content: Content, now: int) -> NoticeTell | NoticeEnd | None:
    """The next notice to take away or to show; None when everything is as it should be."""
    shown = [one.notice for one in session.snapshot.notices]
    for notice_id in shown:
        known = content.notices.get(notice_id)
        if known is None or not active(known, now):
            return NoticeEnd(notice=notice_id)
    if session.state is not SessionState.WAITING:
        return None
    for notice in content.notices.values():
        if notice.id not in shown and _fits(notice, session, now):
            text = in_language(notice.texts, session.opened.language)
            return NoticeTell(notice=notice.id, text=text)
    return None


def _fits(notice: Notice, session: Session, now: int) -> bool:
    return (
        notice.automatic
        and active(notice, now)
        and matches(
            notice,
            portal=session.portal,
            issue=session.issue,
            system=system_of(session.customer.system),
            words=session.opened.words,
        )
    )
