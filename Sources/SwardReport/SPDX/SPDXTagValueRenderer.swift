// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// SPDX 2.3 as tag-value. Source: SPDX 2.3, sections 6 to 11.
struct SPDXTagValueRenderer {
    private var contents: SPDXContents

    init(_ report: ScanReport) { contents = SPDXContents(report) }

    mutating func render(into output: inout ByteOutput) {
        document(&output)
        rootPackage(&output)
        for file in contents.files { write(file, &output) }
        for index in contents.report.packages.indices { package(index, &output) }
        for (identifier, text) in contents.customTexts() {
            output.write("\n")
            tag("LicenseID", identifier, &output)
            block("ExtractedText", text, &output)
        }
        output.write("\n")
        relation("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package", &output)
        for index in contents.report.packages.indices {
            relation("SPDXRef-DOCUMENT", "DESCRIBES", contents.identifier(forPackage: index), &output)
        }
        // That the files belong to the root package is said by their place, after it.
        for (member, archive) in contents.expansions() {
            relation(member, "EXPANDED_FROM_ARCHIVE", archive, &output)
        }
    }

    private func document(_ output: inout ByteOutput) {
        let report = contents.report
        tag("SPDXVersion", "SPDX-2.3", &output)
        tag("DataLicense", "CC0-1.0", &output)
        tag("SPDXID", "SPDXRef-DOCUMENT", &output)
        tag("DocumentName", report.rootName, &output)
        tag("DocumentNamespace", contents.namespace, &output)
        if let comment = contents.documentComment { block("DocumentComment", comment, &output) }
        output.write("\n")
        tag("Creator", "Tool: sward-\(report.toolVersion)", &output)
        tag("Created", Timestamp.text(report.createdAt), &output)
        tag("LicenseListVersion", report.licenseListVersion.listVersion, &output)
    }

    private mutating func rootPackage(_ output: inout ByteOutput) {
        let report = contents.report
        output.write("\n")
        tag("PackageName", report.rootName, &output)
        tag("SPDXID", "SPDXRef-Package", &output)
        tag("PackageDownloadLocation", "NOASSERTION", &output)
        let hasFiles = !contents.files.isEmpty
        tag("FilesAnalyzed", hasFiles ? "true" : "false", &output)
        if hasFiles { tag("PackageVerificationCode", contents.verificationCode, &output) }
        tag(
            "PackageLicenseConcluded",
            report.concludedExpression.map { contents.written($0) } ?? "NOASSERTION", &output)
        if hasFiles {
            for found in contents.inFiles() { tag("PackageLicenseInfoFromFiles", found, &output) }
        }
        tag(
            "PackageLicenseDeclared",
            report.declaredExpression.map { contents.written($0) } ?? "NOASSERTION", &output)
        tag("PackageCopyrightText", "NOASSERTION", &output)
    }

    private mutating func package(_ index: Int, _ output: inout ByteOutput) {
        let package = contents.report.packages[index]
        output.write("\n")
        tag("PackageName", package.name.isEmpty ? package.path : package.name, &output)
        tag("SPDXID", contents.identifier(forPackage: index), &output)
        if let version = package.version { tag("PackageVersion", version, &output) }
        tag("PackageDownloadLocation", "NOASSERTION", &output)
        tag("FilesAnalyzed", "false", &output)
        if let homepage = package.homepage?.webAddress { tag("PackageHomePage", homepage, &output) }
        block("PackageSourceInfo", "described by \(package.path)", &output)
        tag("PackageLicenseConcluded", "NOASSERTION", &output)
        tag(
            "PackageLicenseDeclared", package.declared.map { contents.written($0) } ?? "NOASSERTION", &output)
        tag("PackageCopyrightText", "NOASSERTION", &output)
        if let purl = package.purl?.packageURL {
            tag("ExternalRef", "PACKAGE-MANAGER purl \(purl)", &output)
        }
    }

    private mutating func write(_ file: SPDXContents.File, _ output: inout ByteOutput) {
        let reported = contents.file(file)
        output.write("\n")
        tag("FileName", "./" + reported.file.path, &output)
        tag("SPDXID", file.identifier, &output)
        for type in SPDXContents.fileTypes(reported.file) { tag("FileType", type, &output) }
        if let sha1 = reported.sha1 { tag("FileChecksum", "SHA1: \(sha1.hex)", &output) }
        if let sha256 = reported.sha256 { tag("FileChecksum", "SHA256: \(sha256.hex)", &output) }
        tag("LicenseConcluded", contents.concluded(reported), &output)
        for found in contents.inFile(reported.file) { tag("LicenseInfoInFile", found, &output) }
        let copyright = SPDXContents.copyright(reported.file)
        if copyright == "NONE" {
            tag("FileCopyrightText", copyright, &output)
        } else {
            block("FileCopyrightText", copyright, &output)
        }
    }

    private func relation(_ from: String, _ kind: String, _ to: String, _ output: inout ByteOutput) {
        tag("Relationship", "\(from) \(kind) \(to)", &output)
    }

    private func tag(_ name: String, _ value: String, _ output: inout ByteOutput) {
        output.write("\(name): \(value.oneLine)\n")
    }

    /// What ends a text cannot stand within it.
    private func block(_ name: String, _ text: String, _ output: inout ByteOutput) {
        let text = text.plainLines.joined(separator: "\n").replacing("</text>", with: "< /text>")
        output.write("\(name): <text>\(text)</text>\n")
    }
}
