"""What the jobs that make and import files ask before there is an actor."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("situation", "0007_figures")]
    operations = [sql_file(__file__, "files")]
