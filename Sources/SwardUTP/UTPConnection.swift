// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore

/// One connection of uTP, as either end: a stream of bytes over datagrams that may be lost, doubled or swapped.
///
/// The shell feeds it datagrams and bytes to send, takes from it datagrams and bytes that came, and keeps one timer, set
/// to ``deadline``. Times are microseconds of a clock that never goes back.
///
/// - Memory: at most ``receiveLimit`` bytes that came and ``sendLimit`` that are not yet acknowledged, besides what the
///   shell has given it to send. Both grow only when the shell says so.
/// - Source: BEP 29.
package struct UTPConnection: Sendable {
    package enum Ending: Hashable, Sendable {
        /// Both ends have said all.
        case finished
        case timedOut
        case reset
    }

    enum Phase: Equatable, Sendable {
        case synSent(tries: Int)
        /// Answered; the peer has yet to show that it heard us. Until it does it gets no more bytes than it sent, so
        /// that whoever writes another's address on a SYN gains nothing.
        case synReceived(since: Int)
        case connected
        case ended(Ending)
    }

    /// In bytes that came and were not taken: what every connection may hold, and what one on a long and wide path may.
    package static let receiveLimits = 1 << 20...16 << 20
    /// The same of bytes sent and not yet acknowledged.
    package static let sendLimits = 4 << 20...16 << 20
    /// How many datagrams may be on their way: as many as fill the widest window, and far from half of all numbers.
    static let reach = 12_000
    /// In bytes of window for each datagram that may be early, as each costs more than its bytes.
    private static let share = 256
    /// In microseconds: how long more than a quarter of a window must not have been in use to be taken back, and how long
    /// something must have been missing for its sender to be given up.
    static let idleness = 10_000_000
    /// Timeouts on end before the other end is given up.
    private static let patience = 6
    private static let synPatience = 2
    /// In microseconds: how long an answered SYN may wait, and how long a connection may be silent before its mapping in
    /// some router is refreshed.
    private static let handshakePatience = 10_000_000
    private static let silence = 29_000_000
    /// In microseconds: how long what was written before the end may take to be acknowledged. Who says on and on that it has
    /// no room would never let it end.
    static let lingering = 30_000_000

    package let receiveID: UInt16
    private let sendID: UInt16
    var phase: Phase
    /// The other end has nothing more to say.
    package private(set) var isReadClosed = false
    /// We have nothing more to say.
    private var isWriteClosed = false
    /// When the end comes, whatever is left to deliver.
    private var endsAt = Int.max

    // What we send.
    /// The number of the next new datagram.
    var nextSequence: UInt16
    var outstanding = Outstanding()
    private var queue = SendQueue()
    var congestion: LEDBAT
    var roundTrip = RoundTrip()
    private var path: PathMTU
    private var peerWindow = 16 << 10
    private var timeouts = 0
    private var duplicates = 0
    private var isFinSent = false
    /// One datagram may go against their window.
    private var mayProbe = false
    /// More would have been sent had the window let it.
    private var isLimited = false
    /// In bytes that may be sent again whatever the window says: half of what has arrived since something was lost. An
    /// acknowledgement tells of two thousand datagrams, so that of a wide window much seems to be on its way that is not.
    private var resendable = 0
    /// Datagrams sent before this order are of a loss that was answered for.
    private var recoversAt: UInt64 = 0
    private var restartsAt: Int
    private var wakesSilent: Int

    // What we get.
    /// The number of the last datagram of which all before it came too.
    private var acknowledged: UInt16 = 0
    var inbox = Inbox()
    private var endSequence: UInt16?
    var owesAck = false
    /// In bytes that came and were not taken.
    package internal(set) var receiveLimit = receiveLimits.lowerBound
    /// Half of ``receiveLimit`` comes within a round trip, so that the window may be what holds more back.
    package internal(set) var wantsWidening = false
    var arrivals: (bytes: Int, since: Int)
    /// When a quarter of each limit was last in use.
    var filled: (receiving: Int, sending: Int)
    /// What the shell cannot take yet narrows the window we tell.
    private var toldWindow = receiveLimits.lowerBound
    private var lastDelay: UInt32 = 0

    /// - Parameters:
    ///   - id: of chance, not in use with that peer; the one above it neither.
    ///   - overhead: in bytes, of what a relay wants before each datagram.
    package init(dialling id: UInt16, isIPv6: Bool, overhead: Int = 0, at now: Int) {
        receiveID = id
        sendID = id &+ 1
        phase = .synSent(tries: 0)
        nextSequence = 2
        path = PathMTU(isIPv6: isIPv6, overhead: overhead)
        congestion = LEDBAT(segment: path.length, ceiling: Self.sendLimits.lowerBound)
        arrivals = (0, now)
        filled = (now, now)
        restartsAt = now
        wakesSilent = now + Self.silence
    }

    /// - Parameter sequence: of chance.
    package init(
        accepting syn: UTPPacket, sequence: UInt16, isIPv6: Bool, overhead: Int = 0, at now: Int
    ) {
        receiveID = syn.connectionID &+ 1
        sendID = syn.connectionID
        phase = .synReceived(since: now)
        nextSequence = sequence
        acknowledged = syn.sequence
        lastDelay = UInt32(truncatingIfNeeded: now) &- syn.timestamp
        path = PathMTU(isIPv6: isIPv6, overhead: overhead)
        congestion = LEDBAT(segment: path.length, ceiling: Self.sendLimits.lowerBound)
        owesAck = true
        arrivals = (0, now)
        filled = (now, now)
        restartsAt = .max
        wakesSilent = now + Self.silence
    }

    package var isConnected: Bool { phase == .connected }
    package var ending: Ending? { if case .ended(let ending) = phase { ending } else { nil } }
    /// In bytes: given to send and not yet acknowledged.
    package var unsent: Int { queue.count + outstanding.bytes }
    package var congestionWindow: Int { Int(congestion.window) }
    package var segmentLength: Int { path.length }

    /// When the shell must next call ``timerFired(at:)``.
    package var deadline: Int? {
        switch phase {
        case .synSent: restartsAt
        case .synReceived(let since): since + Self.handshakePatience
        case .connected: min(restartsAt, wakesSilent, endsAt)
        case .ended: nil
        }
    }

    // MARK: The user's side

    package mutating func write(_ bytes: ByteBuffer) {
        guard !isWriteClosed, ending == nil else { return }
        queue.append(bytes)
    }

    /// What came since the last time, in order.
    package mutating func read() -> ByteBuffer? {
        guard let bytes = inbox.take() else { return nil }
        // A window that was nearly shut opens: the other end may be waiting for word of it.
        if toldWindow < receiveLimit / 2, window >= receiveLimit / 2 { owesAck = true }
        return bytes
    }

    /// Whether all that came in order was taken.
    package var isDrained: Bool { !inbox.hasBytes }

    /// Nothing more will be written; what was is still delivered, if the other end takes it within ``lingering``.
    package mutating func close(at now: Int) {
        switch phase {
        case .synSent, .synReceived: phase = .ended(.reset)
        default:
            if !isWriteClosed { endsAt = now + Self.lingering }
            isWriteClosed = true
        }
    }

    private var window: Int { max(0, receiveLimit - inbox.count) }

    // MARK: Datagrams in

    package mutating func received(_ packet: UTPPacket, at now: Int) {
        guard ending == nil else { return }
        guard isPlausible(packet) else { return }
        switch (phase, packet.kind) {
        case (.synReceived, .syn): owesAck = true
        case (_, .syn): break
        case (_, .reset): phase = .ended(.reset)
        case (.synSent, .state):
            lastDelay = UInt32(truncatingIfNeeded: now) &- packet.timestamp
            acknowledged = packet.sequence &- 1
            peerWindow = Int(packet.window)
            phase = .connected
            restartsAt = .max
            wakesSilent = now + Self.silence
            timeouts = 0
        case (.synSent, _): break
        case (.synReceived, _):
            phase = .connected
            take(packet, at: now)
        default: take(packet, at: now)
        }
    }

    /// Whether whoever sent it has seen what we sent.
    private func isPlausible(_ packet: UTPPacket) -> Bool {
        switch (phase, packet.kind) {
        case (_, .syn): return packet.connectionID == receiveID &- 1
        case (.synSent, _): return packet.acknowledged == 1 || packet.kind == .reset
        case (.synReceived, .data), (.synReceived, .fin), (.synReceived, .state):
            return packet.acknowledged == nextSequence &- 1
        default:
            let ahead = Int(Int16(bitPattern: packet.acknowledged &- (nextSequence &- 1)))
            // A reset answers a datagram of any number, as ours are in the place of the other's.
            return ahead <= (packet.kind == .reset ? 1 : 0) && ahead >= -(outstanding.count + Self.reach)
        }
    }

    private mutating func take(_ packet: UTPPacket, at now: Int) {
        lastDelay = UInt32(truncatingIfNeeded: now) &- packet.timestamp
        let wasShut = peerWindow < path.length
        peerWindow = Int(packet.window)
        wakesSilent = now + Self.silence
        // Somebody is there, if only to say that there is no room.
        timeouts = 0
        takeAcks(packet, at: now)
        if wasShut, peerWindow >= path.length { repeatProbe(at: now) }
        guard packet.kind == .data || packet.kind == .fin else { return }
        owesAck = true
        let ahead = Int(Int16(bitPattern: packet.sequence &- (acknowledged &+ 1)))
        if packet.kind == .fin, endSequence == nil, ahead >= 0 { endSequence = packet.sequence }
        if let endSequence, Int16(bitPattern: packet.sequence &- endSequence) > 0 { return }
        guard ahead >= 0, ahead < min(Self.reach, receiveLimit / Self.share),
            packet.payload.readableBytes <= window
        else { return }
        countArrival(packet.payload.readableBytes, at: now)
        acknowledged &+= UInt16(inbox.insert(packet.payload, ahead: ahead))
        if acknowledged == endSequence { isReadClosed = true }
    }

    /// Their window was shut and opens: what was sent against it is not waited for any longer, which may be half a minute.
    private mutating func repeatProbe(at now: Int) {
        guard outstanding.count == 1, let sentAt = outstanding.firstSentAt,
            now - sentAt >= roundTrip.mean ?? 0
        else { return }
        outstanding.loseFirst()
        roundTrip.progressed()
        restartsAt = now + roundTrip.timeout
    }

    private mutating func takeAcks(_ packet: UTPPacket, at now: Int) {
        let before = outstanding.count
        let advanced = outstanding.acknowledge(
            through: packet.acknowledged, mask: packet.mask, next: nextSequence, at: now)
        for segment in advanced.segments {
            if segment.transmissions == 1 { roundTrip.measured(now - segment.sentAt) }
            if segment.padding > 0 || segment.length + UTPPacket.headerLength == path.length {
                path.arrived(padding: segment.padding)
            }
        }
        if advanced.segments.isEmpty {
            let isDuplicate =
                before > 0 && packet.kind == .state && packet.mask.isEmpty
                && packet.acknowledged == outstanding.first(next: nextSequence) &- 1
            duplicates = isDuplicate ? duplicates + 1 : duplicates
            if duplicates == 3 { outstanding.loseFirst() }
        } else {
            duplicates = 0
            roundTrip.progressed()
            if outstanding.inFlight + advanced.bytes >= sendLimit / 4 { filled.sending = now }
            congestion.acknowledged(
                advanced.bytes, delay: packet.timestampDifference, isLimiting: isLimited, at: now)
            restartsAt = outstanding.isEmpty ? .max : now + roundTrip.timeout
            resendable += advanced.bytes / 2
        }
        for segment in outstanding.findLost() {
            path.lost(padding: segment.padding)
            guard segment.padding == 0, segment.order >= recoversAt else { continue }
            recoversAt = outstanding.nextOrder
            congestion.lost(segment: path.length)
        }
        if !outstanding.hasLost { resendable = 0 }
        if isFinSent, outstanding.isEmpty, isReadClosed || isWriteClosed { phase = .ended(.finished) }
    }

    // MARK: Time

    package mutating func timerFired(at now: Int) {
        switch phase {
        case .ended: return
        case .synReceived(let since):
            if now - since >= Self.handshakePatience { phase = .ended(.timedOut) }
        case .synSent(let tries):
            guard now >= restartsAt, tries > 0 else { return }
            if tries == Self.synPatience { phase = .ended(.timedOut) }
            roundTrip.timedOut()
        case .connected:
            guard now < endsAt else {
                phase = .ended(.timedOut)
                return
            }
            if now >= wakesSilent {
                owesAck = true
                wakesSilent = now + Self.silence
            }
            guard now >= restartsAt else { return }
            if outstanding.isEmpty {
                // Their window was shut, and nothing tells whether word of its opening was lost.
                mayProbe = true
                restartsAt = now + roundTrip.timeout
                return
            }
            timeouts += 1
            guard timeouts <= Self.patience else {
                phase = .ended(.timedOut)
                return
            }
            roundTrip.timedOut()
            congestion.timedOut(segment: path.length)
            for segment in outstanding.loseAll() { path.lost(padding: segment.padding) }
            recoversAt = outstanding.nextOrder
            restartsAt = now + roundTrip.timeout
        }
    }

    // MARK: Datagrams out

    /// Writes the next datagram that may leave now behind what is in `buffer`.
    ///
    /// - Returns: its length; `nil` when there is none.
    package mutating func nextDatagram(at now: Int, into buffer: inout ByteBuffer) -> Int? {
        let start = buffer.writerIndex
        switch phase {
        case .ended: return nil
        case .synSent(let tries):
            guard now >= restartsAt, tries < Self.synPatience else { return nil }
            phase = .synSent(tries: tries + 1)
            restartsAt = now + roundTrip.timeout
            var syn = UTPPacket(kind: .syn, connectionID: receiveID, sequence: 1, acknowledged: 0)
            syn.timestamp = UInt32(truncatingIfNeeded: now)
            syn.window = UInt32(window)
            syn.write(into: &buffer)
        case .synReceived:
            guard owesAck else { return nil }
            writeAck(&buffer, at: now)
        case .connected:
            if !sendLost(&buffer, at: now), !sendNew(&buffer, at: now) {
                guard owesAck else { return nil }
                writeAck(&buffer, at: now)
            }
        }
        return buffer.writerIndex - start
    }

    private mutating func sendLost(_ buffer: inout ByteBuffer, at now: Int) -> Bool {
        guard outstanding.hasLost else { return false }
        let fits = outstanding.inFlight == 0 || outstanding.inFlight + path.length <= congestionWindow
        guard fits || outstanding.isFirstLost || resendable >= path.length else {
            isLimited = true
            return false
        }
        if !fits { resendable = max(0, resendable - path.length) }
        guard let (segment, offset) = outstanding.resendFirstLost(at: now) else { return false }
        write(segment, number: outstanding.first(next: nextSequence) &+ UInt16(offset), &buffer, at: now)
        return true
    }

    private mutating func sendNew(_ buffer: inout ByteBuffer, at now: Int) -> Bool {
        isLimited = false
        let wantsFin = isWriteClosed && !isFinSent && queue.isEmpty
        guard !queue.isEmpty || wantsFin, outstanding.count < Self.reach else { return false }
        let length = min(queue.count, path.length - UTPPacket.headerLength)
        let inFlight = outstanding.inFlight
        // Nothing on its way: one datagram goes whatever our window says, and against theirs when time is up.
        let isAllowed =
            inFlight + length <= min(congestionWindow, peerWindow)
            || inFlight == 0 && (length <= peerWindow || mayProbe)
        guard isAllowed else {
            isLimited = inFlight + length > congestionWindow
            if inFlight == 0, restartsAt == .max { restartsAt = now + roundTrip.timeout }
            return false
        }
        mayProbe = false
        let payload = queue.take(length)
        // The bytes of acks for what is missing count too.
        let isFull = length + UTPPacket.headerLength == path.length && !inbox.hasGaps
        let segment = outstanding.append(
            payload, isFin: wantsFin, padding: isFull ? path.padding() : 0, at: now)
        if wantsFin { isFinSent = true }
        if outstanding.count == 1 { restartsAt = now + roundTrip.timeout }
        write(segment, number: nextSequence, &buffer, at: now)
        nextSequence &+= 1
        return true
    }

    private mutating func write(
        _ segment: Outstanding.Segment, number: UInt16, _ buffer: inout ByteBuffer, at now: Int
    ) {
        var packet = packet(segment.isFin ? .fin : .data, number, at: now)
        packet.payload = segment.payload
        packet.write(into: &buffer, padding: segment.padding)
    }

    private mutating func writeAck(_ buffer: inout ByteBuffer, at now: Int) {
        var packet = packet(.state, nextSequence, at: now)
        packet.mask = inbox.mask
        packet.write(into: &buffer)
    }

    private mutating func packet(_ kind: UTPPacket.Kind, _ sequence: UInt16, at now: Int) -> UTPPacket {
        var packet = UTPPacket(
            kind: kind, connectionID: sendID, sequence: sequence, acknowledged: acknowledged)
        packet.timestamp = UInt32(truncatingIfNeeded: now)
        packet.timestampDifference = lastDelay
        packet.window = UInt32(window)
        toldWindow = window
        wakesSilent = now + Self.silence
        // A datagram with bytes acknowledges as well, but cannot tell of gaps.
        if kind == .state || !inbox.hasGaps { owesAck = false }
        return packet
    }
}
