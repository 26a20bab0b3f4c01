"""Queries under policies may use more than one process."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0006_exercises")]
    operations = [sql_file(__file__, "parallel")]
