// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardHash
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// CycloneDX 1.6 as JSON. Source: ECMA-424, first edition.
struct CycloneDXRenderer {
    private let report: ScanReport
    private var expressions = SPDXExpressions()

    init(_ report: ScanReport) { self.report = report }

    mutating func render(into output: inout ByteOutput) {
        var json = JSONStream(output, lineDepth: 2)
        json.object { json in
            json.entry("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json")
            json.entry("bomFormat", "CycloneDX")
            json.entry("specVersion", "1.6")
            json.entry("serialNumber", serialNumber)
            json.entry("version", 1)
            metadata(&json)
            json.array("components") { json in
                for (index, package) in report.packages.enumerated() {
                    json.object { write(package, number: index + 1, &$0) }
                }
                for (index, reported) in report.files.enumerated() {
                    json.object { write(reported, number: index + 1, &$0) }
                }
            }
        }
        output = json.finish()
    }

    /// Made from the content, as a version 8 UUID, so that the same report has the same name. Source: RFC 9562, 5.8.
    private var serialNumber: String {
        var seal = SHA256Stream()
        seal.update(Array("\(report.rootName)\u{0}\(report.createdAt)\u{0}\(report.toolVersion)\u{0}".utf8))
        for reported in report.files {
            let terms = "\(reported.file.path)\u{0}\(reported.concluded?.description ?? "")\u{0}"
            seal.update(Array(terms.utf8) + (reported.sha256?.bytes ?? []))
        }
        var bytes = Array(seal.finalize().bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { bytes[$0].hex }
        return "urn:uuid:" + parts.joined(separator: "-")
    }

    private mutating func metadata(_ json: inout JSONStream) {
        json.object("metadata") { json in
            json.entry("timestamp", Timestamp.text(report.createdAt))
            json.object("tools") { json in
                json.array("components") { json in
                    json.object { json in
                        json.entry("type", "application")
                        json.entry("name", "sward")
                        json.entry("version", report.toolVersion)
                    }
                }
            }
            json.object("component") { json in
                json.entry("type", "file")
                json.entry("bom-ref", "work")
                json.entry("name", report.rootName)
                licenses(report.declaredExpression, "declared", &json)
            }
            let verdict = report.judgement.verdict
            var properties = [
                ("sward:redistribution", verdict.redistribution.rawValue),
                ("sward:isPartial", report.isPartial ? "true" : "false"),
            ]
            if let commons = verdict.commons { properties.append(("sward:commons", commons.rawValue)) }
            for mark in report.judgement.marks {
                properties.append(("sward:mark:\(mark.mark.rawValue):\(mark.severity.rawValue)", mark.path))
            }
            json.objects("properties", properties) { json, property in
                json.entry("name", property.0)
                json.entry("value", property.1)
            }
        }
    }

    private mutating func write(_ package: ReportedPackage, number: Int, _ json: inout JSONStream) {
        json.entry("type", "library")
        json.entry("bom-ref", "package-\(number)")
        if !package.authors.isEmpty {
            json.objects("authors", package.authors) { $0.entry("name", $1) }
        }
        json.entry("name", package.name.isEmpty ? package.path : package.name)
        json.entry("version", ifAny: package.version)
        licenses(package.declared, "declared", &json)
        json.entry("purl", ifAny: package.purl?.packageURL)
        if let homepage = package.homepage?.webAddress {
            json.array("externalReferences") { json in
                json.object { json in
                    json.entry("type", "website")
                    json.entry("url", homepage)
                }
            }
        }
        json.object("evidence") { json in
            json.array("occurrences") { json in json.object { $0.entry("location", package.path) } }
        }
    }

    private mutating func write(_ reported: ReportedFile, number: Int, _ json: inout JSONStream) {
        let file = reported.file
        json.entry("type", "file")
        json.entry("bom-ref", "file-\(number)")
        json.entry("name", file.path)
        let digests = [("SHA-1", reported.sha1?.hex), ("SHA-256", reported.sha256?.hex)]
            .compactMap { algorithm, value in value.map { (algorithm, $0) } }
        if !digests.isEmpty {
            json.objects("hashes", digests) { json, digest in
                json.entry("alg", digest.0)
                json.entry("content", digest.1)
            }
        }
        licenses(reported.concluded, "concluded", &json)
        guard file.expression != nil || !file.copyrights.isEmpty else { return }
        json.object("evidence") { json in
            licenses(file.expression, nil, &json)
            if !file.copyrights.isEmpty {
                json.objects("copyright", file.copyrights) { $0.entry("text", $1.text) }
            }
        }
    }

    private mutating func licenses(
        _ expression: LicenseExpression?, _ acknowledgement: String?, _ json: inout JSONStream
    ) {
        guard let expression else { return }
        let text = expressions.text(expression)
        json.array("licenses") { json in
            json.object { json in
                json.entry("expression", text)
                json.entry("acknowledgement", ifAny: acknowledgement)
            }
        }
    }
}
