"""How much mail has not gone, for those who keep the service running."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices")]
    operations = [sql_file(__file__, "status")]
