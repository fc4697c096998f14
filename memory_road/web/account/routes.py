"""What one's own account says of one."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import AnyOf, Length

from memory_road.accounts.permissions import Audience
from memory_road.accounts.tell import wish
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.facts.read import plain_name
from memory_road.mail.letter import Wish
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.language import NAMES

account = Blueprint("account", __name__, url_prefix="/<lang>/account", template_folder="templates")

WISHES = {
    Wish.AT_ONCE: _l("Each at once"),
    Wish.DAILY: _l("Once a day, all in one letter"),
    Wish.QUESTIONS: _l("Only when you need an answer from me"),
}


class ProfileForm(FlaskForm):
    """How somebody is named, and which letters they wish, in which language."""

    display_name = StringField(filters=[plain_name], validators=[Length(max=100)])
    pen_name = StringField(filters=[plain_name], validators=[Length(max=100)])
    language = SelectField(choices=[], validate_choice=False)
    letters = RadioField()


@account.route("/profile", methods=["GET", "POST"])
@audience(Audience.CONTRIBUTORS)
def profile() -> ResponseReturnValue:
    """See and change the profile."""
    own = db.session.get_one(Account, actor().id)
    form = ProfileForm(obj=own)
    offered = parts().settings.languages
    form.language.choices = [(code, NAMES[code]) for code in offered]
    form.letters.choices = [(each.value, str(WISHES[each])) for each in Wish]
    form.language.validators = [AnyOf(offered)]
    if request.method == "POST" and form.validate():
        own.display_name = (form.display_name.data or "").strip()
        own.language = form.language.data
        wish(own, Wish(form.letters.data))
        if actor().belongs_to(Audience.MODERATORS):
            own.pen_name = (form.pen_name.data or "").strip()
        return redirect(url_for("account.profile", said="profile"), 303)
    return render_template("account/profile.html", form=form, account=own)
