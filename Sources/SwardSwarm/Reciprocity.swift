// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives
import Synchronization

/// Courtesy to those who have given: one book that the torrents of a session share, from whatever threads they run on.
///
/// It breaks ties among peers that are otherwise equal candidates for an upload slot, and does nothing else; see
/// ``Choker``. A torrent without it (the default) treats all peers alike and keeps no book.
package final class Reciprocity: Sendable {
    private struct State {
        var book: ReciprocityBook
        /// What was counted since the book on disk last had it.
        var news = ReciprocityBook()
        var struck: [PeerAddress] = []
        var day: Int32
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - book: what earlier runs counted.
    ///   - day: days since 1970.
    package init(_ book: ReciprocityBook = ReciprocityBook(), day: Int32 = 0) {
        state = Mutex(State(book: book, day: day))
    }

    package var book: ReciprocityBook { state.withLock { $0.book } }

    /// What has been counted since the last call, put on top of `saved`: another run may have counted meanwhile.
    ///
    /// - Parameter day: That of what is counted from now on.
    package func settle(into saved: ReciprocityBook, on day: Int32) -> ReciprocityBook {
        state.withLock { state in
            var book = saved
            for peer in state.struck { book.strike(peer) }
            book.merge(state.news)
            state.news = ReciprocityBook()
            state.struck = []
            state.day = day
            return book
        }
    }

    func standing(of address: PeerAddress) -> Int64 { state.withLock { $0.book[address]?.standing ?? 0 } }

    package func entry(of address: PeerAddress) -> ReciprocityBook.Entry? {
        state.withLock { $0.book[address] }
    }

    func record(_ address: PeerAddress, given: Int = 0, taken: Int = 0) {
        // Web seeds are peers without an address of their own.
        guard address.scope != .none else { return }
        state.withLock { state in
            state.book.record(address, given: given, taken: taken, day: state.day)
            state.news.record(address, given: given, taken: taken, day: state.day)
        }
    }

    func strike(_ address: PeerAddress) {
        state.withLock { state in
            state.book.strike(address)
            state.news.strike(address)
            // Peers without end may be banned; the oldest strikes were at strangers most likely.
            if state.struck.count < ReciprocityBook.capacity { state.struck.append(address) }
        }
    }
}
