// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardSPDX

/// Makes findings of fields: which license a field names, who holds the copyright, what is forbidden.
enum StatementResolver {
    /// Prose of more than that is not handed to the detector from here; one file may hold many.
    private static let maximumProse = 256 << 10

    static func resolve(_ contents: MediaContents, format: String) -> FileMetadata {
        var metadata = FileMetadata(format: format)
        var prose = Prose()
        for field in contents.fields {
            switch field.role {
            case .title: if metadata.title == nil { metadata.title = field.text }
            case .creator:
                if metadata.creators.count < 32, !metadata.creators.contains(field.text) {
                    metadata.creators.append(field.text)
                }
            case .attribution:
                if metadata.attributionURL == nil, isAddress(field.text) {
                    metadata.attributionURL = field.text
                }
            case .address:
                if let expression = LicenseNames.expression(forAddress: field.text) {
                    metadata.add(expression, 100, field, format)
                }
            case .license:
                if let expression = named(field.text) {
                    metadata.add(expression, 100, field, format)
                } else {
                    prose.read(field, isCopyright: false, format, into: &metadata)
                }
            case .rights, .copyright:
                if field.text.utf8.count <= 120, let expression = named(field.text) {
                    metadata.add(expression, 100, field, format)
                } else {
                    prose.read(field, isCopyright: field.role == .copyright, format, into: &metadata)
                }
            case .comment where field.text.utf8.count <= 80 && FieldMentions.isSpoken(field.text):
                if let expression = named(field.text) {
                    metadata.add(expression, 90, field, format)
                } else {
                    prose.read(field, isCopyright: false, format, into: &metadata)
                }
            case .comment: prose.read(field, isCopyright: false, format, into: &metadata)
            }
        }
        metadata.dropAddressesOfLaterVersions(contents)
        // Rights that one field reserves another grants.
        if !metadata.findings.isEmpty { metadata.evidence.removeAll { $0.mark == .allRightsReservedClash } }
        for lock in contents.locks {
            metadata.evidence.append(
                EnclosureEvidence(mark: lock.mark, bytes: lock.bytes, lines: nil, quote: lock.quote))
        }
        return metadata
    }

    static func isAddress(_ text: String) -> Bool {
        (text.hasPrefix("http://") || text.hasPrefix("https://")) && !text.contains { $0.isWhitespace }
    }

    private static func named(_ text: String) -> LicenseExpression? {
        if isAddress(text) || text.hasPrefix("//") || text.hasPrefix("www.")
            || text.hasPrefix("creativecommons.org/")
        {
            return LicenseNames.expression(forAddress: text)
        }
        guard text.utf8.count <= 400 else { return nil }
        return LicenseNames.expression(forName: text)
    }

    /// Sentences, read by the detector as any text is.
    private struct Prose {
        private let detector = LicenseDetector()
        private var bytesLeft = StatementResolver.maximumProse

        mutating func read(
            _ field: MediaField, isCopyright: Bool, _ format: String, into metadata: inout FileMetadata
        ) {
            let length = field.text.utf8.count
            guard length <= bytesLeft else { return }
            bytesLeft -= length
            let detection = unsafe Array(field.text.utf8).withUnsafeBytes { bytes in
                unsafe detector.detect(bytes, role: .other)
            }
            var mentions = FieldMentions()
            if field.role != .comment, length <= 2000 { mentions = FieldMentions(field.text, field.role) }
            if let expression = detection.expression {
                let score = detection.findings.map(\.score).max() ?? 100
                metadata.add(expression, score, field, format)
            } else if let expression = mentions.expression {
                metadata.add(expression, 95, field, format)
            }
            for evidence in detection.evidence {
                var evidence = evidence
                evidence.bytes = field.bytes
                evidence.lines = nil
                metadata.evidence.append(evidence)
            }
            if detection.copyrights.isEmpty, isCopyright {
                let words = mentions.expression == nil ? field.text : mentions.rest
                if let notice = CopyrightField.notice(words, in: field) { metadata.add(notice) }
            }
            for copyright in detection.copyrights {
                var copyright = copyright
                copyright.holder = FieldMentions(copyright.holder, .copyright).rest
                copyright.bytes = field.bytes
                copyright.lines = 1...1
                if !copyright.holder.isEmpty { metadata.add(copyright) }
            }
            if detection.expression == nil, mentions.expression == nil, field.role != .comment,
                detection.evidence.allSatisfy({ $0.mark != .allRightsReservedClash }),
                saysReserved(field.text)
            {
                metadata.evidence.append(
                    EnclosureEvidence(
                        mark: .allRightsReservedClash, bytes: field.bytes, lines: nil,
                        quote: "\(field.name): \(field.text.prefix(200))"))
            }
        }

        private func saysReserved(_ text: String) -> Bool {
            let lower = text.lowercased()
            return [
                "all rights reserved", "tous droits réservés", "alle rechte vorbehalten",
                "todos los derechos reservados",
            ]
            .contains { lower.contains($0) }
        }
    }
}

extension FileMetadata {
    /// A grant of "version 1.1 or later" with the address of version 1.1 beside it is one grant.
    fileprivate mutating func dropAddressesOfLaterVersions(_ contents: MediaContents) {
        func stem(_ text: String) -> String? {
            for ending in ["-or-later", "+"] where text.hasSuffix(ending) {
                return String(text.dropLast(ending.count))
            }
            return nil
        }
        let later = Set(findings.compactMap { stem($0.expression.description) })
        guard !later.isEmpty else { return }
        findings.removeAll { finding in
            let text = finding.expression.description
            let base = text.hasSuffix("-only") ? String(text.dropLast(5)) : text
            guard later.contains(base) else { return false }
            return contents.fields.contains {
                finding.rule.hasSuffix($0.name) && $0.bytes == finding.bytes
                    && StatementResolver.isAddress($0.text)
            }
        }
    }

    fileprivate mutating func add(
        _ expression: LicenseExpression, _ score: Int, _ field: MediaField, _ format: String
    ) {
        guard findings.count < 256 else { return }
        let isKnown = findings.contains { $0.expression == expression && $0.bytes == field.bytes }
        guard !isKnown else { return }
        findings.append(
            LicenseFinding(
                kind: .metadata, expression: expression, score: score, bytes: field.bytes, lines: 1...1,
                rule: field.name.hasPrefix(format + ":") ? field.name : "\(format):\(field.name)"))
    }

    fileprivate mutating func add(_ notice: CopyrightNotice) {
        guard copyrights.count < 256 else { return }
        if !copyrights.contains(where: { $0.holder == notice.holder && $0.years == notice.years }) {
            copyrights.append(notice)
        }
    }
}
