// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardBencode
import SwardBundle
import SwardCrypto
import SwardMetainfo
import Testing

@Suite("Signatures in a bundle") struct BundleSigningTests {
    private func signed(by numbers: [UInt8]) throws -> InfoDictionary {
        // A key before and one after `signatures`, to show that both stay.
        var info = try Sample.info(
            license: Sample.manifest.encoded(),
            extra: ["similar": ["12345678901234567890"], "zz": [1, "two"]])
        for number in numbers {
            info = try InfoDictionary.parse(
                BundleSigning.sign(
                    info, with: Sample.key(number), trustedComment: TrustedComment("comment \(number)")))
        }
        return info
    }

    @Test("signing changes no byte of what is signed")
    func signedBytesStay() throws {
        let bare = try signed(by: [])
        let once = try signed(by: [1])
        #expect(BundleSigning.signedBytes(of: bare) == bare.bytes)
        #expect(BundleSigning.signedBytes(of: once) == bare.bytes)
        #expect(once.infoHashes != bare.infoHashes)
    }

    @Test("every signer is found, in one order whoever signed first")
    func severalSigners() throws {
        let checks = try BundleSigning.check(signed(by: [1, 2, 3]))
        #expect(checks.map(\.isGood) == [true, true, true])
        #expect(try checks.map(\.signature.key) == [1, 2, 3].map { try Sample.key($0).publicKey })
        #expect(
            checks.map(\.signature.minisig.trustedComment.text) == ["comment 1", "comment 2", "comment 3"])
        #expect(try signed(by: [3, 1, 2, 1]).bytes == signed(by: [1, 2, 3]).bytes)
    }

    @Test("no bit of the signed bytes can change unseen")
    func flippedBits() throws {
        let info = try signed(by: [1])
        let signatures = try #require(info.extra("signatures")).range
        var changed = 0
        for offset in info.bytes.indices where !signatures.contains(offset) {
            var bytes = info.bytes
            bytes[offset] ^= 1
            guard let other = try? InfoDictionary.parse(bytes), other.extra("signatures") != nil else {
                continue
            }
            let checks = try BundleSigning.check(other)
            #expect(checks.map(\.failure) == [.badSignature], "byte \(offset)")
            changed += 1
        }
        #expect(changed > 100)
    }

    @Test("a forged comment, a foreign key and a legacy signature are told apart")
    func forgeries() throws {
        let info = try signed(by: [1])
        let good = try #require(try BundleSigning.check(info).first).signature
        func replaced(_ change: (inout [[UInt8]: Bencode]) -> Void) throws -> InfoDictionary {
            let list = try #require(info.extra("signatures")?.elements.first { _ in true })
            guard case .dictionary(var entry) = Bencode(list) else { throw CancellationError() }
            change(&entry)
            return try InfoDictionary.parse(
                info.document.root.encoded(changing: ["signatures": .list([.dictionary(entry)])]))
        }
        let comment = try replaced { $0[Array("t".utf8)] = "comment 2" }
        #expect(try BundleSigning.check(comment).map(\.failure) == [.badCommentSignature])
        let other = try Sample.key(2).publicKey
        let foreign = try replaced { $0[Array("k".utf8)] = .string(other.bytes) }
        #expect(
            try BundleSigning.check(foreign).map(\.failure) == [
                .otherKey(signature: good.key.id, key: other.id)
            ])
        let legacy = try replaced {
            $0[Array("s".utf8)] = .string(Array("Ed".utf8) + good.minisig.signature.bytes.dropFirst(2))
        }
        #expect(throws: BundleError.self) { try BundleSigning.check(legacy) }
    }

    static let malformedEntries: [(value: Bencode, key: String)] = [
        (1, "signatures"), ([1], "signatures[0]"), ([["k": "x"]], "signatures[0].s"),
        (.list([[Bencode]](repeating: [], count: 65).map(Bencode.list)), "signatures"),
    ]

    @Test("entries that are no signatures are refused at their key", arguments: malformedEntries.indices)
    func malformed(_ index: Int) throws {
        let row = Self.malformedEntries[index]
        let info = try Sample.info(license: nil, numbers: [:], extra: ["signatures": row.value])
        let error = #expect(throws: BundleError.self) { try BundleSigning.check(info) }
        #expect(error?.key == row.key)
    }
}
