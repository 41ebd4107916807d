// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a key, a signature or its file was refused.
public enum CryptoError: Error, Hashable, Sendable {
    /// The binary structures of minisign that travel as base64 or raw bytes.
    public enum Structure: String, Hashable, Sendable {
        case publicKey, secretKey, signature, globalSignature
    }
    /// The texts that are files of a few lines.
    public enum File: String, Hashable, Sendable {
        case publicKey, secretKey, signature
    }
    public enum LineProblem: Hashable, Sendable {
        case missing
        /// In bytes, without the line's end.
        case tooLong(limit: Int)
        case badPrefix(expected: String)
        case notPrintable
    }

    /// Lines count from 1.
    case line(Int, of: File, LineProblem)
    /// Bytes follow the last line that the format knows.
    case trailingText(File)
    case base64(Structure)
    case length(Structure, found: Int, expected: Int)
    /// The first two bytes name another algorithm.
    case algorithm(Structure, found: [UInt8])
    case checksumAlgorithm(found: [UInt8])
    case keyDerivation(found: [UInt8])
    /// The file asks for more than ``KeyDerivation/ceiling``.
    case derivationLimits(KeyDerivation)
    /// The checksum of an encrypted key does not fit: wrong passphrase, or a damaged file; nothing tells them apart.
    case wrongPassphrase
    /// The checksum of an unencrypted key is neither zero nor true.
    case checksum
    /// The public half stored in the secret key is not the one its seed makes.
    case mismatchedHalves
    case passphraseNeeded
    /// In bytes.
    case passphraseTooLong(limit: Int)
    case passphraseContainsNUL
    /// Not enough memory to derive the key under these limits.
    case outOfMemory(KeyDerivation)
    /// Not even a guarded page was to be had.
    case noSecretMemory
    /// In bytes.
    case commentTooLong(length: Int, limit: Int)
    /// The comment is no UTF-8, or holds a control character other than tab.
    case commentNotPrintable
    /// Made by another key than the one it was checked with.
    case otherKey(signature: KeyID, key: KeyID)
    /// An `Ed` signature was offered where only `ED`, over the prehash, can be checked.
    case legacySignature
    case badSignature
    /// The message is as signed, the trusted comment is not.
    case badCommentSignature
}
