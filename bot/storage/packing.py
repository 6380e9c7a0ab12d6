"""Files by name as one piece of bytes, and back."""

import json
import zlib
from collections.abc import Mapping


def packed(files: Mapping[str, str]) -> bytes:
    """Return the files as compressed bytes, the same for the same files."""
    return zlib.compress(json.dumps(dict(files), sort_keys=True).encode())


def unpacked(piece: bytes) -> dict[str, str]:
    """Return the files that were packed."""
    return json.loads(zlib.decompress(piece))
