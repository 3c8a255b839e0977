"""Pieces: what lies together as it does in the mosaic, its box, and what of it is redrawn."""

import numpy as np

from qgis_ddpm.core.exemplar.pieces import beyond_limit, label_pieces, largest_piece

WIDTH = 1000


def block(row: int, col: int, height: int, width: int) -> np.ndarray:
    """Places of a window of the mosaic."""
    return (np.arange(row, row + height)[:, None] * WIDTH + np.arange(col, col + width)).astype(np.int64)


def test_pieces_are_what_lies_together_as_in_the_mosaic() -> None:
    places = np.concatenate([block(10, 20, 6, 8), block(500, 7, 6, 4)], axis=1)
    labels, boxes = label_pieces(places, WIDTH)
    assert boxes == [(slice(0, 6), slice(0, 8)), (slice(0, 6), slice(8, 12))]
    assert (labels[:, :8] == 1).all()
    assert (labels[:, 8:] == 2).all()
    # Touching only at a corner they are two.
    corner = np.block([[block(0, 0, 2, 2), block(90, 90, 2, 2)], [block(70, 70, 2, 2), block(2, 2, 2, 2)]])
    assert len(label_pieces(corner, WIDTH)[1]) == 4


def test_the_largest_piece_has_the_longest_side() -> None:
    places = np.concatenate([block(10, 20, 6, 5), block(500, 7, 6, 9)], axis=1)
    piece = largest_piece(places, WIDTH)
    assert (piece.row, piece.col, piece.height, piece.width, piece.side) == (0, 5, 6, 9, 9)
    assert divmod(piece.place, WIDTH) == (500, 7)
    assert piece.moved(100, 200).at == (100, 205)


def test_of_a_piece_beyond_the_limit_the_middle_stays() -> None:
    places = np.concatenate([block(10, 20, 20, 20), block(500, 7, 20, 4)], axis=1)
    redrawn = beyond_limit(places, WIDTH, 20)
    assert not redrawn.any()
    redrawn = beyond_limit(places, WIDTH, 8)
    assert not redrawn[6:14, 6:14].any()
    assert redrawn[:5, :20].all()
    assert redrawn[:5, 20:].all()
