// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Locks that playlists announce.
enum PlaylistLock {
    private static let maximumLength = 4 << 20
    private static let maximumKeys = 2_000

    /// Source: RFC 8216, 4.3.2.4 and 4.3.4.5.
    static func readHLS(_ source: ByteSource, into contents: inout MediaContents) {
        let bytes = source.read(0, maximumLength)
        var offset = 0
        var keys = 0
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            defer { offset += line.count + 1 }
            guard line.starts(with: "#EXT-X-KEY:".utf8) || line.starts(with: "#EXT-X-SESSION-KEY:".utf8)
            else { continue }
            keys += 1
            if keys > maximumKeys { return }
            let attributes = attributes(String(decoding: line.prefix(4096), as: UTF8.self))
            let method = attributes["METHOD"] ?? "NONE"
            let format = attributes["KEYFORMAT"] ?? "identity"
            let isOpen = format == "identity" || format == "org.w3.clearkey"
            let isTransport = method == "NONE" || method.hasPrefix("AES-") && isOpen
            let range = offset..<(offset + line.count)
            if !isTransport {
                contents.lock(.drmHLS, "METHOD=\(method), KEYFORMAT=\(format)", at: range)
            } else if let key = attributes["URI"], key.lowercased().hasPrefix("http") {
                // A key that lies beside the segments keeps nobody out. One that a server hands out is not in the work.
                contents.lock(.drmHLS, "METHOD=\(method), URI=\(key)", at: range)
            }
        }
    }

    private static func attributes(_ line: String) -> [String: String] {
        var result: [String: String] = [:]
        var rest = line.split(separator: ":", maxSplits: 1).last ?? ""
        while let equals = rest.firstIndex(of: "="), result.count < 32 {
            let key = FieldText.trimmed(String(rest[..<equals]))
            rest = rest[rest.index(after: equals)...]
            let end: Substring.Index
            if rest.first == "\"" {
                rest = rest.dropFirst()
                end = rest.firstIndex(of: "\"") ?? rest.endIndex
            } else {
                end = rest.firstIndex(of: ",") ?? rest.endIndex
            }
            result[key] = FieldText.trimmed(String(rest[..<end]))
            let comma = rest[end...].firstIndex(of: ",")
            rest = comma.map { rest[rest.index(after: $0)...] } ?? ""
        }
        return result
    }

    /// Source: ISO 23009-1, 5.8.4.1; identifiers as dashif.org lists them.
    static func readDASH(_ source: ByteSource, into contents: inout MediaContents) {
        let tree = XMLTree(source.read(0, maximumLength)) { name, _ in
            ["ContentProtection", "Copyright", "Title", "Source", "ProgramInformation"].contains(name)
        }
        let clear = ["e2719d58-a985-b3c9-781a-b030af78d30e", "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b"]
        for (index, node) in tree.nodes.enumerated() {
            switch node.name {
            case "ContentProtection":
                let scheme = (node.attribute("schemeIdUri") ?? "").lowercased()
                // That the boxes are encrypted is said beside every system, clear key among them.
                guard scheme.hasPrefix("urn:uuid:"), !clear.contains(where: scheme.hasSuffix) else {
                    continue
                }
                let value = node.attribute("value").map { " (\($0))" } ?? ""
                contents.lock(.drmDASH, "ContentProtection \(scheme)\(value)", at: nil)
            case "Copyright":
                contents.add(.copyright, "mpd:Copyright", tree.text(of: index), at: 0..<source.length)
            case "Title": contents.add(.title, "mpd:Title", tree.text(of: index), at: 0..<source.length)
            default: break
            }
        }
    }
}
