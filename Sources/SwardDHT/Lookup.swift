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
/// ends no lookup, and they are written to only where there are too few others. So it is with whoever is one too many of
/// its network: names that fit are had by whoever owns addresses enough, and those lie together.
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
        let network: [UInt8]
        let wideNetwork: [UInt8]

        init(_ contact: NodeContact, to target: NodeID, round: Int, isNamed: Bool = true) {
            self.contact = contact
            distance = contact.id.distance(to: target)
            state = .fresh
            self.round = round
            self.isNamed = isNamed
            fits = !isNamed || contact.id.fits(contact.address)
            // Addresses that only local networks have are all of a kind.
            network = contact.address.isLocal ? [] : contact.address.network
            wideNetwork = contact.address.isLocal ? [] : contact.address.wideNetwork
        }
    }

    static let width = 3, resultCount = 8
    /// Candidates kept; those farther away cannot become results.
    static let candidateLimit = 100
    /// Of one network among the results, so that whoever owns one cannot surround a place (an eclipse).
    static let networkLimit = 1, wideNetworkLimit = 2
    /// Of one network among the candidates, as some will not answer.
    static let networkCandidateLimit = 4, wideNetworkCandidateLimit = 12
    /// Of the nodes whose names do not fit, and of those too many of a network: asked at most, whether they answer or not,
    /// and of the former kept, so that they crowd nobody out.
    static let otherLimit = 3, misfitCandidateLimit = 12

    let target: NodeID
    /// Nearest first.
    private(set) var candidates: [Candidate] = []
    private var known: Set<PeerAddress> = []
    private(set) var queryCount = 0
    private(set) var roundCount = 0

    init(target: NodeID) { self.target = target }

    mutating func add(_ contact: NodeContact, round: Int = 0) {
        guard !known.contains(contact.address) else { return }
        let new = Candidate(contact, to: target, round: round)
        if candidates.count >= Self.candidateLimit, let last = candidates.last,
            !(new.distance < last.distance)
        {
            return
        }
        guard
            new.fits || makeRoom(for: new, among: Self.misfitCandidateLimit, { !$0.fits }),
            new.network.isEmpty
                || makeRoom(for: new, among: Self.networkCandidateLimit, { $0.network == new.network })
                    && makeRoom(
                        for: new, among: Self.wideNetworkCandidateLimit, { $0.wideNetwork == new.wideNetwork }
                    )
        else { return }
        known.insert(contact.address)
        candidates.insert(new, at: candidates.firstIndex { new.distance < $0.distance } ?? candidates.count)
        if candidates.count > Self.candidateLimit, candidates.last?.state == .fresh {
            candidates.removeLast()
        }
    }

    /// Of so many of a kind the farthest that was not asked gives way to one that is nearer.
    ///
    /// - Returns: whether there is room.
    private mutating func makeRoom(
        for new: Candidate, among limit: Int, _ isOfKind: (Candidate) -> Bool
    ) -> Bool {
        guard candidates.count(where: isOfKind) >= limit else { return true }
        guard let last = candidates.lastIndex(where: { $0.state == .fresh && isOfKind($0) }),
            new.distance < candidates[last].distance
        else { return false }
        candidates.remove(at: last)
        return true
    }

    /// Adds an address whose name is not known, to be asked when no nearer node is left.
    mutating func add(_ address: PeerAddress) {
        guard known.insert(address).inserted else { return }
        let farthest = target.opposite
        candidates.append(
            Candidate(NodeContact(id: farthest, address: address), to: target, round: 0, isNamed: false))
    }

    /// The next nodes to ask, so many at most, marked as asked.
    mutating func next(limit: Int) -> [Candidate] {
        var outstanding = candidates.count { $0.state == .asked }
        var result: [Candidate] = []
        var nearest = Nearest()
        for index in candidates.indices {
            guard outstanding < Self.width, result.count < limit, !nearest.isFull else { break }
            let isCounted = nearest.counts(candidates[index])
            guard isCounted || nearest.hasRoomForOthers else { continue }
            switch candidates[index].state {
            case .fresh:
                candidates[index].state = .asked
                result.append(candidates[index])
                roundCount = max(roundCount, candidates[index].round + 1)
                queryCount += 1
                outstanding += 1
                nearest.add(candidates[index])
            case .asked, .answered: nearest.add(candidates[index])
            case .slow, .failed: if !isCounted { nearest.add(candidates[index]) }
            }
        }
        return result
    }

    /// Nothing is left to ask or to wait for.
    var isFinished: Bool {
        var nearest = Nearest()
        for candidate in candidates where !nearest.isFull {
            let isCounted = nearest.counts(candidate)
            guard isCounted || nearest.hasRoomForOthers else { continue }
            switch candidate.state {
            case .fresh, .asked, .slow: return false
            case .answered: nearest.add(candidate)
            case .failed: if !isCounted { nearest.add(candidate) }
            }
        }
        return true
    }

    /// How many of the nearest are counted, and how many beside them that may not bear their names or are too many of a
    /// network.
    private struct Nearest {
        private var count = 0
        private var others = 0
        private var networks: [[UInt8]: Int] = [:]

        /// Those that count are all there: what lies farther away is of no use.
        var isFull: Bool { count >= Lookup.resultCount }
        var hasRoomForOthers: Bool { others < Lookup.otherLimit }

        func counts(_ candidate: Candidate) -> Bool {
            candidate.fits
                && (candidate.network.isEmpty
                    || networks[candidate.network, default: 0] < Lookup.networkLimit
                        && networks[candidate.wideNetwork, default: 0] < Lookup.wideNetworkLimit)
        }

        mutating func add(_ candidate: Candidate) {
            guard counts(candidate) else { return others += 1 }
            count += 1
            networks[candidate.network, default: 0] += 1
            networks[candidate.wideNetwork, default: 0] += 1
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

    /// The nearest that answered, nearest first; those whose names do not fit, and those too many of a network, after all
    /// others.
    var results: [Candidate] {
        var nearest = Nearest()
        var (counted, others): ([Candidate], [Candidate]) = ([], [])
        for candidate in candidates where candidate.state == .answered && candidate.isNamed {
            if nearest.counts(candidate) { counted.append(candidate) } else { others.append(candidate) }
            nearest.add(candidate)
        }
        return Array((counted + others).prefix(Self.resultCount))
    }
}
