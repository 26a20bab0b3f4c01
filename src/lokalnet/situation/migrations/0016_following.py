"""What members follow, and what in the news of the picture is new to whom. The schema's part is generated."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lokalnet.foundation.times
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0009_own_areas'),
        ('notices', '0001_notices'),
        ('situation', '0015_conflicts'),
    ]

    operations = [
        migrations.AddField(
            model_name='change',
            name='reported_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='change',
            name='visibility_before',
            field=models.CharField(max_length=20, null=True),
        ),
        migrations.AlterField(
            model_name='change',
            name='kind',
            field=models.CharField(choices=[('reported', 'Reported'), ('imported', 'Imported'), ('changed', 'Changed'), ('widened', 'Widened')], max_length=20),
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('outline', models.JSONField(null=True)),
                ('categories', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('severity', models.PositiveSmallIntegerField(choices=[(0, 'Going well'), (1, 'Low'), (2, 'Medium'), (3, 'High')], null=True)),
                ('pace', models.CharField(choices=[('at-once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('bell', 'No mail, only in Lokalnet')], default='daily', max_length=10)),
                ('told_to', models.BigIntegerField()),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.member')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.partnership')),
            ],
            options={
                'indexes': [models.Index(fields=['told_to'], name='subscription_told_to')],
                'constraints': [models.UniqueConstraint(fields=('member', 'partnership', 'name'), name='subscription_name_once'), models.CheckConstraint(condition=models.Q(('pace__in', ['at-once', 'daily', 'weekly', 'bell'])), name='subscription_pace_known'), models.CheckConstraint(condition=models.Q(('severity__isnull', True), ('severity__in', [0, 1, 2, 3]), _connector='OR'), name='subscription_severity_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='subscription_has_name')],
            },
        ),
        protect("situation_subscription"),
        sql_file(__file__, "following"),
    ]
