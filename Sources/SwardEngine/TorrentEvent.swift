// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardMetainfo
package import SwardPrimitives
package import SwardStorage
package import SwardSwarm

/// What the operator's policy says of a work, as the engine needs it; the words are the command line's.
package struct Judgement: Hashable, Sendable {
    package var permissions: GatePermissions
    /// For whoever shows it: the state's name and its reasons. The engine passes them on unread.
    package var state: String
    package var reasons: [String]

    package init(permissions: GatePermissions, state: String, reasons: [String] = []) {
        self.permissions = permissions
        self.state = state
        self.reasons = reasons
    }
}

/// Judges a work by its info dictionary, before any of its payload moves. Called on a disk thread.
package typealias Judge = @Sendable (InfoDictionary) -> Judgement

/// Where a torrent comes from.
package enum TorrentSource: Sendable {
    case metainfo(Metainfo)
    case magnet(MagnetLink)
}

/// How one torrent is to be run.
package struct TorrentOptions: Sendable {
    /// The folder in which the payload lies or will lie.
    package var folder: String
    /// Path elements between `folder` and the files; `nil` for the torrent's name, as every client has it.
    package var root: [String]?
    /// Where the record of verified pieces is kept; `nil` keeps none.
    package var resumePath: String?
    /// Where the torrent file lies. With it, a complete torrent that nobody is at keeps nothing of it in memory.
    package var torrentPath: String?
    /// Peers to try at once.
    package var peers: [PeerAddress] = []
    package var allocation = Payload.Allocation.sparse
    /// Whether files that are not whole have ``Payload/partialSuffix`` behind their names.
    package var marksPartialFiles = false
    /// Whether what is found on disk is hashed even where the record vouches for it.
    package var rechecks = false
    /// Whether files may be made and written. A seeder's are only read.
    package var writes = true
    /// Flush to the disk when complete, before saying so.
    package var synchronizes = false
    package var maximumConnections = 50
    package var maximumHalfOpen = 10
    package var maximumConnectionsPerHost = 3
    /// Of this torrent and of each of its peers; those of the session come on top.
    package var limits = RateLimits()
    /// Pieces in their order, for reading while they come.
    package var isSequential = false
    /// Source: BEP 16.
    package var isSuperSeed = false
    /// Which files are wanted, and how much, in the order of the info dictionary; `nil` for all alike.
    package var priorities: (@Sendable (InfoDictionary) -> [FilePriority])?
    /// Folders in which files of this torrent may lie already, under whatever name. Only read.
    package var reuse: [String] = []
    /// Whether the torrent's web seeds are used.
    package var usesWebSeeds = true

    package init(folder: String) { self.folder = folder }

    /// Where a magnet's metadata is kept for the next run: beside the record of its pieces.
    var metadataPath: String? { resumePath.map { $0 + ".metadata" } }
}

/// How much a file is wanted.
package enum FilePriority: Int, Hashable, Sendable {
    case skip, low, normal, high
}

/// What happens to a torrent, in order.
package enum TorrentEvent: Sendable {
    /// The info dictionary is there: at once for a file, after BEP 9 for a magnet.
    case metadataReceived(InfoDictionary)
    case judged(Judgement)
    /// What lies on disk is being hashed; both in bytes.
    case checking(done: Int64, total: Int64)
    /// Bytes of files found in other folders.
    case reused(Int64)
    /// What lies on disk has been looked at.
    case checked(TorrentSnapshot)
    /// Every half second, and once more before `complete`.
    case progress(TorrentSnapshot)
    /// A peer sent bytes that are not the piece's.
    case banned(PeerAddress, PieceIndex)
    /// A peer was let go for what is no accident, and neither it nor who shares its address is let in for so long.
    case keptOut(PeerAddress, CloseReason, Duration)
    case peerConnected(PeerAddress)
    case peerClosed(PeerAddress, CloseReason?)
    /// The piece layer of a file came from peers: with it the magnet's metainfo is whole.
    case layerReceived(piecesRoot: Digest256, [UInt8])
    /// Every piece is verified, written and recorded, links and modes are made.
    case complete(TorrentSnapshot)
    /// A web seed did not give what was asked for.
    case webSeed(String, WebFailure)
    /// A reply or a failure of a tracker.
    case tracker(TrackerReport)
    /// The disk is full: nothing is asked for until there is room.
    case heldUp(StorageError)
    /// There is room again.
    case resumed
    /// It cannot go on.
    case failed(TorrentProblem)
    case stopped
}

/// Where the events of a torrent go; from whatever thread they come.
struct EventSink: Sendable {
    let yield: @Sendable (TorrentEvent) -> Void
    let finish: @Sendable () -> Void
}

/// What a tracker said last.
package struct TrackerReport: Hashable, Sendable {
    package var url: String
    package var peerCount: Int
    /// Of the swarm, if it says so.
    package var seeds: Int?
    package var leeches: Int?
    /// `nil` when it answered.
    package var failure: String?

    package init(url: String, peerCount: Int, failure: String?) {
        self.url = url
        self.peerCount = peerCount
        self.failure = failure
    }
}

/// Why a torrent cannot go on.
package enum TorrentProblem: Error, Hashable, Sendable {
    case metadata(MetainfoError)
    case storage(StorageError)
    case swarm(TorrentFailure)
    /// The file at this path is no longer the torrent that it was.
    case otherTorrent(String)
    /// Nothing is to be fetched or served: the judgement forbids both.
    case notAdmitted
}
