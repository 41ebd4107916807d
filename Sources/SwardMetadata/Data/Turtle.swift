// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension DataFormats {
    /// Turtle and N-Triples, read by the predicate alone: the object behind `dct:license`, `cc:license` and the like.
    /// Source: RDF 1.1 Turtle; DCAT 3, `dcterms:license`.
    static let turtle = MetadataFormat(
        name: "turtle", extensions: ["ttl", "nt", "n3", "trig"],
        applies: { PackageFormats.mentionsTerms($0) },
        read: { file in
            var manifest = Manifest("turtle", file, descriptors)
            let bytes = manifest.bytes
            for predicate in [":license", "/license>", "#license>", ":rights", "/rights>"] {
                var from = 0
                var count = 0
                while let found = bytes.find(predicate, from: from), count < 500 {
                    count += 1
                    from = found + predicate.utf8.count
                    guard from < bytes.count, bytes[from].isBlank, isPredicate(bytes, found) else { continue }
                    var start = from
                    while start < bytes.count, bytes[start].isBlank { start += 1 }
                    guard start < bytes.count else { break }
                    let object: Words?
                    switch bytes[start] {
                    case UInt8(ascii: "<"):
                        let end = bytes[start...].prefix(4_096).firstIndex(of: UInt8(ascii: ">")) ?? start + 1
                        object = Words(
                            bytes.text((start + 1)..<end), bytes: (start + 1)..<max(start + 1, end))
                    case UInt8(ascii: "\""):
                        let end =
                            bytes[(start + 1)...].prefix(4_096).firstIndex(of: UInt8(ascii: "\"")) ?? start
                            + 1
                        object = Words(
                            bytes.text((start + 1)..<end), bytes: (start + 1)..<max(start + 1, end))
                    default:
                        // A prefixed name, such as `cclicense:by` or `spdx:MIT`.
                        let end =
                            bytes[start...].prefix(256).firstIndex { $0.isBlank || ";,".utf8.contains($0) }
                            ?? start
                        let name = bytes.text(start..<end).split(separator: ":").last.map(String.init) ?? ""
                        object = Words(name.trimmingEnds(of: "."), bytes: start..<max(start, end))
                    }
                    guard let object, !object.bytes.isEmpty else { continue }
                    if predicate.contains("license") {
                        if bytes[start] == UInt8(ascii: "<") || bytes[start] == UInt8(ascii: "\"") {
                            manifest.licenseStatement("license", object)
                        } else if let terms = Terms.known(object.text, descriptors) {
                            manifest.declareOnce("license", terms, object)
                        }
                    } else {
                        manifest.rights("rights", object)
                    }
                }
            }
            let found = manifest.document()
            return found.findings.isEmpty ? nil : found
        })

    /// Whether what ends at `end` is a prefix or address and no subject at the start of a line, as in an ontology.
    private static func isPredicate(_ bytes: [UInt8], _ end: Int) -> Bool {
        var start = end
        while start > 0, !bytes[start - 1].isBlank, bytes[start - 1] != UInt8(ascii: ";"), end - start < 256 {
            start -= 1
        }
        return start > 0 && bytes[start - 1] != 0x0A
            || start > 0 && bytes[start - 1] == 0x0A && start >= 2
                && bytes[start - 2] == UInt8(ascii: ";")
    }
}
