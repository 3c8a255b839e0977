"""What changed: kinds, direction and statistics of a whole job against the truth and against NumPy."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from rasterio.features import rasterize

from qgis_ddpm.core import run
from qgis_ddpm.core.change.ground import PIECE_PX
from qgis_ddpm.core.dry_run import estimate
from qgis_ddpm.core.kinds.rules import KINDS
from qgis_ddpm.core.pairs.matching import unchanged_fit
from qgis_ddpm.core.pairs.pair import Pair
from qgis_ddpm.core.progress import value_of
from qgis_ddpm.core.raster.grid import apply
from qgis_ddpm.errors import InputError, JobError
from qgis_ddpm.events import Cancelled, Event, Note, Progress, Result
from qgis_ddpm.jobs import DetectChanges
from tests.core.makers.grounds import CHANGES, PLACE, SIZE, make_ground

SQUARE_M = 900.0
BARE = (None, None, None, None)
NAMES = {kind.number: kind.name for kind in KINDS}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """a.tif and b.tif, the second through haze; truth.npy: the kinds."""
    folder = tmp_path_factory.mktemp("ground")
    np.save(folder / "truth.npy", make_ground(folder, gain=0.8, offset=300))
    return folder


def job(folder: Path, out: Path, **fields: Any) -> DetectChanges:
    """All outputs; ALIGN is off so that NumPy sees the same pixels."""
    paths = {"before": folder / "a.tif", "after": folder / "b.tif", "output": out / "o.tif", "kinds": out / "k.tif"}
    paths["polygons"] = out / "p.geojson"
    values = {**{name: str(path) for name, path in paths.items()}, "method": "irmad", "align": False, **fields}
    return DetectChanges(**values)


def finished(events: Iterator[Event]) -> tuple[dict[str, Any], str]:
    """The outputs, and what was said."""
    said = list(events)
    assert isinstance(said[-1], Result)
    return said[-1].outputs, " ".join(event.text for event in said if isinstance(event, Note))


def band(path: Path) -> NDArray[Any]:
    with rasterio.open(path) as file:
        values: NDArray[Any] = file.read(1)
        return values


def features(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text())["features"]
    return found


def covered(feature: dict[str, Any]) -> NDArray[np.bool_]:
    marked: NDArray[np.bool_] = rasterize([feature["geometry"]], (SIZE, SIZE), transform=PLACE["transform"]).astype(
        bool
    )
    return marked


def parcels(path: Path, boxes: dict[str, tuple[float, float, float, float]], **more: Any) -> str:
    """Boxes (row, column, height, width) as polygons with a name."""

    def ring(row: float, col: float, height: float, width: float) -> list[Any]:
        corners = [(col, row), (col + width, row), (col + width, row + height), (col, row + height), (col, row)]
        return [list(apply(PLACE["transform"], *corner)) for corner in corners]

    members = []
    for name, box in boxes.items():
        geometry = {"type": "Polygon", "coordinates": [ring(*box)]}
        members.append({"type": "Feature", "properties": {"name": name, **more}, "geometry": geometry})
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32618"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": members}))
    return str(path)


def test_kinds_are_those_of_the_truth_through_haze(tmp_path: Path, folder: Path) -> None:
    _, said = finished(run(job(folder, tmp_path)))
    truth, kinds, mask = np.load(folder / "truth.npy"), band(tmp_path / "k.tif"), band(tmp_path / "o.tif")
    assert ((kinds > 0) == (mask == 1)).all()
    for kind in CHANGES:
        here = (truth == kind) & (mask == 1)
        assert here.sum() > 0.9 * (truth == kind).sum()
        assert (kinds[here] == kind).mean() > 0.95, NAMES[kind]
    assert "loss of vegetation" in said
    assert "green, red, nir, swir1" in said
    with rasterio.open(tmp_path / "k.tif") as file:
        assert json.loads(file.tags()["KINDS"]) == {str(number): name for number, name in NAMES.items()}
        assert file.colormap(1)[4] == KINDS[3].colour
        assert file.nodata == 255


@pytest.mark.parametrize(("gain", "offset"), [(1.0, 0.0), (0.7, 0.0), (1.3, 500.0), (1.0, 900.0)])
def test_brightness_between_the_dates_is_no_kind(tmp_path: Path, gain: float, offset: float) -> None:
    truth = make_ground(tmp_path, gain=gain, offset=offset)
    finished(run(job(tmp_path, tmp_path)))
    kinds = band(tmp_path / "k.tif")
    inside = (truth > 0) & (kinds > 0)
    assert (kinds[inside] == truth[inside]).mean() > 0.95


@pytest.mark.parametrize("split", [True, False])
def test_numbers_of_polygons_are_those_of_numpy(tmp_path: Path, folder: Path, split: bool) -> None:
    finished(run(job(folder, tmp_path, split=split)))
    with Pair.open(str(folder / "a.tif"), str(folder / "b.tif")) as pair:
        before, after, _ = pair.read(0, 0, SIZE, SIZE)
        fit = value_of(unchanged_fit(pair))
    after = after * fit.gain[:, None, None] + fit.offset[:, None, None]
    kinds = band(tmp_path / "k.tif")
    union = np.zeros((SIZE, SIZE), dtype=int)
    for feature in features(tmp_path / "p.geojson"):
        inside, row = covered(feature), feature["properties"]
        union += inside
        assert row["area_m2"] == pytest.approx(SQUARE_M * inside.sum(), rel=2e-3)
        for place, name in enumerate(("green", "red", "nir", "swir1")):
            old, new = before[place][inside].mean(), after[place][inside].mean()
            assert row[f"{name}_before"] == pytest.approx(old, rel=1e-5)
            assert row[f"{name}_after"] == pytest.approx(new, rel=1e-4, abs=0.01)
            assert row[f"{name}_change"] == pytest.approx(new - old, rel=1e-3, abs=0.05)
        red, nir = (before[place][inside].mean(dtype=np.float64) for place in (1, 2))
        assert row["ndvi_before"] == pytest.approx((nir - red) / (nir + red), abs=1e-5)
        assert row["ndvi_change"] == pytest.approx(row["ndvi_after"] - row["ndvi_before"], abs=1e-5)
        counts = np.bincount(kinds[inside], minlength=7)
        assert row["kind"] == NAMES[int(counts.argmax())]
        if split:
            assert counts.max() == inside.sum()
            assert "kind_share" not in row
        else:
            assert row["kind_share"] == pytest.approx(counts.max() / inside.sum(), abs=1e-6)
    assert (union == (kinds > 0)).all()


def test_blocks_do_not_change_a_byte(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = []
    for block_px, rows in ((1024, None), (32, None), (57, None), (1024, 37)):
        out = tmp_path / f"{block_px}_{rows}"
        out.mkdir()
        if rows:
            monkeypatch.setattr("qgis_ddpm.core.change.map.strip_rows", lambda width, rows=rows: rows)
        layer = parcels(tmp_path / "parcels.geojson", {"all": (0, 0, 99, 99)})
        more = {"zones": str(out / "z.geojson"), "statistics": layer}
        finished(run(job(folder, out, block_px=block_px, classes=4, **more)))
        outputs.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert all(each == outputs[0] for each in outputs[1:3])
    # Strips follow from the width alone; others would number the polygons otherwise, and nothing else.
    assert outputs[3]["k.tif"] == outputs[0]["k.tif"]
    assert outputs[3]["z.geojson"] == outputs[0]["z.geojson"]


def test_polygons_of_a_kind_over_strips_are_whole(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = []
    for rows in (SIZE, 7):
        monkeypatch.setattr("qgis_ddpm.core.change.map.strip_rows", lambda width, rows=rows: rows)
        finished(run(job(folder, tmp_path)))
        found = features(tmp_path / "p.geojson")
        shapes.append(sorted((each["properties"]["kind"], each["properties"]["area_m2"]) for each in found))
    assert [kind for kind, _ in shapes[0]] == [kind for kind, _ in shapes[1]]
    assert np.allclose([area for _, area in shapes[0]], [area for _, area in shapes[1]], rtol=1e-9)


def test_clusters_tell_the_changes_apart(tmp_path: Path, folder: Path) -> None:
    finished(run(job(folder, tmp_path, classes=5, band_roles=None)))
    truth, kinds = np.load(folder / "truth.npy"), band(tmp_path / "k.tif")
    both = (truth > 0) & (kinds > 0)
    table = np.zeros((6, 6))
    np.add.at(table, (truth[both], kinds[both]), 1)
    # Each kind of the truth has a cluster of its own.
    assert len(set(table[1:].argmax(axis=1))) == 5
    assert table.max(axis=1).sum() / table.sum() > 0.95
    sizes = np.bincount(kinds.ravel(), minlength=6)[1:]
    assert (np.diff(sizes) <= 0).all()


def test_the_seed_of_clusters_is_the_jobs(tmp_path: Path, folder: Path) -> None:
    maps = []
    for seed in (0, 0, 7):
        finished(run(job(folder, tmp_path, classes=3, seed=seed)))
        maps.append((tmp_path / "k.tif").read_bytes())
    assert maps[0] == maps[1]


def test_clusters_without_names_and_with_fewer_ways(tmp_path: Path) -> None:
    make_ground(tmp_path, BARE)
    _, said = finished(run(job(tmp_path, tmp_path, classes=20, threshold=1.0)))
    assert "no kinds of change" in said
    assert set(np.unique(band(tmp_path / "k.tif"))) == {0}
    assert json.loads((tmp_path / "p.geojson").read_text())["columns"]["band_1_before"] == "double"


def test_without_roles_polygons_have_direction_alone(tmp_path: Path) -> None:
    make_ground(tmp_path, BARE)
    _, said = finished(run(job(tmp_path, tmp_path, kinds=None)))
    assert "BAND_ROLES" in said
    for feature in features(tmp_path / "p.geojson"):
        assert "kind" not in feature["properties"]
        assert "band_4_change" in feature["properties"]
    with pytest.raises(JobError, match=r"KINDS is .*red and a near infrared.*BAND_ROLES"):
        finished(run(job(tmp_path, tmp_path)))
    _, said = finished(run(job(tmp_path, tmp_path, band_roles="G, R, nir, other")))
    assert "name others with BAND_ROLES" not in said
    assert {"ndwi_after", "red_before", "band_4_before"} <= set(features(tmp_path / "p.geojson")[0]["properties"])


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"band_roles": "green,red,nir,thermal"}, JobError, "'thermal' is no role of a band"),
        ({"band_roles": "green,red,nir,nir"}, JobError, "nir is there twice"),
        ({"band_roles": "green,red,nir"}, JobError, "names 3 roles, but 4 bands"),
        ({"band_roles": "green,red,other,other"}, JobError, "need a red and a near infrared band"),
        ({"zones": "OUT/z.geojson"}, JobError, "STATISTICS is empty"),
        ({"statistics": "IN/lines.geojson"}, JobError, "ZONES is empty"),
        ({"classes": 4, "kinds": None, "polygons": None}, JobError, "no output would show kinds"),
        ({"classes": 1}, JobError, "CLASSES"),
        ({"statistics": "IN/lines.geojson", "zones": "OUT/z.geojson"}, InputError, "holds no polygons but LineString"),
        ({"statistics": "IN/far.geojson", "zones": "OUT/z.geojson"}, InputError, "does not overlap"),
        ({"statistics": "IN/none.geojson", "zones": "OUT/z.geojson"}, InputError, "cannot be read|no such file|not"),
        ({"statistics": "IN/far.geojson", "zones": "OUT/z.csv"}, JobError, "ZONES is .*geojson, .gpkg or .fgb"),
        ({"statistics": "IN/far.geojson", "zones": "IN/far.geojson"}, JobError, "read by the job as STATISTICS"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(
    tmp_path: Path, folder: Path, fields: dict[str, Any], error: type[Exception], words: str
) -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    (tmp_path / "lines.geojson").write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": line}))
    parcels(tmp_path / "far.geojson", {"far": (9000, 9000, 10, 10)})
    out = tmp_path / "out"
    put = {
        name: value.replace("IN", str(tmp_path)).replace("OUT", str(out)) if isinstance(value, str) else value
        for name, value in fields.items()
    }
    with pytest.raises(error, match=words):
        finished(run(job(folder, out, **put)))
    assert not out.exists()


def test_statistics_of_parcels(tmp_path: Path, folder: Path) -> None:
    boxes = {
        "felled": (18.0, 18.0, 20.0, 30.0),
        "overlapping": (20.0, 20.0, 8.0, 12.0),
        "quiet": (40.0, 5.0, 10.0, 10.0),
        "edge": (-5.0, 150.0, 10.0, 30.0),
        "sliver": (3.1, 3.1, 0.2, 0.2),
        "outside": (500.0, 500.0, 10.0, 10.0),
    }
    layer = parcels(tmp_path / "parcels.geojson", boxes, owner="Müller", changed_ha=-1)
    _, said = finished(run(job(folder, tmp_path, statistics=layer, zones=str(tmp_path / "z.geojson"), min_area=9000)))
    copy = json.loads((tmp_path / "z.geojson").read_text())
    given = json.loads(Path(layer).read_text())
    assert copy["crs"] == given["crs"]
    assert "2 of 6 polygons" in said
    assert "columns changed_ha already" in said
    kinds = band(tmp_path / "k.tif")
    for feature, old in zip(copy["features"], given["features"], strict=True):
        row = feature["properties"]
        assert feature["geometry"] == old["geometry"]
        assert row["owner"] == "Müller"
        inside = covered(feature)
        assert row["valid_m2"] == pytest.approx(SQUARE_M * inside.sum(), rel=2e-3)
        changed = inside & (kinds > 0)
        assert row["changed_m2"] == pytest.approx(SQUARE_M * changed.sum(), rel=2e-3)
        assert row["changed_ha"] == pytest.approx(row["changed_m2"] / 10_000)
        if not inside.any():
            assert row["changed_share"] is None
            continue
        assert row["changed_share"] == pytest.approx(changed.sum() / inside.sum(), abs=1e-5)
        shares = [row[f"{kind.column}_share"] for kind in KINDS]
        assert shares == pytest.approx([(kinds[inside] == kind.number).mean() for kind in KINDS], abs=1e-5)
    felled = copy["features"][0]["properties"]
    assert felled["loss_of_vegetation_share"] > 0.5


def test_statistics_without_crs_and_with_other_features(tmp_path: Path) -> None:
    make_ground(tmp_path, crs=None)
    layer = parcels(tmp_path / "parcels.geojson", {"all": (0, 0, SIZE, SIZE)})
    content = json.loads(Path(layer).read_text())
    content["features"] += [{"type": "Feature", "properties": None, "geometry": None}]
    Path(layer).write_text(json.dumps(content))
    fields = {"statistics": layer, "zones": str(tmp_path / "z.geojson")}
    finished(run(job(tmp_path, tmp_path, polygons=None, kinds=None, **fields)))
    whole, empty = (each["properties"] for each in features(tmp_path / "z.geojson"))
    assert whole["valid_m2"] == SIZE * SIZE
    assert whole["changed_ha"] is None
    assert empty["changed_m2"] is None


def stopped_at(stage: str, events: Iterator[Event]) -> None:
    for event in events:
        if isinstance(event, Progress) and event.text == stage:
            break
    assert isinstance(events.throw(Cancelled()), Cancelled)  # type: ignore[attr-defined]


@pytest.mark.parametrize("classes", [None, 4])
def test_a_cancelled_run_goes_on_to_the_same_bytes(tmp_path: Path, folder: Path, classes: int | None) -> None:
    layer = parcels(tmp_path / "parcels.geojson", {"all": (0, 0, SIZE, SIZE)})
    outs = [tmp_path / name for name in ("whole", "stopped")]
    jobs = []
    for out in outs:
        out.mkdir()
        jobs.append(job(folder, out, classes=classes, statistics=layer, zones=str(out / "z.geojson")))
    finished(run(jobs[0]))
    for stage in ("what changed", "kinds" if classes else "writing"):
        stopped_at(stage, run(jobs[1]))
        assert [path.name for path in outs[1].iterdir()] == ["o.tif.part"]
    # Other kinds need no new scores.
    assert "Going on" in finished(run(jobs[1].replace(min_area=0, band_roles=None)))[1]
    whole, resumed = ({path.name: path.read_bytes() for path in out.iterdir()} for out in outs)
    assert whole == resumed


def test_a_dry_run_says_what_the_run_would(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "out"
    told, said = finished(estimate(job(folder, out)))
    assert told["SECONDS"] >= 0
    assert "Kinds of change by rules" in said
    assert not out.exists()
    with pytest.raises(JobError, match="4 bands"):
        finished(estimate(job(folder, out, band_roles="red,nir")))


def test_pieces_are_no_block_of_the_job() -> None:
    assert PIECE_PX % 256 == 0
