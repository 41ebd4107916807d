// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Synchronization

/// Runs `git` so that nothing in a repository that nobody vouches for can run: no hooks, monitors, filters, pagers, prompts
/// or transports; optional locks are not taken, and each call ends in time.
struct GitProgram: Sendable {
    /// Without an answer for so long a call is given up.
    static let patience: Int32 = 60
    /// Of one answer; a list of a few million paths.
    static let maximumAnswer = 1 << 30

    /// Of the program, absolute.
    private let program: String
    /// In which it is run.
    let folder: String

    /// - Throws: `.gitMissing`.
    init(folder: String) throws(ScanError) {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        // Only absolute folders: a `git` that lies in the tree to be scanned is not ours to run.
        for entry in path.split(separator: ":") where entry.hasPrefix("/") {
            let candidate = "\(entry)/git"
            if access(candidate, X_OK) == 0 {
                program = candidate
                self.folder = folder
                return
            }
        }
        throw ScanError(.gitMissing)
    }

    private static let settings = [
        "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.untrackedCache=false", "core.pager=cat",
        "core.preloadIndex=false", "core.askPass=", "diff.external=", "protocol.allow=never",
        "core.quotePath=false", "gc.auto=0", "maintenance.auto=false", "credential.helper=",
    ]

    private func arguments(_ rest: [String]) -> [String] {
        [program, "--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"]
            + Self.settings.flatMap { ["-c", $0] } + ["-C", folder] + rest
    }

    /// What of our environment git may see: where its settings are, and nothing that points it elsewhere.
    private static var environment: [String] {
        var kept = [
            "LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_PAGER=cat",
            "GIT_NO_LAZY_FETCH=1",
            "GIT_ALLOW_PROTOCOL=", "GIT_EXTERNAL_DIFF=",
        ]
        for name in [
            "PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "GIT_CEILING_DIRECTORIES", "GIT_INDEX_FILE",
            "GIT_DIR", "GIT_WORK_TREE",
        ] {
            // A hook runs with the last three set; they are the caller's own.
            if let value = getenv(name) { kept.append("\(name)=\(String(cString: value))") }
        }
        return kept
    }

    /// Runs one command to its end.
    ///
    /// - Returns: What it printed.
    func run(_ rest: [String]) throws(ScanError) -> [UInt8] {
        let child = try GitChild(arguments: arguments(rest), environment: Self.environment, takesInput: false)
        var output: [UInt8] = []
        while let part = try child.read() {
            guard output.count + part.count <= Self.maximumAnswer else { throw ScanError(.gitAnswer) }
            output.append(contentsOf: part)
        }
        let (status, words) = try child.finish()
        guard status == 0 else { throw Self.failure(status, words) }
        return output
    }

    /// Starts `git cat-file --batch`.
    func objects() throws(ScanError) -> GitObjects {
        GitObjects(
            try GitChild(
                arguments: arguments(["cat-file", "--batch"]), environment: Self.environment, takesInput: true
            ))
    }

    static func failure(_ status: Int32, _ words: String) -> ScanError {
        if words.contains("dubious ownership") { return ScanError(.gitRefusesOwner) }
        if words.contains("not a git repository") { return ScanError(.notARepository) }
        return ScanError(.gitFailed(status: status, words: String(words.prefix(300))))
    }
}

/// One run of git, with pipes to it.
final class GitChild {
    private let process: pid_t
    private var input: Int32
    private var output: Int32
    private var errors: Int32
    private var words: [UInt8] = []
    private var isReaped = false
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

    /// A pipe is open to children for the moment between its making and its mark; no other child may be born in it.
    private static let birth = Mutex(())

    convenience init(arguments: [String], environment: [String], takesInput: Bool) throws(ScanError) {
        let made = Self.birth.withLock { _ in
            Result { () throws(ScanError) in
                try Self.spawn(arguments: arguments, environment: environment, takesInput: takesInput)
            }
        }
        self.init(try made.get())
    }

    private struct Born {
        let process: pid_t
        let input: Int32
        let output: Int32
        let errors: Int32
    }

    private init(_ born: Born) {
        process = born.process
        input = born.input
        output = born.output
        errors = born.errors
    }

    private static func spawn(
        arguments: [String], environment: [String], takesInput: Bool
    ) throws(ScanError) -> Born {
        func pipe() throws(ScanError) -> (Int32, Int32) {
            var ends: [Int32] = [-1, -1]
            guard Glibc.pipe(&ends) == 0 else { throw ScanError(.system("pipe", errno)) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }
        let (outRead, outWrite) = try pipe()
        let (errRead, errWrite) = try pipe()
        var inRead: Int32 = -1
        var inWrite: Int32 = -1
        if takesInput {
            (inRead, inWrite) = try pipe()
        } else {
            inRead = open("/dev/null", O_RDONLY | O_CLOEXEC)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, inRead, 0)
        posix_spawn_file_actions_adddup2(&actions, outWrite, 1)
        posix_spawn_file_actions_adddup2(&actions, errWrite, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        // In a group of its own, so that Ctrl-C is ours to answer; and with signals as they are by default.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))
        posix_spawnattr_setpgroup(&attributes, 0)
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
            close(outWrite)
            close(errWrite)
            if inRead >= 0 { close(inRead) }
        }
        var process = pid_t()
        let argv = arguments.map { strdup($0) } + [nil]
        let envp = environment.map { strdup($0) } + [nil]
        defer { for word in argv + envp { free(word) } }
        let result = posix_spawn(&process, arguments[0], &actions, &attributes, argv, envp)
        guard result == 0 else {
            close(outRead)
            close(errRead)
            if inWrite >= 0 { close(inWrite) }
            throw ScanError(.system("posix_spawn", result), path: arguments[0])
        }
        for descriptor in [outRead, errRead] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        return Born(process: process, input: inWrite, output: outRead, errors: errRead)
    }

    deinit {
        if !isReaped {
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
        for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
        room.deallocate()
    }

    func write(_ bytes: [UInt8]) throws(ScanError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress! + done, $0.count - done) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw ScanError(.gitAnswer) }
            done += count
        }
    }

    /// The next bytes of its output; `nil` at the end.
    func read() throws(ScanError) -> UnsafeRawBufferPointer? {
        while true {
            if output < 0 { return nil }
            let count = Glibc.read(output, room.baseAddress, room.count)
            if count > 0 { return UnsafeRawBufferPointer(rebasing: room[..<count]) }
            if count == 0 {
                close(output)
                output = -1
                return nil
            }
            guard errno == EAGAIN || errno == EINTR else { throw ScanError(.system("read", errno)) }
            try wait()
        }
    }

    /// Waits for the end.
    ///
    /// - Returns: Its exit status, 128 more than a signal that ended it, and what it said on standard error.
    func finish() throws(ScanError) -> (Int32, String) {
        if input >= 0 {
            close(input)
            input = -1
        }
        while errors >= 0 { try wait() }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        isReaped = true
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return (code, String(decoding: words, as: UTF8.self))
    }

    /// Until there is output, or an error stream has news.
    private func wait() throws(ScanError) {
        var polled: [pollfd] = []
        if output >= 0 { polled.append(pollfd(fd: output, events: Int16(POLLIN), revents: 0)) }
        if errors >= 0 { polled.append(pollfd(fd: errors, events: Int16(POLLIN), revents: 0)) }
        let count = poll(&polled, nfds_t(polled.count), GitProgram.patience * 1000)
        if count < 0 && errno == EINTR { return }
        guard count > 0 else {
            kill(process, SIGKILL)
            throw ScanError(.gitTimedOut(seconds: Int(GitProgram.patience)))
        }
        guard errors >= 0, polled.last?.revents != 0 else { return }
        var part = [UInt8](repeating: 0, count: 4096)
        let found = Glibc.read(errors, &part, part.count)
        if found > 0 {
            if words.count < 4096 { words.append(contentsOf: part[..<found]) }
        } else if found == 0 || (errno != EAGAIN && errno != EINTR) {
            close(errors)
            errors = -1
        }
    }
}

/// Contents of git's objects, one after another.
final class GitObjects {
    private let child: GitChild
    private var pending: [UInt8] = []
    private var place = 0
    /// Of the object at hand, not read yet; with the newline behind it.
    private var rest = 0

    init(_ child: GitChild) { self.child = child }

    /// Asks for an object and reads its head.
    ///
    /// - Returns: Its length in bytes; `nil` where there is no such object, or it is no file.
    func open(_ object: String) throws(ScanError) -> Int? {
        try skipRest()
        try child.write(Array("\(object)\n".utf8))
        var line: [UInt8] = []
        while let byte = try next() {
            if byte == UInt8(ascii: "\n") { break }
            guard line.count < 4096 else { throw ScanError(.gitAnswer) }
            line.append(byte)
        }
        let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard fields.count == 3, let length = Int(fields[2]), length >= 0 else { return nil }
        rest = length + 1
        guard fields[1] == "blob" else { return nil }
        return length
    }

    /// The next bytes of the object; 0 at its end, negative when git failed.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard rest > 1 else { return 0 }
        do throws(ScanError) {
            if place == pending.count {
                guard let part = try child.read() else { return -Int(EIO) }
                pending = Array(part)
                place = 0
            }
        } catch { return -Int(EIO) }
        let count = min(buffer.count, pending.count - place, rest - 1)
        pending.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[place..<(place + count)])) }
        place += count
        rest -= count
        return count
    }

    private func skipRest() throws(ScanError) {
        while rest > 0 {
            guard try next() != nil else { throw ScanError(.gitAnswer) }
            rest -= 1
        }
    }

    private func next() throws(ScanError) -> UInt8? {
        if place == pending.count {
            guard let part = try child.read() else { return nil }
            pending = Array(part)
            place = 0
        }
        place += 1
        return pending[place - 1]
    }
}
