"""Which bands correspond by their names, and when names say nothing."""

import pytest

from qgis_ddpm.core.raster.findings.band_names import differing, is_numbering, listed, match_names


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("B2", "B3", "B4"), ("B4", "B3", "B2"), ((0, 1, 2), (2, 1, 0))),
        (("B2", "B3"), ("b3 ", " B2"), ((0, 1), (1, 0))),
        # Bands of the first date that the second lacks are left out, and the other way round.
        (("B2", "B3", "B4", "B8"), ("B8", "B2"), ((0, 3), (1, 0))),
        (("NIR", "red"), ("red", "green", "NIR"), ((0, 1), (2, 0))),
        # A numbering in another order is what is left of a file whose bands were chosen.
        (("Band 1", "Band 2", "Band 3"), ("Band 3", "Band 2", "Band 1"), ((0, 1, 2), (2, 1, 0))),
    ],
)
def test_names_of_one_raster_are_found_in_the_other(first, second, expected):
    assert match_names(first, second) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("B2", "B3"), ("B3", "B4")),
        (("B2", None), ("B2", "B3")),
        (("B2", "B2"), ("B2", "B2")),
        ((None, None), ("B2", "B3")),
        # Both only count: four bands of blue to infrared and three of red to blue would be laid on each other.
        (("Band 1", "Band 2", "Band 3", "Band 4"), ("band 1", "band 2", "band 3")),
    ],
)
def test_names_that_do_not_say_match_nothing(first, second):
    assert match_names(first, second) is None


def test_only_named_bands_differ():
    assert differing(("B2", "B8"), ("B2", "B8A")) == ["B8 and B8A"]
    assert differing(("B2", None), ("B3", "B8A")) == ["B2 and B3"]
    assert differing(("B2", "B8"), (None, None)) == []
    assert differing(("B2", "B8"), ("Band_1", "Band_2")) == []
    assert is_numbering(("1", "2"))
    assert not is_numbering(("B2", "B3"))
    assert listed([str(number) for number in range(10)]).endswith("7 and 2 more")
