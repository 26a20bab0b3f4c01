"""Who may do what about an observation, search, the desk, and what goes by itself."""

from django.db import migrations

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):
    dependencies = [("situation", "0004_whole_picture"), ("access", "0006_exercises")]
    operations = [
        protect("situation_act", "situation_version", "situation_export", "situation_upload", "situation_savedview",
                "situation_contact", "situation_watch", "situation_known_place", "situation_sample"),
        sql_file(__file__, "acts"),
        sql_file(__file__, "consequences_at_first"),
        sql_file(__file__, "finding"),
        sql_file(__file__, "desk"),
        sql_file(__file__, "known_places_at_first"),
        sql_file(__file__, "retention"),
    ]
