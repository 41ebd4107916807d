// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds code that asks for a key before it does its work.
///
/// A key alone is a setting of some service, a check alone may be of a license file: only both together, near each other,
/// are evidence, and even then a hint.
struct LockReader {
    let text: Lexemes
    let meter: WorkMeter
    /// Words between the key and the check at most.
    private static let reach = 60

    private static func set(_ words: String) -> WordHashes { WordHashes(words: words) }
    /// `licenseKey` and its like are one word.
    private static let joinedKeys = set(
        "licensekey licencekey activationkey activationcode productkey serialkey unlockkey unlockcode licensecode registrationkey registrationcode"
    )
    private static let keyOwners = set("license licence activation product serial unlock registration")
    private static let keys = set("key keys code codes")
    private static let joinedChecks = set(
        """
        islicensed islicensevalid islicenseexpired checklicensekey validatelicensekey verifylicensekey validatelicense verifylicense
        activatelicense licenseexpired licenseinvalid licensevalid trialexpired istrialexpired istrialover requirelicense isactivated
        """)
    private static let verbs = set(
        "check checks validate validates verify verifies activate activated invalid expired enter missing wrong purchase require requires required valid"
    )
    private static let ends = set("expired invalid valid required")
    private static let trial = Lexemes.hash("trial".utf8), expired = Lexemes.hash("expired".utf8)

    /// The words from one to the other.
    func read() -> Range<Int>? {
        var lastKey: Int?
        var lastCheck: Int?
        var index = 0
        while index < text.count, !meter.isSpent {
            if let end = key(at: index) {
                lastKey = index
                if isChecked(index, end) { lastCheck = index }
                index = end
            } else {
                if isCheck(at: index) { lastCheck = index }
                index += 1
            }
            if let key = lastKey, let check = lastCheck, abs(key - check) <= Self.reach {
                let last = text[max(key, check)]
                return Int(text[min(key, check)].start)..<last.end
            }
        }
        return nil
    }

    private func key(at index: Int) -> Int? {
        let hash = text[index].hash
        if Self.joinedKeys.contains(hash) { return index + 1 }
        guard Self.keyOwners.contains(hash), Self.keys.contains(text[index + 1].hash),
            text.gap(index + 1).isDisjoint(with: [.newline, .stop, .colon, .equals, .comma])
        else { return nil }
        return index + 2
    }

    /// "invalid license key", `license_key.validate()`, "enter your activation code".
    private func isChecked(_ start: Int, _ end: Int) -> Bool {
        meter.spend(WorkMeter.Cost.word * 8)
        for at in max(0, start - 3)..<start where Self.verbs.contains(text[at].hash) {
            if (at + 1...start).allSatisfy({ text.gap($0).isDisjoint(with: [.newline, .stop]) }) {
                return true
            }
        }
        for at in end..<min(text.count, end + 3) where Self.verbs.contains(text[at].hash) {
            if (end...at).allSatisfy({ text.gap($0).isDisjoint(with: [.newline, .stop]) }) { return true }
        }
        return false
    }

    /// `isLicensed`, `is_licensed`, "the license has expired", "trial period expired".
    private func isCheck(at index: Int) -> Bool {
        let hash = text[index].hash
        if Self.joinedChecks.contains(hash) { return true }
        if text.word(index) == .licensed {
            return text.word(index - 1) == .is && text.gap(index).contains(.underscore)
        }
        guard text.word(index) == .license || hash == Self.trial else { return false }
        meter.spend(WorkMeter.Cost.word * 4)
        for at in (index + 1)..<min(text.count, index + 4) {
            guard text.gap(at).isDisjoint(with: [.newline, .stop, .colon]) else { return false }
            if text[at].hash == Self.expired { return true }
            if text.word(index) == .license, text.word(at - 1) == .is, Self.ends.contains(text[at].hash) {
                return true
            }
        }
        return false
    }
}
