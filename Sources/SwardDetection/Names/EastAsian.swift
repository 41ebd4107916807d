// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Chinese, Japanese and Korean, which put no blanks between words, or end them in particles: what a run of their letters
/// is for the grammar is told by what it holds.
enum EastAsian {
    /// The first byte of kana, ideographs or Hangul in UTF-8.
    @inline(__always) static func isLead(_ byte: UInt8) -> Bool { 0xE3...0xED ~= byte }

    @inline(__always) static func isInside(_ bytes: ByteView, _ start: Int) -> Bool { isLead(bytes[start]) }

    private static func list(_ words: String) -> [[UInt8]] {
        words.split(separator: " ").map { Array($0.utf8) }
    }

    /// Runs that are the word "license" alone.
    private static let license = list("ライセンス 许可证 許可證 许可 許可 许可协议 开源协议 开源许可证 协议 授权 授權 授权协议 라이선스 라이센스 사용권")
    private static let inside: [(Word, [[UInt8]])] = [
        (.later, list("以降 以后 以後 以上 更高 任何更新 或更新 后续 이후 이상")),
        (.version, list("バージョン 版本 버전")),
        (.licensed, list("ライセンス 许可 許可 授权 授權 协议 協議 许可证 라이선스 라이센스")),
        (.licensed, list("のもと の下 公開 公开 配布 頒布 发布 發布 发行 發行 に基づ に従 条款 條款 배포 따라 따릅니다")),
        (.under, list("采用 採用 基于 基於 遵循 遵守 按照 依据 根据 使用")),
    ]

    /// The number that a run tells of clauses, "二条項" or "三条款"; 0 where the number stands before it, `nil` where it tells none.
    static func clauses(_ bytes: ByteView, _ range: Range<Int>) -> Int? {
        guard isInside(bytes, range.lowerBound), range.count <= 60,
            clauseWords.contains(where: { holds(bytes, range, $0) })
        else { return nil }
        if twos.contains(where: { holds(bytes, range, $0) }) { return 2 }
        return holds(bytes, range, Array("三".utf8)) ? 3 : 0
    }

    /// What ties two names where the run between them ends so: "ライセンスまたは", "许可证和".
    static func tie(_ bytes: ByteView, _ range: Range<Int>) -> NameConnector? {
        guard isInside(bytes, range.lowerBound) else { return nil }
        func ends(_ word: [UInt8]) -> Bool {
            word.count <= range.count && holds(bytes, range.upperBound - word.count..<range.upperBound, word)
        }
        if ors.contains(where: ends) { return .or }
        return ands.contains(where: ends) ? .and : nil
    }

    private static let clauseWords = list("条項 条款 條款"), twos = list("二 两 兩")
    private static let ors = list("または 又は もしくは 或 或者 또는"), ands = list("および 及び 和 与 以及 및")

    /// Whether the run speaks of what may be considered.
    static func proposes(_ bytes: ByteView, _ range: Range<Int>) -> Bool {
        isInside(bytes, range.lowerBound) && range.count <= 120
            && proposals.contains { holds(bytes, range, $0) }
    }

    private static let proposals = list("検討 考虑 考慮 お勧め おすすめ 推奨")

    /// Whether the run says "use" and nothing that binds.
    static func saysUse(_ bytes: ByteView, _ range: Range<Int>) -> Bool {
        guard isInside(bytes, range.lowerBound), holds(bytes, range, Array("使用".utf8)) else { return false }
        return !binding.contains { holds(bytes, range, $0) }
    }

    private static let binding = list("采用 採用 基于 基於 遵循 遵守 按照 依据 根据")
    private static let foundation = list("基金会 基金會 软件基金会 軟體基金會 財団 ソフトウェア財団")
    private static let rights = list("許可權 许可权 権限 权限 權限")

    /// - Parameter beginsLine: There "license" is a heading or the name of a field.
    static func word(_ bytes: ByteView, _ range: Range<Int>, beginsLine: Bool) -> Word {
        guard range.count <= 240 else { return .other }
        if beginsLine, license.contains(where: { $0.count == range.count && holds(bytes, range, $0) }) {
            return .license
        }
        // "Perl 基金会发布的": a foundation of that name, whatever it does.
        if foundation.contains(where: {
            range.count >= $0.count && holds(bytes, range.lowerBound..<range.lowerBound + $0.count, $0)
        }), !license.contains(where: { holds(bytes, range, $0) }) {
            return .foundation
        }
        // "目錄具有許可權": who may do what with it.
        if rights.contains(where: { holds(bytes, range, $0) }) { return .other }
        for (word, parts) in inside where parts.contains(where: { holds(bytes, range, $0) }) { return word }
        return .other
    }

    private static func holds(_ bytes: ByteView, _ range: Range<Int>, _ part: [UInt8]) -> Bool {
        guard part.count <= range.count else { return false }
        // Each letter has three bytes.
        for start in stride(from: range.lowerBound, through: range.upperBound - part.count, by: 3) {
            var at = 0
            while at < part.count, bytes[start + at] == part[at] { at += 1 }
            if at == part.count { return true }
        }
        return false
    }
}
