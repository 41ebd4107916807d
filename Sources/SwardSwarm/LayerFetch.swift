// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardMerkle
internal import SwardPrimitives
internal import SwardWire

/// Fetches the piece layers that a magnet lacks, 512 hashes at a time with their proof. Source: BEP 52.
///
/// - Memory: the layers themselves, as far as they have come.
struct LayerFetch: Sendable {
    private struct Job: Sendable {
        var file: Int
        var range: HashRange
        /// The connection slot asked, and when.
        var slot = -1
        var askedAt = 0
        var isDone = false
    }

    private static let patience = 8000
    private static let maximumPerPeer = 4
    private static let maximumRefusals = 32

    private var jobs: [Job] = []
    /// No job before this one is open.
    private var firstOpen = 0
    private var open: Int
    private var parts: [Int: [UInt8]] = [:]
    private var left: [Int: Int] = [:]
    private var outstanding: [Int: Int] = [:]
    /// By connection slot: how often it said no, and when it may be asked again.
    private var refusals: [Int: (count: Int, notBefore: Int)] = [:]

    /// - Returns: `nil` when no layer is missing.
    init?(_ content: Content) {
        // The same bytes twice in a torrent have one layer between them.
        var roots: Set<Digest256> = []
        for (index, file) in content.files.enumerated()
        where !content.hasHash(ofPiecesIn: file) && roots.insert(file.piecesRoot).inserted {
            let ranges = HashRange.pieceLayer(of: content.shape(of: file))
            jobs += ranges.map { Job(file: index, range: $0) }
            left[index] = ranges.count
        }
        open = jobs.count
        if jobs.isEmpty { return nil }
    }

    var isDone: Bool { open == 0 }
    var isWaiting: Bool { outstanding.values.contains { $0 > 0 } }

    /// What to ask of one v2 peer now; `isUseful` says whether it has a piece of a file.
    mutating func requests(
        slot: Int, content: Content, at time: Int, hasPieces: (_ file: Int, _ range: HashRange) -> Bool
    ) -> [HashRequest] {
        guard open > 0 else { return [] }
        if let refused = refusals[slot] {
            guard refused.count < Self.maximumRefusals, refused.notBefore <= time else { return [] }
        }
        var result: [HashRequest] = []
        while firstOpen < jobs.count, jobs[firstOpen].isDone { firstOpen += 1 }
        for index in firstOpen..<jobs.count where !jobs[index].isDone {
            guard outstanding[slot, default: 0] < Self.maximumPerPeer else { break }
            let job = jobs[index]
            if job.slot >= 0 {
                guard time - job.askedAt >= Self.patience, job.slot != slot else { continue }
                outstanding[job.slot, default: 1] -= 1
            }
            guard hasPieces(job.file, job.range) else { continue }
            jobs[index].slot = slot
            jobs[index].askedAt = time
            outstanding[slot, default: 0] += 1
            result.append(HashRequest(job.range, of: content.files[job.file].piecesRoot))
        }
        return result
    }

    /// Whether this was asked of that connection.
    func isExpected(_ request: HashRequest, from slot: Int, content: Content) -> Bool {
        index(of: request, slot: slot, content: content) != nil
    }

    private func index(of request: HashRequest, slot: Int, content: Content) -> Int? {
        let range = request.range
        return jobs[firstOpen...].firstIndex {
            $0.slot == slot && !$0.isDone && $0.range == range
                && content.files[$0.file].piecesRoot == request.piecesRoot
        }
    }

    enum Outcome: Sendable {
        case part
        /// The concatenated digests of a whole layer, proved.
        case layer(file: Int, [UInt8])
        case lie
    }

    mutating func received(
        _ request: HashRequest, _ hashes: [Digest256], from slot: Int, content: Content
    ) -> Outcome? {
        guard let index = index(of: request, slot: slot, content: content) else { return nil }
        let job = jobs[index]
        let file = content.files[job.file]
        outstanding[slot, default: 1] -= 1
        guard MerkleTree.verify(hashes, for: job.range, against: file.piecesRoot) else {
            jobs[index].slot = -1
            refusals[slot] = (Self.maximumRefusals, 0)
            return .lie
        }
        jobs[index].isDone = true
        open -= 1
        if parts[job.file] == nil {
            parts[job.file] = Array(repeating: 0, count: file.pieceCount * Digest256.byteCount)
        }
        var offset = job.range.index * Digest256.byteCount
        for hash in hashes.prefix(min(job.range.length, file.pieceCount - job.range.index)) {
            parts[job.file]?.replaceSubrange(offset..<(offset + Digest256.byteCount), with: hash.bytes)
            offset += Digest256.byteCount
        }
        left[job.file, default: 1] -= 1
        guard left[job.file] == 0, let layer = parts.removeValue(forKey: job.file) else { return .part }
        return .layer(file: job.file, layer)
    }

    mutating func rejected(_ request: HashRequest, from slot: Int, content: Content, at time: Int) -> Bool {
        guard let index = index(of: request, slot: slot, content: content) else { return false }
        jobs[index].slot = -1
        outstanding[slot, default: 1] -= 1
        let count = (refusals[slot]?.count ?? 0) + 1
        refusals[slot] = (count, time + min(30_000, 250 << min(count, 10)))
        return true
    }

    /// The layer of a file has come to be known otherwise.
    mutating func resolve(file: Int) {
        for index in jobs.indices where jobs[index].file == file && !jobs[index].isDone {
            if jobs[index].slot >= 0 { outstanding[jobs[index].slot, default: 1] -= 1 }
            jobs[index].isDone = true
            open -= 1
        }
        parts[file] = nil
    }

    mutating func peerLeft(_ slot: Int) {
        refusals[slot] = nil
        guard outstanding.removeValue(forKey: slot) != nil else { return }
        for index in firstOpen..<jobs.count where jobs[index].slot == slot && !jobs[index].isDone {
            jobs[index].slot = -1
        }
    }
}

extension HashRequest {
    init(_ range: HashRange, of root: Digest256) {
        self.init(
            piecesRoot: root, baseLayer: range.baseLayer, index: range.index, length: range.length,
            proofLayers: range.proofLayers)
    }

    var range: HashRange {
        HashRange(baseLayer: baseLayer, index: index, length: length, proofLayers: proofLayers)
    }
}
