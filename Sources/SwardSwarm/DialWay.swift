// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives
public import SwardWire

/// How a peer is spoken to.
public struct DialWay: Hashable, Sendable {
    public enum Transport: Hashable, Sendable { case tcp, utp }

    public var transport: Transport
    public var isEncrypted: Bool

    public init(transport: Transport = .tcp, isEncrypted: Bool = false) {
        self.transport = transport
        self.isEncrypted = isEncrypted
    }
}

/// Why dialling came to nothing.
public enum DialFailure: Hashable, Sendable {
    /// Nobody answered, or nobody listens there.
    case unreachable
    /// Somebody answered and hung up, or said what we do not understand, before the handshake was through.
    case hungUp
}

/// By which ways peers may be reached.
public struct Reach: Hashable, Sendable {
    public var encryption = EncryptionPolicy.allow
    public var dialsTCP = true
    public var dialsUTP = false

    public init() {}

    /// The ways to dial a peer, the first to be tried first.
    ///
    /// Across the network uTP goes first, as it yields to whatever else its user does; to a peer next door TCP does, as it
    /// is faster and there is nobody to yield to.
    func ways(to address: PeerAddress) -> [DialWay] {
        let isNear = address.scope != .global
        var transports: [DialWay.Transport] = []
        if dialsUTP, !isNear || !dialsTCP { transports.append(.utp) }
        if dialsTCP { transports.append(.tcp) }
        if dialsUTP, isNear, dialsTCP { transports.append(.utp) }
        let ciphers: [Bool] =
            switch encryption {
            case .off: [false]
            case .allow: [false, true]
            case .prefer: [true, false]
            case .require: [true]
            }
        return transports.flatMap { transport in
            ciphers.map { DialWay(transport: transport, isEncrypted: $0) }
        }
    }

    /// The way to try at once after one that failed; `nil` to wait and begin anew.
    ///
    /// Who cannot be reached by one transport may be by the other. Who answers and hangs up may want to be spoken to in
    /// the other manner; a second transport would find the same peer.
    func way(after number: Int, to address: PeerAddress, _ failure: DialFailure) -> Int? {
        let ways = ways(to: address)
        guard ways.indices.contains(number) else { return nil }
        return ways.indices.dropFirst(number + 1).first { index in
            (ways[index].transport == ways[number].transport) == (failure == .hungUp)
        }
    }
}
