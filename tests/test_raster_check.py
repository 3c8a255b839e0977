"""The look at a raster before GDAL gets it: every place of a VRT that names a file, archives, notes and companions."""

import gzip
import os
import time
import zipfile

import pytest

from qgis_ddpm.errors import InputError
from qgis_ddpm.raster_check import check_archived, check_raster
from qgis_ddpm.raster_formats import refused_format

MRF = "<MRF_META><Raster></Raster></MRF_META>"
HEAD = "<VRTDataset rasterXSize='8' rasterYSize='8'>"


def vrt(inside):
    return f"{HEAD}<VRTRasterBand dataType='Byte' band='1'>{inside}</VRTRasterBand></VRTDataset>"


def simple(name, tag="SourceFilename"):
    return vrt(f"<SimpleSource><{tag} relativeToVRT='1'>{name}</{tag}></SimpleSource>")


@pytest.fixture
def look(tmp_path):
    """Write a VRT beside a harmful raster (mrf.tif), a pipe and a good file (good.tif), and look at it."""
    (tmp_path / "mrf.tif").write_text(MRF)
    (tmp_path / "good.tif").write_bytes(b"II*\0good")
    (tmp_path / "sub").mkdir()
    os.mkfifo(tmp_path / "sub" / "pipe")

    def check(text, name="a.vrt"):
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        check_raster(str(tmp_path / name))

    return check


PLACES = {
    "element": simple("NAME"),
    "lower case": simple("NAME", "sourcefilename"),
    "complex": vrt("<ComplexSource><SourceFilename>NAME</SourceFilename></ComplexSource>"),
    "attribute": vrt("<SimpleSource SourceFilename='NAME'/>"),
    "cdata": simple("<![CDATA[NAME]]>"),
    "before a comment": simple("NAME<!-- x -->y"),
    "after a comment": simple("<!-- x -->NAME"),
    "entities": simple("".join(f"&#{ord(letter)};" for letter in "NAME")),
    "spaces": simple("\n  NAME \n"),
    "warped": f"{HEAD}<GDALWarpOptions><SourceDataset>NAME</SourceDataset></GDALWarpOptions></VRTDataset>",
    "processed": f"{HEAD}<Step><Argument name='gain_dataset_filename_1'>NAME</Argument></Step></VRTDataset>",
    "geolocation": f"{HEAD}<Metadata domain='GEOLOCATION'><MDI key='X_DATASET'>NAME</MDI></Metadata></VRTDataset>",
    "overviews": f"{HEAD}<Metadata domain='OVERVIEWS'><MDI key='OVERVIEW_FILE'>NAME</MDI></Metadata></VRTDataset>",
    "overview": vrt("<Overview><SourceFilename>NAME</SourceFilename></Overview>"),
    "mask": f"{HEAD}<MaskBand><VRTRasterBand><SimpleSource><SourceFilename>NAME</SourceFilename></SimpleSource>"
    "</VRTRasterBand></MaskBand></VRTDataset>",
    "second root name": simple("NAME").replace("<VRTDataset", "<?xml version='1.0'?>\n<VRTDataset"),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_found_wherever_gdal_would_take_it(look, place):
    text = PLACES[place]
    entities = "".join(f"&#{ord(letter)};" for letter in "NAME")

    def named(name):
        return text.replace(entities, "".join(f"&#{ord(letter)};" for letter in name)).replace("NAME", name)

    look(named("good.tif"))
    with pytest.raises(InputError, match=r"of a format \(MRF\) that is not read"):
        look(named("mrf.tif"))
    with pytest.raises(InputError, match="named pipe"):
        look(named("sub/pipe"))
    with pytest.raises(InputError, match="Nothing was fetched"):
        look(named("/vsicurl/http://127.0.0.1:9/a.tif"))


@pytest.mark.parametrize(
    "name",
    [
        "GTIFF_DIR:1:good.tif",
        "NETCDF:&quot;good.tif&quot;:v",
        "DERIVED_SUBDATASET:LOGAMPLITUDE:good.tif",
        "MEM:::DATAPOINTER=1,PIXELS=8,LINES=8",
        "&lt;MRF_META>&lt;/MRF_META>",
        "/vsisubfile/0_10,good.tif",
        "/vsisparse/good.tif",
        "/vsicrypt/key=a,file=good.tif",
        "/vsistdin/",
        "/vsitar/good.tar/a.tif",
        "/vsizip/{good.zip}/a.tif",
        "/vsizip/gone.zip/a.tif",
        "vrt://good.tif?bands=1",
    ],
)
def test_a_name_that_is_no_file_is_refused(look, name):
    with pytest.raises(InputError):
        look(simple(name))


@pytest.mark.parametrize(
    "text",
    [
        simple("good.tif").replace("</VRTDataset>", ""),
        simple("good.tif") + "<VRTDataset/>",
        f"<!DOCTYPE a>{simple('good.tif')}",
        simple("good.tif").encode() + b"\0",
        simple("good\xe9.tif").encode("latin-1"),
        vrt("<SimpleSource a='1' a='2'/>"),
        vrt("<PixelFunctionLanguage> python </PixelFunctionLanguage>"),
        vrt("<PixelFunctionLanguage>Pyt&#104;on</PixelFunctionLanguage>"),
        vrt("").replace("band='1'", "band='1' PixelFunctionLanguage='Python'"),
        vrt("<SourceFilename>/etc/passwd</SourceFilename>").replace("band='1'", "subClass='VRTRawRasterBand'"),
        vrt("<subClass>vrtrawrasterband</subClass><SourceFilename>../x</SourceFilename>"),
    ],
)
def test_what_gdal_would_not_have_written_is_refused(look, text):
    with pytest.raises(InputError) as caught:
        look(text)
    assert "a.vrt" in str(caught.value)


def test_words_that_only_look_like_names_are_let_be(look):
    look(
        f'{HEAD}<SRS>GEOGCS["a",AUTHORITY["http://x/","1"]]</SRS><Metadata><MDI key=\'ABOUT_FILE\'>http://x/y</MDI>'
        "</Metadata><Metadata domain='RPC'><MDI key='LINE_OFF'>http://x</MDI></Metadata>"
        "<VRTRasterBand><Description>http://x/mrf.tif</Description><SimpleSource><SourceFilename shared='0'>good.tif"
        "</SourceFilename><SourceBand>mask,1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"
    )


def test_archives_may_hold_pixels_but_nothing_that_names_files(look, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("good.tif", b"II*\0good")
        archive.writestr("a.vrt", simple("/etc/passwd"))
        archive.writestr("in/mrf.tif", MRF)
    (tmp_path / "mrf.gz").write_bytes(gzip.compress(MRF.encode()))
    look(simple(f"/vsizip/{tmp_path}/a.zip/good.tif"))
    for name in ("/vsizip/{}/a.zip/a.vrt", "/vsizip/{}/a.zip/in/mrf.tif", "/vsigzip/{}/mrf.gz"):
        with pytest.raises(InputError, match=r"of a format \((VRT|MRF)\)"):
            look(simple(name.format(tmp_path)))
        with pytest.raises(InputError):
            check_archived(name.format(tmp_path))


@pytest.mark.parametrize("beside", ["good.tif.ovr", "good.tif.msk", "good.tif.OVR"])
def test_companions_are_looked_at_as_well(tmp_path, beside):
    (tmp_path / "good.tif").write_bytes(b"II*\0good")
    check_raster(str(tmp_path / "good.tif"))
    (tmp_path / beside).write_text(simple("/vsicurl/http://127.0.0.1:9/a.tif"))
    with pytest.raises(InputError, match="Nothing was fetched"):
        check_raster(str(tmp_path / "good.tif"))


@pytest.mark.parametrize("ending", [".tif.aux.xml", ".prj"])
def test_notes_that_name_grids_are_refused(tmp_path, ending):
    (tmp_path / "good.tif").write_bytes(b"II*\0good")
    (tmp_path / f"good{ending}").write_text('<SRS>EXTENSION["PROJ4_GRIDS","a,/tmp/shift.gsb"]</SRS>')
    with pytest.raises(InputError, match="names a file of grids"):
        check_raster(str(tmp_path / "good.tif"))
    (tmp_path / f"good{ending}").write_text('<SRS>EXTENSION["PROJ4_GRIDS","ntv2_0.gsb"]</SRS>')
    check_raster(str(tmp_path / "good.tif"))


def test_a_ring_of_mosaics_ends_and_a_wide_one_is_quick(look, tmp_path):
    (tmp_path / "b.vrt").write_text(simple("a.vrt"))
    with pytest.raises(InputError, match="deep"):
        look(simple("b.vrt"))
    band = "<SimpleSource><SourceFilename>good.tif</SourceFilename><SrcRect xOff='0'/></SimpleSource>"
    start = time.perf_counter()
    look(vrt(band * 20_000))
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\n<MRF_META>", "MRF"),
        (b"CDF\x01", "netCDF"),
        (b"SQLite format 3\0", "SQLite"),
        (b"DatasetHeader Begin", "ERS"),
        (b"<GDAL_WMS>", "WMS"),
        (b"II*\0" + b"<MRF_META", ""),
        (b"ncols 3", ""),
    ],
)
def test_a_refused_format_is_known_by_how_its_files_begin(head, name):
    assert refused_format(head) == name


def test_what_qgis_copies_may_be_of_a_format_that_is_not_read(tmp_path):
    (tmp_path / "a.nc").write_bytes(b"CDF\x01rest")
    (tmp_path / "a.mrf").write_text(MRF)
    check_raster(str(tmp_path / "a.nc"), copied=True)
    with pytest.raises(InputError, match=r"netCDF.*Save it as a GeoTIFF"):
        check_raster(str(tmp_path / "a.nc"))
    with pytest.raises(InputError, match="MRF"):
        check_raster(str(tmp_path / "a.mrf"), copied=True)
