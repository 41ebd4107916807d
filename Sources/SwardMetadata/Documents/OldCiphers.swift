// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Crypto
internal import CryptoExtras

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

    /// RC4, in our own lines because nobody offers it: swift-crypto and libsodium leave it out as broken, which it is. PDFs
    /// before version 1.6 use nothing else.
    static func rc4(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        guard !key.isEmpty else { return bytes }
        var state = (0...255).map { UInt8($0) }
        var j: UInt8 = 0
        for i in 0..<256 {
            j = j &+ state[i] &+ key[i % key.count]
            state.swapAt(i, Int(j))
        }
        var i: UInt8 = 0
        j = 0
        return bytes.map { byte in
            i = i &+ 1
            j = j &+ state[Int(i)]
            state.swapAt(Int(i), Int(j))
            return byte ^ state[Int(state[Int(i)] &+ state[Int(j)])]
        }
    }
}
