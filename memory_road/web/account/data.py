"""Take away everything that one has given."""

import threading

from flask import Blueprint, Response, make_response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.db import now
from memory_road.owner.download import archive_name, pack
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts

data = Blueprint("data", __name__, url_prefix="/<lang>/account/data", template_folder="templates")
MOST_AT_ONCE = 2
"""In one process of the site: a long download keeps one of its threads busy."""


class Turnstile:
    """Lets one download of an account through at a time, and ``MOST_AT_ONCE`` in all. Known to this process alone,
    since looking writes nothing."""

    def __init__(self) -> None:
        self._inside: set[int] = set()
        self._lock = threading.Lock()

    def enter(self, account_id: int) -> bool:
        """Whether it may begin; if so, ``leave`` has to follow."""
        with self._lock:
            if account_id in self._inside or len(self._inside) >= MOST_AT_ONCE:
                return False
            self._inside.add(account_id)
            return True

    def leave(self, account_id: int) -> None:
        """It has ended, well or badly."""
        with self._lock:
            self._inside.discard(account_id)


turnstile = Turnstile()


@data.get("")
@audience(Audience.CONTRIBUTORS)
def page() -> ResponseReturnValue:
    """What the archive holds, and how to close the account."""
    return render_template("account/data.html", busy=False)


@data.get("/archive")
@audience(Audience.CONTRIBUTORS)
def archive() -> ResponseReturnValue:
    """The archive, made while it is sent."""
    account_id = actor().id
    read_me = "\n\n".join(
        (
            gettext("Everything that you have given to this site, and what it knows of you."),
            gettext("Your pictures lie beside each contribution, unchanged, as you sent them."),
            gettext("The files that end in .json can be opened with any text editor, and read by programs."),
            gettext("What other people wrote to you is not in it, since it is theirs."),
        )
    )
    if not turnstile.enter(account_id):
        answer = make_response(render_template("account/data.html", busy=True), 429)
        answer.headers["Retry-After"] = "60"
        return answer
    content = stream_with_context(pack(account_id, parts().store, parts().settings, read_me + "\n"))
    answer = Response(content if request.method == "GET" else (), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{archive_name(now())}"'
    answer.call_on_close(lambda: turnstile.leave(account_id))
    return answer
