"""Who is told of the week's briefing."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_notices'),
        ('situation', '0017_briefing'),
    ]

    operations = [
        sql_file(__file__, "briefing_told"),
    ]
