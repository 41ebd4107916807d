// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// SPDX 2.3 as JSON. Source: the JSON schema of SPDX 2.3.
struct SPDXJSONRenderer {
    private var contents: SPDXContents

    init(_ report: ScanReport) { contents = SPDXContents(report) }

    mutating func render(into output: inout ByteOutput) {
        let report = contents.report
        var json = JSONStream(output, lineDepth: 2)
        json.object { json in
            json.entry("spdxVersion", "SPDX-2.3")
            json.entry("dataLicense", "CC0-1.0")
            json.entry("SPDXID", "SPDXRef-DOCUMENT")
            json.entry("name", report.rootName)
            json.entry("documentNamespace", contents.namespace)
            json.entry("comment", ifAny: contents.documentComment)
            json.object("creationInfo") { json in
                json.entry("created", Timestamp.text(report.createdAt))
                json.entry("creators", ["Tool: sward-\(report.toolVersion)"])
                json.entry("licenseListVersion", report.licenseListVersion.listVersion)
            }
            json.array("packages") { json in
                json.object { rootPackage(&$0) }
                for index in report.packages.indices { json.object { package(index, &$0) } }
            }
            json.array("files") { json in
                for file in contents.files { json.object { write(file, &$0) } }
            }
            json.array("relationships") { relationships(&$0) }
            let texts = contents.customTexts()
            guard !texts.isEmpty else { return }
            json.objects("hasExtractedLicensingInfos", texts) { json, entry in
                json.entry("licenseId", entry.identifier)
                json.entry("extractedText", entry.text)
            }
        }
        output = json.finish()
    }

    private mutating func rootPackage(_ json: inout JSONStream) {
        let report = contents.report
        json.entry("SPDXID", "SPDXRef-Package")
        json.entry("name", report.rootName)
        json.entry("downloadLocation", "NOASSERTION")
        // A package whose files are listed must have some.
        let hasFiles = !contents.files.isEmpty
        json.entry("filesAnalyzed", hasFiles)
        if hasFiles {
            json.object("packageVerificationCode") { json in
                json.entry("packageVerificationCodeValue", contents.verificationCode)
            }
        }
        json.entry(
            "licenseConcluded",
            report.concludedExpression.map { contents.written($0) } ?? "NOASSERTION")
        json.entry(
            "licenseDeclared",
            report.declaredExpression.map { contents.written($0) } ?? "NOASSERTION")
        if hasFiles { json.entry("licenseInfoFromFiles", contents.inFiles()) }
        json.entry("copyrightText", "NOASSERTION")
    }

    private mutating func package(_ index: Int, _ json: inout JSONStream) {
        let package = contents.report.packages[index]
        json.entry("SPDXID", contents.identifier(forPackage: index))
        json.entry("name", package.name.isEmpty ? package.path : package.name)
        json.entry("versionInfo", ifAny: package.version)
        json.entry("downloadLocation", "NOASSERTION")
        json.entry("filesAnalyzed", false)
        json.entry("homepage", ifAny: package.homepage?.webAddress)
        json.entry("sourceInfo", "described by \(package.path)")
        json.entry("licenseConcluded", "NOASSERTION")
        json.entry(
            "licenseDeclared", package.declared.map { contents.written($0) } ?? "NOASSERTION")
        json.entry("copyrightText", "NOASSERTION")
        if let purl = package.purl?.packageURL {
            json.array("externalRefs") { json in
                json.object { json in
                    json.entry("referenceCategory", "PACKAGE-MANAGER")
                    json.entry("referenceType", "purl")
                    json.entry("referenceLocator", purl)
                }
            }
        }
    }

    private mutating func write(_ file: SPDXContents.File, _ json: inout JSONStream) {
        let reported = contents.file(file)
        json.entry("SPDXID", file.identifier)
        json.entry("fileName", "./" + reported.file.path)
        json.entry("fileTypes", SPDXContents.fileTypes(reported.file))
        json.array("checksums") { json in
            for (algorithm, value) in [("SHA1", reported.sha1?.hex), ("SHA256", reported.sha256?.hex)] {
                guard let value else { continue }
                json.object { json in
                    json.entry("algorithm", algorithm)
                    json.entry("checksumValue", value)
                }
            }
        }
        json.entry("licenseConcluded", contents.concluded(reported))
        json.entry("licenseInfoInFiles", contents.inFile(reported.file))
        json.entry("copyrightText", SPDXContents.copyright(reported.file))
    }

    private func relationships(_ json: inout JSONStream) {
        func relation(_ from: String, _ kind: String, _ to: String) {
            json.object { json in
                json.entry("spdxElementId", from)
                json.entry("relationshipType", kind)
                json.entry("relatedSpdxElement", to)
            }
        }
        relation("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package")
        for index in contents.report.packages.indices {
            relation("SPDXRef-DOCUMENT", "DESCRIBES", contents.identifier(forPackage: index))
        }
        for file in contents.files { relation("SPDXRef-Package", "CONTAINS", file.identifier) }
        for (member, archive) in contents.expansions() {
            relation(member, "EXPANDED_FROM_ARCHIVE", archive)
        }
    }
}

extension String {
    /// `3.28.0` as `3.28`: what creation info takes. Source: SPDX 2.3, 6.7.
    var listVersion: String {
        let parts = split(separator: ".")
        return parts.count >= 2 && parts.prefix(2).allSatisfy({ Int($0) != nil })
            ? parts.prefix(2).joined(separator: ".") : "3.0"
    }

    /// Itself where it is an address that SPDX and CycloneDX take.
    var webAddress: String? {
        guard hasPrefix("https://") || hasPrefix("http://"), utf8.count > 8, utf8.count < 2048 else {
            return nil
        }
        let isPlain = utf8.allSatisfy {
            $0 > 32 && $0 < 127 && !#""<>\^`{|}"#.utf8.contains($0)
        }
        return isPlain ? self : nil
    }

    /// Itself where it is a package URL without anything that must not be in one. Source: ECMA-427.
    var packageURL: String? {
        guard hasPrefix("pkg:"), utf8.count < 2048 else { return nil }
        let isPlain = utf8.allSatisfy { $0 > 32 && $0 < 127 && !#""<>\^`{|}"#.utf8.contains($0) }
        return isPlain ? self : nil
    }
}
