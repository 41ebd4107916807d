// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardHash
package import SwardPrimitives

/// What passes between us and one UDP tracker at one address: its connection, and the questions that wait. Source: BEP 15.
///
/// - Invariant: at most ``maximumQuestions`` at a time; each ends in one answer or one failure.
package struct UDPTrackerTalk: Sendable {
    package typealias Instant = ContinuousClock.Instant

    package enum Question: Hashable, Sendable {
        case announce(AnnounceRequest)
        /// Up to 74 swarms.
        case scrape([Digest160])
    }

    package enum Answer: Hashable, Sendable {
        case announced(AnnounceResponse)
        /// In the order of the question; a tracker may leave out what it does not know.
        case scraped([ScrapeEntry])
        case failed(AnnounceSchedule.Failure)
    }

    package enum Action: Hashable, Sendable {
        case send([UInt8])
        case answer(id: Int, Answer)
    }

    private struct Open: Sendable {
        let id: Int
        let question: Question
        /// 0 while it has not been sent over the connection there is.
        var transaction: UInt32 = 0
        var tries = 0
        var resendAt: Instant?
    }

    /// "A client can use a connection ID until one minute after it has received it."
    private static let connectionAge = Duration.seconds(60)
    private static let firstWait = Duration.seconds(15)
    /// Of fifteen, thirty and sixty seconds; BEP 15 goes on for hours, in which another tracker can be asked.
    private static let maximumTries = 3
    package static let maximumQuestions = 256

    /// Of what family the addresses are that it answers with: that of its datagrams, which for a name that a proxy looks up
    /// shows only in the answer.
    package var isIPv6: Bool
    private let urlData: String
    private var chance: SecretChance
    private var open: [Open] = []
    private var connection: (id: UInt64, until: Instant)?
    private var connecting: (transaction: UInt32, tries: Int, resendAt: Instant)?

    /// - Parameter urlData: path and query of the tracker's URL. Source: BEP 41.
    package init(isIPv6: Bool, urlData: String, chance: SecretChance) {
        self.isIPv6 = isIPv6
        self.urlData = urlData
        self.chance = chance
    }

    package var isIdle: Bool { open.isEmpty }

    package var deadline: Instant? {
        (open.compactMap(\.resendAt) + (connecting.map { [$0.resendAt] } ?? [])).min()
    }

    package mutating func ask(_ question: Question, id: Int, at now: Instant) -> [Action] {
        guard open.count < Self.maximumQuestions else {
            return [.answer(id: id, .failed(.unreachable("too many questions to one tracker")))]
        }
        open.append(Open(id: id, question: question))
        return advance(at: now)
    }

    package mutating func received(_ datagram: [UInt8], at now: Instant) -> [Action] {
        // Anyone can send us a datagram: without a number of ours it is nobody's answer.
        guard let transaction = UDPTrackerReply.transaction(of: datagram), transaction != 0 else { return [] }
        if let connecting, connecting.transaction == transaction {
            return receivedConnection(datagram, at: now)
        }
        guard let index = open.firstIndex(where: { $0.transaction == transaction }) else { return [] }
        let answer: Answer
        do throws(TrackerError) {
            switch (try UDPTrackerReply.parse(datagram, isIPv6: isIPv6), open[index].question) {
            case (.announced(let response), .announce): answer = .announced(response)
            case (.scraped(let entries), .scrape(let hashes)):
                answer = .scraped(Array(entries.prefix(hashes.count)))
            case (.refused(let reason), _):
                answer = .failed(.answer(.refused(TrackerRefusal(reason: reason))))
            default: return []
            }
        } catch {
            answer = .failed(.answer(error))
        }
        return [.answer(id: open.remove(at: index).id, answer)]
    }

    private mutating func receivedConnection(_ datagram: [UInt8], at now: Instant) -> [Action] {
        do throws(TrackerError) {
            switch try UDPTrackerReply.parse(datagram, isIPv6: isIPv6) {
            case .connected(let id):
                connecting = nil
                connection = (id, now + Self.connectionAge)
                return advance(at: now)
            case .refused(let reason):
                return failAll(.answer(.refused(TrackerRefusal(reason: reason))))
            default: return []
            }
        } catch { return failAll(.answer(error)) }
    }

    private mutating func failAll(_ failure: AnnounceSchedule.Failure) -> [Action] {
        connecting = nil
        defer { open = [] }
        return open.map { .answer(id: $0.id, .failed(failure)) }
    }

    package mutating func timerFired(at now: Instant) -> [Action] {
        if let due = connecting, due.resendAt <= now {
            guard due.tries < Self.maximumTries else { return failAll(.unreachable("no answer")) }
            return [sendConnect(tries: due.tries + 1, at: now)]
        }
        var actions: [Action] = []
        for index in open.indices.reversed() {
            guard let due = open[index].resendAt, due <= now else { continue }
            if open[index].tries >= Self.maximumTries {
                actions.append(.answer(id: open.remove(at: index).id, .failed(.unreachable("no answer"))))
            } else {
                open[index].resendAt = nil
            }
        }
        return actions + advance(at: now)
    }

    /// Sends what waits, or asks for a connection first.
    private mutating func advance(at now: Instant) -> [Action] {
        guard open.contains(where: { $0.resendAt == nil }), connecting == nil else { return [] }
        guard let connection, now < connection.until else { return [sendConnect(tries: 1, at: now)] }
        var actions: [Action] = []
        for index in open.indices where open[index].resendAt == nil {
            open[index].transaction = freshTransaction()
            open[index].tries += 1
            open[index].resendAt = now + Self.firstWait * (1 << (open[index].tries - 1))
            actions.append(.send(datagram(open[index], connection.id)))
        }
        return actions
    }

    private func datagram(_ open: Open, _ connection: UInt64) -> [UInt8] {
        switch open.question {
        case .announce(let request):
            UDPTrackerRequest.announce(
                request, urlData: urlData, connection: connection, transaction: open.transaction)
        case .scrape(let hashes):
            UDPTrackerRequest.scrape(hashes, connection: connection, transaction: open.transaction)
        }
    }

    private mutating func sendConnect(tries: Int, at now: Instant) -> Action {
        let transaction = freshTransaction()
        connecting = (transaction, tries, now + Self.firstWait * (1 << (tries - 1)))
        return .send(UDPTrackerRequest.connect(transaction: transaction))
    }

    private mutating func freshTransaction() -> UInt32 {
        while true {
            let number = UInt32(truncatingIfNeeded: chance.next() >> 32)
            if number != 0, !open.contains(where: { $0.transaction == number }) { return number }
        }
    }
}
