// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardSPDX

/// Who holds copyright in a file: whom it names itself, else whom the license file names that covers it.
///
/// `LICENSE` with "Copyright 2020 A" above sources that say nothing is the usual case, and its notice the one that must go along.
struct StatedHolders {
    private let report: ScanReport
    /// Of files that speak of the work, by path.
    private let notices: [String: [CopyrightNotice]]

    init(_ report: ScanReport) {
        self.report = report
        notices = Dictionary(
            report.files.lazy.filter { $0.file.role != .other && !$0.file.copyrights.isEmpty }.map {
                ($0.file.path, $0.file.noticesOfWork)
            }, uniquingKeysWith: { first, _ in first })
    }

    func notices(of reported: ReportedFile) -> [CopyrightNotice] {
        let own = reported.file.statedCopyrights
        guard own.isEmpty, !notices.isEmpty, reported.file.role != .licenseText else { return own }
        if let cover = reported.cover { return notices[cover.path] ?? [] }
        // A file may name its license and leave the holder to the text of it.
        guard let concluded = reported.concluded, let cover = report.judgement.cover(of: reported.file.path),
            cover.expression.isEquivalent(to: concluded)
        else { return own }
        return notices[cover.path] ?? []
    }
}
