"""What the build made for browsers: styles, scripts, fonts, in one folder that is named by a digest of all of them."""

import json
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"


class AssetsMissing(Exception):
    """The front end was not built."""


@cache
def asset_folder() -> str:
    """The folder of the present assets: its name is a hash of all of them, so that they can be cached for ever."""
    try:
        return str(json.loads((STATIC / "manifest.json").read_text())["digest"])
    except FileNotFoundError as missing:
        raise AssetsMissing("The front-end assets are missing: run “make assets”.") from missing


def asset(name: str) -> str:
    """The address of an asset, the same on every page."""
    return f"/static/{asset_folder()}/{name}"


def asset_file(name: str) -> Path:
    """Where an asset lies on the disk."""
    return STATIC / asset_folder() / name
