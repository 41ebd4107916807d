// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// Every peer heard of: where it is, whether to try it, and whether it lied.
///
/// - Memory: capped at ``capacity``; then what is neither connected, nor banned, nor of use gives way.
struct PeerBook: Sendable {
    enum State: Equatable, Sendable { case idle, connecting, connected(slot: Int), unusable }

    /// - Memory: 80 bytes, as there are thousands; so numbers are narrow, and widened for whoever reads them.
    struct Entry: Sendable {
        var address: PeerAddress
        /// Whether `address` is one to connect to, rather than where an incoming connection came from.
        var isDialable: Bool
        /// Named by a person: tried sooner and more often.
        var isFavoured: Bool
        var source = PeerSource.incoming
        private var narrowWay: UInt8 = 0
        private var narrowFailures: UInt16 = 0
        /// At least 0: the slot of its connection.
        private var place = Self.idle
        /// Milliseconds of the torrent's clock.
        var notBefore: Int
        /// In a hybrid: whether the next attempt names the v2 info-hash.
        var triesV2 = false
        var isBanned = false
        /// Somebody was asked to have us meet, since it was last tried in vain.
        var hasAskedToMeet = false
        /// It is being dialled because it dials us now: by uTP alone, and once.
        var isMeeting = false
        /// It took part in pieces that failed, and has yet to show by a piece of its own that it was not the cause.
        var isSuspect = false
        /// It had every piece when it was last here.
        var isSeed = false
        var peerID: PeerID?

        private static let (idle, connecting, unusable): (Int32, Int32, Int32) = (-1, -2, -3)

        init(
            address: PeerAddress, isDialable: Bool, isFavoured: Bool, source: PeerSource = .incoming,
            notBefore: Int
        ) {
            self.address = address
            self.isDialable = isDialable
            self.isFavoured = isFavoured
            self.source = source
            self.notBefore = notBefore
        }

        var state: State {
            get {
                switch place {
                case Self.idle: .idle
                case Self.connecting: .connecting
                case Self.unusable: .unusable
                default: .connected(slot: Int(place))
                }
            }
            set {
                switch newValue {
                case .idle: place = Self.idle
                case .connecting: place = Self.connecting
                case .unusable: place = Self.unusable
                case .connected(let slot): place = Int32(slot)
                }
            }
        }

        /// Named by other peers or the DHT.
        var isHearsay: Bool { source == .exchange || source == .dht }

        /// Attempts in a row that came to nothing.
        var failures: Int {
            get { Int(narrowFailures) }
            set { narrowFailures = UInt16(clamping: newValue) }
        }

        /// Which of the ways to reach it is tried next.
        var way: Int {
            get { Int(narrowWay) }
            set { narrowWay = UInt8(clamping: newValue) }
        }
    }

    /// Forty for each place, so that there is somebody to try for hours.
    let capacity: Int
    private static let longestWait = 900_000

    private(set) var entries: [Entry] = []
    private var byAddress: [PeerAddress: Int32] = [:]
    /// Never loopback, where many peers share a host.
    private var bannedHosts: Set<PeerAddress> = []
    private var bannedIDs: Set<PeerID> = []
    private(set) var bannedCount = 0
    private(set) var connectingCount = 0
    /// How many were named by other peers or the DHT.
    private var byHearsay = 0
    /// Where the search for room, and for a peer to try, goes on.
    private var cursor: Int32 = 0
    /// Who was complete when last here is not tried.
    private var sparesSeeds = false

    init(maximumConnections: Int) { capacity = min(max(400, 40 * maximumConnections), 4000) }

    var count: Int { entries.count }

    subscript(index: Int) -> Entry { entries[index] }

    // MARK: Addresses

    /// - Returns: whether the address is news.
    mutating func add(
        _ address: PeerAddress, isFavoured: Bool, source: PeerSource = .user, at time: Int
    ) -> Bool {
        guard address.port != 0, !bannedHosts.contains(address.host) else { return false }
        if let known = index(of: address) {
            if isFavoured { entries[known].isFavoured = true }
            return false
        }
        return insert(
            Entry(
                address: address, isDialable: true, isFavoured: isFavoured, source: source, notBefore: time)
        ) != nil
    }

    /// - Parameter isHere: it has connected, and so is worth more than whoever is only heard of.
    private mutating func insert(_ entry: Entry, isHere: Bool = false) -> Int? {
        // Others' word fills half the book at most, so that what trackers and people name has room.
        let isOneTooMany = entry.isHearsay && byHearsay >= capacity / 2
        let index: Int
        if entries.count < capacity, !isOneTooMany {
            index = entries.count
            entries.append(entry)
        } else {
            guard
                let room = roomIndex(amongHearsay: isOneTooMany)
                    ?? (isHere ? roomIndex(amongUseful: true) : nil)
            else { return nil }
            byAddress[entries[room].address] = nil
            if entries[room].isHearsay { byHearsay -= 1 }
            index = room
            entries[index] = entry
            evicted.append(UInt32(index))
        }
        if entry.isHearsay { byHearsay += 1 }
        byAddress[entry.address] = Int32(index)
        return index
    }

    /// Numbers that were given to another peer since last asked; what they stood for must be forgotten.
    private var evicted: [UInt32] = []
    mutating func takeEvicted() -> [UInt32] {
        defer { evicted = [] }
        return evicted
    }

    /// One who gives way: of whom nothing much is to be hoped, or anybody who is not here.
    private mutating func roomIndex(amongHearsay: Bool = false, amongUseful: Bool = false) -> Int? {
        for _ in 0..<entries.count {
            let index = (Int(cursor) + 1) % entries.count
            cursor = Int32(index)
            let entry = entries[index]
            guard !entry.isBanned, !entry.isFavoured, entry.isHearsay || !amongHearsay else { continue }
            switch entry.state {
            case .connecting, .connected: continue
            case .unusable: return index
            case .idle:
                let isUseful =
                    entry.isDialable && entry.failures <= 2 && !(sparesSeeds && entry.isSeed)
                if amongUseful || !isUseful { return index }
            }
        }
        return nil
    }

    // MARK: Connecting

    /// When a peer may next be tried; `nil` when there is none.
    ///
    /// - Parameter sparesSeeds: seeds are left alone, as two of them have no use for each other.
    func nextAttempt(sparesSeeds: Bool) -> Int? {
        var earliest: Int?
        for entry in entries where isCandidate(entry, sparesSeeds) {
            earliest = min(earliest ?? .max, entry.notBefore)
        }
        return earliest
    }

    private func isCandidate(_ entry: Entry, _ sparesSeeds: Bool) -> Bool {
        entry.state == .idle && entry.isDialable && !entry.isBanned && !(sparesSeeds && entry.isSeed)
            // The host may have been banned under another port.
            && (bannedHosts.isEmpty || !bannedHosts.contains(entry.address.host))
    }

    /// Takes up to `limit` peers whose time has come: favoured first, then by fewest failures, then by `rank`, ties by
    /// chance.
    mutating func take(
        limit: Int, sparesSeeds: Bool, at time: Int, chance: inout Chance,
        rank: (PeerAddress) -> UInt32 = { _ in 0 }
    ) -> [Int] {
        guard limit > 0 else { return [] }
        self.sparesSeeds = sparesSeeds
        var due: [(index: Int, failures: Int, rank: UInt32, tie: UInt64)] = []
        for (index, entry) in entries.enumerated()
        where isCandidate(entry, sparesSeeds) && entry.notBefore <= time {
            let rank = UInt32.max - rank(entry.address)
            due.append((index, entry.isFavoured ? -1 : entry.failures, rank, chance.next()))
        }
        due.sort { ($0.failures, $0.rank, $0.tie) < ($1.failures, $1.rank, $1.tie) }
        let taken = due.prefix(limit).map(\.index)
        for index in taken {
            entries[index].state = .connecting
            connectingCount += 1
        }
        return taken
    }

    func index(of address: PeerAddress) -> Int? { byAddress[address].map(Int.init) }

    mutating func failed(_ index: Int, at time: Int, isHybrid: Bool) {
        if entries[index].state == .connecting { connectingCount -= 1 }
        (entries[index].hasAskedToMeet, entries[index].isMeeting) = (false, false)
        guard entries[index].state != .unusable else { return }
        entries[index].state = .idle
        entries[index].way = 0
        backOff(index, at: time)
        // A peer that knows a hybrid by its v2 name only hangs up on the other.
        if isHybrid { entries[index].triesV2.toggle() }
    }

    /// It could not be reached by one way, and another is to be tried at once.
    mutating func retry(_ index: Int, way: Int, at time: Int) {
        if entries[index].state == .connecting { connectingCount -= 1 }
        guard entries[index].state != .unusable else { return }
        entries[index].state = .idle
        entries[index].isMeeting = false
        entries[index].way = way
        entries[index].notBefore = time
    }

    /// Somebody was asked to have us meet; if that comes to nothing it is dialled.
    mutating func askedToMeet(_ index: Int, dialAt time: Int) {
        entries[index].hasAskedToMeet = true
        retry(index, way: entries[index].way, at: time)
    }

    /// It dials us now, and is to be dialled at once.
    ///
    /// - Returns: its number; `nil` when it is being dialled already, connected, or not to be.
    mutating func meet(_ address: PeerAddress, way: Int, at time: Int) -> Int? {
        guard !isBanned(address, peerID: nil) else { return nil }
        if byAddress[address] == nil {
            guard add(address, isFavoured: false, source: .exchange, at: time) else { return nil }
        }
        guard let index = index(of: address), entries[index].state == .idle else { return nil }
        entries[index].isDialable = true
        (entries[index].state, entries[index].way, entries[index].isMeeting) = (.connecting, way, true)
        connectingCount += 1
        return index
    }

    /// A handshake has come.
    ///
    /// - Returns: the number of the peer; `nil` when the book is full.
    mutating func connected(
        _ address: PeerAddress, isOutgoing: Bool, peerID: PeerID, slot: Int, at time: Int
    ) -> Int? {
        guard
            let index = index(of: address)
                ?? insert(
                    Entry(address: address, isDialable: false, isFavoured: false, notBefore: time),
                    isHere: true)
        else { return nil }
        // Over uTP it may have dialled us from where we are dialling it.
        if entries[index].state == .connecting { connectingCount -= 1 }
        entries[index].state = .connected(slot: slot)
        (entries[index].hasAskedToMeet, entries[index].isMeeting) = (false, false)
        entries[index].peerID = peerID
        return index
    }

    /// A connection ended. One that was of use may be tried again soon.
    mutating func disconnected(_ index: Int, wasUseful: Bool, isSeed: Bool, at time: Int) {
        entries[index].state = .idle
        entries[index].isSeed = isSeed
        if wasUseful { entries[index].failures = 0 }
        backOff(index, at: time)
    }

    private mutating func backOff(_ index: Int, at time: Int) {
        let first = entries[index].isFavoured ? 500 : 5000
        let wait = min(Self.longestWait, first << min(entries[index].failures, 12))
        entries[index].failures += 1
        entries[index].notBefore = time + (entries[index].isFavoured ? min(wait, 30_000) : wait)
    }

    /// It is ourselves, or of another torrent.
    mutating func giveUp(on address: PeerAddress) {
        guard let index = index(of: address) else { return }
        if entries[index].state == .connecting { connectingCount -= 1 }
        entries[index].state = .unusable
    }

    /// Where a peer that connected to us says it listens.
    ///
    /// - Returns: the number of that address when it is known by itself; it is not tried while the peer is connected.
    mutating func learn(_ address: PeerAddress, ofPeer index: Int, slot: Int) -> Int? {
        guard !entries[index].isDialable, address.port != 0 else { return nil }
        if let known = self.index(of: address) {
            guard entries[known].state == .idle else { return nil }
            entries[known].state = .connected(slot: slot)
            return known
        }
        byAddress[entries[index].address] = nil
        entries[index].address = address
        entries[index].isDialable = true
        byAddress[address] = Int32(index)
        return nil
    }

    /// What was learnt in ways a private torrent may not use is not used.
    mutating func forgetUnfit() {
        for index in entries.indices where !entries[index].source.isFitForPrivate {
            if entries[index].state == .connecting { connectingCount -= 1 }
            if case .connected = entries[index].state { continue }
            entries[index].state = .unusable
        }
    }

    // MARK: Trust

    func isBanned(_ address: PeerAddress, peerID: PeerID?) -> Bool {
        bannedHosts.contains(address.host) || index(of: address).map { entries[$0].isBanned } ?? false
            || peerID.map(bannedIDs.contains) ?? false
    }

    mutating func ban(_ index: Int) {
        guard !entries[index].isBanned else { return }
        entries[index].isBanned = true
        bannedCount += 1
        if entries[index].address.isLoopback {
            if let id = entries[index].peerID { bannedIDs.insert(id) }
        } else {
            bannedHosts.insert(entries[index].address.host)
        }
    }

    mutating func setSuspect(_ index: Int, _ isSuspect: Bool) { entries[index].isSuspect = isSuspect }
}
