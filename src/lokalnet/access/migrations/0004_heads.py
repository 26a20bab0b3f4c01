"""Whom the head of the log is mailed to each day."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0003_joining")]
    operations = [sql_file(__file__, "heads")]
