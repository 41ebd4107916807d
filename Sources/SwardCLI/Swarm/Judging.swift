// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardEngine
import SwardMetainfo
import SwardPolicy
import SwardSwarm
import Synchronization

/// The judge that the engine asks, and what it answered last.
final class Judging: Sendable {
    let appraiser: Appraiser
    let release: OperatorRelease?
    private let last = Mutex<AppraisalReport?>(nil)
    private let settled = Mutex<Judgement?>(nil)

    init(_ appraiser: Appraiser, release: OperatorRelease?) {
        self.appraiser = appraiser
        self.release = release
    }

    var report: AppraisalReport? { last.withLock { $0 } }

    /// What an examination of the files found, if there was one.
    var settledJudgement: Judgement? { settled.withLock { $0 } }

    /// From now on the answer is what an examination of the files found.
    func settle(_ result: VerificationResult) { settled.withLock { $0 = result.judgement } }

    func judge(_ info: InfoDictionary) -> Judgement {
        if let settledJudgement { return settledJudgement }
        do {
            let appraisal = try appraiser.appraise(info, release: release)
            let report = AppraisalReport(appraisal)
            last.withLock { $0 = report }
            return Judgement(
                permissions: .init(download: appraisal.state.mayDownload, upload: appraisal.state.mayUpload),
                state: appraisal.state.name, reasons: [report.line])
        } catch {
            let report = AppraisalReport(unreadable: error)
            last.withLock { $0 = report }
            return Judgement(permissions: .shut, state: report.state, reasons: [report.line])
        }
    }
}
