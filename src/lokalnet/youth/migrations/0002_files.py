"""What the pages of files ask of the database beyond its policies (sql/files.sql)."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("youth", "0001_concern_and_file")]
    operations = [sql_file(__file__, "files")]
