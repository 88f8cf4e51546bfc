"""Makes at once the tables which the replaced steps made one after another (docs/operations.md)."""

import bcp_portal.accounts.private_files
import bcp_portal.annex.import_files
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('annex', '0001_initial'),
        ('annex', '0002_excel_import'),
        ('annex', '0003_confirmed_import_lines'),
        ('annex', '0004_uploaded_names'),
        ('annex', '0005_jobs'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_texts_without_limit'),
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnexSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='様式')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='名称')),
                ('subtitle', models.CharField(blank=True, max_length=120, verbose_name='副題')),
                ('reference_note', models.CharField(blank=True, max_length=200, verbose_name='参照先の注記')),
                ('managing_department', models.CharField(blank=True, max_length=80, verbose_name='管理部門')),
                ('confidentiality', models.CharField(choices=[('internal', '非公開'), ('partial', '一部非公開'), ('public', '公開')], default='internal', max_length=10, verbose_name='公開区分')),
                ('by_reference', models.BooleanField(default=False, verbose_name='別の文書を参照する（表を印刷しない）')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'code'), name='annex_setting_unique')],
            },
        ),
        migrations.CreateModel(
            name='ChoiceSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_code', models.CharField(max_length=60, verbose_name='選択肢の一覧')),
                ('value', models.CharField(max_length=40, verbose_name='コード')),
                ('label', models.CharField(blank=True, max_length=80, verbose_name='表示')),
                ('hidden', models.BooleanField(default=False, verbose_name='使わない')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='順')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'list_code', 'value'), name='choice_setting_unique')],
            },
        ),
        migrations.CreateModel(
            name='ColumnSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='表')),
                ('column', models.CharField(max_length=60, verbose_name='項目')),
                ('label', models.CharField(blank=True, max_length=60, verbose_name='項目名')),
                ('hidden', models.BooleanField(default=False, verbose_name='使わない')),
                ('public', models.CharField(blank=True, choices=[('show', '公開する'), ('mask', '伏せる'), ('hide', '載せない')], max_length=10, verbose_name='公開版')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'code', 'column'), name='column_setting_unique')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('payload', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('municipality', 'user', 'key'), name='draft_unique')],
            },
        ),
        migrations.CreateModel(
            name='ImportJob',
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
                ('code', models.CharField(blank=True, max_length=40, verbose_name='表')),
                ('file_name', models.CharField(max_length=1000, verbose_name='ファイル名')),
                ('file', models.FileField(blank=True, storage=bcp_portal.accounts.private_files.private_storage, upload_to=bcp_portal.annex.import_files.source_path, verbose_name='ファイル')),
                ('entries', models.FileField(blank=True, storage=bcp_portal.accounts.private_files.private_storage, upload_to=bcp_portal.annex.import_files.entries_path, verbose_name='確認の結果')),
                ('state', models.CharField(choices=[('queued', '順番待ち'), ('checking', '確認中'), ('assigning', '項目の指定待ち'), ('ready', '登録待ち'), ('apply_queued', '登録の順番待ち'), ('applying', '登録中'), ('done', '完了'), ('failed', '失敗')], default='queued', max_length=20, verbose_name='状態')),
                ('as_drafts', models.BooleanField(default=True, verbose_name='項目がそろわない行を「作成中」にする')),
                ('only_good', models.BooleanField(default=False, verbose_name='取り込める行だけを取り込む')),
                ('outline', models.JSONField(blank=True, default=list, verbose_name='シートの初めの行')),
                ('choices', models.JSONField(blank=True, default=dict, verbose_name='項目の指定')),
                ('confirmed', models.JSONField(blank=True, default=list, verbose_name='確かめた行')),
                ('summary', models.JSONField(blank=True, default=dict, verbose_name='確認の要約')),
                ('refusals', models.JSONField(blank=True, default=dict, verbose_name='登録のときに断られた行')),
                ('with_personal', models.BooleanField(default=False, verbose_name='個人情報を含む')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='依頼者')),
            ],
            options={
                'verbose_name': 'Excelからの取り込み',
                'verbose_name_plural': 'Excelからの取り込み',
                'ordering': ['-created_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['municipality', 'state'], name='import_job_state')],
            },
        ),
        migrations.CreateModel(
            name='RememberedColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='表')),
                ('label_key', models.CharField(max_length=200, verbose_name='見出し')),
                ('column', models.CharField(blank=True, max_length=60, verbose_name='項目')),
                ('constant', models.CharField(blank=True, max_length=200, verbose_name='すべての行に入れる値')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
            ],
            options={
                'verbose_name': '覚えた項目の対応',
                'verbose_name_plural': '覚えた項目の対応',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'code', 'label_key'), name='remembered_column_once')],
            },
        ),
    ]
