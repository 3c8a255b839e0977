"""Ways to spoil a whole file: blind ones for bytes, and lies that know the format."""

import json
import struct
import zlib
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

from tests.faults.samples import ROOM

Mutation = Callable[[bytes, Random], bytes]

NUMBERS = (0, 1, -1, 2, 255, 65535, 1 << 20, (1 << 31) - 1, (1 << 32) - 1, 1 << 60, (1 << 63) - 1, -(1 << 63), 1 << 200)
FLOATS = (float("nan"), float("inf"), -float("inf"), 1e308, -1e308, 5e-324, 0.1)
PATHS = (
    "/etc/passwd",
    "../../../../etc/passwd",
    "/vsicurl/http://127.0.0.1:9/a.tif",
    "/vsizip//vsicurl/http://127.0.0.1:9/a.zip/a.tif",
    "http://127.0.0.1:9/a.tif",
    "/dev/zero",
    "/proc/self/mem",
    "file\0name",
    "a" * 5000,
    "$HOME/`touch /tmp/owned`;touch /tmp/owned",
    "\ud800",
)


def spoil(content: bytes, random: Random) -> bytes:
    """One to three blind changes."""
    for _ in range(random.randint(1, 3)):
        content = random.choice(BLIND)(content, random)
    return content


def flip_bits(content: bytes, random: Random) -> bytes:
    """A few bits the other way round."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut_off(content: bytes, random: Random) -> bytes:
    """The first part of the file alone."""
    return content[: random.randrange(len(content) + 1)]


def write_extreme(content: bytes, random: Random) -> bytes:
    """An extreme number somewhere, likely in the header."""
    size, order = random.choice((1, 2, 4, 8)), random.choice("<>")
    if len(content) < size:
        return content
    place = random.randrange(min(len(content) - size + 1, random.choice((64, 512, 1 << 30))))
    value = random.choice(NUMBERS) % (1 << 8 * size)
    packed = struct.pack(f"{order}{ {1: 'B', 2: 'H', 4: 'I', 8: 'Q'}[size] }", value)
    return content[:place] + packed + content[place + size :]


def repeat_part(content: bytes, random: Random) -> bytes:
    """A part of the file twice, or not at all."""
    start, stop = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[start:stop] * random.choice((0, 2, 20)) + content[stop:]


def blank_part(content: bytes, random: Random) -> bytes:
    """A part of the file as zeros, ones or noise."""
    start, stop = sorted(random.randrange(len(content) + 1) for _ in range(2))
    fill = random.choice((b"\0", b"\xff", b""))
    return content[:start] + (fill * (stop - start) or random.randbytes(stop - start)) + content[stop:]


BLIND: tuple[Mutation, ...] = (flip_bits, cut_off, write_extreme, repeat_part, blank_part)


def tiff_lies(content: bytes, random: Random) -> bytes:
    """Entries of the first directory of a little-endian TIFF with other types, counts and values."""
    changed = bytearray(content)
    (start,) = struct.unpack_from("<I", changed, 4)
    if start + 2 > len(changed):
        return spoil(content, random)
    (count,) = struct.unpack_from("<H", changed, start)
    for _ in range(random.randint(1, 3)):
        entry = start + 2 + 12 * random.randrange(max(count, 1))
        if entry + 12 > len(changed):
            continue
        if random.random() < 0.6:
            # Width, height, rows a strip, tile sizes, samples, bits: sizes above all.
            struct.pack_into("<I", changed, entry + 8, random.choice(NUMBERS) % (1 << 32))
        elif random.random() < 0.5:
            struct.pack_into("<I", changed, entry + 4, random.choice(NUMBERS) % (1 << 32))
        else:
            struct.pack_into("<H", changed, entry + random.choice((0, 2)), random.randrange(1 << 16))
    return bytes(changed)


def png_lies(content: bytes, random: Random) -> bytes:
    """A PNG of other dimensions or depth than its pixels, with right checksums."""
    header = bytearray(content[16:29])
    place = random.choice((0, 4))
    if random.random() < 0.7:
        struct.pack_into(">I", header, place, random.choice(NUMBERS) % (1 << 32))
    else:
        header[random.randrange(8, 13)] = random.randrange(256)
    return content[:16] + bytes(header) + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + content[33:]


def idx_lies(content: bytes, random: Random) -> bytes:
    """Other counts than there are digits."""
    changed = bytearray(content)
    struct.pack_into(">I", changed, random.choice((4, 8, 12)), random.choice(NUMBERS) % (1 << 32))
    return bytes(changed)


def json_lies(content: bytes, random: Random) -> bytes:
    """Values of a JSON text of other kinds and sizes, keys missing or new, deep nesting."""
    try:
        values = json.loads(content)
    except ValueError:
        return spoil(content, random)
    for _ in range(random.randint(1, 3)):
        values = change_values(values, random)
    return json.dumps(values).encode()


def yaml_lies(content: bytes, random: Random) -> bytes:
    """Lines of a YAML text with tags, anchors, and values that YAML reads in its own way."""
    lines = content.decode().splitlines() or [""]
    where = random.randrange(len(lines))
    key = lines[where].split(":")[0]
    lines[where] = random.choice(
        (
            f"{key}: !!python/object/apply:os.system ['touch /tmp/owned']",
            f"{key}: !!python/object/new:os.system [touch /tmp/owned]",
            f"{key}: !!python/name:os.system",
            f"{_ALIASES}\n{key}: *i",
            f"{key}: &x [*x]",
            f"{key}: {'[' * random.choice((50, 5000))}",
            f"{key}: {random.choice(NUMBERS)}",
            f"{key}: {random.choice(['.nan', '.inf', '1e400', '0x7fffffffffffffff', '1:30', '2001-01-01', '~', '{}'])}",
            f"{key}: {json.dumps(random.choice(PATHS))}",
            f"? [{key}, b]\n: 3",
            f"{key}: !!binary aGVsbG8=",
            f"<<: {{{key}: 1}}",
            f"--- \n{key}: 1\n---",
            lines[where] + "\n" + lines[where],
        )
    )
    return "\n".join(lines).encode(errors="surrogatepass")


def safetensors_lies(content: bytes, random: Random) -> bytes:
    """A safetensors file whose header, or the card in it, says something else."""
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    choice = random.random()
    metadata = header.get("__metadata__", {})
    if choice < 0.7 and "card" in metadata:
        card = json.loads(metadata["card"])
        for _ in range(random.randint(1, 2)):
            card = change_values(card, random)
        metadata["card"] = json.dumps(card)
    elif choice < 0.9:
        header = change_values(header, random)
    else:
        return struct.pack("<Q", random.choice(NUMBERS) % (1 << 64)) + content[8:]
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + content[8 + length :]


def tag_lies(content: bytes, random: Random) -> bytes:
    """A GeoTIFF whose tags name overviews anywhere, scale pixels away, or are no XML."""
    payload = random.choice(
        (
            f'</Item><Item name="OVERVIEW_FILE" domain="OVERVIEWS">{random.choice(PATHS[:7])}</Item><Item name="a">',
            f'</Item><Item name="SCALE" sample="0" role="scale">{random.choice(FLOATS)}</Item><Item name="a">',
            f'</Item><Item name="OFFSET" sample="0" role="offset">{random.choice(NUMBERS)}</Item><Item name="a">',
            "</Item></GDALMetadata><GDALMetadata>",
            "<Item>" * 40,
            "&e;" * 90,
        )
    )
    return content.replace(ROOM.encode(), payload[: len(ROOM)].encode(errors="replace").ljust(len(ROOM)))


def palette_lies(content: bytes, random: Random) -> bytes:
    """A palette that is too short, of other depths, or of colours that are none."""
    changed = bytearray(content)
    (start,) = struct.unpack_from("<I", changed, 4)
    (count,) = struct.unpack_from("<H", changed, start)
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        (tag,) = struct.unpack_from("<H", changed, entry)
        # Bits, kind of pixels, samples, and the colours themselves.
        if tag in (258, 262, 277, 320) and random.random() < 0.5:
            struct.pack_into("<I", changed, entry + random.choice((4, 8)), random.choice(NUMBERS) % (1 << 32))
    return bytes(changed)


def notes_lies(content: bytes, random: Random) -> bytes:
    """Notes beside a raster (.aux.xml) that name overviews, grids of a CRS, or say other than the file does."""
    target = random.choice((*PATHS[:7], ":::BASE:::mosaic.vrt", ":::BASE:::../a.tif")).replace("\0", "")
    pieces = (
        f"<Metadata domain='OVERVIEWS'><MDI key='OVERVIEW_FILE'>{target}</MDI></Metadata>",
        f"<SRS>GEOGCS[&quot;a&quot;,EXTENSION[&quot;PROJ4_GRIDS&quot;,&quot;{target}&quot;]]</SRS>",
        f"<GeoTransform>{', '.join(str(random.choice(FLOATS)) for _ in range(6))}</GeoTransform>",
        f"<PAMRasterBand band='{random.choice(NUMBERS)}'><NoDataValue>{random.choice(FLOATS)}</NoDataValue>"
        "</PAMRasterBand>",
        "<PAMDataset>" * random.choice((2, 300)),
    )
    return content.replace(b"<PAMDataset>", f"<PAMDataset>{random.choice(pieces)}".encode(), 1)


def mrf_lies(content: bytes, random: Random) -> bytes:
    """A raster with a cache, which would be written where it says."""
    text = content.decode()
    pieces = (
        text.replace("before.tif", random.choice(PATHS[:7]).replace("\0", "")),
        text.replace("scene.idx", "/tmp/owned"),
        text.replace("48", str(random.choice(NUMBERS))),
        random.choice((" ", "\n", "\ufeff", "<?xml version='1.0'?>")) + text,
        text.replace("MRF_META", random.choice(("mrf_meta", "VRTDataset", "MRF_META a='1'"))),
    )
    return random.choice(pieces).encode()


def vrt_lies(content: bytes, random: Random) -> bytes:
    """A VRT that names other files, raw bytes, web addresses, code, entities, or itself."""
    text = content.decode()
    source = "mosaic.vrt" if "mosaic.vrt" in text else "before.tif"
    target = random.choice(
        (*PATHS[:7], "outer.vrt", "mosaic.vrt", "scene.mrf", "GTIFF_DIR:1:before.tif", "{target}", "&lt;MRF_META/>")
    )
    entity = f"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>{''.join(_BOMB)}]>"
    pieces = (
        text.replace(source, target.replace("\0", "")),
        text.replace(source, f"<![CDATA[{target}]]>".replace("\0", "")),
        text.replace(source, f"{target}<!-- a -->b".replace("\0", "")),
        text.replace("<SimpleSource>", f"<SimpleSource SourceFilename='{target}'>".replace("\0", "")),
        entity + text.replace(source, random.choice(("&e;", "&z;"))),
        text.replace(
            "band='1'>",
            f"band='1' subClass='VRTRawRasterBand'><SourceFilename relativetoVRT='0'>{target}</SourceFilename>"
            f"<ImageOffset>{random.choice(NUMBERS)}</ImageOffset><PixelOffset>1</PixelOffset><LineOffset>48</LineOffset>",
        ),
        text.replace(
            "band='1'>",
            "band='1' subClass='VRTDerivedRasterBand'><PixelFunctionType>f</PixelFunctionType><PixelFunctionLanguage>"
            "Python</PixelFunctionLanguage><PixelFunctionCode><![CDATA[import os\nos.system('touch /tmp/owned')\n"
            "def f(*a, **k): os.system('touch /tmp/owned')]]></PixelFunctionCode>",
        ),
        text.replace("48", str(random.choice(NUMBERS))),
        text.replace("<SimpleSource>", "<SimpleSource>" * random.choice((2, 300))),
    )
    return random.choice(pieces).encode()


# Ten of ten of ten: a kilobyte that stands for a thousand million of them.
_BOMB = ["<!ENTITY a 'aaaaaaaaaa'>"] + [f"<!ENTITY {name} '{f'&{old};' * 10}'>" for old, name in pairwise("abcdefghz")]
_ALIASES = "a: &a [x,x,x,x,x]\n" + "\n".join(
    f"{name}: &{name} [{f'*{old},' * 9}]" for old, name in pairwise("abcdefghi")
)


def change_values(values: Any, random: Random) -> Any:
    """A JSON value with one place changed."""
    if isinstance(values, dict) and values and random.random() < 0.85:
        key = random.choice(sorted(values))
        if random.random() < 0.1:
            return {name: value for name, value in values.items() if name != key}
        if random.random() < 0.1:
            return {**values, random.choice(("extra", "__class__", "format")): anything(random)}
        return {**values, key: change_values(values[key], random)}
    if isinstance(values, list) and values and random.random() < 0.7:
        place = random.randrange(len(values))
        return [*values[:place], change_values(values[place], random), *values[place + 1 :]]
    return anything(random)


def anything(random: Random) -> Any:
    """Any value that JSON can hold, mostly an unpleasant one."""
    kind = random.randrange(8)
    if kind <= 2:
        return random.choice(NUMBERS)
    if kind == 3:
        return random.choice(FLOATS)
    if kind == 4:
        return random.choice((*PATHS, "", "unet", "edm", "nan", "1e9999", "uint128", "<f8,<i4"))
    if kind == 5:
        return random.choice((None, True, False))
    if kind == 6:
        deep: Any = 1
        for _ in range(random.choice((3, 100, 900))):
            deep = [deep] if random.random() < 0.5 else {"a": deep}
        return deep
    return [random.choice(NUMBERS)] * random.choice((0, 1, 6, 3000))


LIES: dict[str, Mutation] = {
    "tif": tiff_lies,
    "tags": tag_lies,
    "palette": palette_lies,
    "notes": notes_lies,
    "mrf": mrf_lies,
    "png": png_lies,
    "idx": idx_lies,
    "json": json_lies,
    "geojson": json_lies,
    "yaml": yaml_lies,
    "safetensors": safetensors_lies,
    "vrt": vrt_lies,
}
