"""Questions to partners who never log in, and what a measure was promised as. The schema's part is generated."""

import django.db.models.deletion
import lokalnet.foundation.times
import lokalnet.situation.models.questions
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_parallel'),
        ('partnership', '0001_commitments'),
        ('situation', '0013_presence'),
    ]

    operations = [
        migrations.AddField(
            model_name='measure',
            name='commitment',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnership.commitment'),
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('about_kind', models.CharField(choices=[('measure', 'Measure')], default='measure', max_length=12)),
                ('label', models.CharField(blank=True, max_length=80)),
                ('question', models.CharField(max_length=500)),
                ('kind', models.CharField(choices=[('confirm', 'Yes or no'), ('words', 'In words'), ('both', 'Yes or no, and in words')], max_length=8)),
                ('joins', models.BooleanField(default=False)),
                ('token_hash', models.BinaryField(unique=True)),
                ('asked_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('expires_at', models.DateTimeField(default=lokalnet.situation.models.questions.in_some_days)),
                ('answered_at', models.DateTimeField(null=True)),
                ('reply', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3)),
                ('words', models.CharField(blank=True, max_length=2000)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('noted_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('asked_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('measure', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='situation.measure')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.partnership')),
            ],
            options={
                'indexes': [models.Index(fields=['measure', '-asked_at'], name='question_by_measure'), models.Index(condition=models.Q(('answered_at__isnull', False), ('noted_at__isnull', True)), fields=['asked_by', '-answered_at'], name='question_by_asker')],
                'constraints': [models.CheckConstraint(condition=models.Q(('about_kind__in', ['measure'])), name='question_about_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['confirm', 'words', 'both'])), name='question_kind_known'), models.CheckConstraint(condition=models.Q(('reply__in', ['', 'yes', 'no'])), name='question_reply_known'), models.CheckConstraint(condition=models.Q(('measure__isnull', False)), name='question_about_something'), models.CheckConstraint(condition=models.Q(('asked_of__isnull', True), ('label', ''), _connector='XOR'), name='question_of_one'), models.CheckConstraint(condition=models.Q(('question', ''), _negated=True), name='question_says_something'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('asked_at'))), name='question_open_for_a_while'), models.CheckConstraint(condition=models.Q(('joins', False), models.Q(('asked_of__isnull', False), models.Q(('kind', 'words'), _negated=True)), _connector='OR'), name='question_joins_by_yes'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='question_answered_or_withdrawn'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', False), models.Q(('noted_at__isnull', True), ('reply', ''), ('words', '')), _connector='OR'), name='question_answer_has_time')],
            },
        ),
        protect("situation_question"),
        sql_file(__file__, "questions"),
    ]
