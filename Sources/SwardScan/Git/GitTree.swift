// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What git says of the files below a folder: which it tracks, ignores, or had at another time.
struct GitTree: Sendable {
    let git: GitProgram

    /// - Parameter folder: Anywhere in a work tree.
    /// - Throws: `.notARepository`, `.gitMissing`, `.gitRefusesOwner`.
    init(folder: String) throws(ScanError) {
        git = try GitProgram(folder: folder)
        _ = try git.run(["rev-parse", "--git-dir"])
    }

    /// Whether it has no work tree.
    var isBare: Bool {
        (try? git.run(["rev-parse", "--is-bare-repository"])).map { $0.starts(with: Array("true".utf8)) }
            ?? false
    }

    /// From the top of the repository to the folder, ending in `/`; empty at the top. Bytes as git has them.
    func prefix() throws(ScanError) -> [UInt8] {
        let answer = try git.run(["rev-parse", "--show-prefix"])
        return answer.last == UInt8(ascii: "\n") ? answer.dropLast() : answer
    }

    /// Paths from the folder, sorted; of submodules only when asked for.
    func trackedPaths(includingSubmodules: Bool) throws(ScanError) -> [[UInt8]] {
        let rest = ["ls-files", "-z", "--cached"] + (includingSubmodules ? ["--recurse-submodules"] : [])
        return Self.split(try git.run(rest))
    }

    /// Neither tracked nor ignored.
    func untrackedPaths() throws(ScanError) -> [[UInt8]] {
        Self.split(try git.run(["ls-files", "-z", "--others", "--exclude-standard"]))
    }

    /// Files and folders that the ignore rules leave out, without a closing slash.
    func ignoredPaths() throws(ScanError) -> [[UInt8]] {
        Self.split(
            try git.run([
                "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory",
                "--no-empty-directory",
            ])
        ).map { $0.last == UInt8(ascii: "/") ? $0.dropLast() : $0 }
    }

    /// Folders of submodules, from the folder; those of `.gitmodules` and those in the index.
    func submodules() throws(ScanError) -> [[UInt8]] {
        var found: [[UInt8]] = []
        for entry in Self.split(try git.run(["ls-files", "-z", "--stage"]))
        where entry.starts(with: Array("160000 ".utf8)) {
            if let tab = entry.firstIndex(of: 9) { found.append(Array(entry[(tab + 1)...])) }
        }
        return found
    }

    /// The contents that both `revision` and the index have under the same path: a file may differ from both on disk.
    ///
    /// Git is not asked to compare files on disk, as it would run the filters of the repository's settings over them.
    /// - Returns: Path to the name of the content.
    func unchangedObjects(since revision: String) throws(ScanError) -> [[UInt8]: String] {
        var then: [[UInt8]: String] = [:]
        for file in try files(at: revision) { then[file.rawPath ?? Array(file.path.utf8)] = file.object }
        var same: [[UInt8]: String] = [:]
        for file in try stagedFiles(changedOnly: false) {
            let path = file.rawPath ?? Array(file.path.utf8)
            if let object = file.object, then[path] == object { same[path] = object }
        }
        return same
    }

    /// Files of `revision`, with the names of their contents.
    func files(at revision: String) throws(ScanError) -> [TreeFile] {
        let commit = try self.commit(revision)
        return Self.split(try git.run(["ls-tree", "-r", "-z", "-l", commit])).compactMap { entry in
            // "100644 blob 8a6ee9b… 1234\tpath"
            guard let tab = entry.firstIndex(of: 9) else { return nil }
            let fields = String(decoding: entry[..<tab], as: UTF8.self).split(separator: " ")
            guard fields.count == 4, fields[0].hasPrefix("100"), fields[1] == "blob",
                let length = Int64(fields[3])
            else { return nil }
            return Self.file(Array(entry[(tab + 1)...]), length, object: String(fields[2]))
        }
    }

    /// Files whose staged content differs from the last commit, or all of the index.
    ///
    /// Lengths are not known before the contents are asked for.
    func stagedFiles(changedOnly: Bool) throws(ScanError) -> [TreeFile] {
        let all = Self.split(try git.run(["ls-files", "-z", "--stage", "--cached"])).compactMap {
            entry -> TreeFile? in
            // "100644 8a6ee9b… 0\tpath"
            guard let tab = entry.firstIndex(of: 9) else { return nil }
            let fields = String(decoding: entry[..<tab], as: UTF8.self).split(separator: " ")
            guard fields.count == 3, fields[0].hasPrefix("100") else { return nil }
            return Self.file(Array(entry[(tab + 1)...]), -1, object: String(fields[1]))
        }
        guard changedOnly, let head = try? commit("HEAD") else { return all }
        let changed = Set(
            Self.split(
                try git.run([
                    "diff-index", "--cached", "-z", "--name-only", "--no-renames", "--diff-filter=d",
                    "--relative",
                    "--ignore-submodules=all", head, "--",
                ])))
        return all.filter { changed.contains($0.rawPath ?? Array($0.path.utf8)) }
    }

    /// The name of the commit that `revision` means.
    ///
    /// - Throws: `.badRevision`, so that nothing that looks like an option gets through.
    func commit(_ revision: String) throws(ScanError) -> String {
        guard !revision.isEmpty, !revision.hasPrefix("-"), !revision.utf8.contains(0),
            let answer = try? git.run([
                "rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}",
            ])
        else { throw ScanError(.badRevision(revision)) }
        let name =
            String(decoding: answer, as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
            ?? ""
        guard name.count >= 40, name.allSatisfy(\.isHexDigit) else { throw ScanError(.badRevision(revision)) }
        return name
    }

    private static func file(_ raw: [UInt8], _ length: Int64, object: String) -> TreeFile {
        let valid = String(validating: raw, as: UTF8.self)
        return TreeFile(
            path: valid ?? String(decoding: raw, as: UTF8.self), rawPath: valid == nil ? raw : nil,
            length: length,
            object: object)
    }

    static func split(_ bytes: [UInt8]) -> [[UInt8]] { bytes.split(separator: 0).map(Array.init) }
}
