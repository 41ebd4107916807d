// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
public import SwardCrypto
internal import SwardHash
public import SwardPrimitives

/// Data that the DHT keeps: by its own hash, or under a key whose holder may change it. Source: BEP 44.
public enum DHTItem: Hashable, Sendable {
    /// The value, as canonical bencode.
    case immutable([UInt8])
    case mutable(MutableItem)

    /// Of an encoded value.
    public static let maximumValueByteCount = 1000
    public static let maximumSaltByteCount = 64

    public var target: NodeID {
        switch self {
        case .immutable(let value): NodeID(SHA1.hash(value))
        case .mutable(let item): item.target
        }
    }

    public var value: [UInt8] {
        switch self {
        case .immutable(let value): value
        case .mutable(let item): item.value
        }
    }

    public enum Problem: Error, Hashable, Sendable {
        /// In bytes, encoded.
        case valueTooBig(Int)
        case saltTooBig(Int)
        case valueNotBencode
    }

    /// - Parameter value: Canonical bencode, at most 1000 bytes.
    public init(immutable value: [UInt8]) throws(Problem) {
        try Self.check(value: value)
        self = .immutable(value)
    }

    fileprivate static func check(value: [UInt8]) throws(Problem) {
        guard value.count <= maximumValueByteCount else { throw .valueTooBig(value.count) }
        guard
            (try? BencodeDocument(
                value,
                limits: BencodeLimits(
                    maximumBytes: maximumValueByteCount, maximumDepth: 16, maximumValues: 1000)))
                != nil
        else { throw .valueNotBencode }
    }

}

/// A value signed by its key, with a number that rises with each change.
///
/// - Invariant: the signature fits.
public struct MutableItem: Hashable, Sendable {
    /// 32 bytes of Ed25519.
    public let publicKey: [UInt8]
    /// Tells several items of one key apart; at most 64 bytes.
    public let salt: [UInt8]
    public let sequence: Int64
    /// Canonical bencode.
    public let value: [UInt8]
    public let signature: [UInt8]

    /// - Returns: `nil` when the signature does not fit, or something is too long.
    public init?(publicKey: [UInt8], salt: [UInt8], sequence: Int64, value: [UInt8], signature: [UInt8]) {
        guard value.count <= DHTItem.maximumValueByteCount, salt.count <= DHTItem.maximumSaltByteCount,
            Ed25519.isValid(
                signature, of: Self.signedBytes(salt: salt, sequence: sequence, value: value), by: publicKey)
        else { return nil }
        self.publicKey = publicKey
        self.salt = salt
        self.sequence = sequence
        self.value = value
        self.signature = signature
    }

    public init(
        signing value: [UInt8], salt: [UInt8] = [], sequence: Int64, with key: SecretKey
    ) throws(DHTItem.Problem) {
        try DHTItem.check(value: value)
        guard salt.count <= DHTItem.maximumSaltByteCount else { throw .saltTooBig(salt.count) }
        publicKey = key.publicKey.point
        self.salt = salt
        self.sequence = sequence
        self.value = value
        signature = key.signature(of: Self.signedBytes(salt: salt, sequence: sequence, value: value))
    }

    public var target: NodeID { Self.target(publicKey: publicKey, salt: salt) }

    public static func target(publicKey: [UInt8], salt: [UInt8]) -> NodeID {
        NodeID(SHA1.hash(publicKey + salt))
    }

    /// What the signature covers: a piece of a dictionary, without its ends. Source: BEP 44, "Signature Verification".
    public static func signedBytes(salt: [UInt8], sequence: Int64, value: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        if !salt.isEmpty { bytes += Array("4:salt\(salt.count):".utf8) + salt }
        return bytes + Array("3:seqi\(sequence)e1:v".utf8) + value
    }

    /// The torrent that this item points to. Source: BEP 46.
    public var torrentPointer: Digest160? {
        guard let root = try? BencodeDocument(value, limits: .message).root, root.isDictionary else {
            return nil
        }
        return root["ih"]?.string.flatMap { Digest160($0) }
    }

    /// The value of an item that points to a torrent. Source: BEP 46.
    public static func pointer(to infoHash: Digest160) -> [UInt8] {
        Bencode.dictionary(["ih".utf8.map { $0 }: .string(infoHash.bytes)]).encoded()
    }
}
