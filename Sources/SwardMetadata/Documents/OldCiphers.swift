// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Crypto
internal import CryptoExtras
internal import SwardCrypto

/// The ciphers and digests that PDF's standard handler is made of, over arrays.
///
/// They protect nothing here: whoever has the file has the key.
enum OldCiphers {
    static func md5(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, Insecure.MD5()) }
    static func sha256(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, SHA256()) }
    static func sha384(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, SHA384()) }
    static func sha512(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, SHA512()) }

    private static func digest<Hash: HashFunction>(_ bytes: [UInt8], _ hash: consuming Hash) -> [UInt8] {
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return Array(hash.finalize())
    }

    /// AES as CBC, without fill; a part of a block at the end is left out.
    ///
    /// - Parameters:
    ///   - key: 16 or 32 bytes.
    ///   - vector: 16 bytes.
    /// - Returns: `nil` where the key or the vector is not that long.
    static func encrypted(_ bytes: [UInt8], key: [UInt8], vector: [UInt8]) -> [UInt8]? {
        guard let vector = try? AES._CBC.IV(ivBytes: vector) else { return nil }
        return
            (try? AES._CBC.encrypt(
                wholeBlocks(bytes), using: SymmetricKey(data: key), iv: vector, noPadding: true)).map {
                Array($0)
            }
    }

    /// As ``encrypted(_:key:vector:)``, the other way.
    static func decrypted(_ bytes: [UInt8], key: [UInt8], vector: [UInt8]) -> [UInt8]? {
        guard let vector = try? AES._CBC.IV(ivBytes: vector) else { return nil }
        return
            (try? AES._CBC.decrypt(
                wholeBlocks(bytes), using: SymmetricKey(data: key), iv: vector, noPadding: true)).map {
                Array($0)
            }
    }

    private static func wholeBlocks(_ bytes: [UInt8]) -> [UInt8] { bytes.part(0, bytes.count & ~15) }

    /// RC4, which PDFs before version 1.6 use alone; nothing is done without a key.
    static func rc4(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        guard 1...256 ~= key.count else { return bytes }
        var cipher = RC4(key: key)
        return cipher.applied(to: bytes)
    }
}
