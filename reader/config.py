"""Where things are and how the reader wants them: the configuration file and the folders."""

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path

APP = "reader"


def library_folder(given: Path | None = None) -> Path:
    """Return the library's folder: the one given, else $READER_LIBRARY, else the platform's."""
    if given is not None:
        return given.expanduser()
    if named := os.environ.get("READER_LIBRARY"):
        return Path(named).expanduser()
    return user_data_path(APP, appauthor=False)


def config_file(given: Path | None = None) -> Path:
    """Return the configuration file: the one given, else `config.toml` in the platform's folder."""
    return given.expanduser() if given else user_config_path(APP, appauthor=False) / "config.toml"
