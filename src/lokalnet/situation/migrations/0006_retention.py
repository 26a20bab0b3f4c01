"""What retention needs beyond its grants: the age of news, rows that go with their observation, its entry in the log.

And the judging of a text, which never worked.
"""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):
    dependencies = [("situation", "0005_acts"), ("places", "0002_whole_picture")]
    operations = [sql_file(__file__, "expiring"), sql_file(__file__, "judging")]
