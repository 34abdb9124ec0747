"""Settings: sources in order, nothing unknown, nothing secret shown, everything documented."""

import argparse
import re
from pathlib import Path

import msgspec
import pytest

from protocol import catalogue
from relay import settings
from relay.__main__ import main
from relay.config import RelayConfig, has_password, masked, origin_of
from relay.fault import StartFault

README = Path(__file__).parents[2] / "relay" / "README.md"
PASSWORD_URL = "postgresql+asyncpg://bridge:s3cret@db.example/bridge"


def read(
    options: dict[str, object] | None = None, environment: dict[str, str] | None = None
) -> settings.Settings:
    return settings.read(options or {}, environment or {})


def fault(
    options: dict[str, object] | None = None, environment: dict[str, str] | None = None
) -> StartFault:
    with pytest.raises(StartFault) as caught:
        read(options, environment)
    return caught.value


def toml(folder: Path, text: str) -> dict[str, object]:
    path = folder / "relay.toml"
    path.write_text(text)
    return {"config": str(path)}


def test_each_source_overrides_the_one_before(tmp_path: Path) -> None:
    file = toml(tmp_path, 'host = "f"\nport = 1\norganisation = "f"\n')
    environment = {"BRIDGE_PORT": "2", "BRIDGE_ORGANISATION": "e", "HOME": "/"}
    chosen = read(file | {"organisation": "c"}, environment)
    assert (chosen.config.host, chosen.config.port, chosen.config.organisation) == ("f", 2, "c")
    assert chosen.sources["host"] == file["config"]
    assert chosen.sources["port"] == "environment"
    assert chosen.sources["organisation"] == "command line"
    assert chosen.sources["data"] == "default"


def test_the_file_can_be_named_by_the_environment(tmp_path: Path) -> None:
    path = toml(tmp_path, "port = 7")["config"]
    assert read({}, {"BRIDGE_CONFIG": str(path)}).config.port == 7


def test_values_of_every_kind_come_from_text() -> None:
    chosen = read(
        {"behind_proxy": True},
        {
            "BRIDGE_DEVELOPMENT_CERTIFICATES": "true",
            "BRIDGE_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
            "BRIDGE_METRICS_PORT": "0",
            "BRIDGE_LOG_FORMAT": "json",
        },
    ).config
    assert chosen.development_certificates
    assert chosen.behind_proxy
    assert chosen.trusted_proxies == ("10.0.0.0/8", "::1")
    assert chosen.metrics_port == 0
    assert chosen.log_format == "json"


@pytest.mark.parametrize(
    ("environment", "file", "name", "near"),
    [
        ({"BRIDGE_PROT": "1"}, "", "BRIDGE_PROT", "BRIDGE_PORT"),
        ({}, "organization = 'x'", "organization", "organisation"),
        ({}, "[relay]\nport = 1", "relay", None),
        ({"BRIDGE_port": "1"}, "", "BRIDGE_port", None),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(
    tmp_path: Path, environment: dict[str, str], file: str, name: str, near: str | None
) -> None:
    found = fault(toml(tmp_path, file), environment)
    assert found.key == "relay.fault.setting_unknown"
    assert found.fields["name"] == name
    assert near is None or found.fields["near"] == near


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"port": "80000"}, "setting_value"),
        ({"port": "https"}, "setting_value"),
        ({"organisation": ""}, "setting_value"),
        ({"log_level": "loud"}, "setting_value"),
        ({"config": "/nowhere/relay.toml"}, "file"),
        ({"public_url": "http://help.example"}, "public_url"),
        ({"public_url": "https://help.example/x"}, "public_url"),
        ({"public_url": "https://me@help.example"}, "public_url"),
        ({"public_url": "https://help.example:99999"}, "public_url"),
        ({"public_url": "help.example"}, "public_url"),
        ({"certificate": "a.pem"}, "certificate_pair"),
        (
            {"certificate": "a", "certificate_key": "b", "development_certificates": True},
            "certificate_twice",
        ),
        ({"trusted_proxies": "10.0.0.1/8"}, "proxy"),
        ({"trusted_proxies": "proxy.example"}, "proxy"),
        ({"database": "mysql://db/bridge"}, "database_kind"),
        ({"database": PASSWORD_URL}, "password_on_command_line"),
        ({"database": "postgresql+asyncpg://db/b?password=x"}, "password_on_command_line"),
    ],
)
def test_what_does_not_fit_is_refused(options: dict[str, object], key: str) -> None:
    assert fault(options).key == f"relay.fault.{key}"


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    assert fault(toml(tmp_path, "port = ")).key == "relay.fault.file"


@pytest.mark.parametrize(
    ("public_url", "origin"),
    [
        ("https://help.example", "https://help.example"),
        ("https://Help.Example:443/", "https://help.example"),
        ("https://help.example:8443", "https://help.example:8443"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_the_origin_is_what_browsers_send(public_url: str, origin: str) -> None:
    assert origin_of(public_url) == origin


def test_without_a_public_url_it_is_localhost_with_the_real_port() -> None:
    assert RelayConfig(port=0).at_port(4711).public_url == "https://localhost:4711"
    assert RelayConfig(public_url="https://a.example").at_port(1).public_url == "https://a.example"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (PASSWORD_URL, "postgresql+asyncpg://***@db.example/bridge"),
        ("postgresql+asyncpg://u:p%40ss@db/b?x=1", "postgresql+asyncpg://***@db/b"),
        ("postgresql+asyncpg://db/b?password=x", "postgresql+asyncpg://***@db/b"),
        ("postgresql+asyncpg://u:p@ss@db/b", "postgresql+asyncpg://***@db/b"),
        ("postgresql+asyncpg://u:[p@db/b", "postgresql+asyncpg://***@db/b"),
        ("postgresql+asyncpg://u@db/b", "postgresql+asyncpg://u@db/b"),
        ("sqlite+aiosqlite:////data/relay.db", "sqlite+aiosqlite:////data/relay.db"),
        ("", ""),
    ],
)
def test_passwords_in_urls_are_masked(url: str, shown: str) -> None:
    assert masked(url) == shown
    assert has_password(url) is (url != shown)


def test_show_config_tells_value_and_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIDGE_DATABASE", PASSWORD_URL)
    monkeypatch.setenv("BRIDGE_LOG_LEVEL", "debug")
    assert main(["serve", "--port", "7", "--show-config"]) == 0
    shown = capsys.readouterr().out
    assert "s3cret" not in shown
    lines = {line.split(" = ")[0]: line for line in shown.splitlines()}
    assert set(lines) == set(settings.FIELDS)
    assert re.fullmatch(r"port = 7 +# command line", lines["port"])
    assert re.fullmatch(r'log_level = "debug" +# environment', lines["log_level"])
    assert re.fullmatch(r"metrics_port = unset +# default", lines["metrics_port"])


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["serve", "--prot", "1"], "--port"),
        (["serve", "--organization=x"], "--organisation"),
        (["serve", "--ready-jsn"], "--ready-json"),
        (["create-user", "--name", "ada", "--shown-name", "A", "--admin"], "--administrator"),
    ],
)
def test_an_unknown_option_is_refused_with_the_nearest(
    arguments: list[str], near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert f"Did you mean {near}?" in capsys.readouterr().err


def test_every_setting_has_an_option_with_help() -> None:
    parser = argparse.ArgumentParser()
    settings.add_options(parser)
    printed = " ".join(parser.format_help().split())
    for name in settings.FIELDS:
        assert settings.flag_of(name) in printed
        assert settings.help_of(name).endswith(".")


def test_the_readme_tells_every_setting_as_it_is() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `?(.*?)`? \| (.*?) \|$", README.read_text("utf-8"), re.M)
    documented = {name: (default, text) for name, default, text in rows}
    defaults = msgspec.to_builtins(RelayConfig())
    for name in settings.FIELDS:
        default = defaults[name]
        shown = ", ".join(default) if isinstance(default, list | tuple) else str(default)
        shown = {"": "not set", "None": "not set", "False": "false"}.get(shown, shown)
        assert documented[name] == (shown, settings.help_of(name)), name


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_every_fault_has_a_sentence(language: str) -> None:
    texts = catalogue.load(language)
    source = "\n".join(path.read_text("utf-8") for path in README.parent.rglob("*.py"))
    raised = set(re.findall(r'StartFault\(\s*"(\w+)"', source))
    assert len(raised) > 20
    assert {f"relay.fault.{key}" for key in raised} <= texts.keys()
