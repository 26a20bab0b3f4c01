"""What a data protection officer is told of files and offers."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("youth", "0002_files"), ("disclosure", "0001_gate")]
    operations = [sql_file(__file__, "oversight")]
