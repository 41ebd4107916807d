// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether peers are spoken to under message stream encryption.
public enum EncryptionPolicy: String, Hashable, Sendable, CaseIterable {
    /// Neither offered nor taken.
    case off
    /// Taken where a peer begins with it, and tried where one hangs up on us without it. Payload stays plain where the
    /// peer lets it.
    case allow
    /// Tried first, and given up where a peer hangs up on it. Payload too, where the choice is ours.
    case prefer
    /// All bytes, with everybody.
    case require

    /// What we offer to a peer we dial.
    public var offer: CipherChoice {
        switch self {
        case .off, .allow, .prefer: [.plain, .rc4]
        case .require: .rc4
        }
    }

    /// What we settle on with a peer that offers `choice`; `nil` to hang up.
    func pick(from choice: CipherChoice) -> CipherChoice? {
        let wished: [CipherChoice] =
            switch self {
            case .off: []
            case .allow: [.plain, .rc4]
            case .prefer: [.rc4, .plain]
            case .require: [.rc4]
            }
        return wished.first(where: choice.contains)
    }
}

/// What may follow the encrypted handshake; the bits of `crypto_provide` and `crypto_select`.
public struct CipherChoice: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let plain = CipherChoice(rawValue: 1)
    public static let rc4 = CipherChoice(rawValue: 2)
}
