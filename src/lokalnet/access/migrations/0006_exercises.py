"""Partnerships for training."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0005_whole_picture")]
    operations = [sql_file(__file__, "exercises")]
