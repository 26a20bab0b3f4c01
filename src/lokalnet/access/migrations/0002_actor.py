"""Who is acting: the functions that policies ask."""

from django.db import migrations

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        protect("access_organisation", "access_partnership", "access_party", "access_member", "access_member_area",
                "access_invitation", "access_key", "access_event"),
        sql_file(__file__, "actor"),
        sql_file(__file__, "policies"),
    ]
