// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardCrypto

extension FuzzEntry {
    package static let publicKey = FuzzEntry(name: "public-key") { (bytes: [UInt8]) throws(Violation) in
        guard let key = try? PublicKey(text: bytes) else { return }
        try check("a key is 42 bytes", key.bytes.count == PublicKey.byteCount)
        try check("its structure makes the same key", (try? PublicKey(key.bytes)) == key)
        try check("its file makes the same key", (try? PublicKey(text: Array(key.fileText().utf8))) == key)
    }

    package static let secretKey = FuzzEntry(name: "secret-key") { (bytes: [UInt8]) throws(Violation) in
        let secret = try? bytes.withUnsafeBytes { try SecretBytes($0) }
        guard let secret, let file = try? SecretKeyFile(text: secret) else { return }
        if let derivation = file.derivation {
            try check("no file asks for more than the ceiling", derivation.isWithinCeiling)
            // Not unlocked: the passphrase would cost what the file says.
            return
        }
        guard let key = try? file.unlock(nil), let comment = try? TrustedComment("") else { return }
        let made = key.sign(bytes, trustedComment: comment)
        try check(
            "what a key signs, its public half verifies", (try? key.publicKey.verify(made, of: bytes)) != nil)
    }

    package static let minisig = FuzzEntry(name: "minisig") { (bytes: [UInt8]) throws(Violation) in
        guard let minisig = try? Minisig(text: bytes) else { return }
        try check("the comment is short enough", minisig.trustedComment.bytes.count <= TrustedComment.limit)
        try check("the structure is 74 bytes", minisig.signature.bytes.count == Signature.byteCount)
        try check(
            "its file makes the same signature",
            (try? Minisig(text: Array(minisig.fileText().utf8))) == minisig)
    }
}
