"""Makes at once the tables which the replaced steps made one after another (docs/operations.md)."""

import bcp_portal.accounts.private_files
import bcp_portal.archive.models
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('archive', '0001_initial'),
        ('archive', '0002_rows_shown'),
        ('archive', '0003_jobs'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_texts_without_limit'),
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchiveJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='識別子')),
                ('message', models.TextField(blank=True, verbose_name='説明')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='依頼日時')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='開始日時')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='終了日時')),
                ('turn', models.PositiveIntegerField(default=0, editable=False, verbose_name='依頼の回数')),
                ('begun_again', models.BooleanField(default=False, editable=False, verbose_name='もう一度始めた')),
                ('task_id', models.CharField(blank=True, editable=False, max_length=64, verbose_name='処理の番号')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('state', models.CharField(choices=[('queued', '順番待ち'), ('running', '作成中'), ('done', '完成'), ('failed', '失敗')], default='queued', max_length=10, verbose_name='状態')),
                ('file', models.FileField(blank=True, storage=bcp_portal.accounts.private_files.private_storage, upload_to=bcp_portal.archive.models.archive_path, verbose_name='ファイル')),
                ('file_bytes', models.PositiveBigIntegerField(default=0, verbose_name='大きさ（バイト）')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('row_count', models.PositiveBigIntegerField(default=0, verbose_name='行の件数')),
                ('shown_rows', models.JSONField(blank=True, editable=False, null=True, verbose_name='個人情報の載る行')),
                ('lost_files', models.JSONField(blank=True, default=list, verbose_name='失われていたファイル')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='依頼者')),
            ],
            options={
                'verbose_name': 'アーカイブ',
                'verbose_name_plural': 'アーカイブ',
                'ordering': ['-created_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['municipality', 'state'], name='archive_job_state')],
            },
        ),
    ]
