// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardMetainfo
public import SwardPrimitives
public import SwardStorage
public import SwardSwarm

/// What the operator's policy says of a work, as the engine needs it; the words are the command line's.
public struct Judgement: Hashable, Sendable {
    public var permissions: GatePermissions
    /// For whoever shows it: the state's name and its reasons. The engine passes them on unread.
    public var state: String
    public var reasons: [String]

    public init(permissions: GatePermissions, state: String, reasons: [String] = []) {
        self.permissions = permissions
        self.state = state
        self.reasons = reasons
    }
}

/// Judges a work by its info dictionary, before any of its payload moves. Called on a disk thread.
public typealias Judge = @Sendable (InfoDictionary) -> Judgement

/// Where a torrent comes from.
public enum TorrentSource: Sendable {
    case metainfo(Metainfo)
    case magnet(MagnetLink)
}

/// How one torrent is to be run.
public struct TorrentOptions: Sendable {
    /// The folder in which the payload lies or will lie.
    public var folder: String
    /// Path elements between `folder` and the files; `nil` for the torrent's name, as every client has it.
    public var root: [String]?
    /// Where the record of verified pieces is kept; `nil` keeps none.
    public var resumePath: String?
    /// Where the torrent file lies. With it, a complete torrent that nobody is at keeps nothing of it in memory.
    public var torrentPath: String?
    /// Peers to try at once.
    public var peers: [PeerAddress] = []
    public var allocation = Payload.Allocation.sparse
    /// Whether files that are not whole have ``Payload/partialSuffix`` behind their names.
    public var marksPartialFiles = false
    /// Whether what is found on disk is hashed even where the record vouches for it.
    public var rechecks = false
    /// Whether files may be made and written. A seeder's are only read.
    public var writes = true
    /// Whether files of somebody else's that lie where the work's go are written over, and longer ones cut.
    public var overwrites = false
    /// Flush to the disk when complete, before saying so.
    public var synchronizes = false
    public var maximumConnections = 50
    public var maximumHalfOpen = 10
    public var maximumConnectionsPerHost = 3
    /// Of this torrent and of each of its peers; those of the session come on top.
    public var limits = RateLimits()
    /// Pieces in their order, for reading while they come.
    public var isSequential = false
    /// Source: BEP 16.
    public var isSuperSeed = false
    /// Which files are wanted, and how much, in the order of the info dictionary; `nil` for all alike.
    public var priorities: (@Sendable (InfoDictionary) -> [FilePriority])?
    /// Folders in which files of this torrent may lie already, under whatever name. Only read.
    public var reuse: [String] = []
    /// Whether the torrent's web seeds are used.
    public var usesWebSeeds = true
    /// Looks at the files that are whole when the torrent is opened, by their numbers, before any of it is passed on; what it
    /// judges takes the place of the first judgement, which `nil` leaves.
    public var examine: (@Sendable (InfoDictionary, Set<Int>) -> Judgement?)?

    public init(folder: String) { self.folder = folder }

    /// Where a magnet's metadata is kept for the next run: beside the record of its pieces.
    var metadataPath: String? { resumePath.map { $0 + ".metadata" } }
}

/// How much a file is wanted.
public enum FilePriority: Int, Hashable, Sendable {
    case skip, low, normal, high
}

/// What happens to a torrent, in order.
public enum TorrentEvent: Sendable {
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
    /// A peer that a person named could not be reached; said once, and tried again.
    case unreached(PeerAddress, DialFailure)
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
public struct TrackerReport: Hashable, Sendable {
    public var url: String
    public var peerCount: Int
    /// Of the swarm, if it says so.
    public var seeds: Int?
    public var leeches: Int?
    /// `nil` when it answered.
    public var failure: String?

    public init(url: String, peerCount: Int, failure: String?) {
        self.url = url
        self.peerCount = peerCount
        self.failure = failure
    }
}

/// Why a torrent cannot go on.
public enum TorrentProblem: Error, Hashable, Sendable {
    case metadata(MetainfoError)
    case storage(StorageError)
    case swarm(TorrentFailure)
    /// The file at this path is no longer the torrent that it was.
    case otherTorrent(String)
    /// Nothing is to be fetched or served: the judgement forbids both.
    case notAdmitted
}
