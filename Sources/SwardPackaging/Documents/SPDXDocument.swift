// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives
internal import SwardJSON
internal import SwardHash

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
    /// In the order they are to be written.
    package var files: [File]
    /// Texts of `LicenseRef-` licenses.
    package var customTexts: [(identifier: String, text: String)]
    /// Of the work but not among `files`: the document itself and its signature.
    package var excluded: [String]

    package init(
        name: String, created: Int64, licenseListVersion: String, expression: String, copyright: [String],
        title: String?, creators: [String], homepage: String?, files: [File],
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

    /// SHA-1 over the sorted SHA-1 of all files, in hexadecimal. Source: SPDX 2.3, 7.9.
    package var verificationCode: String {
        SHA1.hash(Array(files.map(\.sha1.hex).sorted().joined().utf8)).hex
    }

    /// A name no other document has: made from all that this one says, so that the same work has the same name.
    package var namespace: String {
        var stream: [UInt8] = []
        for text in [name, "\(created)", expression, title ?? "", homepage ?? ""] + copyright + creators {
            stream.append(contentsOf: text.utf8)
            stream.append(0)
        }
        for file in files {
            stream.append(
                contentsOf: "\(file.path)\u{0}\(file.concluded ?? "")\u{0}\(file.copyright ?? "")\u{0}".utf8)
            stream.append(contentsOf: file.sha256.bytes)
        }
        let safe = name.unicodeScalars.map { scalar -> String in
            let isSafe =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "."
                    || scalar == "-")
            return isSafe ? String(scalar) : "-"
        }.joined()
        return "https://spdx.org/spdxdocs/\(safe)-\(SHA256.hash(stream).hex)"
    }

    package func encoded() -> [UInt8] {
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
            json.entry("documentNamespace", namespace)
            json.newline()
            json.key("creationInfo")
            json.object { json in
                json.entry("created", Timestamp.text(created))
                json.entry("creators", [Self.tool])
                json.entry("licenseListVersion", licenseListVersion)
            }
            json.newline()
            json.key("packages")
            json.array { json in package(&json) }
            json.newline()
            json.key("files")
            json.array { json in
                for (index, file) in files.enumerated() {
                    json.newline()
                    Self.write(file, number: index + 1, &json)
                }
            }
            json.newline()
            json.key("relationships")
            json.array { json in relationships(&json) }
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
        return json.bytes + [UInt8(ascii: "\n")]
    }

    private func package(_ json: inout JSONWriter) {
        json.object { json in
            json.entry("SPDXID", "SPDXRef-Package")
            json.entry("name", title ?? name)
            json.entry("downloadLocation", "NOASSERTION")
            json.boolean("filesAnalyzed", true)
            json.key("packageVerificationCode")
            json.object { json in
                json.entry("packageVerificationCodeValue", verificationCode)
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
            var infos = Set(files.flatMap { $0.inFile ?? [] }).sorted()
            if infos.isEmpty { infos = ["NONE"] }
            json.entry("licenseInfoFromFiles", infos)
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

    private func relationships(_ json: inout JSONWriter) {
        func relation(_ from: String, _ kind: String, _ to: String, _ json: inout JSONWriter) {
            json.newline()
            json.object { json in
                json.entry("spdxElementId", from)
                json.entry("relationshipType", kind)
                json.entry("relatedSpdxElement", to)
            }
        }
        relation("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package", &json)
        for number in files.indices {
            relation("SPDXRef-Package", "CONTAINS", "SPDXRef-File-\(number + 1)", &json)
        }
    }
}
