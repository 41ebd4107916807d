// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// SPDX 3.0.1 as JSON-LD: one flat graph of elements. Source: SPDX 3.0.1, profiles core, software and simple licensing.
///
/// Every relation names three elements in full, so names are short: a UUID of what was found, and a letter with a number.
struct SPDX3Renderer {
    private let report: ScanReport
    private let archives: ArchivePaths
    private let namespace: String
    private let names: [String]
    private var expressions = SPDXExpressions()
    private var expressionNumbers: [String: Int] = [:]
    private var relationCount = 0

    init(_ report: ScanReport) {
        self.report = report
        archives = ArchivePaths(report)
        namespace = Self.uuid(SPDXContents(report).namespace)
        names = report.files.indices.map { "f\($0 + 1)" }
    }

    mutating func render(into output: inout ByteOutput) {
        var json = JSONStream(output, lineDepth: 2)
        json.object { json in
            json.entry("@context", "https://spdx.org/rdf/3.0.1/spdx-context.jsonld")
            json.array("@graph") { json in
                frame(&json)
                for index in report.files.indices { file(index, &json) }
                for index in report.packages.indices { package(index, &json) }
                contents(&json)
                licenses(&json)
                customTexts(&json)
            }
        }
        output = json.finish()
    }

    /// A UUID of version 8, of the digest that an address ends with. Source: RFC 9562, 5.8.
    private static func uuid(_ address: String) -> String {
        var digits = Array(address.suffix(64).prefix(32))
        digits[12] = "8"
        digits[16] = "8"
        var text = "urn:uuid:"
        for (place, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(place) { text += "-" }
            text.append(digit)
        }
        return text
    }

    private func iri(_ name: String) -> String { "\(namespace)#\(name)" }

    private func frame(_ json: inout JSONStream) {
        json.object { json in
            json.entry("type", "CreationInfo")
            json.entry("@id", "_:c")
            json.entry("specVersion", "3.0.1")
            json.entry("created", Timestamp.text(report.createdAt))
            json.entry("createdBy", [iri("Agent")])
            json.entry("createdUsing", [iri("Tool")])
        }
        element("SoftwareAgent", "Agent", &json) { $0.entry("name", "sward") }
        element("Tool", "Tool", &json) { $0.entry("name", "sward-\(report.toolVersion)") }
        element("SpdxDocument", "Document", &json) { json in
            json.entry("name", report.rootName)
            if report.isPartial {
                json.entry("comment", "The scan was broken off; this is what was known by then.")
            }
            json.entry("profileConformance", ["core", "software", "simpleLicensing"])
            json.entry("rootElement", [iri("Sbom")])
        }
        element("software_Sbom", "Sbom", &json) { json in
            json.entry("profileConformance", ["core", "software", "simpleLicensing"])
            json.entry("rootElement", [iri("Package")])
            json.entry("software_sbomType", ["source"])
        }
        element("software_Package", "Package", &json) { $0.entry("name", report.rootName) }
    }

    private func element(
        _ type: String, _ name: String, _ json: inout JSONStream, _ body: (inout JSONStream) -> Void
    ) {
        json.object { json in
            json.entry("type", type)
            json.entry("spdxId", iri(name))
            json.entry("creationInfo", "_:c")
            body(&json)
        }
    }

    private func file(_ index: Int, _ json: inout JSONStream) {
        let reported = report.files[index]
        element("software_File", names[index], &json) { json in
            json.entry("name", "./" + reported.file.path)
            json.entry("software_fileKind", "file")
            let digests = [("sha1", reported.sha1?.hex), ("sha256", reported.sha256?.hex)]
                .compactMap { algorithm, value in value.map { (algorithm, $0) } }
            if !digests.isEmpty {
                json.objects("verifiedUsing", digests) { json, digest in
                    json.entry("type", "Hash")
                    json.entry("algorithm", digest.0)
                    json.entry("hashValue", digest.1)
                }
            }
            json.entry("software_primaryPurpose", Self.purpose(reported.file))
            if !reported.file.statedCopyrights.isEmpty {
                json.entry("software_copyrightText", SPDXContents.copyright(reported.file))
            }
        }
    }

    private func package(_ index: Int, _ json: inout JSONStream) {
        let package = report.packages[index]
        element("software_Package", "p\(index + 1)", &json) { json in
            json.entry("name", package.name.isEmpty ? package.path : package.name)
            json.entry("software_packageVersion", ifAny: package.version)
            json.entry("software_packageUrl", ifAny: package.purl?.packageURL)
            json.entry("software_homePage", ifAny: package.homepage?.webAddress)
            json.entry("software_sourceInfo", "described by \(package.path)")
        }
    }

    private mutating func relation(
        _ from: String, _ kind: String, _ to: [String], _ json: inout JSONStream
    ) {
        relationCount += 1
        element("Relationship", "r\(relationCount)", &json) { json in
            json.entry("from", iri(from))
            json.entry("relationshipType", kind)
            json.entry("to", to.map { iri($0) })
        }
    }

    private mutating func contents(_ json: inout JSONStream) {
        var members: [String: [String]] = [:]
        var paths: [String: String] = [:]
        var plain: [String] = []
        for (index, reported) in report.files.enumerated() {
            if let archive = archives.container(of: reported.file.path)?.innermost {
                members[archive, default: []].append(names[index])
            } else {
                plain.append(names[index])
            }
            if reported.file.content == .archive { paths[reported.file.path] = names[index] }
        }
        plain += report.packages.indices.map { "p\($0 + 1)" }
        if !plain.isEmpty { relation("Package", "contains", plain, &json) }
        for (archive, files) in members.sorted(by: { $0.key < $1.key }) {
            if let name = paths[archive] { relation(name, "expandsTo", files, &json) }
        }
    }

    private mutating func licenses(_ json: inout JSONStream) {
        func say(_ subject: String, _ kind: String, _ expression: LicenseExpression?) {
            guard let expression else { return }
            let text = expressions.text(expression)
            let number: Int
            if let known = expressionNumbers[text] {
                number = known
            } else {
                number = expressionNumbers.count + 1
                expressionNumbers[text] = number
                self.expression(number, text, expression, &json)
            }
            relation(subject, kind, ["l\(number)"], &json)
        }
        say("Package", "hasConcludedLicense", report.concludedExpression)
        say("Package", "hasDeclaredLicense", report.declaredExpression)
        for (index, package) in report.packages.enumerated() {
            say("p\(index + 1)", "hasDeclaredLicense", package.declared)
        }
        for (index, reported) in report.files.enumerated() {
            say(names[index], "hasDeclaredLicense", reported.file.declared ?? reported.file.expression)
            say(names[index], "hasConcludedLicense", reported.concluded)
        }
    }

    private func expression(
        _ number: Int, _ text: String, _ expression: LicenseExpression, _ json: inout JSONStream
    ) {
        element("simplelicensing_LicenseExpression", "l\(number)", &json) { json in
            json.entry("simplelicensing_licenseExpression", text)
            if report.licenseListVersion.isSemantic {
                json.entry("simplelicensing_licenseListVersion", report.licenseListVersion)
            }
            // Parsed again because it is what was written that must be explained.
            let custom = ((try? LicenseExpression.parse(text))?.licenses ?? []).filter(\.isCustom)
            guard !custom.isEmpty else { return }
            json.objects("simplelicensing_customIdToUri", custom) { json, license in
                json.entry("type", "DictionaryEntry")
                json.entry("key", license.identifier)
                json.entry("value", iri(license.identifier))
            }
        }
    }

    private func customTexts(_ json: inout JSONStream) {
        for (identifier, words) in expressions.references.sorted(by: { $0.key < $1.key }) {
            element("simplelicensing_SimpleLicensingText", identifier, &json) { json in
                json.entry("name", words)
                json.entry(
                    "simplelicensing_licenseText",
                    report.customTexts[identifier]
                        ?? "The terms \(words) are named in the work; their text was not found in it.")
            }
        }
    }

    private static func purpose(_ file: ScannedFile) -> String {
        switch file.content {
        case .source, .minified: "source"
        case .objectCode: "executable"
        case .archive: "archive"
        case .data: "data"
        case .text: "documentation"
        case .media, .other: "file"
        }
    }
}

extension String {
    /// Three numbers, as `3.28.0`.
    fileprivate var isSemantic: Bool {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 && parts.allSatisfy { Int($0).map { "\($0)" } == String($0) }
    }
}
