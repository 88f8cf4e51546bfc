"""武蔵野市 ICT業務継続計画書（概要版）: headings and charts, copied by hand; it prints no table.

Its chart of the three documents in chapter 3 is part of ours in chapter 2, which shows both at once; its
chart of chapter 5 shows the disaster as the example of three.
"""

STRUCTURE = """
1 計画の目的
2 ICT業務継続計画の位置づけ
  図 文書体系
  ＋表 区分／文書名／管理部門
3 計画の体系
3(1) ICT業務継続計画書
3(2) 行動手順書
3(3) 運用手順書
4 想定脅威
4(1) 災害
4(2) 非災害（セキュリティインシデント）
4(3) 感染症
5 脅威発生時の体制
  図 災害時の体制
  ＋表 役割名／役割の概要・権限
  ＋図 情報セキュリティ事象発生時の体制
  ＋表 役割名／役割の概要・権限
  ＋図 感染症流行時の体制
  ＋表 役割名／役割の概要・権限
6 優先業務と優先システム
6(1) 優先業務の選定
  ＋表 優先業務／目標復旧時間｜災害時／目標復旧時間｜非災害時／該当
6(2) 優先システムの選定
  ＋表 情報システム名／RTO（目標復旧時間）／復旧優先度
7 ICT業務継続体制の確立
  図 災害時の行動の流れ
7(1) 初動対応手順
7(2) ICT業務継続対応手順
8 運用管理規定
  ＋表 訓練名称／訓練の概要／実施者／時期
"""
