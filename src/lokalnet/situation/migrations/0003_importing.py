"""The member that an import acts as."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("situation", "0002_policies"), ("access", "0002_actor")]
    operations = [sql_file(__file__, "importing")]
