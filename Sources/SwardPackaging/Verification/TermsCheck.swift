// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON
internal import SwardBundle
internal import SwardCrypto
internal import SwardMetainfo
internal import SwardPolicy
internal import SwardPrimitives
internal import SwardSPDX

/// Compares the manifest with what the payload says of its terms: tags, annotations, texts, the SPDX document.
struct TermsCheck {
    let info: InfoDictionary
    let manifest: BundleManifest
    let payload: String
    /// Numbers of the files whose bytes are right; what is wrong with the others is said already.
    let sound: Set<Int>

    private static let documentLimit = 512 << 20

    func run(verifier: Verifier, into report: inout VerificationReport) {
        // A torrent of one file has no place for documents.
        guard !info.isSingleFile else { return }
        let numbers = sound.sorted().filter { !info.files[$0].isSymlink }
        let names = numbers.map { info.files.path(of: $0).joined(separator: "/") }
        let document = readDocument(verifier, &report)
        let surveys: [FileSurvey]
        do throws(PackagingError) {
            surveys = try FileSurvey.read(
                names, lengths: numbers.map { info.files[$0].length }, in: payload,
                digests: document != nil && verifier.comparesDocumentDigests)
        } catch {
            report.findings.append(.init(.unreadableTerms(error), path: error.path))
            return
        }
        compareTags(numbers, surveys, &report)
        if let document { compare(document, numbers, names, surveys, verifier, &report) }
        checkTexts(&report)
    }

    // MARK: Tags

    private func compareTags(_ numbers: [Int], _ surveys: [FileSurvey], _ report: inout VerificationReport) {
        var tree = WorkTree()
        for number in numbers {
            let entry = info.files[number]
            tree.entries.append(
                .init(
                    path: entry.path, length: entry.length, isExecutable: entry.isExecutable,
                    symlinkTarget: nil))
        }
        let scan: WorkTermsScan
        do throws(PackagingError) {
            scan = try WorkTermsScan.read(tree, surveys: surveys, root: payload)
        } catch {
            report.findings.append(.init(.unreadableTerms(error), path: error.path))
            return
        }
        for (number, terms) in zip(numbers, scan.files) {
            guard let stated = terms.expression else { continue }
            let text = manifest.expression(ofFile: number)
            guard let declared = try? LicenseExpression.parse(text), !stated.isEquivalent(to: declared) else {
                continue
            }
            let isNarrower = Self.givesLess(declared, than: stated)
            let path = info.files.path(of: number).joined(separator: "/")
            report.findings.append(
                .init(
                    isNarrower
                        ? .narrowed(stated: stated.description, declared: text)
                        : .contradicted(stated: stated.description, declared: text), path: path))
        }
    }

    /// Whether `declared` drops alternatives, or falls into a less free class than `stated`.
    private static func givesLess(_ declared: LicenseExpression, than stated: LicenseExpression) -> Bool {
        if let fewer = declared.normalized.choices(), let more = stated.normalized.choices() {
            let kept = Set(fewer.map { Set($0.terms) })
            let all = Set(more.map { Set($0.terms) })
            if kept.isStrictSubset(of: all) { return true }
        }
        func commons(_ expression: LicenseExpression) -> Commons? {
            let text = expression.description
            let part = WorkTerms.Part(expression: text, fileCount: 1, sampleFile: "")
            return Verdict.judge(WorkTerms(expression: text, parts: [part]), operator: OperatorProfile())
                .commons
        }
        guard let now = commons(declared), let before = commons(stated) else { return false }
        return now > before && now >= .restricted
    }

    // MARK: Texts

    private func checkTexts(_ report: inout VerificationReport) {
        var missing: Set<String> = []
        for text in manifest.expressions {
            guard let expression = try? LicenseExpression.parse(text) else { continue }
            for term in expression.terms {
                for identifier in LicenseExpression(term).textIdentifiers
                where manifest.texts[identifier] == nil {
                    if LicenseTextDuty.demands(identifier, term) { missing.insert(identifier) }
                }
            }
        }
        for identifier in missing.sorted() { report.findings.append(.init(.licenseTextMissing(identifier))) }
    }

    // MARK: The SPDX document

    /// - Returns: `nil` when there is none, or none that can be trusted to be the packed one.
    private func readDocument(_ verifier: Verifier, _ report: inout VerificationReport) -> SPDXDigest? {
        guard let name = manifest.document else { return nil }
        guard
            let number = info.files.indices.first(where: {
                info.files.path(of: $0).joined(separator: "/") == name
            }),
            sound.contains(number)
        else { return nil }
        let bytes: [UInt8]
        do throws(PackagingError) {
            guard let found = try SmallFile.read("\(payload)/\(name)", limit: Self.documentLimit) else {
                return nil
            }
            bytes = found
        } catch {
            report.findings.append(.init(.documentMalformed("\(error.reason)"), path: name))
            return nil
        }
        checkSignature(of: bytes, name, verifier, &report)
        do throws(SPDXDigest.Failure) {
            return try SPDXDigest(bytes)
        } catch {
            report.findings.append(.init(.documentMalformed(error.what), path: name))
            return nil
        }
    }

    private func checkSignature(
        of document: [UInt8], _ name: String, _ verifier: Verifier, _ report: inout VerificationReport
    ) {
        let path = name + Minisig.fileSuffix
        guard
            let number = info.files.indices.first(where: {
                info.files.path(of: $0).joined(separator: "/") == path
            }),
            sound.contains(number),
            let text = try? SmallFile.read("\(payload)/\(path)", limit: Minisig.fileLimit)
        else { return }
        do throws(CryptoError) {
            let minisig = try Minisig(text: text)
            let signers = report.signers.filter { $0.subject == .bundle }.map(\.key)
            let candidates = (signers + verifier.trusted.map(\.publicKey)).filter { $0.id == minisig.keyID }
            guard !candidates.isEmpty else {
                report.unknownDocumentKey = minisig.keyID
                return
            }
            var failure: CryptoError?
            // Keys can share a number; one of them must fit.
            for key in candidates {
                do throws(CryptoError) {
                    try key.verify(minisig, of: document)
                    report.signers.append(
                        .init(
                            subject: .document, key: key, trustedName: verifier.name(of: key),
                            trustedComment: minisig.trustedComment.text))
                    return
                } catch { failure = error }
            }
            if let failure { throw failure }
        } catch {
            report.findings.append(.init(.documentSignature(error), path: path))
        }
    }

    private func compare(
        _ document: SPDXDigest, _ numbers: [Int], _ names: [String], _ surveys: [FileSurvey],
        _ verifier: Verifier,
        _ report: inout VerificationReport
    ) {
        let own: Set<String> = [manifest.document ?? "", (manifest.document ?? "") + Minisig.fileSuffix]
        var listed = document.files
        for index in info.files.indices where !sound.contains(index) {
            listed[info.files.path(of: index).joined(separator: "/")] = nil
        }
        for (place, name) in names.enumerated() where !own.contains(name) {
            guard let file = listed.removeValue(forKey: name) else {
                report.findings.append(.init(.documentLacks, path: name))
                continue
            }
            if verifier.comparesDocumentDigests {
                let survey = surveys[place]
                let isSame = file.sha1 == survey.sha1 && (file.sha256 ?? survey.sha256) == survey.sha256
                if !isSame { report.findings.append(.init(.documentDigest, path: name)) }
            }
            let declared = manifest.expression(ofFile: numbers[place])
            if let concluded = file.concluded, !Self.isSame(concluded, declared) {
                report.findings.append(
                    .init(.documentLicense(document: concluded, declared: declared), path: name))
            }
        }
        for name in listed.keys.sorted() { report.findings.append(.init(.documentExtra, path: name)) }
    }

    private static func isSame(_ a: String, _ b: String) -> Bool {
        if a == b { return true }
        guard let a = try? LicenseExpression.parse(a), let b = try? LicenseExpression.parse(b) else {
            return false
        }
        return a.isEquivalent(to: b)
    }
}

/// Whether a license asks for its own text to go with the work.
enum LicenseTextDuty {
    static func demands(_ identifier: String, _ term: LicenseTerm) -> Bool {
        // The author's own text exists nowhere else.
        if identifier.contains("Ref-") { return true }
        guard term.license.identifier == identifier, let facts = LicenseFacts.facts(for: term) else {
            return false
        }
        return facts.text == .yes || facts.text == .withGPL
    }
}

/// What an SPDX document in JSON says of its files, whoever wrote it.
struct SPDXDigest {
    struct Failure: Error { let what: String }

    struct File {
        let sha1: Digest160
        let sha256: Digest256?
        /// `nil` for `NOASSERTION` and `NONE`.
        let concluded: String?
    }

    /// By path from the document's folder.
    private(set) var files: [String: File] = [:]

    init(_ bytes: [UInt8]) throws(Failure) {
        let root: JSONValue
        do throws(JSONValue.Failure) { root = try JSONValue(bytes) } catch {
            throw Failure(what: "\(error.reason) at byte \(error.offset)")
        }
        guard let version = root["spdxVersion"]?.string, version.hasPrefix("SPDX-2.") else {
            throw Failure(what: "spdxVersion is not SPDX-2")
        }
        for (index, value) in (root["files"]?.array ?? []).enumerated() {
            guard let name = value["fileName"]?.string else {
                throw Failure(what: "files[\(index)] has no fileName")
            }
            var sha1: Digest160?
            var sha256: Digest256?
            for checksum in value["checksums"]?.array ?? [] {
                let digits = checksum["checksumValue"]?.string ?? ""
                switch checksum["algorithm"]?.string {
                case "SHA1": sha1 = Digest160(hex: digits)
                case "SHA256": sha256 = Digest256(hex: digits)
                default: continue
                }
            }
            guard let sha1 else { throw Failure(what: "\(name) has no SHA1") }
            let concluded = value["licenseConcluded"]?.string.flatMap {
                ["NOASSERTION", "NONE"].contains($0) ? nil : $0
            }
            let path = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
            guard
                files.updateValue(File(sha1: sha1, sha256: sha256, concluded: concluded), forKey: path) == nil
            else {
                throw Failure(what: "\(name) is there twice")
            }
        }
    }
}
