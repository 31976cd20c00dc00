"""A mark that only this user's askretail can make: what carries it was written here.

A library may come from anybody, and FAISS is not safe to run on files of strangers. So an index
is read only with our mark on it; without, it is made again from the database.
"""

import hmac
import json
import os
import secrets
from collections.abc import Mapping
from functools import lru_cache

from askretail_index.cache import cache_folder

KEY_FILE = "seal.key"
KEY_BYTES = 32


def seal(record: Mapping[str, object]) -> str:
    """Return the mark of a record, the same for the same content."""
    content = json.dumps(record, sort_keys=True).encode()
    return hmac.digest(_key(), content, "sha256").hex()


def is_sealed(record: Mapping[str, object], mark: object) -> bool:
    return isinstance(mark, str) and hmac.compare_digest(seal(record), mark)


@lru_cache(maxsize=1)
def _key() -> bytes:
    """Return the user's key, made at first use; where none can be kept, one for this process."""
    file = cache_folder() / KEY_FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        made = file.with_name(f"{KEY_FILE}.{secrets.token_hex(8)}")
        if not file.exists():
            descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(secrets.token_bytes(KEY_BYTES))
            made.replace(file)
        key = file.read_bytes()
    except OSError:
        key = b""
    return key if len(key) == KEY_BYTES else secrets.token_bytes(KEY_BYTES)
