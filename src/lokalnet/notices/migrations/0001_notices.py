"""Who is told of what, when, and by which mail. The schema's part is generated."""

import django.db.models.deletion
import django.db.models.functions.datetime
import lokalnet.foundation.times
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0009_own_areas'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('handed', 'Handed'), ('sent', 'Sent'), ('refused', 'Refused'), ('uncertain', 'Uncertain'), ('empty', 'Empty')], default='waiting', max_length=9)),
                ('pace', models.CharField(choices=[('at-once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('bell', 'No mail, only in Lokalnet')], default='at-once', max_length=7)),
                ('due_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('handed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('trouble', models.CharField(blank=True, max_length=40)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('subject', models.UUIDField()),
                ('since', models.BigIntegerField(null=True)),
                ('pace', models.CharField(blank=True, choices=[('at-once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('bell', 'No mail, only in Lokalnet')], max_length=7)),
                ('happened', models.PositiveIntegerField(db_default=1, default=1)),
                ('told', models.PositiveIntegerField(db_default=0, default=0)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=lokalnet.foundation.times.now)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=lokalnet.foundation.times.now)),
                ('waits_since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=lokalnet.foundation.times.now)),
                ('opened_at', models.DateTimeField(null=True)),
                ('hidden_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('message', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='notices', to='notices.message')),
                ('on_behalf_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='access.member')),
                ('mail', models.BooleanField(db_default=True, default=True)),
                ('quiet_from', models.PositiveSmallIntegerField(db_default=20, default=20)),
                ('quiet_until', models.PositiveSmallIntegerField(db_default=7, default=7)),
                ('quiet_weekends', models.BooleanField(db_default=False, default=False)),
                ('hour', models.PositiveSmallIntegerField(db_default=7, default=7)),
                ('most_a_day', models.PositiveSmallIntegerField(db_default=6, default=6)),
                ('pace', models.CharField(choices=[('at-once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('bell', 'No mail, only in Lokalnet')], db_default='at-once', default='at-once', max_length=7)),
                ('away_from', models.DateField(null=True)),
                ('away_until', models.DateField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('edition', models.PositiveIntegerField(db_default=1, default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('hour__lt', 24), ('quiet_from__lt', 24), ('quiet_until__lt', 24)), name='notices_hours_of_a_day'), models.CheckConstraint(condition=models.Q(('most_a_day__gte', 1), ('most_a_day__lte', 24)), name='notices_most_sensible'), models.CheckConstraint(condition=models.Q(('pace__in', ['at-once', 'daily', 'weekly', 'bell'])), name='notices_own_pace_known'), models.CheckConstraint(condition=models.Q(models.Q(('away_from__isnull', True), ('away_until__isnull', True)), models.Q(('away_from__isnull', False), ('away_from__lte', models.F('away_until')), ('away_until__isnull', False)), _connector='OR'), name='notices_away_forward')],
            },
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['member', '-handed_at'], name='message_by_member'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'handed'])), fields=['next_try_at'], name='message_open'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'handed', 'sent', 'refused', 'uncertain', 'empty'])), name='message_state_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('pace__in', ['at-once', 'daily', 'weekly'])), name='message_pace_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['handed', 'sent', 'refused', 'uncertain']), _negated=True), ('handed_at__isnull', False), _connector='OR'), name='message_handed_some_time'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('member',), name='message_waits_once'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('hidden_at__isnull', True), ('opened_at__isnull', True)), fields=['member'], name='notice_in_bell'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['member', '-opened_at'], name='notice_by_member'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('pace__in', ['', 'at-once', 'daily', 'weekly', 'bell'])), name='notice_pace_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('told__lte', models.F('happened'))), name='notice_told_of_what_happened'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('opened_at__isnull', True)), fields=('member', 'on_behalf_of', 'kind', 'subject'), name='notice_once_until_opened', nulls_distinct=False),
        ),
        protect("notices_preferences", "notices_message", "notices_notice"),
        sql_file(__file__, "notices"),
    ]
