"""The standard categories of partnerships that were there before get their groups; own ones are not looked at until
somebody says where they belong."""

from django.db import migrations

THEMES = {"nuisance": "unrest", "fireworks": "unrest", "unsafe-place": "unrest", "vandalism": "damage",
          "drug-dealing": "drugs", "threats": "violence", "violence": "violence", "shots": "violence",
          "weapons": "violence", "positive": "good"}


def group(_apps, editor):
    with editor.connection.cursor() as cursor:
        # The owner is bound by the table's policies otherwise, and a role that sees all has its grants only afterwards.
        cursor.execute("alter table situation_category no force row level security")
        cursor.execute("update situation_category c set theme = g.theme "
                       "from unnest(%s::text[], %s::text[]) g(slug, theme) where c.slug = g.slug",
                       [list(THEMES), list(THEMES.values())])
        cursor.execute("update situation_category set theme = 'good' where severity = 0")
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table situation_category force row level security")


class Migration(migrations.Migration):
    dependencies = [("situation", "0020_signals")]
    operations = [migrations.RunPython(group, migrations.RunPython.noop)]
