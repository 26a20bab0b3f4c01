"""How much news has no number yet, for those who keep the service running."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("situation", "0018_briefing_told")]
    operations = [sql_file(__file__, "status")]
