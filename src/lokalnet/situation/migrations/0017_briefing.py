"""The week's briefing. The schema's part is generated."""

import django.db.models.deletion
import lokalnet.foundation.times
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0009_own_areas'),
        ('places', '0002_whole_picture'),
        ('situation', '0016_following'),
    ]

    operations = [
        migrations.CreateModel(
            name='Briefing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField()),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('replaced', 'Replaced by a newer edition')], default='draft', max_length=10)),
                ('figures', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('counted_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='BriefingDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('measure', 'A measure'), ('follow', 'Taken up again next week'), ('nothing', 'Nothing now')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='situation.briefing')),
                ('measure', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_briefing_decision',
            },
        ),
        migrations.CreateModel(
            name='BriefingReader',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('first_on', models.DateField()),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readers', to='situation.briefing')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_briefing_reader',
            },
        ),
        migrations.CreateModel(
            name='BriefingWords',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('section', models.CharField(max_length=60)),
                ('words', models.TextField(max_length=2000)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('written_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='situation.briefing')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_briefing_words',
            },
        ),
        migrations.AddIndex(
            model_name='briefing',
            index=models.Index(fields=['partnership', '-week'], name='briefing_by_week'),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.UniqueConstraint(fields=('partnership', 'municipality', 'week', 'edition'), name='briefing_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('partnership', 'municipality', 'week'), name='briefing_one_draft', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('partnership', 'municipality', 'week'), name='briefing_one_approved', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.CheckConstraint(condition=models.Q(('week__iso_week_day', 1)), name='briefing_week_is_a_monday'),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'approved', 'replaced'])), name='briefing_state_known'),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('organisation__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('approved_at__isnull', False), ('organisation__isnull', False)), _connector='OR'), name='briefing_approved_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='briefingdecision',
            index=models.Index(fields=['briefing', 'item', '-at'], name='briefing_decision_by_item'),
        ),
        migrations.AddConstraint(
            model_name='briefingdecision',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['measure', 'follow', 'nothing'])), name='briefing_decision_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='briefingreader',
            constraint=models.UniqueConstraint(fields=('briefing', 'organisation'), name='briefing_read_once'),
        ),
        migrations.AddConstraint(
            model_name='briefingwords',
            constraint=models.UniqueConstraint(fields=('briefing', 'section'), name='briefing_words_once'),
        ),
        protect("situation_briefing", "situation_briefing_words", "situation_briefing_decision",
                "situation_briefing_reader"),
        sql_file(__file__, "briefing"),
        sql_file(__file__, "briefing_counts"),
    ]
