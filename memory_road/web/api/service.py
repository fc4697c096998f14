"""How the interface for programs is put together, and its description (OpenAPI 3.1)."""

from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Response, current_app, jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_smorest import Api, Blueprint
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest

from memory_road.accounts.permissions import Audience
from memory_road.config import Settings
from memory_road.web.addresses import absolute
from memory_road.web.api.schemas import ProblemDetails
from memory_road.web.audience import audience
from memory_road.web.problem import MEDIA_TYPE, problem

VERSION = "1"
OPENAPI = "3.1.0"
ABOUT = (
    "Everybody may read, without a key. Lists are paged: follow `next` until it is null. Errors are problem details "
    "(RFC 9457). Facts are named and written as `/api/v1/vocabularies` says."
)


class ParametersWrong(BadRequest):
    """Parameters that cannot be understood; ``messages`` are by their names."""

    def __init__(self, messages: dict[str, list[str]]) -> None:
        super().__init__()
        self.messages = messages


class Parser(FlaskParser):
    """Reads parameters; what is wrong with them is told as all errors are."""

    def handle_error(self, error: Any, *_args: Any, **_options: Any) -> Any:
        """Called for parameters that do not fit their schema. Raises ``ParametersWrong``."""
        raise ParametersWrong(error.messages.get("query", {}))


class Reads(Blueprint):
    """Routes that are described, and that pages of other sites may read."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, path: str, description: str) -> None:
        super().__init__(name, __name__, url_prefix=path, description=description)
        self.after_request(for_every_site)


class Service(Api):
    """Flask-Smorest with the errors of our edge: its own would stand in the place of the whole site's."""

    ERROR_SCHEMA = ProblemDetails

    def _register_error_handlers(self) -> None:
        app: Any = self._app
        app.register_error_handler(ParametersWrong, _wrong_parameters)

    def _register_responses(self) -> None:
        spec, plugin = cast(Any, self.spec), cast(Any, self.ma_plugin)
        schema = plugin.resolver.resolve_schema_dict(ProblemDetails)
        content = {MEDIA_TYPE: {"schema": schema}}
        for status in HTTPStatus:
            spec.components.response(status.name, {"description": status.phrase, "content": content}, lazy=True)
        default = {"description": "Something went wrong", "content": content}
        spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, default, lazy=True)


description = Blueprint("api", __name__, url_prefix="/api")


@description.get("/openapi.json")
@audience(Audience.EVERYONE)
def openapi() -> ResponseReturnValue:
    """The description of everything that programs can ask."""
    service = cast(Any, current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"])
    return for_every_site(jsonify(service.spec.to_dict()))


def install(app: Flask, settings: Settings, *blueprints: Reads) -> None:
    """Add the interface to ``app``."""
    app.config.update(API_TITLE="Memory Road", API_VERSION=VERSION, OPENAPI_VERSION=OPENAPI)
    options = {"servers": [{"url": settings.base_url}], "info": {"description": ABOUT}}
    service = Service(app, spec_kwargs=options)
    for blueprint in blueprints:
        service.register_blueprint(blueprint)
    app.register_blueprint(description)


def for_every_site(response: Response) -> Response:
    """Pages of other sites may read it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _wrong_parameters(wrong: ParametersWrong) -> ResponseReturnValue:
    listed = [
        {"parameter": name, "detail": " ".join(map(str, messages))} for name, messages in sorted(wrong.messages.items())
    ]
    sentence = gettext(
        "Correct these parameters: %(names)s. What each of them takes is said in %(address)s.",
        names=", ".join(each["parameter"] for each in listed),
        address=absolute("api.openapi"),
    )
    return problem(400, gettext("This request is not complete"), sentence, errors=listed)
