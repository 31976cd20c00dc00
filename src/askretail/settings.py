"""Settings and places: which library is meant, and how it was set up."""

import difflib
import os
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from askretail_index.cache import cache_folder as cache_folder
from askretail_index.library import is_library
from askretail_ingest.errors import BadSetting, NoLibrary

ENVIRONMENT = "ASKRETAIL_LIBRARY"
OWN_WORD = {"model": "ASKRETAIL_MODEL", "rerank": "ASKRETAIL_RERANK"}
FILE = "settings.toml"  # lies in the library


@dataclass(frozen=True, slots=True)
class Settings:
    """What a library's settings.toml may say."""

    model: str = ""  # "" the packaged model; else a local folder or a hub name
    rerank: str = ""  # "" none; else the local folder of a cross-encoder

    def __post_init__(self) -> None:
        for key, value in (("model", self.model), ("rerank", self.rerank)):
            if not isinstance(value, str):
                raise BadSetting(f"{FILE}: {key} must be a text, not {value!r}")


def read_settings(library: Path) -> Settings:
    """Return the settings of a library; raises BadSetting that names the file and the key."""
    file = library / FILE
    if not file.is_file():
        return Settings()
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSetting(f"{file}: not valid TOML ({error})") from error
    known = [field.name for field in fields(Settings)]
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            guess = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
            raise BadSetting(f"{file}: unknown setting {key!r}{guess}")
    return Settings(**values)


def allowed_model(library: Path) -> str:
    """Return the model of a library's settings, "" for the packaged one; raises BadSetting."""
    return _allowed(library, "model", read_settings(library).model)


def allowed_reranker(library: Path) -> str:
    """Return the cross-encoder of a library's settings, "" for none; raises BadSetting."""
    return _allowed(library, "rerank", read_settings(library).rerank)


def _allowed(library: Path, key: str, model: str) -> str:
    """Return a model that a library names, if it may be loaded.

    A library may come from anybody, and a model may be fetched or bring code along. So in any but
    the user's own data folder it counts only when the user names it too.
    """
    own = Path(platformdirs.user_data_dir("askretail")).resolve()
    word = OWN_WORD[key]
    if model and os.environ.get(word) != model and library.resolve() != own:
        raise BadSetting(
            f"{library / FILE} names the model {model!r}, and a library may come from anybody: "
            f"set {word}={model} if you want it loaded, else remove that line"
        )
    return model


def user_library() -> Path:
    """Return the folder of the user's own library, whether it exists or not."""
    named = os.environ.get(ENVIRONMENT, "")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("askretail"))


def choose_library(library: Path | str | None) -> Path | None:
    """Return the library meant, None for the sample.

    In order: the one named, ASKRETAIL_LIBRARY, the user's own if it is there, the sample.
    Raises NoLibrary for a named one that is not there.
    """
    if library is not None:
        folder = Path(library).expanduser()
    elif os.environ.get(ENVIRONMENT):
        folder = user_library()
    else:
        folder = user_library()
        if not is_library(folder):
            return None
    if not is_library(folder):
        raise NoLibrary(
            f"{folder} holds no library: run `askretail ingest PATH --library {folder}` first"
        )
    return folder
