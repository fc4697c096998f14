"""The command line: builds the application and calls the verbs."""

import os
import secrets
import signal
import sys
from collections.abc import Callable
from functools import partial, wraps
from pathlib import Path
from typing import Any, NoReturn

import click
from flask_security import hash_password
from tqdm import tqdm

from memory_road import __version__
from memory_road.accounts.permissions import Role
from memory_road.accounts.second_factor import forget_second_factor
from memory_road.accounts.sessions import end_all
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.app import create_app
from memory_road.config import Settings, SettingWrong
from memory_road.contributions.quota import MEGABYTE, used
from memory_road.db import db, now, writing
from memory_road.demo.fill import DemoFolderRefused, prepare
from memory_road.jobs.check_files import Inspection
from memory_road.mail.letter import LetterKind
from memory_road.migrate import upgrade
from memory_road.owner.close import close
from memory_road.serve import AddressInUse, DatabaseNotReady, StoreNotReady, leave, serve, try_store
from memory_road.verification import NotSound, verify_files, verify_log
from memory_road.web.account.security import datastore
from memory_road.web.built import AssetsMissing, asset_folder
from memory_road.web.edge import Portal, parts

MISTAKES = (SettingWrong, AddressInUse, DatabaseNotReady, StoreNotReady, AssetsMissing, DemoFolderRefused, NotSound)

MOST_MEGABYTES = 2**31 - 1


def _fail(sentence: str) -> NoReturn:
    raise click.ClickException(sentence)


def _sentences(command: Callable[..., Any]) -> Callable[..., Any]:
    """What an operator can mend is said in one sentence, without a traceback."""

    @wraps(command)
    def said(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except MISTAKES as mistake:
            _fail(str(mistake))

    return said


def _settings() -> Settings:
    return Settings.from_environ(os.environ)


def _app() -> Portal:
    settings = _settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    return create_app(settings)


@click.group(context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="memory-road")
def main() -> None:
    """Memory Road: a memorial contribution portal. Settings are environment variables MEMORY_ROAD_…; see
    docs/operating.md."""


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port on the loopback address.")
@click.option("--folder", default="demo-data", show_default=True, type=click.Path(path_type=Path), help="Its own data.")
@click.option("--fresh", is_flag=True, help="Begin anew: removes what the demo kept before.")
@_sentences
def demo(port: int, folder: Path, fresh: bool) -> None:
    """Try the portal: fictional entries, ready accounts, on the loopback address only."""
    asset_folder()
    app, accounts = prepare(folder.absolute(), port, fresh)
    click.echo(f"\nMemory Road (demo) is on http://127.0.0.1:{port}/\n\n  Accounts, all with their password:\n")
    for account in accounts:
        click.echo(f"    {account.email:<36} {account.password:<20} {account.meaning}")
    click.echo(f"\n  Letters: http://127.0.0.1:{port}/demo/mail     End with Ctrl+C.\n")
    serve(app, "127.0.0.1", port)


@main.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@_sentences
def serve_command(host: str, port: int) -> None:
    """Serve the portal with the built-in server; without a broker, background work is done on threads of it."""
    asset_folder()
    serve(_app(), host, port)


@main.command()
@_sentences
def worker() -> None:
    """Do background work without serving: beside another WSGI server that runs wsgi.py, or behind a broker."""
    app = _app()
    with app.app_context():
        executor = parts().worker
        try_store(parts().store)
    signal.signal(signal.SIGTERM, leave)
    executor.work()


@main.group("db")
def database() -> None:
    """The database's schema."""


@database.command("upgrade")
@_sentences
def db_upgrade() -> None:
    """Bring the database to the newest schema; creates it when it is empty."""
    settings = _settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    upgrade(settings.database_url)
    click.echo("The database is up to date.")


@main.group()
def user() -> None:
    """Accounts."""


@user.command("create")
@click.argument("email")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), help="More than once."
)
@click.option("--pen-name", default="", help="As senders see a moderator.")
@click.password_option(help="Asked for when it is not given.")
@_sentences
def user_create(email: str, roles: tuple[str, ...], pen_name: str, password: str) -> None:
    """Create a confirmed account."""
    email = email.lower()
    with _app().app_context(), writing():
        if datastore.find_user(email=email, case_insensitive=True) is not None:
            _fail(f"There is already an account {email}: give it a role with “memory-road user promote”.")
        datastore.create_user(
            email=email,
            password=hash_password(password),
            confirmed_at=now(),
            roles=list(dict.fromkeys((Role.CONTRIBUTOR.value, *roles))),
            pen_name=pen_name,
            language=parts().settings.languages[0],
        )
        db.session.commit()
    click.echo(f"Created {email}.")


@user.command("promote")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@_sentences
def user_promote(email: str, role: str) -> None:
    """Give an account one more role."""
    with _app().app_context(), writing():
        account = datastore.find_user(email=email, case_insensitive=True)
        if not isinstance(account, Account):
            _fail(f"There is no account {email}: create it with “memory-road user create”.")
        added = datastore.add_role_to_user(account, role)
        db.session.commit()
    click.echo(f"{email} is now {role}." if added else f"{email} was {role} already.")


class Quota(click.ParamType):
    """A number of megabytes, or the word that takes an account's own quota away; that is None."""

    name = "MEGABYTES|default"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        if value == "default":
            return None
        if not value.isdecimal() or int(value) > MOST_MEGABYTES:
            self.fail("write a whole number of megabytes, or “default”", param, ctx)
        return int(value)


@user.command("quota")
@click.argument("email")
@click.argument("megabytes", type=Quota())
@_sentences
def user_quota(email: str, megabytes: int | None) -> None:
    """Give an account room of its own for pictures, or the usual room again."""
    with _app().app_context(), writing():
        account = datastore.find_user(email=email, case_insensitive=True)
        if not isinstance(account, Account):
            _fail(f"There is no account {email}: create it with “memory-road user create”.")
        account.quota_megabytes = megabytes
        taken = -(-used(account.id) // MEGABYTE)
        most = megabytes if megabytes is not None else parts().settings.photo_quota_megabytes
        db.session.commit()
    click.echo(f"The pictures of {email} take {taken} of {most} MB.")


@user.command("reset-second-step")
@click.argument("email")
@_sentences
def user_reset_second_step(email: str) -> None:
    """Forget app, passkeys and codes of somebody who has lost them; ends their sessions."""
    with _app().app_context(), writing():
        account = datastore.find_user(email=email, case_insensitive=True)
        if not isinstance(account, Account):
            _fail(f"There is no account {email}.")
        forget_second_factor(account.id)
        end_all(account.id)
        tell(account, LetterKind.SECOND_FACTOR, what="reset")
        db.session.commit()
    click.echo(f"{email} sets up the second step anew at the next look at the desk.")


@user.command("close")
@click.argument("email")
@click.confirmation_option(prompt="Its name, address, drafts and what waits are erased, which cannot be undone. Go on?")
@_sentences
def user_close(email: str) -> None:
    """Close an account for somebody who asks for it."""
    with _app().app_context(), writing():
        account = datastore.find_user(email=email, case_insensitive=True)
        if not isinstance(account, Account):
            _fail(f"There is no account {email}.")
        close(account.id, parts().store)
        db.session.commit()
    click.echo(f"The account of {email} is closed.")


@main.command()
@click.option("--head", default="", help="A number and hash that were printed earlier, as NUMBER:HASH.")
@click.option("--log-only", is_flag=True, help="Only the log, which takes seconds: for every backup.")
@click.option("--repair", is_flag=True, help="Make missing and damaged sizes and previews anew.")
@click.option("--after", default="", help="Go on where a check of the files was stopped: the place that it printed.")
@_sentences
def verify(head: str, log_only: bool, repair: bool, after: str) -> None:
    """Check the log of decisions and every file of every picture. Prints the log's newest number and hash, to be kept
    elsewhere. Originals are never touched."""
    with _app().app_context():
        wrong = [verify_log(head)]
        if not log_only:
            say = partial(tqdm.write, file=sys.stderr)
            wrong.append(verify_files(Inspection(parts().store, parts().limits, repair, say, after)))
    if any(wrong):
        _fail(" ".join(filter(None, wrong)))


@main.command("secret")
def secret() -> None:
    """Print a random secret for MEMORY_ROAD_SECRET_KEY."""
    click.echo(secrets.token_urlsafe(48))
