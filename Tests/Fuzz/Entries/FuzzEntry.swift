// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One parser or machine that is fed bytes nobody vouches for.
///
/// Its seeds, and what once broke it, lie in `Fixtures/fuzz/<name>/`; ordinary tests replay them, and libFuzzer
/// (`LibFuzzer/`) starts from them.
package struct FuzzEntry: Sendable, CustomStringConvertible {
    /// What must hold for every input, and did not.
    package struct Violation: Error {
        package let claim: String
        package let line: Int

        package init(claim: String, line: Int = #line) {
            self.claim = claim
            self.line = line
        }
    }

    package let name: String
    /// Feeds `bytes` in, and throws only a ``Violation``: a refusal is an answer.
    package let run: @Sendable (_ bytes: [UInt8]) throws(Violation) -> Void

    package init(name: String, run: @escaping @Sendable ([UInt8]) throws(Violation) -> Void) {
        self.name = name
        self.run = run
    }

    package var description: String { name }

    package static let all: [FuzzEntry] = [
        bencode, info, metainfo, magnet,
        publicKey, secretKey, minisig, announceResponse, localAnnouncement, krpc, dhtNode,
        licenseExpression, licenseText, licenseName, policyFile,
        peerStream, encryptionHandshake, extensionHandshake, metadataMessage, peerConnection,
        peerExchange, udpTracker, utpPacket, utpConnection, addressFilter,
        scrapeResponse, socksHandshake, socksDatagram, pcpAnswer, holepunch, handshake, bundleManifest,
        resumeRecord, hashLanes,
        reuseAnnotations, dep5, pathGlob, ignoreRules, archive,
        mediaImage, mediaSound, mediaFilm, mediaDocument, mediaFont, mediaLock,
        manifestJSON, manifestTOML, manifestYAML, manifestMarkup, manifestScript, manifestLines,
    ]
}

func check(_ claim: @autoclosure () -> String, _ holds: Bool, line: Int = #line) throws(FuzzEntry.Violation) {
    guard holds else { throw FuzzEntry.Violation(claim: claim(), line: line) }
}
