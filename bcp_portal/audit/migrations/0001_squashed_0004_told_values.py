"""Makes at once the tables which the replaced steps made one after another (docs/operations.md)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_rows_shown'),
        ('audit', '0003_seals'),
        ('audit', '0004_told_values'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_texts_without_limit'),
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality',), name='one_chain_head')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(verbose_name='番号')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('actor_name', models.CharField(max_length=200, verbose_name='氏名')),
                ('actor_username', models.CharField(blank=True, max_length=150, verbose_name='利用者ID')),
                ('action', models.CharField(max_length=40, verbose_name='操作')),
                ('target_type', models.CharField(blank=True, max_length=80, verbose_name='対象の種類')),
                ('target_uid', models.CharField(blank=True, db_index=True, max_length=64, verbose_name='対象の識別子')),
                ('target_label', models.CharField(blank=True, max_length=300, verbose_name='対象')),
                ('changes', models.JSONField(default=list, verbose_name='変更内容')),
                ('note', models.TextField(blank=True, verbose_name='補足')),
                ('search_text', models.TextField(blank=True, verbose_name='検索用の文')),
                ('address', models.CharField(blank=True, max_length=64, verbose_name='端末')),
                ('shown_count', models.PositiveIntegerField(default=0, verbose_name='個人情報を見せた行の件数')),
                ('shown_digest', models.CharField(blank=True, default='', max_length=64)),
                ('sealed', models.JSONField(default=list, verbose_name='封をした記録')),
                ('told', models.JSONField(default=list, verbose_name='控えた値')),
                ('previous_digest', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, to='accounts.municipality', verbose_name='団体')),
            ],
            options={
                'verbose_name': '操作記録',
                'verbose_name_plural': '操作記録',
                'ordering': ['-sequence'],
                'indexes': [models.Index(fields=['municipality', 'action'], name='entry_action'), models.Index(fields=['municipality', 'at'], name='entry_at')],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'sequence'), name='entry_sequence')],
            },
        ),
        migrations.CreateModel(
            name='ShownRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(verbose_name='操作記録の番号')),
                ('row_type', models.CharField(blank=True, max_length=80, verbose_name='行の種類')),
                ('row_uid', models.CharField(max_length=120, verbose_name='行の識別子')),
                ('row_label', models.CharField(blank=True, max_length=300, verbose_name='行')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, to='accounts.municipality', verbose_name='団体')),
            ],
            options={
                'verbose_name': '個人情報を見せた行',
                'verbose_name_plural': '個人情報を見せた行',
                'ordering': ['sequence', 'pk'],
                'indexes': [models.Index(fields=['municipality', 'row_uid', 'sequence'], name='shown_row')],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'sequence', 'row_uid'), name='shown_once_an_entry')],
            },
        ),
    ]
