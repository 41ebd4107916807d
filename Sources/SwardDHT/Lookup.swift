// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// Finds the nodes nearest to a place, asking nearer and nearer ones. Source: BEP 5; Maymounkov and Mazières, 2002.
///
/// At most `width` queries are under way at once; one that stays out for a second gives its turn to another and may
/// still answer. It ends when the eight nearest that are known have answered or failed.
///
/// Nodes whose names do not fit their addresses (BEP 42) may lie anywhere, and so as near to a place as they like. The
/// three nearest of them are asked, as one may know something, but they take no place from those that fit: what they answer
/// ends no lookup, and they are written to only where there are too few others.
struct Lookup: Sendable {
    enum State: Hashable, Sendable { case fresh, asked, slow, answered, failed }

    struct Candidate: Sendable {
        var contact: NodeContact
        var distance: NodeID
        var state: State
        var token: [UInt8]?
        /// Nodes that led to this one: 0 for those we knew.
        var round: Int
        /// `false` for an address that was given to begin with; its name is only learned from its answer.
        var isNamed = true
        /// Whether it may bear its name.
        var fits = true
    }

    static let width = 3, resultCount = 8
    /// Candidates kept; those farther away cannot become results.
    static let candidateLimit = 100
    /// Of one network, so that whoever owns one cannot surround a place (an eclipse).
    static let networkLimit = 2
    /// Of the nodes whose names do not fit: asked at most, whether they answer or not, and kept, so that they crowd nobody
    /// out.
    static let misfitLimit = 3, misfitCandidateLimit = 12

    let target: NodeID
    /// Nearest first.
    private(set) var candidates: [Candidate] = []
    private var known: Set<PeerAddress> = []
    private var networks: [[UInt8]: Int] = [:]
    private(set) var queryCount = 0
    private(set) var roundCount = 0

    init(target: NodeID) { self.target = target }

    mutating func add(_ contact: NodeContact, round: Int = 0) {
        guard !known.contains(contact.address) else { return }
        let distance = contact.id.distance(to: target)
        if candidates.count >= Self.candidateLimit, let last = candidates.last, !(distance < last.distance) {
            return
        }
        if !contact.address.isLocal {
            let network = contact.address.network
            guard networks[network, default: 0] < Self.networkLimit else { return }
            networks[network, default: 0] += 1
        }
        let fits = contact.id.fits(contact.address)
        if !fits, candidates.count(where: { !$0.fits }) >= Self.misfitCandidateLimit {
            guard let last = candidates.lastIndex(where: { !$0.fits && $0.state == .fresh }),
                distance < candidates[last].distance
            else { return }
            candidates.remove(at: last)
        }
        known.insert(contact.address)
        let place = candidates.firstIndex { distance < $0.distance } ?? candidates.count
        candidates.insert(
            Candidate(
                contact: contact, distance: distance, state: .fresh, round: round, fits: fits), at: place)
        if candidates.count > Self.candidateLimit, candidates.last?.state == .fresh {
            candidates.removeLast()
        }
    }

    /// Adds an address whose name is not known, to be asked when no nearer node is left.
    mutating func add(_ address: PeerAddress) {
        guard known.insert(address).inserted else { return }
        let farthest = target.opposite
        candidates.append(
            Candidate(
                contact: NodeContact(id: farthest, address: address), distance: farthest.distance(to: target),
                state: .fresh, round: 0, isNamed: false))
    }

    /// The next nodes to ask, marked as asked.
    mutating func next() -> [Candidate] {
        var outstanding = candidates.count { $0.state == .asked }
        var result: [Candidate] = []
        var alive = Alive()
        for index in candidates.indices {
            guard outstanding < Self.width, !alive.isFull else { break }
            guard !alive.isFull(candidates[index]) else { continue }
            switch candidates[index].state {
            case .fresh:
                candidates[index].state = .asked
                result.append(candidates[index])
                roundCount = max(roundCount, candidates[index].round + 1)
                queryCount += 1
                outstanding += 1
                alive.add(candidates[index])
            case .asked, .answered: alive.add(candidates[index])
            case .slow, .failed: if !candidates[index].fits { alive.add(candidates[index]) }
            }
        }
        return result
    }

    /// Nothing is left to ask or to wait for.
    var isFinished: Bool {
        var alive = Alive()
        for candidate in candidates where !alive.isFull && !alive.isFull(candidate) {
            switch candidate.state {
            case .fresh, .asked, .slow: return false
            case .answered: alive.add(candidate)
            case .failed: if !candidate.fits { alive.add(candidate) }
            }
        }
        return true
    }

    /// How many of the nearest are counted, by whether they may bear their names.
    private struct Alive {
        private var fitting = 0
        private var misfits = 0

        /// Those that fit are all there: what lies farther away is of no use.
        var isFull: Bool { fitting >= Lookup.resultCount }

        func isFull(_ candidate: Candidate) -> Bool { !candidate.fits && misfits >= Lookup.misfitLimit }

        mutating func add(_ candidate: Candidate) {
            if candidate.fits { fitting += 1 } else { misfits += 1 }
        }
    }

    private func index(of address: PeerAddress) -> Int? {
        candidates.firstIndex { $0.contact.address == address }
    }

    mutating func answered(_ address: PeerAddress, as id: NodeID, token: [UInt8]?, nodes: [NodeContact]) {
        guard let index = index(of: address) else { return }
        if !candidates[index].isNamed {
            // Now that it has a name it goes where it belongs, with the answer it gave.
            candidates.remove(at: index)
            known.remove(address)
            add(NodeContact(id: id, address: address))
            guard let place = self.index(of: address) else {
                for node in nodes.prefix(2 * Self.resultCount) { add(node, round: 1) }
                return
            }
            candidates[place].state = .answered
            candidates[place].token = token
            for node in nodes.prefix(2 * Self.resultCount) where node.address != address {
                add(node, round: 1)
            }
            return
        }
        candidates[index].state = .answered
        candidates[index].token = token
        let round = candidates[index].round + 1
        // A node that lists more than it should, or lists itself, gains nothing by it.
        for node in nodes.prefix(2 * Self.resultCount) where node.address != address {
            add(node, round: round)
        }
    }

    mutating func isSlow(_ address: PeerAddress) {
        guard let index = index(of: address), candidates[index].state == .asked else { return }
        candidates[index].state = .slow
    }

    mutating func failed(_ address: PeerAddress) {
        guard let index = index(of: address) else { return }
        candidates[index].state = .failed
    }

    /// The nearest that answered, nearest first; those whose names do not fit after all others.
    var results: [Candidate] {
        let answered = candidates.filter { $0.state == .answered && $0.isNamed }
        return Array((answered.filter(\.fits) + answered.filter { !$0.fits }).prefix(Self.resultCount))
    }
}
