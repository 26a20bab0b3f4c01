"""What is unusual: groups of categories, looks, signals, what is said of them. The schema's part is generated."""

import django.contrib.postgres.fields
import django.db.models.deletion
import lokalnet.foundation.times
import lokalnet.situation.models.signals
import uuid
from django.db import migrations, models

from lokalnet.foundation.policies import protect, sql_file


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_status'),
        ('places', '0002_whole_picture'),
        ('situation', '0019_status'),
    ]

    operations = [
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('audience', models.CharField(choices=[('partnership', 'The municipalities and the police'), ('municipalities', 'The municipalities')], max_length=20)),
                ('theme', models.CharField(choices=[('unrest', 'Noise and unrest'), ('damage', 'Damage'), ('drugs', 'Drug dealing'), ('violence', 'Threats and violence'), ('good', 'Going well'), ('none', 'Not looked at')], max_length=20)),
                ('day', models.DateField()),
                ('looked_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('upto', models.BigIntegerField()),
                ('word', models.CharField(choices=[('unusual', 'Unusual'), ('maybe', 'Maybe'), ('too-little', 'Too little to go by'), ('quiet', 'Nothing unusual')], max_length=12)),
                ('counted', models.PositiveIntegerField()),
                ('reporters', models.PositiveIntegerField()),
                ('organisations', models.PositiveIntegerField()),
                ('per_year', models.FloatField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('audience', models.CharField(choices=[('partnership', 'The municipalities and the police'), ('municipalities', 'The municipalities')], max_length=20)),
                ('theme', models.CharField(choices=[('unrest', 'Noise and unrest'), ('damage', 'Damage'), ('drugs', 'Drug dealing'), ('violence', 'Threats and violence'), ('good', 'Going well'), ('none', 'Not looked at')], max_length=20)),
                ('kind', models.CharField(choices=[('cluster', 'Around a place'), ('area', 'In a whole area')], max_length=10)),
                ('cells', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('longitude', models.FloatField()),
                ('latitude', models.FloatField()),
                ('radius_m', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('open', 'Going on'), ('fading', 'Fading'), ('closed', 'Over')], default='open', max_length=10)),
                ('word', models.CharField(choices=[('unusual', 'Unusual'), ('maybe', 'Maybe'), ('too-little', 'Too little to go by'), ('quiet', 'Nothing unusual')], max_length=12)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('observed', models.PositiveIntegerField()),
                ('expected', models.FloatField()),
                ('ratio_low', models.FloatField()),
                ('ratio_high', models.FloatField()),
                ('per_year', models.FloatField()),
                ('reporters', models.PositiveSmallIntegerField()),
                ('organisations', models.PositiveSmallIntegerField()),
                ('stands_without', models.BooleanField()),
                ('opened_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('seen_at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('told_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='SignalMeasure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
            ],
            options={
                'db_table': 'situation_signal_measure',
            },
        ),
        migrations.CreateModel(
            name='SignalStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
                ('kind', models.CharField(choices=[('opened', 'First seen'), ('grew', 'Grew'), ('stronger', 'Became clearer'), ('weaker', 'Became less clear'), ('fading', 'Fades'), ('back', 'Is back'), ('together', 'Was put together with another'), ('wider', 'Goes on as one that the police see too'), ('closed', 'Over')], max_length=10)),
                ('figures', models.JSONField(default=lokalnet.situation.models.signals._empty)),
            ],
            options={
                'db_table': 'situation_signal_step',
            },
        ),
        migrations.CreateModel(
            name='SignalVerdict',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('turned_out', models.CharField(choices=[('real', 'Something real was going on'), ('artefact', 'It came of how we report'), ('known-event', 'It was an event that we knew of'), ('unclear', 'We cannot say')], max_length=12)),
                ('words', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
            ],
            options={
                'db_table': 'situation_signal_verdict',
            },
        ),
        migrations.CreateModel(
            name='StopQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('words', models.TextField(max_length=2000)),
                ('at', models.DateTimeField(default=lokalnet.foundation.times.now)),
            ],
            options={
                'db_table': 'situation_stop_question',
            },
        ),
        migrations.AddField(
            model_name='category',
            name='theme',
            field=models.CharField(choices=[('unrest', 'Noise and unrest'), ('damage', 'Damage'), ('drugs', 'Drug dealing'), ('violence', 'Threats and violence'), ('good', 'Going well'), ('none', 'Not looked at')], db_default='none', default='none', help_text='Categories of one group are looked at together for what is unusual.', max_length=20, verbose_name='Group'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('theme__in', ['unrest', 'damage', 'drugs', 'violence', 'good', 'none'])), name='category_theme_known'),
        ),
        migrations.AddField(
            model_name='look',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.partnership'),
        ),
        migrations.AddField(
            model_name='signal',
            name='area',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area'),
        ),
        migrations.AddField(
            model_name='signal',
            name='goes_on_as',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='situation.signal'),
        ),
        migrations.AddField(
            model_name='signal',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.partnership'),
        ),
        migrations.AddField(
            model_name='signalmeasure',
            name='measure',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='situation.measure'),
        ),
        migrations.AddField(
            model_name='signalmeasure',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member'),
        ),
        migrations.AddField(
            model_name='signalmeasure',
            name='signal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='situation.signal'),
        ),
        migrations.AddField(
            model_name='signalstep',
            name='signal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='situation.signal'),
        ),
        migrations.AddField(
            model_name='signalverdict',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member'),
        ),
        migrations.AddField(
            model_name='signalverdict',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation'),
        ),
        migrations.AddField(
            model_name='signalverdict',
            name='signal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verdicts', to='situation.signal'),
        ),
        migrations.AddField(
            model_name='stopquestion',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area'),
        ),
        migrations.AddField(
            model_name='stopquestion',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.member'),
        ),
        migrations.AddField(
            model_name='stopquestion',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation'),
        ),
        migrations.AddField(
            model_name='stopquestion',
            name='partnership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.partnership'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(fields=('partnership', 'audience', 'theme', 'day'), name='look_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['partnership', 'municipalities'])), name='look_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(('theme__in', ['unrest', 'damage', 'drugs', 'violence', 'good', 'none'])), name='look_theme_known'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(('word__in', ['unusual', 'maybe', 'too-little', 'quiet'])), name='look_word_known'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(fields=['partnership', '-opened_at'], name='signal_by_time'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['partnership', 'municipalities'])), name='signal_audience_known'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(('theme__in', ['unrest', 'damage', 'drugs', 'violence', 'good', 'none'])), name='signal_theme_known'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['cluster', 'area'])), name='signal_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'fading', 'closed'])), name='signal_state_known'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(('word__in', ['unusual', 'maybe', 'too-little'])), name='signal_word_known'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='signal_closed_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='signalmeasure',
            constraint=models.UniqueConstraint(fields=('signal', 'measure'), name='signal_measure_once'),
        ),
        migrations.AddConstraint(
            model_name='signalstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'grew', 'stronger', 'weaker', 'fading', 'back', 'together', 'wider', 'closed'])), name='signal_step_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='signalverdict',
            constraint=models.CheckConstraint(condition=models.Q(('turned_out__in', ['real', 'artefact', 'known-event', 'unclear'])), name='signal_verdict_known'),
        ),
        migrations.AddIndex(
            model_name='stopquestion',
            index=models.Index(fields=['partnership', 'area', '-at'], name='stop_question_by_area'),
        ),
        protect("situation_look", "situation_signal", "situation_signal_step", "situation_signal_verdict",
                "situation_signal_measure", "situation_stop_question"),
        sql_file(__file__, "signals"),
    ]
