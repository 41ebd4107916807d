// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardBundle
internal import SwardDetection
package import SwardMetainfo
package import SwardPolicy
internal import SwardReport
internal import SwardSPDX
internal import SwardScan

/// What the files of a complete payload say of their terms, and what follows.
package struct PayloadScan: Sendable {
    package let judgement: WorkJudgement
    /// Of the files, joined; `nil` where nothing was found.
    package let expression: String?

    /// Scans the files of a torrent, and only those: what else lies in the folder is not part of the work.
    ///
    /// - Parameters:
    ///   - manifest: What it declares is held against what is found; without one the work is judged on what is found.
    ///   - payload: The bundle's folder, or the file of a torrent of one.
    ///   - sound: The numbers of the files that are as the hashes say.
    package init(
        of info: InfoDictionary, manifest: BundleManifest?, payload: String, sound: Set<Int>,
        operator profile: OperatorProfile
    ) throws(PackagingError) {
        var options = ScanOptions()
        options.operatorProfile = profile
        options.selection = .everything
        options.name = info.name
        var only: Set<String> = []
        for number in sound where !info.files[number].isSymlink {
            // A torrent of one file names it as the work is named; on disk it may be called otherwise.
            let path =
                info.isSingleFile
                ? String(payload.split(separator: "/").last ?? "")
                : info.files.path(of: number)
                    .joined(separator: "/")
            only.insert(path)
            if let manifest, !manifest.isAboutTheWork(path),
                let expression = try? LicenseExpression.parse(manifest.expression(ofFile: number))
            {
                options.declaredByPath[path] = expression
            }
        }
        options.only = only
        options.declared = manifest?.workTerms(of: info)
        let report: ScanReport
        do throws(ScanError) { report = try Scanner(options).scan(payload) } catch {
            throw PackagingError(error)
        }
        judgement = report.judgement
        let found = Set(report.files.compactMap(\.file.concluded)).sorted { $0.description < $1.description }
        expression = LicenseExpression(joining: found)?.description
    }

    /// What must hold the work: a grant that the manifest gives and the file does not, a fence around what the terms free.
    package var contradictions: [Contradiction] { judgement.contradictions.filter(\.holdsWork) }
    package var fences: [Mark] { judgement.marks.filter(\.isFence) }
}

extension Mark {
    /// Whether it holds a work whose terms free it. Texts that are missing are told of one by one, with what would cure it.
    var isFence: Bool {
        switch severity {
        case .clashes: mark != .missingText
        case .forbids: Self.riders.contains(mark) && isInListedText
        case .hint: false
        }
    }

    private static let riders: Set<EnclosureMark> = [
        .riderCommonsClause, .riderNoncommercial, .riderNoRedistribution, .riderFieldOfUse,
        .furtherRestriction,
        .proprietary, .allRightsReservedClash,
    ]

    /// Whether the words stand where the text of a license of the list should: what they forbid, that license does not.
    private var isInListedText: Bool {
        let elements = path.split(separator: "/")
        guard elements.count == 2, elements[0] == "LICENSES" else { return false }
        let name = String(elements[1])
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return LicenseList.license(name) != nil || LicenseList.license(stem) != nil
    }
}
