// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

/// Models: glTF, GLB, VRM, STL and PLY. Sources: glTF 2.0, `asset`; KHR_xmp_json_ld; VRM 0.x and 1.0, `meta`.
enum ModelReader {
    private static let maximumJSON = 16 << 20

    static func readGLTF(_ source: ByteSource, into contents: inout MediaContents) {
        let head = source.read(0, 20)
        var start = 0
        var length = source.length
        if head.has("glTF") {
            guard head.has("JSON", at: 16), let size = head.le32(12) else { return }
            start = 20
            length = size
        }
        let json = LenientJSON(source.read(start, min(length, maximumJSON)), maximumDepth: 32)
        guard let root = json.value else { return }
        func place(_ value: LocatedValue) -> Range<Int> {
            (start + value.bytes.lowerBound)..<(start + value.bytes.upperBound)
        }
        func take(_ entries: [LocatedValue.Entry], _ prefix: String) {
            for entry in entries {
                for value in entry.value.oneOrMore.prefix(16) {
                    if let text = value.string {
                        contents.add(key: entry.key, prefix: prefix, text, at: place(value))
                    }
                }
            }
        }
        take(root["asset"]?.entries ?? [], "gltf:asset.")
        take(root["asset"]?["extras"]?.entries ?? [], "gltf:extras.")
        take(root["extras"]?.entries ?? [], "gltf:extras.")
        for name in ["KHR_xmp_json_ld", "KHR_xmp"] {
            let packets =
                root["extensions"]?[name]?["packets"] ?? root["asset"]?["extensions"]?[name]?["packets"]
            for packet in packets?.list.prefix(16) ?? [] { linked(packet, place, into: &contents) }
        }
        take(root["extensions"]?["VRM"]?["meta"]?.entries.filter { vrm.contains($0.key) } ?? [], "vrm:")
        for entry in root["extensions"]?["VRMC_vrm"]?["meta"]?.entries ?? [] {
            for value in entry.value.oneOrMore.prefix(16) {
                guard let text = value.string else { continue }
                switch entry.key {
                case "licenseUrl", "otherLicenseUrl":
                    contents.add(.license, "vrm:" + entry.key, text, at: place(value))
                case "copyrightInformation":
                    contents.add(.copyright, "vrm:" + entry.key, text, at: place(value))
                case "authors": contents.add(.creator, "vrm:authors", text, at: place(value))
                case "name": contents.add(.title, "vrm:name", text, at: place(value))
                default: break
                }
            }
        }
    }

    private static let vrm: Set<String> = [
        "title", "author", "licenseName", "otherLicenseUrl", "contactInformation",
    ]

    /// XMP as JSON-LD: properties with their prefixes, values as text or as `@list`, `@set`, `rdf:Alt` of them.
    private static func linked(
        _ packet: LocatedValue, _ place: (LocatedValue) -> Range<Int>, into contents: inout MediaContents
    ) {
        let roles: [String: FieldRole] = [
            "dc:rights": .rights, "dc:creator": .creator, "dc:title": .title, "dc:description": .comment,
            "dcterms:license": .license, "dc:license": .license, "cc:license": .license,
            "xmpRights:WebStatement": .address,
            "xmpRights:UsageTerms": .license, "xmpRights:Owner": .copyright, "cc:attributionName": .creator,
            "cc:attributionURL": .attribution, "plus:TermsAndConditionsText": .license,
        ]
        for entry in packet.entries {
            guard let role = roles[entry.key] else { continue }
            var waiting = [entry.value]
            var steps = 0
            while let value = waiting.popLast(), steps < 64 {
                steps += 1
                if let text = value.string {
                    contents.add(role, entry.key, text, at: place(value))
                } else {
                    waiting += value.list
                    waiting += value.entries.filter {
                        $0.key != "@language" && $0.key != "@type" && $0.key != "rdf:type"
                    }.map(\.value)
                }
            }
        }
    }

    /// The 80 bytes before the triangles, in which exporters put words; of the kind in letters, its first lines.
    static func readSTL(_ source: ByteSource, into contents: inout MediaContents) {
        let head = source.read(0, 80)
        let isText = head.has("solid") && source.read(0, 512).firstIndex(of: Array("facet".utf8)) != nil
        let bytes = isText ? Array(source.read(0, 512).prefix { $0 != 10 }) : head.terminated()
        contents.add(.comment, "stl:header", FieldText.guessed(bytes), at: 0..<bytes.count)
    }

    static func readPLY(_ source: ByteSource, into contents: inout MediaContents) {
        var offset = 0
        var comment = ""
        for line in source.read(0, 65536).split(separator: 10, omittingEmptySubsequences: false) {
            let text = FieldText.guessed(Array(line.prefix(2000)))
            if text == "end_header" { break }
            if text.hasPrefix("comment ") || text.hasPrefix("obj_info ") {
                comment += text.drop { $0 != " " }.dropFirst() + "\n"
            }
            offset += line.count + 1
        }
        contents.add(.comment, "ply:comment", comment, at: 0..<min(offset, source.length))
    }
}
