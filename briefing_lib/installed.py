"""What is installed of this package and of others: a digest of it, under which results are kept."""

import hashlib
import sys
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable


def digest_of(*places: str, packages: tuple[str, ...] = ()) -> str:
    """Return a hex digest of some of this package, to the byte, and of Python and other packages, by their versions.

    Parameters
    ----------
    places
        Rooms and modules of this package: code and word lists.
    packages
        Names of distributions; those that are not installed are passed over.
    """
    digest = hashlib.sha256(f"Python {sys.version_info[:2]}\n".encode())
    for name in places:
        for path, data in _contents(files("briefing_lib") / name, name):
            digest.update(f"{path} {len(data)}\n".encode() + data)
    for package in packages:
        try:
            digest.update(f"{package} {metadata.version(package)}\n".encode())
        except metadata.PackageNotFoundError:
            continue
    return digest.hexdigest()


def _contents(place: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    """Yield the code and the word lists in a folder, or a file of one, with their paths, in order."""
    if not place.is_file():
        for item in sorted(place.iterdir(), key=lambda item: item.name):
            if item.name != "__pycache__":
                yield from _contents(item, f"{path}/{item.name}")
    elif path.endswith((".py", ".toml", ".txt")):
        # A checkout may end its lines otherwise on another system; the rules are the same.
        yield path, place.read_bytes().replace(b"\r\n", b"\n")
