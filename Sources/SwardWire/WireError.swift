// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a peer did against the protocol; each one closes the connection.
public enum WireError: Error, Hashable, Sendable {
    /// The first bytes are not `\u{13}BitTorrent protocol`; `offset` is the first that differs.
    case notBitTorrent(offset: Int)
    /// A length prefix above what its message may have; found before anything is allocated.
    case tooLong(message: UInt8?, length: Int, limit: Int)
    /// A message whose length is not the one its type has.
    case wrongLength(message: UInt8, length: Int)
    /// A bitfield of the wrong size, or with bits set past the last piece.
    case badBitfield(length: Int, pieceCount: Int)
    case indexOutOfRange(message: UInt8, index: Int)
    /// An offset or a length that no block of the torrent has.
    case badBlock(message: UInt8, piece: Int, begin: Int, length: Int)
    /// A fast-extension, extended or hash message without its bit in both handshakes.
    case notNegotiated(message: UInt8)
    /// A message that may only be the first, later.
    case notFirst(message: UInt8)
    case badExtension(id: UInt8)
    case badHashRequest(HashRequest)
    /// Hashes, a block or a rejection that nobody asked for.
    case unsolicited(message: UInt8)
    case encryption(EncryptionFault)
}

/// What is wrong with a handshake under message stream encryption.
public enum EncryptionFault: Hashable, Sendable {
    /// A public key whose powers are known to all.
    case weakKey
    /// The padding has no end where it must have one.
    case noMark
    /// Its info-hash is none of ours.
    case unknownTorrent
    case badConstant
    /// In bytes.
    case paddingTooLong(Int)
    /// No cipher that both ends take.
    case nothingInCommon
    /// A peer that begins in clear where we do not.
    case notEncrypted
}
