"""Watching the operations of torch, one by one, without loading its compiler."""

from torch.utils._python_dispatch import TorchDispatchMode


class Watching(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """A mode whose subclasses see every operation.

    torch keeps its compiler out of such classes by loading it: two seconds in which a user waits for a first tile.
    Nothing is compiled while operations are watched.
    """

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False
