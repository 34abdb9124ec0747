"""Which bytes are a logo: decided by what they are, not by what they call themselves."""

import contextlib
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.site_api import LOGO_BYTES, LOGO_PIXELS
from relay.domain.pictures import Picture, Unfit, picture
from tests.relay.pictures import JPEG, WEBP_LOSSLESS, WEBP_LOSSY, WEBP_MOVING, chunk, png


def fault(content: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        picture(content)
    return unfit.value.why


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (png(3, 2), Picture("image/png", 3, 2)),
        (png(LOGO_PIXELS, 1), Picture("image/png", LOGO_PIXELS, 1)),
        (JPEG, Picture("image/jpeg", 1, 1)),
        (WEBP_LOSSY, Picture("image/webp", 1, 1)),
        (WEBP_LOSSLESS, Picture("image/webp", 1, 1)),
    ],
)
def test_the_three_kinds_are_told_with_their_size(content: bytes, found: Picture) -> None:
    assert picture(content) == found


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "logo_kind"),
        (b"GIF89a" + bytes(20), "logo_kind"),
        (b"<html><script>ran()</script></html>", "logo_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>ran()</script></svg>", "logo_svg"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- x --><SVG onload='ran()'/>", "logo_svg"),
        (b"\x89PNG\r\n\x1a\n", "logo_damaged"),
        (png(3, 2)[:-4], "logo_damaged"),
        (png(3, 2).replace(b"IDAT", b"IDAX"), "logo_damaged"),
        (png(LOGO_PIXELS + 1, 1), "logo_pixels"),
        (png(1, LOGO_PIXELS + 1), "logo_pixels"),
        (png(0, 1), "logo_pixels"),
        (png(2, 2, extra=chunk(b"acTL", struct.pack(">II", 2, 0))), "logo_moves"),
        (JPEG[:-2], "logo_damaged"),
        (JPEG[:30], "logo_damaged"),
        (b"\xff\xd8\xff", "logo_damaged"),
        (WEBP_LOSSY[:24], "logo_damaged"),
        (WEBP_MOVING, "logo_moves"),
        (b"RIFF\x04\x00\x00\x00WEBPJUNK", "logo_damaged"),
        (png(3, 2) + bytes(LOGO_BYTES), "logo_large"),
    ],
)
def test_anything_else_is_refused_with_a_reason(content: bytes, why: str) -> None:
    assert fault(content) == why


def test_the_checksums_count() -> None:
    good = png(3, 2)
    at = good.index(b"IHDR") + 5
    assert fault(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]) == "logo_damaged"
    assert zlib.crc32(b"") == 0


STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x30\x00\x00\x00WEBP", b"<svg")


@given(st.sampled_from((*STARTS, png(3, 2), JPEG, WEBP_LOSSY, WEBP_LOSSLESS)), st.binary())
def test_no_bytes_lead_to_anything_but_a_picture_or_a_reason(start: bytes, more: bytes) -> None:
    for content in (start + more, start[: len(more)] + more):
        with contextlib.suppress(Unfit):
            assert picture(content).kind.startswith("image/")
