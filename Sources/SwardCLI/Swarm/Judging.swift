// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBundle
import SwardEngine
import SwardMetainfo
import SwardPackaging
import SwardPolicy
import SwardPrimitives
import SwardSwarm
import Synchronization

/// The judge that the engine asks, and what it answered last.
final class Judging: Sendable {
    let appraiser: Appraiser
    /// The operator's, said now or in an earlier run.
    let release: OperatorRelease?
    private let isGivenNow: Bool
    private let last = Mutex<AppraisalReport?>(nil)
    private let settled = Mutex<Judgement?>(nil)

    /// - Parameter given: What is said now; without it what was said of that work before holds.
    init(_ appraiser: Appraiser, release given: OperatorRelease?, for hashes: InfoHashes) throws {
        self.appraiser = appraiser
        isGivenNow = given != nil
        release = try given ?? Releases.store.release(for: hashes)
    }

    var report: AppraisalReport? { last.withLock { $0 } }

    /// What an examination of the files found, if there was one.
    var settledJudgement: Judgement? { settled.withLock { $0 } }

    /// From now on the answer is what an examination of the files found.
    func settle(_ result: VerificationResult) { settled.withLock { $0 = result.judgement } }

    func judge(_ info: InfoDictionary) -> Judgement {
        if let settledJudgement { return settledJudgement }
        do {
            let appraisal = try appraiser.appraise(info)
            let report = AppraisalReport(appraisal, release: release)
            last.withLock { $0 = report }
            if report.release != nil {
                keep(for: info)
                return Judgement(
                    permissions: .init(download: true, upload: true), state: report.state,
                    reasons: [report.line])
            }
            return Judgement(
                permissions: .init(download: appraisal.state.mayDownload, upload: appraisal.state.mayUpload),
                state: appraisal.state.name, reasons: [report.line])
        } catch {
            let report = AppraisalReport(unreadable: error)
            last.withLock { $0 = report }
            return Judgement(permissions: .shut, state: report.state, reasons: [report.line])
        }
    }

    /// What was given now let the work pass: later runs let it, too.
    func keep(for info: InfoDictionary) {
        guard isGivenNow, let release else { return }
        do { try Releases.store.record(release, for: info.infoHashes, name: info.name) } catch {
            Console.live.warn("the release is not kept: \(Words.sentence(for: error))")
        }
    }
}
