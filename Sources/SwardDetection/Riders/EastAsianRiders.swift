// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sentences that fence in Chinese, Japanese and Korean, whose words are told by the letters in a clause.
enum EastAsianRiders {
    static func read(_ text: Lexemes, in range: Range<Int>) -> [SentenceReader.Found] {
        guard !isOfAbsent(text, range) else { return [] }
        var found: [SentenceReader.Found] = []
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound,
                text.gap(end).isDisjoint(with: [.comma, .semicolon, .stop, .colon]) || isListed(text, end)
            {
                end += 1
            }
            for mark in clause(text.bytes, Int(text[start].start)..<text[end - 1].end)
            where !found.contains(where: { $0.mark == mark }) {
                found.append((mark, start, end))
            }
            start = end
        }
        return found
    }

    /// "そのため、このリポジトリには含めていません", "本仓库不包含该模型": what is spoken of, here or in the sentence before, is not in the work.
    private static func isOfAbsent(_ text: Lexemes, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        var sawEnd = false
        while start > 0, range.lowerBound - start < longestBefore, !text.gap(start).contains(.blankLine) {
            if text.gap(start).contains(.stop) {
                if sawEnd { break }
                sawEnd = true
            }
            start -= 1
        }
        let bytes = (Int(text[start].start)..<text[range.upperBound - 1].end).suffix(longest)
        return absences.contains { holds(text.bytes, bytes, $0) }
    }

    private static let longestBefore = 24

    /// How much of a clause is looked at, in bytes: letters may go on without end.
    private static let longest = 360

    /// "复制、转发": one of a row.
    private static func isListed(_ text: Lexemes, _ at: Int) -> Bool {
        let start = Int(text[at].start)
        return text.bytes[start - 3] == 0xE3 && text.bytes[start - 2] == 0x80 && text.bytes[start - 1] == 0x81
    }

    private static func clause(_ bytes: ByteView, _ range: Range<Int>) -> [EnclosureMark] {
        guard range.count >= 6 else { return [] }
        let range = range.prefix(longest)
        func has(_ list: [[UInt8]]) -> Bool { list.contains { holds(bytes, range, $0) } }
        // "禁止商业用途的许可证": licenses that do so.
        let isBan = has(bans) && !has(unbans) && !has(licensesThat)
        let isNeed = !isBan && has(needs) && !has(unneeds)
        let isOnly = !isBan && has(onlys)
        guard isBan || isNeed || isOnly else { return [] }
        let isTrade = has(trades) && !has(untrades)
        if isBan, has(minds), has(lessons) { return [.noAIRider] }
        if isBan, has(fields) { return [.riderFieldOfUse] }
        var found: [EnclosureMark] = []
        if isTrade, isBan || isNeed { found.append(.riderNoncommercial) }
        // "再配布や商用利用は": of both, where each has a word of its own.
        if isBan || isNeed && has(surely), !isTrade || has(joined), has(shares) {
            found.append(.riderNoRedistribution)
        }
        if isBan, has(changes), !has(pieces) { found.append(.furtherRestriction) }
        if found.isEmpty, isOnly, !isTrade, has(smalls) { found.append(.riderNoncommercial) }
        // "超过 50 个节点须另行购买授权".
        if found.isEmpty, isNeed, has(paidGrants) { found.append(.furtherRestriction) }
        return found
    }

    /// Whether the words refuse, whatever follows: "禁止以下行为".
    static func isBan(_ text: Lexemes, _ range: Range<Int>) -> Bool {
        let bytes = (Int(text[range.lowerBound].start)..<text[range.upperBound - 1].end).suffix(longest)
        guard bytes.count >= 3 else { return false }
        return bans.contains { holds(text.bytes, bytes, $0) }
            && !unbans.contains { holds(text.bytes, bytes, $0) }
    }

    /// What an item of a list of what is refused is of.
    static func refused(_ text: Lexemes, in range: Range<Int>) -> [SentenceReader.Found] {
        let bytes = (Int(text[range.lowerBound].start)..<text[range.upperBound - 1].end).prefix(longest)
        func has(_ list: [[UInt8]]) -> Bool { list.contains { holds(text.bytes, bytes, $0) } }
        var found: [SentenceReader.Found] = []
        if has(trades), !has(untrades) {
            found.append((.riderNoncommercial, range.lowerBound, range.upperBound))
        }
        if has(shares) { found.append((.riderNoRedistribution, range.lowerBound, range.upperBound)) }
        return found
    }

    /// "本软件", "このプラグイン": a word for the work behind one that points to it.
    static func pointsToWork(_ bytes: ByteView, _ range: Range<Int>) -> Bool {
        let range = range.prefix(longest)
        return range.contains { start in
            // Of a letter of three bytes; the word for "this" in Korean stands apart.
            guard isLead(bytes[start]) else { return false }
            return pointers.contains { pointer in
                has(pointer, bytes, start, range.upperBound)
                    && things.contains { has($0, bytes, start + pointer.count, range.upperBound) }
            } || things.contains { has($0 + supplied, bytes, start, range.upperBound) }
        }
    }

    private static func isLead(_ byte: UInt8) -> Bool { EastAsian.isLead(byte) && leads.contains(byte) }

    private static func has(_ part: [UInt8], _ bytes: ByteView, _ start: Int, _ end: Int) -> Bool {
        start + part.count <= end && part.indices.allSatisfy { bytes[start + $0] == part[$0] }
    }

    private static func holds(_ bytes: ByteView, _ range: Range<Int>, _ part: [UInt8]) -> Bool {
        guard part.count <= range.count, let first = part.first else { return false }
        for start in range.lowerBound...(range.upperBound - part.count) where bytes[start] == first {
            var at = 1
            while at < part.count, bytes[start + at] == part[at] { at += 1 }
            if at == part.count { return true }
        }
        return false
    }

    private static func list(_ words: String) -> [[UInt8]] {
        words.split(separator: " ").map { Array($0.utf8) }
    }

    // REUSE-IgnoreStart
    private static let bans = list(
        "禁止 不得 不可 请勿 严禁 嚴禁 切勿 금합 금함 불허 불가 請勿 不允许 不允許 不准 谢绝 禁じ できません ご遠慮 お断り 認めません 認められません 認められていません 許可しません しないで 금지 불가 안됩니다 없습니다 삼가"
    )
    private static let unbans = list("禁止しません 禁止されていません 削除 不可撤 不可欠 不禁止 금지하지 문제없습니다 제한이 제한은")
    private static let licensesThat = list("的许可证 的許可證 的许可协议 的授权条款 禁止するライセンス 禁じるライセンス")
    private static let trades = list("商用 商业 商業 营利 營利 盈利 牟利 贩卖 販売 販賣 售卖 出售 销售 銷售 倒卖 転売 상업 영리 판매")
    private static let untrades = list("非商用 非商业 非商業 非营利 非營利 非盈利 비상업 비영리 非営利")
    private static let shares = list(
        "再配布 再頒布 転載 轉載 转载 配布 分发 分發 传播 二次分 散布 转发 轉發 复制 複製 拷贝 发布 發布 转让 轉讓 再分发 外传 外傳 外泄 泄露 提供给 譲渡 配信 재배포 배포 전재 복제 공유"
    )
    private static let surely = list("再配布 再頒布 転載 轉載 转载 再分发 재배포")
    private static let joined = list("、 や および 及び 和 或 及 및 또는 /")
    private static let changes = list("改変 改造 翻案 改編 改编 修改 演绎 二次创作 二次創作 수정 변경 개작")
    private static let pieces = list("ファイル 文件 配置 設定 设置 自动 自動 手动 手動 파일 설정")
    private static let needs = list(
        "事前相談 ご相談 事前に 許可を 承諾 需要 需取得 需获 需获得 需经 须 須 必要 請聯 请联系 联系 問い合わせ ご連絡 有料 付费 付費 收费 유료 购买 購入 문의 필요")
    private static let unneeds = list("不需 无需 無需 無须 无须 不必 不要 필요 없 필요없 必要はありません 必要ありません")
    private static let onlys = list("仅供 僅供 只能用 只供 仅限 僅限 のみ に限 に限り 한해 에만 한정 용으로만")
    private static let smalls = list("学习 學習 交流 个人 個人 研究 非商用 非商业 非商業 非営利 教育 私的 비상업 비영리 개인 학습 연구")
    private static let minds = list("AI 人工智能 人工知能 机器学习 機械学習 大模型 인공지능 生成")
    private static let lessons = list("训练 訓練 学習 机器学习 학습 トレーニング")
    private static let pointers = ["本", "该", "該", "此", "この", "当", "이 ", "본 ", "해당 "].map { Array($0.utf8) }
    private static let things = list(
        "软件 軟體 软体 项目 專案 代码 程序 程式 脚本 插件 工具 资源 素材 模型 数据集 作品 游戏 网站 页面 仓库 源码 源代码 プログラム スクリプト プラグイン ソフト ソース コード データ モデル 素材 ツール アプリ サイト ページ リポジトリ 作品 프로그램 소프트웨어 스크립트 플러그인 코드 데이터 모델 게임"
    )
    private static let supplied = Array("仅供".utf8)
    private static let leads = Set((pointers + things).compactMap(\.first))
    private static let paidGrants = list("购买授权 購買授權 购买许可 購買許可 付费授权 付費授權 ライセンスの購入 ライセンスを購入 라이선스 구매")
    private static let absences = list(
        "含めていません 含まれていません 含まれません 同梱していません 同梱されていません 不包含 不包括 未包含 未附带 包含されていません 포함하지 포함되지 포함되어 있지"
    )
    private static let fields = list("军事 軍事 兵器 武器 군사")
    // REUSE-IgnoreEnd
}
