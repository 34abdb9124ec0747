"""What the client was told at its start."""

from pathlib import Path

import pytest

from client.config import Built, ClientConfig, ConfigError, Release, options, origin, read
from protocol.catalogue import LANGUAGES, load

FOR = Release(relay="https://support.example", organisation="Acme", identity="i" * 43)
RELEASE = Built(commit="c" * 40, day="2026-11-01", release=FOR)
RELAY = ("--relay", "https://localhost:8443")


def complaint(arguments: tuple[str, ...], release: Built | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        read(arguments, release)
    sentences = [load(language)(caught.value.key, **caught.value.fields) for language in LANGUAGES]
    assert all(sentences)
    return sentences[0]


def test_a_development_build_takes_everything(tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.touch()
    given = (*RELAY, "--key=1234-5678", "--name", "Grace", "--language", "de", "--ca", str(ca))
    assert read(given, None) == ClientConfig(
        relay="https://localhost:8443",
        key="1234-5678",
        name="Grace",
        language="de",
        ca=str(ca),
        development=True,
    )


def test_a_release_is_what_its_build_made_it() -> None:
    assert read(("--key", "1234-5678", "--name", "Grace"), RELEASE) == ClientConfig(
        relay="https://support.example",
        organisation="Acme",
        identity="i" * 43,
        key="1234-5678",
        name="Grace",
        built="2026-11-01",
        development=False,
    )


@pytest.mark.parametrize("option", sorted(set(options(None)) - set(options(FOR))))
@pytest.mark.parametrize("form", ["{0} value", "{0}=value"])
def test_nothing_from_outside_changes_a_release(option: str, form: str) -> None:
    assert "There is no option" in complaint(tuple(form.format(f"--{option}").split()), RELEASE)


def test_the_environment_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RELAY", "BRIDGE_RELAY", "CLIENT_RELAY", "SUPPORT_BRIDGE_RELAY"):
        monkeypatch.setenv(name, "https://evil.example")
    assert read((), RELEASE).relay == "https://support.example"


def test_plaintext_is_refused_in_words() -> None:
    assert "must begin with https://" in complaint(("--relay", "http://localhost:8443"))


@pytest.mark.parametrize(
    "address",
    ["https://", "https://a.example/path", "https://u@a.example", "https://a.example:x"],
)
def test_what_is_no_origin_is_refused(address: str) -> None:
    assert address in complaint(("--relay", address))


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("https://Support.Example/", "https://support.example"),
        ("https://support.example:443", "https://support.example"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_an_origin_is_written_as_browsers_do(address: str, same: str) -> None:
    assert origin(address) == same


def test_an_unknown_option_names_the_nearest() -> None:
    assert "Did you mean --relay?" in complaint(("--realy", "https://x.example"))
    assert complaint(("surprise",)) == "There is no option surprise."


def test_each_bad_value_has_its_sentence(tmp_path: Path) -> None:
    assert "needs a value" in complaint(("--relay",))
    assert "--relay https://" in complaint(())
    assert "There is no file" in complaint((*RELAY, "--ca", str(tmp_path / "none.pem")))
    assert "--identity" in complaint((*RELAY, "--identity", "short"))
    assert "en, de" in complaint((*RELAY, "--language", "fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_is_explained(language: str) -> None:
    t = load(language)
    assert all(
        t(f"client.option.{name}") for name in (*options(None), "version", "licences", "help")
    )
