"""A second click on an invitation that was accepted a moment ago."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0002_actor")]
    operations = [sql_file(__file__, "joining")]
