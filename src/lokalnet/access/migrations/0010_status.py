"""How much of the log is not sealed yet, for those who keep the service running."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0009_own_areas")]
    operations = [sql_file(__file__, "status")]
