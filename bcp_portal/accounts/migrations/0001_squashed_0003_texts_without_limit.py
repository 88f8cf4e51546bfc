"""Makes at once the tables which the replaced steps made one after another (docs/operations.md)."""

import bcp_portal.accounts.codes
import bcp_portal.ui.eras
import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_sign_in_sessions'),
        ('accounts', '0003_texts_without_limit'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, unique=True, validators=[bcp_portal.accounts.codes.validate_municipality_code], verbose_name='団体コード')),
                ('name', models.CharField(max_length=80, verbose_name='団体名')),
                ('prefecture', models.CharField(max_length=10, verbose_name='都道府県')),
                ('date_style', models.CharField(choices=[(bcp_portal.ui.eras.DateStyle['WAREKI'], '和暦'), (bcp_portal.ui.eras.DateStyle['SEIREKI'], '西暦')], default=bcp_portal.ui.eras.DateStyle['WAREKI'], max_length=10, verbose_name='日付の表記')),
                ('postal_address', models.CharField(blank=True, max_length=200, verbose_name='所在地')),
                ('telephone', models.CharField(blank=True, max_length=30, verbose_name='代表電話')),
                ('ict_department_name', models.CharField(blank=True, max_length=80, verbose_name='ICT部門の名称')),
            ],
            options={
                'verbose_name': '団体',
                'verbose_name_plural': '団体',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('display_name', models.CharField(max_length=80, verbose_name='氏名')),
                ('password_is_initial', models.BooleanField(default=False, editable=False, help_text='本人が変更するまで、パスワードの変更のほかは何もできません。', verbose_name='初期パスワードのまま')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '利用者',
                'verbose_name_plural': '利用者',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='識別子')),
                ('row_no', models.PositiveIntegerField(db_index=True, default=0, editable=False, verbose_name='No.')),
                ('note', models.TextField(blank=True, verbose_name='備考')),
                ('row_status', models.CharField(choices=[('active', '有効'), ('draft', '作成中'), ('retired', '廃止')], default='active', max_length=10, verbose_name='状態')),
                ('confidentiality', models.CharField(choices=[('internal', '非公開'), ('partial', '一部非公開'), ('public', '公開')], default='internal', max_length=10, verbose_name='公開区分')),
                ('evidence', models.TextField(blank=True, verbose_name='根拠・出典')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='最終確認日')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='更新回数')),
                ('name', models.CharField(help_text='組織規則にある名前を書きます。例：総務部情報政策課', max_length=80, verbose_name='部署名')),
                ('aliases', models.JSONField(blank=True, default=list, help_text='以前の名前や略した呼び方を「、」で区切って書きます。例：電算課、情政課', verbose_name='別名・略称')),
                ('is_ict', models.BooleanField(default=False, help_text='この計画を受け持つ部署は「はい」とします。', verbose_name='ICT部門')),
                ('valid_from', models.DateField(blank=True, help_text='部署ができた日を書きます。例：令和8年4月1日', null=True, verbose_name='設置日')),
                ('valid_to', models.DateField(blank=True, help_text='部署がなくなった日を書きます。今ある部署は空欄にします。', null=True, verbose_name='廃止日')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成者')),
                ('parent', models.ForeignKey(blank=True, help_text='この部署が属する部や課を選びます。', null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.department', verbose_name='上位の部署')),
                ('updated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='更新者')),
                ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='確認者')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
            ],
            options={
                'verbose_name': '部署',
                'verbose_name_plural': '部署',
                'ordering': ['row_no', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('municipality', 'name'), name='department_name_unique', violation_error_message='同じ名前の部署がすでにあります。')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='識別子')),
                ('row_no', models.PositiveIntegerField(db_index=True, default=0, editable=False, verbose_name='No.')),
                ('note', models.TextField(blank=True, verbose_name='備考')),
                ('row_status', models.CharField(choices=[('active', '有効'), ('draft', '作成中'), ('retired', '廃止')], default='active', max_length=10, verbose_name='状態')),
                ('confidentiality', models.CharField(choices=[('internal', '非公開'), ('partial', '一部非公開'), ('public', '公開')], default='internal', max_length=10, verbose_name='公開区分')),
                ('evidence', models.TextField(blank=True, verbose_name='根拠・出典')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='最終確認日')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='更新回数')),
                ('name', models.CharField(help_text='姓と名を続けて書きます。', max_length=60, verbose_name='氏名')),
                ('kana', models.CharField(blank=True, help_text='読みをひらがなで書きます。', max_length=80, verbose_name='かな')),
                ('post', models.CharField(blank=True, help_text='職名を書きます。例：課長、係長、主査', max_length=80, verbose_name='職')),
                ('employment', models.CharField(choices=[('permanent', '常勤'), ('fiscal_year', '会計年度任用職員'), ('contractor', '委託先社員'), ('other', 'その他')], default='permanent', help_text='雇われ方を選びます。常駐する事業者の人は「委託先社員」です。', max_length=20, verbose_name='任用区分')),
                ('moved_on', models.DateField(blank=True, help_text='今の所属に移った日を書きます。', null=True, verbose_name='異動日')),
                ('left_on', models.DateField(blank=True, help_text='退職した日を書きます。この日を過ぎた人が体制や連絡先に残っていないかを確かめるために使います。', null=True, verbose_name='退職日')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成者')),
                ('department', models.ForeignKey(blank=True, help_text='今の所属を選びます。庁外の人は空欄にします。', null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.department', verbose_name='所属')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
                ('updated_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='更新者')),
                ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='確認者')),
            ],
            options={
                'verbose_name': '職員・関係者',
                'verbose_name_plural': '職員・関係者',
                'ordering': ['row_no', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roles', models.JSONField(default=list, verbose_name='役割')),
                ('is_active', models.BooleanField(default=True, editable=False, verbose_name='有効')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.department', verbose_name='所属')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
                ('municipality', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.municipality', verbose_name='団体')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.person', verbose_name='職員')),
            ],
            options={
                'verbose_name': '所属と役割',
                'verbose_name_plural': '所属と役割',
                'constraints': [models.UniqueConstraint(fields=('municipality', 'user'), name='membership_unique', violation_error_message='この利用者はすでに登録されています。'), models.UniqueConstraint(fields=('municipality', 'person'), name='one_account_per_person', violation_error_message='この職員の利用者はすでに登録されています。')],
            },
        ),
        migrations.CreateModel(
            name='SignInSession',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'サインイン中の端末',
                'verbose_name_plural': 'サインイン中の端末',
                'abstract': False,
            },
        ),
    ]
