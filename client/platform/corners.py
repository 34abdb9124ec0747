"""Windows with rounded corners: what lies below shows there."""

from client.session.geometry import Rect


def without_corners(rect: Rect, by: int) -> tuple[Rect, ...]:
    """All of it but squares at the corners, `by` pixels each way."""
    inner = max(0, rect.width - 2 * by)
    if rect.height <= 2 * by:
        parts: tuple[Rect, ...] = (Rect(rect.x + by, rect.y, inner, rect.height),)
    else:
        parts = (
            Rect(rect.x + by, rect.y, inner, by),
            Rect(rect.x, rect.y + by, rect.width, rect.height - 2 * by),
            Rect(rect.x + by, rect.bottom - by, inner, by),
        )
    return tuple(one for one in parts if one)
