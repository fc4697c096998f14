"""The application for a WSGI server; its settings come from the environment."""

import os

from memory_road.app import create_app
from memory_road.config import Settings

app = create_app(Settings.from_environ(os.environ))
