// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The forms a report can take. Raw values are the words of `--format`; plain text is the command's own.
public enum ReportFormat: String, Hashable, Sendable, CaseIterable {
    /// All there is, by `docs/report.schema.json`.
    case json
    /// SPDX 2.3 (ISO/IEC 5962), JSON.
    case spdx = "spdx-json"
    /// SPDX 2.3, tag-value.
    case spdxTagValue = "spdx"
    /// SPDX 3.0.1, JSON-LD.
    case spdx3 = "spdx3-json"
    /// CycloneDX 1.6, JSON.
    case cyclonedx
    /// SARIF 2.1.0: findings as code hosts annotate them.
    case sarif
    /// Debian's machine-readable copyright file, format 1.0.
    case debianCopyright = "debian-copyright"
    /// The notices to ship with the work.
    case notice
    /// One page that needs nothing else.
    case html

    /// What the name of such a file ends in.
    public var fileSuffix: String {
        switch self {
        case .json: ".json"
        case .spdx: ".spdx.json"
        case .spdxTagValue: ".spdx"
        case .spdx3: ".spdx3.json"
        case .cyclonedx: ".cdx.json"
        case .sarif: ".sarif"
        case .debianCopyright: ".copyright"
        case .notice: ".txt"
        case .html: ".html"
        }
    }

    /// Whether every file must have its SHA-1 and SHA-256.
    public var wantsDigests: Bool {
        switch self {
        case .spdx, .spdxTagValue, .spdx3, .cyclonedx: true
        default: false
        }
    }

    /// Whether lines of the files are shown.
    public var wantsExcerpts: Bool { self == .html }

    /// Whether the words in which files depart from license texts are shown.
    public var wantsDifferences: Bool { self == .json || self == .html }

    /// Writes the report piece by piece; the same report gives the same bytes.
    ///
    /// - Parameter sink: Takes one piece after another, about 64 KiB each. After it has thrown it is not called again.
    /// - Throws: What `sink` threw.
    public func render<E: Error>(
        _ report: ScanReport, into sink: ([UInt8]) throws(E) -> Void
    ) throws(E) {
        var failure: E?
        withoutActuallyEscaping(sink) { sink in
            var output = ByteOutput { piece in
                guard failure == nil else { return }
                do throws(E) { try sink(piece) } catch { failure = error }
            }
            switch self {
            case .json: JSONRenderer(report).render(into: &output)
            case .sarif: SARIFRenderer(report).render(into: &output)
            case .spdx:
                var renderer = SPDXJSONRenderer(report)
                renderer.render(into: &output)
            case .spdxTagValue:
                var renderer = SPDXTagValueRenderer(report)
                renderer.render(into: &output)
            case .spdx3:
                var renderer = SPDX3Renderer(report)
                renderer.render(into: &output)
            case .cyclonedx:
                var renderer = CycloneDXRenderer(report)
                renderer.render(into: &output)
            case .debianCopyright: DebianCopyrightRenderer(report).render(into: &output)
            case .notice: NoticeRenderer(report).render(into: &output)
            case .html: HTMLRenderer(report).render(into: &output)
            }
            output.flush()
        }
        if let failure { throw failure }
    }

    /// The whole report at once, for those who have the memory.
    public func rendered(_ report: ScanReport) -> [UInt8] {
        var bytes: [UInt8] = []
        render(report) { bytes += $0 }
        return bytes
    }
}
