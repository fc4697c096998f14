"""The application for a WSGI server; its settings come from the environment."""

import gc
import os

from memory_road.app import create_app
from memory_road.config import Settings

app = create_app(Settings.from_environ(os.environ))

# What stands from here on is not looked through again and again by the garbage collector.
gc.collect()
gc.freeze()
