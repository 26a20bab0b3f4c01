"""Public figures from which nothing hidden can be had by subtraction."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("situation", "0006_retention")]
    operations = [sql_file(__file__, "figures")]
