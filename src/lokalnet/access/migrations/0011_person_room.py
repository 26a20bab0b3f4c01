"""Authorities and roles of the person room."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_status'),
        ('places', '0002_whole_picture'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='member',
            name='member_roles_known',
        ),
        migrations.RemoveConstraint(
            model_name='organisation',
            name='organisation_kind_known',
        ),
        migrations.AlterField(
            model_name='invitation',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('street-worker', 'Street worker'), ('ssp-consultant', 'SSP consultant'), ('professional', 'Teacher or pedagogue'), ('case-worker', 'Case worker'), ('local-officer', 'Local officer'), ('coordinator', 'Coordinator'), ('analyst', 'Analyst'), ('leader', 'Leader'), ('caretaker', 'Caretaker'), ('association-contact', 'Contact of an association'), ('data-protection-officer', 'Data protection officer'), ('administrator', 'Local administrator'), ('system', 'Connected system')], max_length=40), size=None),
        ),
        migrations.AlterField(
            model_name='member',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('street-worker', 'Street worker'), ('ssp-consultant', 'SSP consultant'), ('professional', 'Teacher or pedagogue'), ('case-worker', 'Case worker'), ('local-officer', 'Local officer'), ('coordinator', 'Coordinator'), ('analyst', 'Analyst'), ('leader', 'Leader'), ('caretaker', 'Caretaker'), ('association-contact', 'Contact of an association'), ('data-protection-officer', 'Data protection officer'), ('administrator', 'Local administrator'), ('system', 'Connected system')], max_length=40), size=None),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('police', 'Police'), ('municipality', 'Municipality'), ('housing', 'Housing association'), ('association', 'Association'), ('institution', 'Self-governing institution'), ('psychiatry', 'Psychiatry'), ('prison-service', 'Prison and probation service')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('roles__contained_by', ['street-worker', 'ssp-consultant', 'professional', 'case-worker', 'local-officer', 'coordinator', 'analyst', 'leader', 'caretaker', 'association-contact', 'data-protection-officer', 'administrator', 'system'])), name='member_roles_known'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['police', 'municipality', 'housing', 'association', 'institution', 'psychiatry', 'prison-service'])), name='organisation_kind_known'),
        ),
    ]
