import pytest
from django.core.management import call_command

from votes.models import MemberState, VoteEvent


@pytest.mark.django_db
def test_an_empty_database_gets_the_record_and_any_other_is_left_alone(capsys):
    call_command("load_demo", verbosity=0)
    assert MemberState.objects.count() >= 193
    assert VoteEvent.objects.exists()

    VoteEvent.objects.update(meeting="as an editor wrote it")
    call_command("load_demo", verbosity=0)
    assert "nothing was loaded" in capsys.readouterr().out
    assert not VoteEvent.objects.exclude(meeting="as an editor wrote it").exists()
