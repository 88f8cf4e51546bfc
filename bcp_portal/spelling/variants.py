"""Characters that readers take for one another: old and new forms, variants in names, parts of kanji.

Each group of VARIANTS begins with the form that stands for all of it; no character stands in two
groups. What NFKC folds by itself (compatibility ideographs, Kangxi radicals) is not repeated.
"""

from bcp_portal.spelling.radicals import RADICALS

VARIANTS = """
高髙 崎﨑嵜碕埼 浜濱濵 辺邊邉 斉齊斎齋 沢澤 桜櫻 国國圀囯 広廣 徳德 真眞 恵惠 島嶋嶌 富冨 荘莊 瀬瀨 吉𠮷 柳栁桺 曽曾 土圡 野埜 橋槗𣘺 渕淵 館舘 関關閞
鉄鐵鐡銕 竜龍 亀龜 滝瀧 藤籐 礼禮 秋穐龝 穂穗 黒黑 黄黃 巌巖岩 峰峯 崖崕 嶽岳 梅楳 桧檜 松枩 杉椙 栄榮 楽樂 検檢 権權 横橫 欧歐 歩步 歳歲 歴歷 残殘
殻殼 殴毆 気氣 汚污 沈沉 浄淨 浅淺 涙淚 渇渴 済濟 渋澁澀 渓溪 温溫 湾灣 満滿 滞滯 潜潛濳 灯燈 炉爐 点點 為爲 焼燒 犠犧 状狀 独獨 狭狹 猟獵 献獻 獣獸
玖久 瑶瑤 瓶甁 産產 画畫 畳疊疉 当當 発發 盗盜 県縣 研硏 砕碎 禅禪 称稱 稲稻 穏穩 窃竊 竪豎 粋粹 粛肅 糸絲 経經 絵繪 続續 総總 緑綠 緒緖 縁緣 縄繩
縦縱 繊纖 繋繫 缶罐 翻飜 聡聰 聴聽 脳腦 胆膽 臓臟 台臺 与與 旧舊 舎舍 芸藝 芦蘆 茎莖 荊荆 万萬 蔵藏 薫薰 薬藥 虚虛 虫蟲 蚕蠶 蛍螢 蛮蠻 衛衞 装裝 裏裡
褒襃 覇霸 覚覺 覧覽 観觀 触觸 訳譯 証證 誉譽 読讀 譲讓 豊豐 賛贊 賎賤 践踐 軽輕 転轉 輌輛 辞辭 逓遞 遅遲 遥遙 郷鄉鄕 酔醉 医醫 醸釀 釈釋 鉱鑛礦砿 銭錢
鋳鑄 錬鍊 鎮鎭 閲閱 闘鬪鬭 陥陷 険險 隠隱 隣鄰 雑雜 霊靈 青靑 静靜 頼賴 顔顏 顕顯 飲飮 余餘 駅驛 駆驅 騒騷 験驗 髄髓 鶏鷄 鴎鷗 麦麥 麺麵 麹麴 黙默
歯齒 齢齡 乗乘 乱亂 予豫 争爭 亜亞 仏佛 仮假 会會 伝傳 体體 併倂 侠俠 倹儉 偽僞 児兒 党黨 円圓 写寫 冴冱 処處 凛凜 剣劍劒剱釼 剤劑 剰剩 労勞 効效 勅敕
勧勸 勲勳 区區 単單 即卽 巻卷 却卻 参參 双雙 収收 叙敍敘 号號 営營 嘱囑 団團 囲圍 図圖 圧壓 堕墮 塩鹽 塁壘 増增 壊壞 壌壤 壮壯 声聲 売賣 変變 奥奧
奨奬 嬢孃 学學斈 宝寶寳 実實 寛寬 対對 寿壽 専專 将將 尽盡 届屆 属屬 岡崗堽 峡峽 巣巢 帯帶 帰歸 庁廳廰 廃廢 弁辨瓣辯 弐貳貮弍 弥彌 弾彈 径徑 従從 応應
恋戀 恒恆 悦悅 悩惱 悪惡 惨慘 愼慎 懐懷 戦戰 戯戲 戻戾 払拂 抜拔 択擇 担擔 拝拜 拠據 拡擴 挙擧 挿插揷 捜搜 掲揭 揺搖 摂攝 撃擊 教敎 数數 断斷 昼晝
晃晄 晋晉 晩晚 暁曉 暦曆 条條 来來 枢樞 枡桝 柵栅 桟棧 桑桒 槇槙 様樣 概槪 欠缺 毎每 沖冲 涼凉 準凖 焔焰 煕熙凞 爾尓 瑠璢 略畧 痩瘦 町甼 留畄 竈竃
笹篠 箪簞 篭籠 籔薮藪 群羣 耀燿 肇肈 胸胷 脇脅 船舩 花芲 莱萊 萌萠 蒋蔣 蝉蟬 蝋蠟 蛎蠣 諫諌 貭質 躯軀 迩邇 醤醬 釜釡 間閒 雁鴈 頬頰 頚頸 飾餝 騨驒
鰺鯵 鴬鶯 鹸鹼 倶俱 剥剝 叱𠮟 呑吞 唖啞 嘘噓 噛嚙 嚢囊 填塡 妍姸 屏屛 屡屢 并幷 弯彎 掴摑 掻搔 撹攪 攅攢 沪濾 涜瀆 溌潑 祷禱 繍繡 臈﨟 醗醱 靭靱 頴穎
顛顚 壷壺 涛濤 梼檮 潅灌 礪砺 壱壹弌 仙僊 仁儿 昇曻 昂昻 喜㐂 協恊 博愽 卯夘 禄祿 輝煇 淳湻 淀澱 祇祗
"""


def _table() -> dict[int, str]:
    """Return what stands for each character; a form that itself stands under another follows it."""
    leads: dict[str, str] = dict(RADICALS)
    for group in VARIANTS.split():
        for variant in group[1:]:
            leads[variant] = group[0]

    def root(character: str) -> str:
        seen = {character}
        while (lead := leads.get(character)) and lead not in seen:
            seen.add(lead)
            character = lead
        return character

    return {ord(character): root(character) for character in leads}


TABLE = _table()
