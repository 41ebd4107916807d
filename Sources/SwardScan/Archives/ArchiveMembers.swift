// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardArchive
internal import SwardPolicy
internal import SwardSPDX

/// What looking into archives may cost.
public struct ArchiveScanLimits: Hashable, Sendable {
    /// Of archives in archives.
    public var depth = 6
    /// Of one outermost archive with all in it.
    public var members = 200_000
    /// Expanded, of one outermost archive with all in it.
    public var bytes: Int64 = 32 << 30
    /// Expanded size over the size of the outermost archive, looked at once 64 MiB have been expanded.
    public var ratio: Int64 = 1000
    /// Beyond so many there may be one for each four bytes of the outermost archive: an entry takes more in any format,
    /// but an archive of alike archives unpacks to ever more of them.
    public var freeMembers = 10_000
    /// Up to this length an archive in an archive is held in memory, so that formats with their directory at the end can be read.
    public var heldBytes = 16 << 20

    public init() {}
}

/// What one outermost archive has cost so far.
final class ArchiveBudget {
    var members = 0
    var expanded: Int64 = 0
    /// Of the outermost archive, in bytes.
    var outerLength: Int64 = 0
    var isSpent = false
    var isCancelled: () -> Bool = { false }
}

/// Looks at all members of one archive, and of those in it.
struct ArchiveMembers {
    let examiner: Examiner
    let limits: ArchiveScanLimits
    let budget: ArchiveBudget
    let depth: Int

    /// Adds members and gaps to what is known of the archive itself. Nothing in an archive is fatal.
    func read(_ source: FileBytes, name: String, into result: inout Examination) {
        if depth == 0 { budget.outerLength = max(1, result.length) }
        var browserLimits = ArchiveLimits()
        browserLimits.entries = limits.members
        let browser: ArchiveBrowser
        do throws(ArchiveError) {
            let from: ArchiveBrowser.Source =
                switch source {
                case .file(let descriptor): .file(descriptor)
                case .memory(let bytes): .memory(bytes)
                case .stream(let read): .stream(read)
                }
            browser = try ArchiveBrowser(from, name: name, limits: browserLimits)
        } catch {
            take(error, isOpen: false, &result)
            return
        }
        var known: [String: Int] = [:]
        do throws(ArchiveError) {
            while !budget.isSpent, !budget.isCancelled(), let entry = try browser.next() {
                if !result.isArchive { result.isArchive = true }
                try take(entry, of: browser, &known, &result)
            }
        } catch {
            take(error, isOpen: result.isArchive, &result)
        }
        if result.isArchive {
            result.content = result.content == .media ? .media : .archive
        }
    }

    private func take(
        _ entry: ArchiveBrowser.Entry, of browser: ArchiveBrowser, _ known: inout [String: Int],
        _ result: inout Examination
    ) throws(ArchiveError) {
        if entry.hasOddName { result.gaps.append(.oddName(entry.path)) }
        if entry.isEncrypted {
            if !result.gaps.contains(.encryptedArchive) { result.gaps.append(.encryptedArchive) }
            return
        }
        guard entry.isFile else { return }
        // A checkout that was packed whole: its history is no more part of the work here than in a folder.
        let folders = entry.path.split(separator: "/").dropLast()
        if folders.contains(where: { TreeWalk.versionControl.contains(String($0)) }) { return }
        budget.members += 1
        guard budget.members <= limits.members else {
            return spend(.tooManyMembers(limit: limits.members), &result)
        }
        guard Int64(budget.members) <= max(Int64(limits.freeMembers), budget.outerLength / 4) else {
            return spend(.tooManyMembers(limit: limits.freeMembers), &result)
        }
        let reading = MemberReading()
        let (budget, limits) = (self.budget, self.limits)
        let read: (UnsafeMutableRawBufferPointer) -> Int = { buffer in
            guard !budget.isSpent, !budget.isCancelled(), reading.failure == nil else { return 0 }
            do throws(ArchiveError) {
                let count = try browser.read(into: buffer)
                budget.expanded += Int64(count)
                if budget.expanded > limits.bytes {
                    reading.gap = .tooManyBytes(limit: limits.bytes)
                } else if budget.expanded > 64 << 20, budget.expanded / budget.outerLength > limits.ratio {
                    reading.gap = .tooDense(limit: limits.ratio)
                }
                if reading.gap != nil { budget.isSpent = true }
                return budget.isSpent ? 0 : count
            } catch {
                reading.failure = error
                return 0
            }
        }
        let found = examiner.examineMember(
            path: entry.path, length: entry.length, heldBytes: limits.heldBytes, depth: depth + 1,
            budget: budget, read)
        // Of a name that comes twice the last one counts, as for whoever unpacks it.
        if let place = known[entry.path] {
            result.members[place].examination = found
        } else {
            known[entry.path] = result.members.count
            var own = found
            own.members = []
            result.members.append(.init(path: entry.path, examination: own))
            for inner in found.members {
                result.members.append(
                    .init(path: "\(entry.path)!\(inner.path)", examination: inner.examination))
            }
        }
        if let gap = reading.gap { result.gaps.append(gap) }
        if let failure = reading.failure { throw failure }
    }

    private func spend(_ gap: Examination.Gap, _ result: inout Examination) {
        budget.isSpent = true
        result.gaps.append(gap)
    }

    private func take(_ error: ArchiveError, isOpen: Bool, _ result: inout Examination) {
        switch error.reason {
        case .unknownFormat:
            // Named like an archive, and none: no more is said of it.
            if isOpen { result.gaps.append(.damagedArchive("unknown format")) }
        case .encrypted: result.gaps.append(.encryptedArchive)
        case .tooManyEntries(let limit): result.gaps.append(.tooManyMembers(limit: limit))
        case .damaged(let words): result.gaps.append(.damagedArchive(words))
        default: result.gaps.append(.damagedArchive("\(error.reason)"))
        }
    }
}

/// How the reading of one member ended, where not at its end.
private final class MemberReading {
    var failure: ArchiveError?
    var gap: Examination.Gap?
}
