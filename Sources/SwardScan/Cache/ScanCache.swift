// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import FoundationEssentials
internal import GRDB
internal import Glibc
internal import SwardHash
internal import SwardPrimitives
internal import Synchronization

/// What earlier scans found, by the digest of the content, and by what tells that a file is unchanged.
///
/// A cache: whatever is wrong with it, it is thrown away and made anew, and the scan goes on. Several processes may use one.
final class ScanCache: Sendable {
    /// Bytes on disk from which on what was not used for longest goes.
    static let maximumBytes = 512 << 20
    /// Below, a scan costs less than opening the cache: files, and bytes of all.
    static let worthwhileFiles = 48
    static let worthwhileBytes: Int64 = 4 << 20
    /// Looked up and written at once.
    private static let batch = 512
    /// A file changed so lately could change again without a newer time: nanoseconds.
    private static let settling: Int64 = 100_000_000

    struct Entry: Sendable {
        let identity: FileIdentity?
        let digest: Digest256
        let name: String
        let value: Examination
    }

    private let queue: DatabaseQueue
    private let pending = Mutex<[Entry]>([])
    /// Nothing was known at the start, so that nothing need be asked for.
    let isEmpty: Bool
    /// Whether a damaged cache had to be thrown away.
    let wasRebuilt: Bool
    private let day: Int64

    /// - Parameters:
    ///   - path: Of the database; folders above it are made.
    ///   - engine: Of the index and the program: findings of another engine are forgotten.
    ///   - day: Since 1970, for what goes first.
    /// - Returns: `nil` where no cache can be made there.
    init?(path: String, engine: String, day: Int64) {
        self.day = day
        Self.makeFolder(of: path)
        let engine = "\(ExaminationCoder.version) \(engine)"
        if let queue = try? Self.open(path, engine) {
            self.queue = queue
            wasRebuilt = false
        } else {
            let wasThere = access(path, F_OK) == 0
            for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
            guard let queue = try? Self.open(path, engine) else { return nil }
            self.queue = queue
            wasRebuilt = wasThere
        }
        isEmpty = (try? queue.read { try Int.fetchOne($0, sql: "SELECT 1 FROM content LIMIT 1") }) == nil
    }

    private static func open(_ path: String, _ engine: String) throws -> DatabaseQueue {
        var settings = Configuration()
        settings.journalMode = .wal
        settings.busyMode = .timeout(5)
        settings.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = OFF")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        let queue = try DatabaseQueue(path: path, configuration: settings)
        try queue.writeWithoutTransaction { database in
            let isNew = try Int.fetchOne(database, sql: "PRAGMA schema_version") == 0
            if isNew { try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
        }
        try queue.write { database in
            try database.execute(sql: "CREATE TABLE IF NOT EXISTS engine (name TEXT NOT NULL)")
            let known = try String.fetchOne(database, sql: "SELECT name FROM engine")
            if known != engine {
                try database.execute(
                    sql: """
                        DROP TABLE IF EXISTS file; DROP TABLE IF EXISTS content; DELETE FROM engine;
                        CREATE TABLE content (
                            id INTEGER PRIMARY KEY, digest BLOB NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,
                            day INTEGER NOT NULL, UNIQUE (digest, name));
                        CREATE TABLE file (
                            device INTEGER NOT NULL, inode INTEGER NOT NULL, length INTEGER NOT NULL,
                            modified INTEGER NOT NULL, changed INTEGER NOT NULL, content INTEGER NOT NULL,
                            PRIMARY KEY (device, inode)) WITHOUT ROWID;
                        """)
                try database.execute(sql: "INSERT INTO engine VALUES (?)", arguments: [engine])
            }
            // Damage shows here rather than in the middle of a scan.
            _ = try Int.fetchOne(
                database,
                sql: "SELECT count(*) FROM (SELECT 1 FROM file JOIN content ON content = id LIMIT 1)")
        }
        return queue
    }

    private static func makeFolder(of path: String) {
        var made = ""
        for element in path.split(separator: "/").dropLast() {
            made += "/\(element)"
            // What was found of someone's files is nobody else's.
            mkdir(made, 0o700)
        }
    }

    /// What is known of files that are as they were, by their place in the list.
    ///
    /// Asks once for all of them, so that workers never wait for the database.
    func known(_ files: [(identity: FileIdentity?, name: String)]) -> [Int: [UInt8]] {
        guard !isEmpty else { return [:] }
        var found: [Int: [UInt8]] = [:]
        var used: [Int64] = []
        try? queue.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT content.id, content.value, content.day FROM file JOIN content ON content.id = file.content
                    WHERE device = ? AND inode = ? AND length = ? AND modified = ? AND changed = ? AND name = ?
                    """)
            for (index, file) in files.enumerated() {
                guard let identity = file.identity else { continue }
                let row = try Row.fetchOne(
                    statement,
                    arguments: [
                        Int64(bitPattern: identity.device), Int64(bitPattern: identity.inode),
                        identity.length,
                        identity.modifiedAt, identity.changedAt, file.name,
                    ])
                guard let row else { continue }
                found[index] = (row[1] as Data?).map { Array($0) }
                if row[2] as Int64 != day { used.append(row[0]) }
            }
        }
        if !used.isEmpty {
            try? queue.write { database in
                for id in used {
                    try database.execute(literal: "UPDATE content SET day = \(day) WHERE id = \(id)")
                }
            }
        }
        return found
    }

    /// What is known of content with this digest under such a name.
    func known(_ digest: Digest256, name: String) -> Examination? {
        guard !isEmpty else { return nil }
        let bytes: [UInt8]? = try? queue.read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT value FROM content WHERE digest = ? AND name = ?")
            let row = try Row.fetchOne(statement, arguments: [digest.bytes.blob, name])
            return (row?[0] as Data?).map { Array($0) }
        }
        return bytes.flatMap(ExaminationCoder.decode)
    }

    /// Keeps what was found; written now and then.
    func add(_ entry: Entry, now: Int64) {
        let isSettled =
            entry.identity.map { $0.changedAt < now - Self.settling && $0.modifiedAt < now - Self.settling }
            ?? false
        let kept = Entry(
            identity: isSettled ? entry.identity : nil, digest: entry.digest, name: entry.name,
            value: entry.value)
        let full = pending.withLock { pending -> [Entry] in
            pending.append(kept)
            guard pending.count >= Self.batch else { return [] }
            defer { pending = [] }
            return pending
        }
        write(full)
    }

    /// Writes what is left, and makes room if there is too much.
    func finish() {
        write(
            pending.withLock { pending in
                defer { pending = [] }
                return pending
            })
        try? queue.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let free = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
            let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            guard (pages - free) * size > Self.maximumBytes else { return }
            try database.inTransaction {
                try database.execute(
                    sql: """
                        DELETE FROM content WHERE id IN
                            (SELECT id FROM content ORDER BY day, id LIMIT (SELECT count(*) / 3 FROM content));
                        DELETE FROM file WHERE content NOT IN (SELECT id FROM content);
                        """)
                return .commit
            }
            try database.execute(sql: "PRAGMA incremental_vacuum")
        }
    }

    private func write(_ entries: [Entry]) {
        guard !entries.isEmpty else { return }
        let values = entries.map { ExaminationCoder.encode($0.value) }
        try? queue.write { database in
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO content (digest, name, value, day) VALUES (?, ?, ?, ?)
                    ON CONFLICT (digest, name) DO UPDATE SET value = excluded.value, day = excluded.day RETURNING id
                    """)
            let link = try database.cachedStatement(
                sql: "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)")
            for (entry, value) in zip(entries, values) {
                let id = try Int64.fetchOne(
                    insert, arguments: [entry.digest.bytes.blob, entry.name, value.blob, day])
                guard let id, let identity = entry.identity else { continue }
                try link.execute(
                    arguments: [
                        Int64(bitPattern: identity.device), Int64(bitPattern: identity.inode),
                        identity.length,
                        identity.modifiedAt, identity.changedAt, id,
                    ])
            }
        }
    }
}

extension [UInt8] {
    fileprivate var blob: Data { Data(self) }
}
