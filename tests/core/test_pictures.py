"""Pictures: drawn anew without their metadata, whatever they were, and nothing else let in."""

from __future__ import annotations

import io
import struct
import zlib
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from PIL import Image, ImageCms

from wizzle.core import pictures
from wizzle.core.errors import Refused
from wizzle.core.models import Picture

HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAABoAAgAAAAAB/AABAAAAAAAAACwAAAA4aWlu"
    "ZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA"
    "/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMA"
    "AAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkA"
    "AAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAA"
    "AAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAA"
    "AA5jZHNjAAIAAQABAAAATm1kYXQAAAAWKAGvGYDvSaW//9w5n/U2L/hetaY+bgAAAAZFeGlmAABNTQAqAAAACAAB"
    "AQ8AAgAAAAcAAAAaAAAAAFNweUNhbQAA"
)
"""64 by 48 points of red as an iPhone writes them, taken with a "SpyCam"."""


def drawn(kind="JPEG", size=(800, 600), **options):
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **options)
    return written.getvalue()


def opened(prepared, size="large"):
    return Image.open(io.BytesIO(prepared.files[size]))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "RGBA"),
     ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"), ("WEBP", "RGB"), ("GIF", "P")],
)  # fmt: skip
def test_every_usual_kind_becomes_two_webp_files(kind, mode):
    made = io.BytesIO()
    Image.new(mode, (1600, 900)).save(made, kind)
    prepared = pictures.prepare(made.getvalue())
    assert (prepared.width, prepared.height) == (1280, 720)
    assert opened(prepared).format == "WEBP"
    assert opened(prepared).size == (1280, 720)
    assert opened(prepared, "small").size == (480, 270)


def test_a_telephone_s_own_kind_is_read():
    assert b"SpyCam" in HEIC
    prepared = pictures.prepare(HEIC)
    assert (prepared.width, prepared.height) == (64, 48)
    assert b"SpyCam" not in prepared.files["large"]
    red, green, _blue = opened(prepared).convert("RGB").getpixel((32, 24))
    assert red > 150 > green


def test_a_telephone_s_own_kind_that_holds_nothing_is_refused():
    with pytest.raises(Refused):
        pictures.prepare(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64)


def test_where_and_when_and_with_what_it_was_taken_is_gone():
    exif = Image.Exif()
    exif[0x010F] = "SpyCam"
    exif[0x9003] = "2026:11:23 09:00:00"
    gps = exif.get_ifd(0x8825)
    gps[2] = (37.0, 38.0, 12.5)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = drawn(exif=exif, icc_profile=profile, comment=b"secret words")
    assert b"SpyCam" in data
    prepared = pictures.prepare(data)
    for content in prepared.files.values():
        assert not any(word in content for word in (b"SpyCam", b"secret", b"EXIF", b"ICCP", b"XMP"))
        again = Image.open(io.BytesIO(content))
        assert not again.getexif()
        assert set(again.info) <= {"loop", "background", "timestamp", "duration"}


def test_a_picture_taken_with_the_telephone_on_its_side_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    prepared = pictures.prepare(drawn(size=(800, 600), exif=exif))
    assert (prepared.width, prepared.height) == (600, 800)


def test_the_colours_of_another_profile_are_turned_into_the_usual_ones():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB", 6500)).tobytes()
    assert pictures.prepare(drawn(icc_profile=lab)).files  # does not fit, does no harm
    assert pictures.prepare(drawn(icc_profile=b"broken")).files


def test_a_film_in_a_file_becomes_its_first_picture():
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    made = opened(pictures.prepare(written.getvalue()))
    assert getattr(made, "n_frames", 1) == 1
    red, _green, blue = made.convert("RGB").getpixel((32, 32))
    assert red > blue


def test_the_same_picture_has_the_same_name_and_another_another():
    one, two = pictures.prepare(drawn()), pictures.prepare(drawn())
    assert one.digest == two.digest
    assert one.digest != pictures.prepare(drawn(size=(801, 600))).digest


def bomb(width, height):
    """A PNG that says it is huge, in a few bytes."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )  # fmt: skip


@pytest.mark.parametrize("size", [(9_000, 9_000), (60_000, 60_000), (2_000_000_000, 1)])
def test_a_bomb_is_refused_before_it_is_opened(size):
    with pytest.raises(Refused):
        pictures.prepare(bomb(*size))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP",
        b"BM" + b"\0" * 60,        b"II*\0" + b"\0" * 60, b"\x00\x00\x01\x00" + b"\0" * 60,
    ],
)  # fmt: skip
def test_what_is_no_picture_of_the_usual_kinds_is_refused(data):
    with pytest.raises(Refused):
        pictures.prepare(data)


def test_kinds_that_browsers_do_not_send_are_refused_though_they_could_be_read():
    for kind in ("BMP", "TIFF", "ICO", "PPM"):
        with pytest.raises(Refused):
            pictures.prepare(drawn(kind))


def test_a_picture_broken_off_in_the_middle_is_refused():
    whole = drawn(size=(640, 480), quality=95)
    for kept in (20, 200, len(whole) // 2):
        with pytest.raises(Refused):
            pictures.prepare(whole[:kept])


@given(st.data())
@limits(max_examples=60)
def test_no_damage_to_a_file_does_more_than_refuse_it(data):
    whole = bytearray(data.draw(st.sampled_from([JPEG, PNG, GIF, WEBP])))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        prepared = pictures.prepare(bytes(whole))
    except Refused:
        return
    assert set(prepared.files) == set(pictures.SIZES)


JPEG, PNG, GIF, WEBP = (drawn(kind, (40, 30)) for kind in ("JPEG", "PNG", "GIF", "WEBP"))


def test_too_small_to_see_anything():
    with pytest.raises(Refused, match="too small"):
        pictures.prepare(drawn("PNG", (4, 400)))


def test_two_people_with_the_same_picture_share_its_files_and_keep_their_own_words(bare_node):
    prepared = pictures.prepare(drawn())
    now = bare_node.clock.now()
    with bare_node.db.write() as session:
        for caption in ("하나", "둘" * 250):
            pictures.keep(session, bare_node, prepared, caption=caption, owner_id=None, at=now)
    with bare_node.db.read() as session:
        kept = session.query(Picture).order_by(Picture.id).all()
        assert [len(each.caption) for each in kept] == [2, 200]
    files = [path for path in (bare_node.home / "media").rglob("*") if path.is_file()]
    assert sorted(path.name for path in files) == [
        f"{prepared.digest}-large.webp", f"{prepared.digest}-small.webp",
    ]  # fmt: skip
    assert (
        pictures.file(bare_node, prepared.digest, "large").read_bytes() == (prepared.files["large"])
    )
