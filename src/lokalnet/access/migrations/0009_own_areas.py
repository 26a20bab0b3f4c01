"""Members choose the areas that they follow themselves."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0008_devices")]
    operations = [sql_file(__file__, "own_areas")]
