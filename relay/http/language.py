"""Which language a browser asks for."""

from protocol import catalogue

MOST_WISHES = 20


def language_of(accept_language: str) -> str:
    """The best of our languages for an Accept-Language header (RFC 9110, section 12.5.4)."""
    wishes: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:MOST_WISHES]:
        tag, _, parameter = part.partition(";")
        weight = _weight(parameter)
        if weight > 0:
            wishes.append((-weight, tag))
    return catalogue.choose(tag for _, tag in sorted(wishes, key=lambda wish: wish[0]))


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
