// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardMetainfo
import SwardPrimitives
import SwardStorage

extension FuzzEntry {
    /// The terms and signatures in an info dictionary, and whether the work may pass.
    package static let bundleManifest = FuzzEntry(name: "bundle-manifest") {
        (bytes: [UInt8]) throws(Violation) in
        guard let info = try? InfoDictionary.parse(bytes) else { return }
        if let checks = try? BundleSigning.check(info) {
            try check("there are not too many", checks.count <= BundleManifest.Limits.signatures)
            try check("one key has one voice", Set(checks.map(\.signature.key)).count == checks.count)
        }
        try check(
            "what is signed is a dictionary that can be read",
            (try? InfoDictionary.parse(BundleSigning.signedBytes(of: info))) != nil)
        let manifest: BundleManifest?
        do throws(BundleError) { manifest = try BundleManifest.read(info) } catch {
            try check("the offence lies in the bytes", error.offset.map { 0...bytes.count ~= $0 } ?? true)
            try check("what cannot be read does not pass", (try? Appraiser().appraise(info)) == nil)
            return
        }
        guard let manifest else { return }
        for index in info.files.indices.prefix(100) {
            try check("a file has terms", !manifest.expression(ofFile: index).isEmpty)
        }
        guard let appraisal = try? Appraiser().appraise(info) else {
            throw Violation(claim: "what can be read can be judged")
        }
        try check("what has terms has a verdict", appraisal.verdict != nil)
    }

    /// A record of what is verified.
    package static let resumeRecord = FuzzEntry(name: "resume-record") { (bytes: [UInt8]) throws(Violation) in
        guard let (header, bits) = ResumeHeader.parse(bytes) else { return }
        try check("there is a bit for each piece", bits.count == (header.pieceCount + 7) / 8)
        try check("what is read is written the same", header.encoded() + bits == bytes)
    }
}
