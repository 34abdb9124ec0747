import pytest

from relay.http.language import language_of


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("fr,de;q=0.3,en;q=0.2", "de"),
        ("en;q=0.2,de;q=0.7", "de"),
        ("de;q=0,en", "en"),
        ("de;q=nonsense,fr", "en"),
        ("*", "en"),
        (",".join(["fr"] * 10_000) + ",de", "en"),
    ],
)
def test_the_best_wish_we_can_meet_wins(header: str, language: str) -> None:
    assert language_of(header) == language
