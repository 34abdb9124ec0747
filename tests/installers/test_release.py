"""What a release is made for, and its parts list."""

import json
from pathlib import Path

import msgspec
import pytest

from client.config import Built, Release
from installers.archive import pack, sha256, write_sum
from installers.components import Component
from installers.fault import BuildFault
from installers.release import FAMILY, built_from_here, module_source, release_for, target
from installers.sbom import write
from installers.seal import seal
from protocol.version import VERSION
from relay.domain.programs import BUILDS, bill_of

KEY = "A" * 43
RELEASE = Release(relay="https://help.example", organisation="Acme Support", identity=KEY)
BUILT = Built(commit="c" * 40, day="2026-11-01", release=RELEASE)


def test_it_is_tidied() -> None:
    assert release_for("https://Help.Example:443/", " Acme \t Support ", KEY) == RELEASE


@pytest.mark.parametrize(
    ("relay", "name", "identity", "says"),
    [
        ("http://help.example", "Acme", KEY, "https://"),
        ("https://help.example/path", "Acme", KEY, "https://help.example/path"),
        ("https://help.example", " ", KEY, "--name"),
        ("https://help.example", "x" * 81, KEY, "--name"),
        ("https://help.example", "Acme", "short", "--identity"),
    ],
)
def test_what_makes_no_release_is_said(relay: str, name: str, identity: str, says: str) -> None:
    with pytest.raises(BuildFault, match=says):
        release_for(relay, name, identity)


def test_the_module_says_what_was_built() -> None:
    found: dict[str, bytes] = {}
    exec(module_source(BUILT), found)  # noqa: S102 - this is how Python will read it
    assert msgspec.json.decode(found["BUILT"], type=Built) == BUILT


def test_the_commit_is_told() -> None:
    built = built_from_here(None)
    assert len(built.commit.rstrip("+")) in (0, 40)
    assert built.release is None


@pytest.fixture
def product(tmp_path: Path) -> Path:
    file = tmp_path / "support-bridge-linux-x86_64"
    file.write_bytes(b"program")
    write_sum(file)
    write(
        file, BUILT, [Component("deb", "zlib1g", "1:1.2.13.dfsg-1"), Component("pypi", "six", "1")]
    )
    return file


def test_the_parts_list_names_all_and_for_whom(product: Path) -> None:
    told = json.loads(Path(f"{product}.cdx.json").read_text("utf-8"))
    component = told["metadata"]["component"]
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert component["version"] == VERSION
    assert component["hashes"] == [{"alg": "SHA-256", "content": sha256(product)}]
    properties = {one["name"]: one["value"] for one in component["properties"]}
    assert properties == {
        "support-bridge:commit": "c" * 40,
        "support-bridge:built": "2026-11-01",
        "support-bridge:relay": "https://help.example",
        "support-bridge:organisation": "Acme Support",
        "support-bridge:identity": KEY,
    }
    purls = {one["purl"]: one["licenses"][0]["expression"] for one in told["components"]}
    assert purls == {
        "pkg:deb/debian/zlib1g@1%3A1.2.13.dfsg-1": "Zlib",
        "pkg:pypi/six@1": "MIT",
    }


def test_a_signed_file_gets_new_sums(product: Path) -> None:
    with product.open("ab") as end:
        end.write(b"signature")
    seal(product)
    digest = sha256(product)
    assert Path(f"{product}.sha256").read_text() == f"{digest}  {product.name}\n"
    told = json.loads(Path(f"{product}.cdx.json").read_text("utf-8"))
    assert told["metadata"]["component"]["hashes"][0]["content"] == digest


def test_what_is_no_build_is_not_sealed(product: Path) -> None:
    Path(f"{product}.cdx.json").write_text('{"metadata": {}}')
    with pytest.raises(ValueError, match="no parts list"):
        seal(product)


def test_a_folder_is_packed_the_same_each_time(tmp_path: Path) -> None:
    packed = []
    for n in (1, 2):
        folder = tmp_path / str(n) / "support-bridge"
        (folder / "deep").mkdir(parents=True)
        for name in ("b", "a", "deep/c")[:: 1 if n == 1 else -1]:
            (folder / name).write_text(name)
        (folder / "a").chmod(0o700 if n == 1 else 0o755)
        packed.append(pack(folder, tmp_path / f"{n}.tar.xz", 1_000_000_000).read_bytes())
    assert packed[0] == packed[1]


def test_the_relay_reads_for_whom_it_was_made(product: Path) -> None:
    bill = bill_of(Path(f"{product}.cdx.json").read_bytes())
    assert bill is not None
    assert (bill.relay, bill.identity, bill.development) == (RELEASE.relay, KEY, False)
    assert (bill.version, bill.sha256) == (VERSION, sha256(product))
    write(product, Built(commit="", day="2026-11-01"), [])
    bill = bill_of(Path(f"{product}.cdx.json").read_bytes())
    assert bill is None or bill.development


@pytest.mark.parametrize("file", sorted(BUILDS))
def test_the_relay_knows_the_names_that_are_built(file: str) -> None:
    assert file.startswith(f"{FAMILY}-")


def test_what_is_built_here_has_a_name_that_the_relay_knows() -> None:
    assert any(name.startswith(target()) for name in BUILDS)
