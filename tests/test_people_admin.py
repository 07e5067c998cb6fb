"""People and their roles: who manages them, and how far that goes."""

import re
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from resolutions.models import DataVersion
from tests import cast
from tests.builders import sql
from tests.cast import empty_portal  # noqa: F401  # a fixture
from tests.doorstep import (
    PASSWORD,
    account,
    attempt,
    is_inside,
    sign_in,
    turn_on_second_factor,
)
from unga_portal.people import second_factor
from votes import roles

pytestmark = pytest.mark.usefixtures("empty_portal")

PEOPLE = "/admin/auth/user/"
NEW = "no bee keeps a diary"


@pytest.fixture
def administrator():
    account("olga", roles.ADMINISTRATOR)
    return sign_in("olga")


@pytest.fixture
def root():
    account("root", "superuser")
    return sign_in("root")


def group(name: str) -> int:
    return Group.objects.get(name=name).pk


def add(client: Client, name: str, **fields):
    given = {"username": name, "password1": PASSWORD, "password2": PASSWORD}
    return client.post(f"{PEOPLE}add/", given | fields)


def page_of(person: User, name: str = "change") -> str:
    return f"{PEOPLE}{person.pk}/{name}/"


def change(client: Client, person: User, **fields):
    given = {"username": person.username, "is_active": "on", **seen(client, person)}
    return client.post(page_of(person), given | fields)


def seen(client: Client, person: User) -> dict[str, str]:
    """Return what the form carries to tell whether somebody else saves meanwhile."""
    form = client.get(page_of(person)).content.decode()
    found = re.search(r'name="(_fingerprint)" value="(\w+)"', form)
    return {found[1]: found[2]} if found else {}


def take_away(client: Client, *people: User) -> list[str]:
    rows = [person.pk for person in people]
    form = {"action": "take_away_second_factor", "_selected_action": rows}
    response = client.post(PEOPLE, form)
    return [str(message) for message in get_messages(response.wsgi_request)]


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


# Roles


def rights(role: str) -> set[tuple[str, str]]:
    held = Permission.objects.filter(group__name=role)
    return {*held.values_list("content_type__app_label", "codename")}


def test_each_role_may_do_what_the_one_before_it_may():
    assert rights(roles.EDITOR) < rights(roles.REVIEWER) < rights(roles.ADMINISTRATOR)


def test_what_an_administrator_has_over_a_reviewer_is_the_people():
    assert rights(roles.ADMINISTRATOR) - rights(roles.REVIEWER) == {
        ("auth", "add_user"),
        ("auth", "change_user"),
        ("auth", "view_user"),
        ("axes", "view_accessfailurelog"),
    }


@pytest.mark.parametrize("role", roles.ROLES)
def test_the_command_makes_a_person_of_each_role_who_can_sign_in(monkeypatch, role):
    monkeypatch.setenv("EDITOR_PASSWORD", PASSWORD)
    call_command("create_editor", "ada", role=role, stdout=StringIO())

    assert [group.name for group in User.objects.get().groups.all()] == [role]
    assert is_inside(sign_in("ada"))


def test_the_command_knows_no_other_role():
    with pytest.raises(CommandError, match="invalid choice: 'superuser'"):
        call_command("create_editor", "ada", "--role", "superuser")


# Adding and changing people


def test_a_person_who_is_added_has_a_role_and_can_sign_in(administrator):
    names = {"first_name": "Ada", "last_name": "Byron", "email": "ada@portal.example"}
    response = add(administrator, "ada", groups=[group(roles.EDITOR)], **names)

    assert response.status_code == 302
    ada = User.objects.get(username="ada")
    assert (ada.is_staff, ada.is_superuser, ada.get_full_name()) == (True, False, "Ada Byron")
    assert is_inside(sign_in("ada"))
    assert LogEntry.objects.filter(object_id=ada.pk, user__username="olga").exists()


def test_a_weak_password_is_refused_in_words(administrator):
    response = add(administrator, "ada", password1="12345678", password2="12345678")

    assert response.status_code == 200
    assert "entirely numeric" in str(response.context["errors"])


def test_the_form_says_that_the_full_name_is_printed(administrator):
    for address in (f"{PEOPLE}add/", page_of(account("ada", roles.EDITOR))):
        assert "printed in the public change log" in administrator.get(address).content.decode()


def test_roles_are_given_and_taken(administrator):
    ada = account("ada", roles.EDITOR)
    change(administrator, ada, groups=[group(roles.REVIEWER)])
    assert [row.name for row in ada.groups.all()] == [roles.REVIEWER]

    change(administrator, ada)
    assert not ada.groups.exists()


def test_the_list_says_who_has_which_role_and_a_second_factor(administrator):
    account("ada", roles.EDITOR)
    turn_on_second_factor(sign_in("ada"))
    account("ben", roles.REVIEWER)
    html = administrator.get(PEOPLE).content.decode()

    rows = {row.split("</a>")[0].split(">")[-1]: row for row in html.split("<tr>") if "/a>" in row}
    assert "icon-yes" in rows["ada"].split('class="field-has_factor"')[1]
    assert "icon-no" in rows["ben"].split('class="field-has_factor"')[1]
    assert "editor" in rows["ada"]
    assert "reviewer" in rows["ben"]


@pytest.mark.parametrize("role", [roles.EDITOR, roles.REVIEWER])
def test_others_do_not_see_people(role):
    ada, visitor = account("ada", roles.EDITOR), account("visitor", role)
    client = sign_in("visitor")
    own, others = page_of(visitor), page_of(ada)

    for address in (PEOPLE, f"{PEOPLE}add/", own, others, page_of(ada, "password")):
        assert client.get(address).status_code == 403
        assert client.post(address, {"username": "x"}).status_code == 403


def test_a_change_of_a_name_is_a_change_of_what_the_public_sees(administrator):
    ada, before = account("ada", roles.EDITOR), DataVersion.objects.current()
    change(administrator, ada, last_name="Byron")

    assert DataVersion.objects.current() == before + 1


# How far it goes


def test_nobody_becomes_a_superuser_or_gets_a_single_right_through_a_form(administrator):
    rights = [*Permission.objects.values_list("pk", flat=True)]
    more = {"is_superuser": "on", "is_staff": "on", "user_permissions": rights}
    ada = account("ada", roles.EDITOR)
    change(administrator, ada, **more)
    add(administrator, "ben", **more)
    change(administrator, User.objects.get(username="olga"), **more)

    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(user_permissions__isnull=False).exists()


def test_a_group_that_is_no_role_cannot_be_given_and_is_not_lost(administrator, root):
    more = Group.objects.create(name="more")
    ada = account("ada", roles.EDITOR)
    response = change(administrator, ada, groups=[more.pk])
    assert "groups" in response.context["adminform"].form.errors

    ada.groups.add(more)
    change(root, ada, groups=[group(roles.REVIEWER)])
    assert {row.name for row in ada.groups.all()} == {"more", roles.REVIEWER}


def make_superuser(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_superuser=True)


def give_a_right(person: User) -> None:
    person.user_permissions.add(Permission.objects.get(codename="delete_user"))


def give_a_group(person: User) -> None:
    person.groups.add(Group.objects.create(name="more"))


@pytest.mark.parametrize("raise_up", [make_superuser, give_a_right, give_a_group])
def test_who_has_more_than_roles_is_touched_by_superusers_only(administrator, root, raise_up):
    above = account("above", roles.EDITOR)
    turn_on_second_factor(sign_in("above"))
    raise_up(above)
    password = {"password1": NEW, "password2": NEW, "usable_password": "true"}

    assert "algorithm" not in administrator.get(page_of(above)).content.decode()
    assert change(administrator, above, email="olga@portal.example").status_code == 403
    forged = change(administrator, above, email="olga@portal.example", _fingerprint="x")
    assert forged.status_code == 409
    assert administrator.get(page_of(above, "password")).status_code == 403
    assert administrator.post(page_of(above, "password"), password).status_code == 403
    assert "not yours" in take_away(administrator, above)[0]
    assert fresh(above).password == above.password
    assert fresh(above).email == ""
    assert TOTPDevice.objects.exists()

    assert change(root, above, email="above@portal.example").status_code == 302
    assert root.post(page_of(above, "password"), password).status_code == 302
    assert "without a second factor" in take_away(root, above)[-1]


@pytest.mark.parametrize("role", [roles.ADMINISTRATOR, "superuser"])
def test_nobody_takes_away_their_own_rights(role):
    own = account("own", role)
    client = sign_in("own")
    response = change(client, own, email="own@portal.example", is_active="")

    assert response.status_code == 302
    after = fresh(own)
    assert (after.email, after.is_active) == ("own@portal.example", True)
    assert after.groups.count() == own.groups.count()


@pytest.mark.parametrize("screen", ["auth/group/", "auth/permission/", "auth/group/1/change/"])
def test_what_a_role_may_do_is_no_screen_of_the_admin(root, screen):
    assert root.get(f"/admin/{screen}").status_code == 404


def test_a_new_password_given_by_an_administrator_ends_the_sessions(administrator):
    ada = account("ada", roles.EDITOR)
    session = sign_in("ada")
    form = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert administrator.post(page_of(ada, "password"), form).status_code == 302

    assert not is_inside(session)
    assert attempt(Client(), "ada", NEW).status_code == 302


# Leaving


def test_who_is_made_inactive_is_out_for_good(administrator):
    ada = account("ada", roles.EDITOR)
    session = sign_in("ada")
    change(administrator, ada, is_active="")
    assert not is_inside(session)
    assert attempt(Client(), "ada").status_code == 200
    assert Session.objects.count() == 1

    change(administrator, ada)
    assert fresh(ada).is_active
    assert not is_inside(session)


@pytest.mark.parametrize("role", [roles.ADMINISTRATOR, "superuser"])
def test_nobody_deletes_a_person_in_the_admin(role):
    ada = account("ada", roles.EDITOR)
    account("own", role)
    client = sign_in("own")
    form = {"action": "delete_selected", "_selected_action": [ada.pk], "post": "yes"}

    assert client.post(page_of(ada, "delete"), {"post": "yes"}).status_code == 403
    client.post(PEOPLE, form)
    assert User.objects.filter(username="ada").exists()


def log_something(person: User) -> None:
    LogEntry.objects.log_actions(person.pk, [person], 2, "Changed", single_object=True)


def enter_something(person: User) -> None:
    cast.text(origin="editor", entered_by=person, state="draft")


def publish_something(person: User) -> None:
    cast.text(reviewed_by=person)


@pytest.mark.parametrize("do", [log_something, enter_something, publish_something])
def test_a_person_who_did_anything_cannot_be_deleted(do):
    ada = account("ada", roles.EDITOR)
    do(ada)

    for delete in (ada.delete, User.objects.filter(pk=ada.pk).delete):
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    assert User.objects.get() == ada


def test_the_refusal_to_delete_says_what_to_do():
    ada = account("ada", roles.EDITOR)
    log_something(ada)

    with pytest.raises(ProtectedError, match="ada stays on record: deactivate the account"):
        ada.delete()


def test_the_database_itself_keeps_who_did_anything():
    ada = account("ada", roles.EDITOR)
    Group.objects.get(name=roles.EDITOR).user_set.clear()
    log_something(ada)

    with pytest.raises(IntegrityError):
        delete_behind_the_back(ada)


@transaction.atomic
def delete_behind_the_back(person: User) -> None:
    sql("DELETE FROM auth_user WHERE id = %s", person.pk)
    connection.check_constraints()


def test_a_person_who_never_did_anything_can_be_deleted():
    ada = account("ada", roles.EDITOR)
    second_factor.set_up(ada)

    ada.delete()
    assert not User.objects.exists()
    assert not TOTPDevice.objects.exists()


# The second factor of others


def test_an_administrator_takes_away_a_lost_second_factor(administrator):
    ada = account("ada", roles.EDITOR)
    turn_on_second_factor(sign_in("ada"))

    assert take_away(administrator, ada) == ["ada signs in without a second factor now."]
    assert is_inside(sign_in("ada"))
    entry = LogEntry.objects.filter(object_id=ada.pk).latest("pk")
    assert (entry.user.username, entry.change_message) == ("olga", "Took away the second factor.")


def test_ones_own_second_factor_goes_by_its_code_only(administrator):
    turn_on_second_factor(administrator)

    assert "not yours" in take_away(administrator, User.objects.get(username="olga"))[0]
    assert TOTPDevice.objects.exists()
