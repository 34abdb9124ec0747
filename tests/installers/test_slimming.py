"""What goes into a bundle."""

from pathlib import Path

from client.capture.vpx_file import vpx_file
from installers.slimming import needed


def test_a_library_that_is_loaded_by_its_path_stays(tmp_path: Path) -> None:
    codec = vpx_file()
    assert codec is not None
    nobodys = tmp_path / "libnobody.so.1"
    nobodys.write_bytes(codec.read_bytes())
    kept = ("vpx/libvpx.so", str(codec), "BINARY")
    assert needed([kept, ("libnobody.so.1", str(nobodys), "BINARY")]) == [kept]
