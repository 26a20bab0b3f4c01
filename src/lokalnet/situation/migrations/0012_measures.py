"""Measures: what is agreed to be done, who takes part, and each step. The schema's part is generated."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import lokalnet.foundation.times
import lokalnet.situation.models.measures
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_parallel'),
        ('situation', '0011_assessments'),
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('measure', 'Measure'), ('conflict', 'Conflict readiness')], default='measure', max_length=10)),
                ('visibility', models.CharField(choices=[('organisation', 'Only us'), ('municipalities', 'The municipalities'), ('partnership', 'Also the police')], max_length=20)),
                ('title', models.CharField(max_length=120)),
                ('problem', models.TextField(blank=True, max_length=2000)),
                ('known', models.TextField(blank=True, max_length=2000)),
                ('doing', models.TextField(blank=True, max_length=2000)),
                ('sign', models.TextField(blank=True, max_length=2000)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('due_on', models.DateField(null=True)),
                ('ends_on', models.DateField()),
                ('ended_on', models.DateField(editable=False, null=True)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('under-way', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped'), ('ended', 'Ended by itself')], default='proposed', max_length=10)),
                ('outcome', models.TextField(blank=True, max_length=2000)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('changed_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='MeasureObservation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='about', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('observation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.observation')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_measure_observation',
            },
        ),
        migrations.CreateModel(
            name='MeasurePartner',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('joined', 'takes part'), ('declined', 'takes no part')], max_length=10)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='partners', to='situation.measure')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_measure_partner',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('proposed', 'Proposed it'), ('agreed', 'Agreed to it'), ('started', 'Started it'), ('done', 'Said that it is done'), ('dropped', 'Dropped it'), ('ended', 'It ended by itself'), ('prolonged', 'Prolonged it'), ('reopened', 'Took it up again'), ('changed', 'Changed it'), ('asked', 'Asked a partner to join'), ('unasked', 'Took back a question to a partner'), ('joined', 'Joined'), ('declined', 'Takes no part'), ('commented', 'Commented'), ('answered', 'Answered')], max_length=20)),
                ('note', models.TextField(blank=True, max_length=2000)),
                ('detail', models.JSONField(default=lokalnet.situation.models.measures._empty)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='situation.measure')),
                ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(models.F('partnership'), django.db.models.functions.comparison.Coalesce('due_on', 'ends_on'), models.F('id'), condition=models.Q(('state__in', ('proposed', 'agreed', 'under-way'))), name='measure_open'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(models.F('organisation'), django.db.models.functions.comparison.Coalesce('due_on', 'ends_on'), models.F('id'), condition=models.Q(('state__in', ('proposed', 'agreed', 'under-way'))), name='measure_open_of_ours'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(models.F('owner'), django.db.models.functions.comparison.Coalesce('due_on', 'ends_on'), models.F('id'), condition=models.Q(('state__in', ('proposed', 'agreed', 'under-way'))), name='measure_open_of_mine'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(models.F('partnership'), models.OrderBy(models.F('changed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='measure_by_change'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(models.F('partnership'), models.F('state'), models.OrderBy(models.F('changed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='measure_by_state'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(models.F('organisation'), models.OrderBy(models.F('changed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='measure_by_change_of_ours'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(models.F('owner'), models.OrderBy(models.F('changed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='measure_by_change_of_mine'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(condition=models.Q(('state', 'proposed')), fields=['organisation', 'made_at'], name='measure_proposed'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(condition=models.Q(('outcome', ''), ('state', 'ended')), fields=['owner'], name='measure_wants_outcome'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['partnership', '-made_at'], name='measure_by_birth'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(condition=models.Q(('state__in', ('proposed', 'agreed', 'under-way'))), fields=['ends_on'], name='measure_by_end'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['measure', 'conflict'])), name='measure_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['organisation', 'municipalities', 'partnership'])), name='measure_visibility_known'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'agreed', 'under-way', 'done', 'dropped', 'ended'])), name='measure_state_known'),
        ),
        migrations.AddConstraint(
            model_name='measureobservation',
            constraint=models.UniqueConstraint(fields=('measure', 'observation'), name='measure_observation_once'),
        ),
        migrations.AddIndex(
            model_name='measurepartner',
            index=models.Index(fields=['organisation', 'state', '-at'], name='measure_partner_by_state'),
        ),
        migrations.AddConstraint(
            model_name='measurepartner',
            constraint=models.UniqueConstraint(fields=('measure', 'organisation'), name='measure_partner_once'),
        ),
        migrations.AddConstraint(
            model_name='measurepartner',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'joined', 'declined'])), name='measure_partner_state_known'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['measure', 'at'], name='step_by_measure'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['proposed', 'agreed', 'started', 'done', 'dropped', 'ended', 'prolonged', 'reopened', 'changed', 'asked', 'unasked', 'joined', 'declined', 'commented', 'answered'])), name='step_kind_known'),
        ),
        protect("situation_measure", "situation_measure_partner", "situation_measure_observation", "situation_step"),
        sql_file(__file__, "measures"),
        sql_file(__file__, "steps"),
    ]
