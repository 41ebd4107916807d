// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode
package import SwardPrimitives

/// Asking an HTTP tracker about swarms without taking part in them. Source: BEP 48.
package enum Scrape {
    /// - Throws: `.noScrape` where the last element of the path does not begin with `announce`.
    package static func url(of tracker: String, for hashes: [Digest160]) throws(TrackerError) -> String {
        try TrackerURL.check(tracker)
        let url = tracker.prefix { $0 != "#" }
        let path = url.prefix { $0 != "?" }
        guard !TrackerURL.isUDP(tracker), let slash = path.lastIndex(of: "/"),
            path[path.index(after: slash)...].hasPrefix("announce")
        else { throw .noScrape(tracker) }
        let rest = url[url.index(slash, offsetBy: 1 + "announce".count)...]
        let query = hashes.map { "info_hash=\(percentEncoded($0.bytes))" }.joined(separator: "&")
        let separator = !rest.contains("?") ? "?" : rest.hasSuffix("?") || rest.hasSuffix("&") ? "" : "&"
        return "\(url[...slash])scrape\(rest)\(separator)\(query)"
    }

    package static func parse(_ bytes: [UInt8]) throws(TrackerError) -> [Digest160: ScrapeEntry] {
        let root: Bencode
        do throws(BencodeError) {
            root = try LooseBencode.read(bytes[...], maximumValues: 100_000).value
        } catch {
            throw .notBencode(offset: error.offset)
        }
        guard case .dictionary = root else { throw .expectedDictionary }
        if let reason = root["failure reason"] {
            throw .refused(TrackerRefusal(reason: reason.shownText ?? ""))
        }
        guard case .dictionary(let files) = root["files"] else { throw .expectedDictionary }
        var entries: [Digest160: ScrapeEntry] = [:]
        for (key, value) in files {
            guard let hash = Digest160(key) else { continue }
            func count(_ name: String) -> Int {
                max(0, value[name]?.number.flatMap { Int(exactly: $0) } ?? 0)
            }
            entries[hash] = ScrapeEntry(
                seeds: count("complete"), leeches: count("incomplete"), downloads: count("downloaded"))
        }
        return entries
    }
}
