// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBundle
internal import SwardCrypto
internal import SwardMetainfo
internal import SwardPrimitives
internal import SwardSPDX

extension PackOptions {
    /// What can be told before anything is read: every value is one that a reader of the bundle takes.
    func check() throws(PackagingError) {
        if let length = pieceLength {
            let isPower = length >= blockLength && length & (length - 1) == 0
            guard isPower, length <= PieceLayout.maximumPieceLength else {
                throw Self.bad("piece-length", "\(length)")
            }
        }
        if let year, !(1...9999).contains(year) { throw Self.bad("year", "\(year)") }
        // The year 9999 ends there.
        if !(0...253_402_300_799).contains(created) { throw Self.bad("date", "\(created)") }
        for (name, texts) in [
            ("title", title.map { [$0] } ?? []), ("creator", creators), ("copyright", copyright),
        ] {
            for text in texts where !BundleManifest.isText(text) { throw Self.bad(name, text) }
        }
        for (name, addresses) in [
            ("homepage", homepage.map { [$0] } ?? []), ("corresponding-source", correspondingSource),
            ("source", sources.compactMap(\.url)),
        ] {
            for address in addresses where !BundleManifest.isAddress(address) {
                throw Self.bad(name, address)
            }
        }
        for source in sources {
            if let title = source.title, !BundleManifest.isText(title) { throw Self.bad("source", title) }
            guard let expression = source.expression else { continue }
            do throws(ExpressionError) { _ = try LicenseExpression.parse(expression) } catch {
                throw PackagingError(.badExpression(expression, error))
            }
        }
        try check(trackers.flatMap(\.self), of: "tracker", ["http", "https", "udp", "ws", "wss"])
        try check(webSeeds, of: "web-seed", ["http", "https", "ftp"])
        try check(httpSeeds, of: "http-seed", ["http", "https"])
        if let comment, comment.isEmpty { throw Self.bad("comment", comment) }
        if let trustedComment {
            do throws(CryptoError) { _ = try TrustedComment(trustedComment) } catch {
                throw Self.bad("trusted-comment", trustedComment)
            }
        }
    }

    /// - Parameter schemes: Those that clients know there.
    private func check(_ urls: [String], of name: String, _ schemes: Set<String>) throws(PackagingError) {
        for url in urls {
            guard BundleManifest.isAddress(url), let end = url.range(of: "://"),
                schemes.contains(url[..<end.lowerBound].lowercased()),
                let first = url[end.upperBound...].first, !"/:?#".contains(first)
            else { throw Self.bad(name, url) }
        }
    }

    private static func bad(_ name: String, _ value: String) -> PackagingError {
        PackagingError(.badOption(name: name, value: value))
    }
}

extension String {
    fileprivate func range(of other: String) -> Range<Index>? { ranges(of: other).first }
}
