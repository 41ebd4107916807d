// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPrimitives
import SwardTracker

extension FuzzEntry {
    package static let announceResponse = FuzzEntry(name: "announce-response") {
        (bytes: [UInt8]) throws(Violation) in
        guard let response = try? AnnounceResponse.parse(bytes) else { return }
        try check("there are not too many peers", response.peers.count <= AnnounceResponse.peerLimit)
        try check("no peer comes twice", Set(response.peers).count == response.peers.count)
        try check("every peer can be called", response.peers.allSatisfy { $0.port != 0 })
        try check(
            "no wait is negative", response.interval >= .zero && (response.minimumInterval ?? .zero) >= .zero)
        try check(
            "a warning can be shown",
            response.warning?.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } ?? true)
    }

    package static let scrapeResponse = FuzzEntry(name: "scrape-response") {
        (bytes: [UInt8]) throws(Violation) in
        guard let entries = try? Scrape.parse(bytes) else { return }
        try check(
            "no count is negative",
            entries.values.allSatisfy { $0.seeds >= 0 && $0.leeches >= 0 && $0.downloads >= 0 })
        try check("a work takes its bytes", entries.count <= bytes.count / Digest160.byteCount)
    }

    package static let localAnnouncement = FuzzEntry(name: "local-announcement") {
        (bytes: [UInt8]) throws(Violation) in
        guard let announcement = try? LocalAnnouncement.parse(bytes) else { return }
        try check(
            "there is something to announce", !announcement.infoHashes.isEmpty && announcement.port != 0)
        for group in LocalAnnouncement.Group.allCases {
            let datagrams = announcement.datagrams(to: group)
            try check(
                "datagrams stay whole", datagrams.allSatisfy { $0.count <= LocalAnnouncement.datagramLimit })
            let again = datagrams.compactMap { try? LocalAnnouncement.parse($0).infoHashes }.flatMap { $0 }
            try check("what is said again is the same", again == announcement.infoHashes)
        }
    }
}
