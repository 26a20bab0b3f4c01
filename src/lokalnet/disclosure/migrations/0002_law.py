"""What may be proposed as a ground, and which organisations spoke."""

from django.db import migrations

from lokalnet.foundation.policies import sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0001_gate'),
    ]

    operations = [
        sql_file(__file__, "law"),
    ]
