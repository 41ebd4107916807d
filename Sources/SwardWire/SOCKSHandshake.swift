// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
public import SwardPrimitives

/// The first bytes to a SOCKS5 proxy that is to connect us to a peer, or to pass on our datagrams. Source: RFC 1928,
/// RFC 1929.
///
/// Ours, as NIO's own (`NIOSOCKS`) knows no name and password.
///
/// - Memory: what has come and is not yet understood, below 300 bytes and what was read at once.
package struct SOCKSHandshake: Sendable {
    package enum Action: Hashable, Sendable {
        /// Send these bytes, which may be none, and read on.
        case proceed(send: ByteBuffer)
        /// It does what it was asked; `rest` is from the peer that it connected us to.
        case finish(rest: ByteBuffer)
    }

    package enum Command: Hashable, Sendable {
        case connect(PeerAddress)
        /// Pass datagrams on, for as long as the connection lives. From where we send them is not told: whoever is
        /// behind a NAT does not know, and then all zeros are demanded.
        case passDatagrams
    }

    private enum State { case awaitingMethod, awaitingVerdict, awaitingReply, done }

    private enum Method {
        static let none: UInt8 = 0
        static let password: UInt8 = 2
        static let nothingFits: UInt8 = 0xff
    }

    private static let version: UInt8 = 5
    /// Of the negotiation of RFC 1929.
    private static let passwordVersion: UInt8 = 1

    private let command: Command
    private let credentials: SOCKSProxy.Credentials?
    private var state = State.awaitingMethod
    private var waiting = ByteBuffer()
    /// What it named in its answer: its own end towards the peer, or where it takes datagrams.
    package private(set) var bound: SOCKSEnd?

    /// - Parameter credentials: told only to a proxy that asks for them.
    package init(_ command: Command, credentials: SOCKSProxy.Credentials?) {
        self.command = command
        self.credentials = credentials
    }

    /// - Parameter target: whom to be connected to.
    package init(to target: PeerAddress, credentials: SOCKSProxy.Credentials?) {
        self.init(.connect(target), credentials: credentials)
    }

    /// What to say first.
    package var opening: ByteBuffer {
        let methods = credentials == nil ? [Method.none] : [Method.none, Method.password]
        return ByteBuffer(bytes: [Self.version, UInt8(methods.count)] + methods)
    }

    /// - Throws: why nothing will come of it; the connection is of no more use then.
    package mutating func received(_ bytes: ByteBuffer) throws(SOCKSFault) -> Action {
        waiting.writeImmutableBuffer(bytes)
        switch state {
        case .awaitingMethod:
            guard let answer = try answer(version: Self.version) else { break }
            switch answer {
            case Method.none: return try ask(request, then: .awaitingReply)
            case Method.password:
                // Who was not offered it may not ask for it.
                guard let credentials else { throw .unknownMethod(answer) }
                return try ask(login(credentials), then: .awaitingVerdict)
            case Method.nothingFits: throw .noCommonMethod
            default: throw .unknownMethod(answer)
            }
        case .awaitingVerdict:
            guard let answer = try answer(version: Self.passwordVersion) else { break }
            guard answer == 0 else { throw .wrongPassword }
            return try ask(request, then: .awaitingReply)
        case .awaitingReply:
            guard try readReply() else { break }
            state = .done
            defer { waiting = ByteBuffer() }
            return .finish(rest: waiting)
        case .done:
            defer { waiting = ByteBuffer() }
            return .finish(rest: waiting)
        }
        return .proceed(send: ByteBuffer())
    }

    private mutating func ask(_ words: ByteBuffer, then next: State) throws(SOCKSFault) -> Action {
        guard waiting.readableBytes == 0 else { throw .answeredUnasked }
        state = next
        return .proceed(send: words)
    }

    /// The second of two bytes of which the first is a version.
    private mutating func answer(version: UInt8) throws(SOCKSFault) -> UInt8? {
        if let first = waiting.getInteger(at: waiting.readerIndex, as: UInt8.self), first != version {
            throw .wrongVersion(first)
        }
        guard waiting.readableBytes >= 2 else { return nil }
        waiting.moveReaderIndex(forwardBy: 1)
        return waiting.readInteger()
    }

    private func login(_ credentials: SOCKSProxy.Credentials) -> ByteBuffer {
        var words = ByteBuffer(bytes: [Self.passwordVersion])
        for text in [credentials.user, credentials.password] {
            words.writeInteger(UInt8(text.utf8.count))
            words.writeBytes(text.utf8)
        }
        return words
    }

    private var request: ByteBuffer {
        let (code, end): (UInt8, SOCKSEnd) =
            switch command {
            case .connect(let target): (1, .address(target))
            case .passDatagrams: (3, .nowhere)
            }
        // Then a reserved byte.
        var words = ByteBuffer(bytes: [Self.version, code, 0])
        end.write(into: &words)
        return words
    }

    /// - Returns: whether it was all there.
    private mutating func readReply() throws(SOCKSFault) -> Bool {
        let start = waiting.readerIndex
        if let version = waiting.getInteger(at: start, as: UInt8.self), version != Self.version {
            throw .wrongVersion(version)
        }
        // A refusal is one as soon as it can be read: some proxies hang up without the address.
        if let code = waiting.getInteger(at: start + 1, as: UInt8.self), code != 0 { throw .refused(code) }
        guard let (end, length) = try SOCKSEnd.read(at: start + 3, in: waiting) else { return false }
        waiting.moveReaderIndex(forwardBy: 3 + length)
        bound = end
        return true
    }
}

/// Why a proxy does not do what it was asked.
public enum SOCKSFault: Error, Hashable, Sendable {
    /// It speaks another protocol, or another version of this one.
    case wrongVersion(UInt8)
    /// It takes none of the ways to make ourselves known that we offered.
    case noCommonMethod
    /// It chose a way that was not offered.
    case unknownMethod(UInt8)
    case wrongPassword
    /// As RFC 1928, 6 numbers the reasons.
    case refused(UInt8)
    case badAddress(kind: UInt8)
    /// Nobody can be where it says that it takes datagrams.
    case badRelay(PeerAddress)
    /// It said more than it was asked.
    case answeredUnasked

    /// Whether it is the proxy that fails us, rather than the peer it was to reach.
    public var isOfProxy: Bool {
        switch self {
        // "Command not supported"; all others tell of this peer, or of nothing.
        case .refused(let code): code == 7
        default: true
        }
    }
}
