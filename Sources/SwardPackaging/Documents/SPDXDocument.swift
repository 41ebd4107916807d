// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Dispatch
internal import SwardHash
internal import SwardJSON
package import SwardPrimitives
internal import SwardScan
internal import Synchronization

/// The SPDX 2.3 document of a bundle: every file with its hashes and licenses, for people and for any SPDX tool.
///
/// - Source: SPDX 2.3 (ISO/IEC 5962), sections 6 to 11; JSON as its schema has it.
package struct SPDXDocument: Sendable {
    package struct File: Hashable, Sendable {
        /// From the work, elements joined by `/`.
        package var path: String
        package var sha1: Digest160
        package var sha256: Digest256
        /// `nil` is `NOASSERTION`.
        package var concluded: String?
        /// Of tags found in the file itself; `nil` is `NOASSERTION`, empty `NONE`.
        package var inFile: [String]?
        /// `nil` is `NOASSERTION`.
        package var copyright: String?

        package init(
            path: String, sha1: Digest160, sha256: Digest256, concluded: String?, inFile: [String]?,
            copyright: String?
        ) {
            self.path = path
            self.sha1 = sha1
            self.sha256 = sha256
            self.concluded = concluded
            self.inFile = inFile
            self.copyright = copyright
        }
    }

    /// Made one at a time, so that a hundred thousand of them need not be held.
    package struct Files: Sendable {
        package let count: Int
        private let file: @Sendable (Int) -> File

        package init(count: Int, file: @escaping @Sendable (Int) -> File) {
            self.count = count
            self.file = file
        }

        subscript(index: Int) -> File { file(index) }
    }

    package static let fileSuffix = ".spdx.json"
    /// What a document of ours says made it.
    package static let tool = "Tool: sward"

    package var name: String
    /// Seconds since 1970, UTC.
    package var created: Int64
    package var licenseListVersion: String
    package var expression: String
    package var copyright: [String]
    package var title: String?
    package var creators: [String]
    package var homepage: String?
    /// In the order they are to be written; each is asked for more than once, from any thread.
    package var files: Files
    /// Texts of `LicenseRef-` licenses.
    package var customTexts: [(identifier: String, text: String)]
    /// Of the work but not among `files`: the document itself and its signature.
    package var excluded: [String]

    package init(
        name: String, created: Int64, licenseListVersion: String, expression: String, copyright: [String],
        title: String?, creators: [String], homepage: String?, files: Files,
        customTexts: [(identifier: String, text: String)], excluded: [String]
    ) {
        self.name = name
        self.created = created
        self.licenseListVersion = licenseListVersion
        self.expression = expression
        self.copyright = copyright
        self.title = title
        self.creators = creators
        self.homepage = homepage
        self.files = files
        self.customTexts = customTexts
        self.excluded = excluded
    }

    /// What is said of all files together.
    private struct Summary {
        /// SHA-1 over the sorted SHA-1 of all files, in hexadecimal. Source: SPDX 2.3, 7.9.
        var verificationCode = ""
        /// A name no other document has: made from all that this one says, so that the same work has the same name.
        var namespace = ""
        /// Of tags found in files; sorted.
        var inFiles: [String] = []
    }

    private func summary() -> Summary {
        var stream = SHA256Stream()
        // Gathered: a digest that is fed a few bytes at a time is slow.
        var gathered: [UInt8] = []
        func add(_ text: String) {
            gathered.append(contentsOf: text.utf8)
            gathered.append(0)
            if gathered.count >= 64 << 10 { flush() }
        }
        func flush() {
            gathered.withUnsafeBytes { stream.update($0) }
            gathered.removeAll(keepingCapacity: true)
        }
        for text in [name, "\(created)", expression, title ?? "", homepage ?? ""] + copyright + creators {
            add(text)
        }
        var digests: [Digest160] = []
        digests.reserveCapacity(files.count)
        var inFiles: Set<String> = []
        for index in 0..<files.count {
            let file = files[index]
            add(file.path)
            add(file.concluded ?? "")
            add(file.copyright ?? "")
            file.sha256.withBytes { gathered.append(contentsOf: $0) }
            digests.append(file.sha1)
            for text in file.inFile ?? [] { inFiles.insert(text) }
        }
        flush()
        // In the order of their bytes, which is that of their digits.
        digests.sort()
        var code = SHA1Stream()
        for digest in digests {
            var hex = digest.hex
            hex.withUTF8 { code.update(UnsafeRawBufferPointer($0)) }
        }
        let safe = name.unicodeScalars.map { scalar -> String in
            let isSafe =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "."
                    || scalar == "-")
            return isSafe ? String(scalar) : "-"
        }.joined()
        return Summary(
            verificationCode: code.finalize().hex,
            namespace: "https://spdx.org/spdxdocs/\(safe)-\(stream.finalize().hex)", inFiles: inFiles.sorted()
        )
    }

    /// Writes the document, part by part.
    package func write(to sink: ([UInt8]) -> Void) {
        let summary = summary()
        var json = JSONWriter()
        json.object { json in
            json.entry("spdxVersion", "SPDX-2.3")
            json.newline()
            json.entry("dataLicense", "CC0-1.0")
            json.newline()
            json.entry("SPDXID", "SPDXRef-DOCUMENT")
            json.newline()
            json.entry("name", name)
            json.newline()
            json.entry("documentNamespace", summary.namespace)
            json.newline()
            json.key("creationInfo")
            json.object { json in
                json.entry("created", Timestamp.text(created))
                json.entry("creators", [Self.tool])
                json.entry("licenseListVersion", licenseListVersion)
            }
            json.newline()
            json.key("packages")
            json.array { json in package(&json, summary) }
            json.newline()
            json.key("files")
            json.array { json in
                Self.elements(files.count, &json, sink) { [files] index, json in
                    Self.write(files[index], number: index + 1, &json)
                }
            }
            json.newline()
            json.key("relationships")
            json.array { json in
                json.newline()
                Self.relation("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package", &json)
                Self.elements(files.count, &json, sink) { index, json in
                    Self.relation("SPDXRef-Package", "CONTAINS", "SPDXRef-File-\(index + 1)", &json)
                }
            }
            if !customTexts.isEmpty {
                json.newline()
                json.key("hasExtractedLicensingInfos")
                json.array { json in
                    for (identifier, text) in customTexts {
                        json.newline()
                        json.object { json in
                            json.entry("licenseId", identifier)
                            json.entry("extractedText", text)
                        }
                    }
                }
            }
        }
        sink(json.bytes + [UInt8(ascii: "\n")])
    }

    /// About what a document of such files takes, in bytes: before anything but their paths is known.
    static func estimatedLength(of paths: some Sequence<[String]>) -> Int64 {
        // What is written of each file, with short terms and one short notice.
        paths.reduce(4096) { $0 + 448 + $1.reduce(0) { $0 + Int64($1.utf8.count) + 1 } }
    }

    /// Elements of a list, each on a line, written by all cores and handed on in order.
    private static func elements(
        _ count: Int, _ json: inout JSONWriter, _ sink: ([UInt8]) -> Void,
        _ write: @Sendable (Int, inout JSONWriter) -> Void
    ) {
        guard count > 0 else { return }
        let isFirst = !json.needsComma
        sink(json.bytes)
        json.forgetBytes()
        let workers = ProcessorCount.online
        var start = 0
        while start < count {
            let parts = (0..<(2 * workers)).map { start + $0 * partCount }.prefix { $0 < count }
            let written = Mutex([[UInt8]](repeating: [], count: parts.count))
            DispatchQueue.concurrentPerform(iterations: parts.count) { part in
                var json = JSONWriter.ofElements(isFirst: isFirst && parts[part] == 0)
                for index in parts[part]..<min(parts[part] + partCount, count) {
                    json.newline()
                    write(index, &json)
                }
                let bytes = json.bytes
                written.withLock { $0[part] = bytes }
            }
            for bytes in written.withLock({ $0 }) { sink(bytes) }
            start += parts.count * partCount
        }
        json.passElements()
    }

    /// Elements that one core writes before it takes others.
    private static let partCount = 256

    private func package(_ json: inout JSONWriter, _ summary: Summary) {
        json.object { json in
            json.entry("SPDXID", "SPDXRef-Package")
            json.entry("name", title ?? name)
            json.entry("downloadLocation", "NOASSERTION")
            json.boolean("filesAnalyzed", true)
            json.key("packageVerificationCode")
            json.object { json in
                json.entry("packageVerificationCodeValue", summary.verificationCode)
                if !excluded.isEmpty {
                    json.entry("packageVerificationCodeExcludedFiles", excluded.map { "./" + $0 })
                }
            }
            // A name in parentheses would be read as an address.
            if let creator = creators.first, !creator.contains("("), !creator.contains("\n") {
                json.entry("originator", "Person: \(creator)")
            }
            if let homepage, homepage.hasPrefix("http") { json.entry("homepage", homepage) }
            json.entry("licenseConcluded", expression)
            json.entry("licenseDeclared", expression)
            json.entry("licenseInfoFromFiles", summary.inFiles.isEmpty ? ["NONE"] : summary.inFiles)
            json.entry("copyrightText", copyright.isEmpty ? "NONE" : copyright.joined(separator: "\n"))
            if !creators.isEmpty { json.entry("attributionTexts", creators) }
        }
    }

    private static func write(_ file: File, number: Int, _ json: inout JSONWriter) {
        json.object { json in
            json.entry("SPDXID", "SPDXRef-File-\(number)")
            json.entry("fileName", "./" + file.path)
            json.key("checksums")
            json.array { json in
                for (algorithm, value) in [("SHA1", file.sha1.hex), ("SHA256", file.sha256.hex)] {
                    json.object { json in
                        json.entry("algorithm", algorithm)
                        json.entry("checksumValue", value)
                    }
                }
            }
            json.entry("licenseConcluded", file.concluded ?? "NOASSERTION")
            json.entry(
                "licenseInfoInFiles", file.inFile.map { $0.isEmpty ? ["NONE"] : $0 } ?? ["NOASSERTION"])
            json.entry("copyrightText", file.copyright ?? "NOASSERTION")
        }
    }

    private static func relation(_ from: String, _ kind: String, _ to: String, _ json: inout JSONWriter) {
        json.object { json in
            json.entry("spdxElementId", from)
            json.entry("relationshipType", kind)
            json.entry("relatedSpdxElement", to)
        }
    }
}
