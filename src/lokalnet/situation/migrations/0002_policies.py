"""Who reads which part of an observation, and the numbering of news."""

from django.db import migrations

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):
    dependencies = [("situation", "0001_initial"), ("access", "0002_actor")]
    operations = [
        protect("situation_category", "situation_observation", "situation_observation_exact",
                "situation_observation_text", "situation_receipt", "situation_import_row", "situation_change"),
        sql_file(__file__, "observations"),
        sql_file(__file__, "live"),
    ]
