"""The sentences with which a file is refused before a single cell of it counts."""

TOO_LARGE = "ファイルが大きすぎます（30MBまで）。必要な表だけを別のファイルに分けてください。"
UNPACKS_TOO_LARGE = (
    "ファイルを開くと大きくなりすぎるため、読み取りを中止しました。"
    "画像や使っていないシートを除き、保存し直してください。"
)
TOO_MANY_LINES = (
    "1つのファイルで取り込めるのは30,000行までです。表を分けて、別々に取り込んでください。"
)
TOO_MANY_SHEETS = "シートが200枚を超えています。取り込むシートだけのファイルにしてください。"
PROTECTED = "ファイルにパスワードが設定されています。Excelで開いてパスワードを解除し、保存し直してください。"
OLD_EXCEL = "古い形式のExcelファイル（.xls）です。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。"
BINARY_EXCEL = "バイナリ形式のExcelファイル（.xlsb）です。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。"
STRICT = "「Strict Open XML」の形式で保存されたExcelファイルです。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。"
WEB_PAGE = "Webページの形式で保存された表です（名前が.xlsでも、Excelブックではありません）。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。"
XML_2003 = "「XMLスプレッドシート 2003」の形式で保存された表です。Excelで開き、「Excelブック（.xlsx）」で保存し直してください。"
NOT_A_TABLE = "ExcelまたはCSVのファイルではありません。.xlsx、.xlsm、.csvのどれかで保存したものを選んでください。"
OPEN_DOCUMENT = "LibreOffice（OpenDocument）の表のファイル（.ods）です（名前が.xlsxでも、Excelブックではありません）。LibreOfficeかExcelで開き、「Excelブック（.xlsx）」で保存し直してください。"
OTHER_DOCUMENT = "{}のファイルで、表のファイルではありません。表は、Excelブック（.xlsx）かCSVにして選んでください。"
BROKEN = "ファイルが壊れているため、読み取れません。Excelで開けるかを確かめ、保存し直してください。"
FORBIDDEN_XML = "ファイルの中に、安全に読み取れない記述があります。Excelで開き、新しい名前で保存し直してください。"
UNKNOWN_ENCODING = "CSVの文字コードを読み取れません。UTF-8またはShift_JISで保存し直してください。"
JIS_ENCODING = "CSVの文字コードがJIS（ISO-2022-JP）のため、読み取れません。UTF-8またはShift_JISで保存し直してください。"
UTF_16 = "CSVの文字コードがUTF-16で、先頭にその印（BOM）がないため、読み取れません。Excelで開き、「CSV UTF-8（コンマ区切り）」で保存し直してください。"
UTF_32 = (
    "CSVの文字コードがUTF-32のため、読み取れません。UTF-8またはShift_JISで保存し直してください。"
)
NUL = "CSVの{}行目に、文字ではない符号（NUL）が入っているため、読み取れません。Excelで開き、「CSV UTF-8（コンマ区切り）」で保存し直してください。"
UNCLOSED_QUOTE = (
    'CSVの{}行目に、閉じていない引用符（"）があります。それより後の行が1つのセルになってしまうため、'
    "読み取りません。その行の引用符を閉じるか消して、保存し直してください。"
)
EMPTY = "ファイルに何も書かれていません。"
NO_MEMORY = "ファイルが複雑すぎるため、読み取りを中止しました。取り込む表だけを新しいファイルに貼り付けて、保存し直してください。"
NO_TIME = "読み取りに時間がかかりすぎるため、中止しました。取り込む表だけを新しいファイルに貼り付けて、保存し直してください。"
