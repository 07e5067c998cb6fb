from django.db import migrations

from resolutions.append_only import never_changed


class Migration(migrations.Migration):
    dependencies = [("votes", "0003_adopted_as"), ("resolutions", "0003_append_only")]

    operations = [never_changed("votes_revision")]
