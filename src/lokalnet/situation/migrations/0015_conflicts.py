"""Conflict readiness: contact tree, log, messages, reviews. The schema's part is generated."""

import django.db.models.deletion
import lokalnet.foundation.times
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_parallel'),
        ('situation', '0014_questions'),
    ]

    operations = [
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('words', models.TextField(max_length=2000)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_conflict_entry',
            },
        ),
        migrations.CreateModel(
            name='LogStanding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('standing', models.CharField(choices=[('unconfirmed', 'Unconfirmed'), ('confirmed', 'Confirmed'), ('refuted', 'Refuted')], max_length=12)),
                ('reason', models.TextField(max_length=2000)),
                ('after', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='situation.logstanding')),
                ('entry', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='standings', to='situation.logentry')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_conflict_standing',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('audience', models.CharField(choices=[('schools', 'Schools and after-school care'), ('residents', 'Residents'), ('clubs', 'Clubs and associations'), ('press', 'The press'), ('staff', 'Our own staff')], max_length=12)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_conflict_message',
            },
        ),
        migrations.CreateModel(
            name='MessageEdition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.TextField(max_length=2000)),
                ('builds_on', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='situation.logentry')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('message', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='editions', to='situation.message')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_conflict_edition',
            },
        ),
        migrations.CreateModel(
            name='MessageAgreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('edition', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='agreements', to='situation.messageedition')),
            ],
            options={
                'db_table': 'situation_conflict_agreement',
            },
        ),
        migrations.CreateModel(
            name='MessageWithdrawal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('reason', models.TextField(max_length=2000)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('message', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='withdrawals', to='situation.message')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_conflict_withdrawal',
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('day', models.DateField()),
                ('changed', models.TextField(max_length=2000)),
                ('choice', models.CharField(choices=[('hold', 'We hold on as we are'), ('scale-down', 'We scale down'), ('stand-down', 'We propose to stand down')], max_length=12)),
                ('who', models.TextField(blank=True, max_length=2000)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
            ],
            options={
                'db_table': 'situation_conflict_review',
            },
        ),
        migrations.CreateModel(
            name='TreeRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='Position')),
                ('function', models.CharField(max_length=80, verbose_name='Duty')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='Telephone')),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('changed_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('measure', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('parent', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='situation.treerow')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.partnership')),
            ],
            options={
                'db_table': 'situation_tree_row',
            },
        ),
        migrations.CreateModel(
            name='TreeCall',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('outcome', models.CharField(choices=[('reached', 'Reached'), ('not-reached', 'Not reached'), ('skipped', 'Is not to be rung')], max_length=12)),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('row', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='calls', to='situation.treerow')),
            ],
            options={
                'db_table': 'situation_tree_call',
            },
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['measure', 'at'], name='conflict_entry_by_time'),
        ),
        migrations.AddConstraint(
            model_name='logentry',
            constraint=models.UniqueConstraint(fields=('id', 'measure'), name='conflict_entry_of_measure'),
        ),
        migrations.AddConstraint(
            model_name='logentry',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='conflict_entry_says_something'),
        ),
        migrations.AddIndex(
            model_name='logstanding',
            index=models.Index(fields=['measure', 'at'], name='conflict_standing_by_time'),
        ),
        migrations.AddConstraint(
            model_name='logstanding',
            constraint=models.CheckConstraint(condition=models.Q(('standing__in', ['unconfirmed', 'confirmed', 'refuted'])), name='conflict_standing_known'),
        ),
        migrations.AddConstraint(
            model_name='logstanding',
            constraint=models.UniqueConstraint(fields=('entry', 'after'), name='conflict_standing_chain', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='logstanding',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='conflict_standing_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['schools', 'residents', 'clubs', 'press', 'staff'])), name='conflict_message_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('id', 'measure'), name='conflict_message_of_measure'),
        ),
        migrations.AddConstraint(
            model_name='messageedition',
            constraint=models.UniqueConstraint(fields=('message', 'number'), name='conflict_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='messageedition',
            constraint=models.UniqueConstraint(fields=('id', 'measure'), name='conflict_edition_of_measure'),
        ),
        migrations.AddConstraint(
            model_name='messageedition',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='conflict_edition_says_something'),
        ),
        migrations.AddConstraint(
            model_name='messageagreement',
            constraint=models.UniqueConstraint(fields=('edition', 'organisation'), name='conflict_agreement_once'),
        ),
        migrations.AddConstraint(
            model_name='messagewithdrawal',
            constraint=models.UniqueConstraint(fields=('message',), name='conflict_withdrawal_once'),
        ),
        migrations.AddConstraint(
            model_name='messagewithdrawal',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='conflict_withdrawal_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['hold', 'scale-down', 'stand-down'])), name='conflict_review_choice_known'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('measure', 'day'), name='conflict_review_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('changed', ''), _negated=True), name='conflict_review_says_something'),
        ),
        migrations.AddConstraint(
            model_name='treerow',
            constraint=models.UniqueConstraint(fields=('id', 'measure'), name='tree_row_of_measure'),
        ),
        migrations.AddConstraint(
            model_name='treerow',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='tree_row_rung_by_another'),
        ),
        migrations.AddConstraint(
            model_name='treerow',
            constraint=models.CheckConstraint(condition=models.Q(('measure__isnull', False), models.Q(('phone', ''), _negated=True), _connector='OR'), name='tree_template_can_be_rung'),
        ),
        migrations.AddIndex(
            model_name='treecall',
            index=models.Index(fields=['measure', 'at'], name='tree_call_by_time'),
        ),
        migrations.AddConstraint(
            model_name='treecall',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['reached', 'not-reached', 'skipped'])), name='tree_call_outcome_known'),
        ),
        protect("situation_tree_row", "situation_tree_call", "situation_conflict_entry", "situation_conflict_standing",
                "situation_conflict_message", "situation_conflict_edition", "situation_conflict_agreement",
                "situation_conflict_withdrawal", "situation_conflict_review"),
        sql_file(__file__, "conflicts"),
        sql_file(__file__, "conflict_words"),
    ]
