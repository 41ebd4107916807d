// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Unlocks a PDF that opens without a password, as every viewer does: its terms are then for all to read.
///
/// Only the empty user password of the standard handler is tried. Source: ISO 32000-2, 7.6.4.
struct PDFDecryption {
    private enum Method { case none, rc4, aes }

    private let key: [UInt8]
    private let strings: Method
    private let streams: Method
    /// Keys of single objects are derived from the file's, save in version 5.
    private let isDerived: Bool
    private let coversMetadata: Bool

    /// Put behind a password to fill 32 bytes; all of an empty one.
    private static let padding: [UInt8] = [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
        0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ]

    /// `nil` where a password is asked for, or a way used that is not known here.
    init?(_ entries: [String: PDFValue], _ file: PDFFile) {
        func integer(_ name: String) -> Int? { file.resolve(entries[name])?.value.integer }
        func string(_ name: String) -> [UInt8] { file.resolve(entries[name])?.value.string ?? [] }
        guard let version = integer("V"), let revision = integer("R") else { return nil }
        if case .boolean(false) = file.resolve(entries["EncryptMetadata"])?.value {
            coversMetadata = false
        } else {
            coversMetadata = true
        }
        isDerived = version < 5
        func method(_ name: String) -> Method? {
            guard version >= 4 else { return .rc4 }
            guard let filter = file.resolve(entries[name])?.value.name, filter != "Identity" else {
                return Method.none
            }
            let filters = file.resolve(entries["CF"])?.value.dictionary
            switch file.resolve(file.resolve(filters?[filter])?.value.dictionary?["CFM"])?.value.name {
            case "V2": return .rc4
            case "AESV2", "AESV3": return .aes
            case "None", nil: return Method.none
            default: return nil
            }
        }
        guard let strings = method("StrF"), let streams = method("StmF") else { return nil }
        self.strings = strings
        self.streams = streams
        switch (version, revision) {
        case (1, _), (2, _), (4, _):
            let identifier =
                file.resolve(file.trailer["ID"])?.value.array?.first.flatMap {
                    file.resolve($0)?.value.string
                } ?? []
            let length = version == 1 ? 5 : version == 4 ? 16 : min(16, max(5, (integer("Length") ?? 40) / 8))
            let owner = string("O"), user = string("U")
            guard owner.count >= 32, user.count >= 16, let permissions = integer("P") else { return nil }
            let bits = UInt32(truncatingIfNeeded: permissions)
            var seed = Self.padding + owner.prefix(32)
            for shift in [0, 8, 16, 24] as [UInt32] { seed.append(UInt8(truncatingIfNeeded: bits >> shift)) }
            seed += identifier
            if revision >= 4, !coversMetadata { seed += [0xFF, 0xFF, 0xFF, 0xFF] }
            var digest = OldCiphers.md5(seed)
            if revision >= 3 { for _ in 0..<50 { digest = OldCiphers.md5(Array(digest.prefix(length))) } }
            key = Array(digest.prefix(length))
            guard Self.opens(key, revision, user, identifier) else { return nil }
        case (5, 5), (5, 6):
            let user = string("U"), wrapped = string("UE")
            guard user.count >= 48, wrapped.count >= 32 else { return nil }
            let hash = revision == 5 ? { OldCiphers.sha256($0) } : Self.hardened
            guard hash(user.part(32, 8)) == user.part(0, 32) else { return nil }
            guard
                let unwrapped = OldCiphers.decrypted(
                    wrapped.part(0, 32), key: hash(user.part(40, 8)), vector: [UInt8](repeating: 0, count: 16)
                )
            else { return nil }
            key = unwrapped
        default: return nil
        }
    }

    /// Algorithms 4 and 5: what the empty password would have left in `/U`.
    private static func opens(_ key: [UInt8], _ revision: Int, _ user: [UInt8], _ identifier: [UInt8]) -> Bool
    {
        guard revision >= 3 else { return OldCiphers.rc4(padding, key: key) == user.part(0, 32) }
        var expected = OldCiphers.rc4(OldCiphers.md5(padding + identifier), key: key)
        for round in 1...19 as ClosedRange<UInt8> {
            expected = OldCiphers.rc4(expected, key: key.map { $0 ^ round })
        }
        return expected == user.part(0, 16)
    }

    /// Algorithm 2.B, for an empty password. Its rounds end by chance; a thousand of them do not happen.
    private static func hardened(_ salt: [UInt8]) -> [UInt8] {
        var hash = OldCiphers.sha256(salt)
        for round in 0..<1000 {
            var block: [UInt8] = []
            for _ in 0..<64 { block += hash }
            guard let mixed = OldCiphers.encrypted(block, key: hash.part(0, 16), vector: hash.part(16, 16))
            else {
                return []
            }
            switch mixed.prefix(16).reduce(0, { $0 + Int($1) }) % 3 {
            case 0: hash = OldCiphers.sha256(mixed)
            case 1: hash = OldCiphers.sha384(mixed)
            default: hash = OldCiphers.sha512(mixed)
            }
            if round >= 63, Int(mixed.last ?? 0) <= round - 31 { break }
        }
        return hash.part(0, 32)
    }

    // MARK: Objects

    private func decrypted(_ bytes: [UInt8], _ method: Method, _ object: Int, _ generation: Int) -> [UInt8] {
        guard method != .none else { return bytes }
        var key = key
        if isDerived {
            key += [0, 8, 16].map { UInt8(truncatingIfNeeded: object >> $0) }
            key += [0, 8].map { UInt8(truncatingIfNeeded: generation >> $0) }
            if method == .aes { key += Array("sAlT".utf8) }
            key = OldCiphers.md5(key).part(0, min(16, self.key.count + 5))
        }
        if method == .rc4 { return OldCiphers.rc4(bytes, key: key) }
        guard bytes.count >= 32,
            let plain = OldCiphers.decrypted(bytes.from(16), key: key, vector: bytes.part(0, 16))
        else { return [] }
        let fill = Int(plain.last ?? 0)
        return 1...16 ~= fill ? Array(plain.dropLast(fill)) : plain
    }

    /// The strings in a value of that object, opened.
    func decrypted(_ value: PDFValue, object: Int, generation: Int, depth: Int = 0) -> PDFValue {
        guard depth < 24 else { return value }
        switch value {
        case .string(let bytes): return .string(decrypted(bytes, strings, object, generation))
        case .array(let values):
            return .array(
                values.map { decrypted($0, object: object, generation: generation, depth: depth + 1) })
        case .dictionary(let entries):
            return .dictionary(
                entries.mapValues { decrypted($0, object: object, generation: generation, depth: depth + 1) })
        default: return value
        }
    }

    func decryptedStream(
        _ bytes: [UInt8], _ entries: [String: PDFValue], object: Int, generation: Int
    ) -> [UInt8] {
        if entries["Type"]?.name == "XRef" { return bytes }
        if entries["Type"]?.name == "Metadata", !coversMetadata { return bytes }
        return decrypted(bytes, streams, object, generation)
    }
}
