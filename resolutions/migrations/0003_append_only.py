from django.db import migrations

from resolutions.append_only import never_changed


class Migration(migrations.Migration):
    dependencies = [
        ("resolutions", "0002_change"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [never_changed("resolutions_change"), never_changed("django_admin_log")]
