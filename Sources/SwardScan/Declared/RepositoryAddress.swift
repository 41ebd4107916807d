// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The address of a file in a repository on the web: `https://github.com/OWNER/NAME/blob/BRANCH/PATH` and its kin.
struct RepositoryAddress {
    /// What may be the file's path in the repository, the likeliest first: a branch may have slashes in its name.
    let paths: [String]

    private static let longestBranch = 3

    init?(_ text: String) {
        guard let scheme = text.firstRange(of: "://"), text.utf8.count <= 1_024 else { return nil }
        let place = text[scheme.upperBound...].prefix(while: { $0 != "?" && $0 != "#" })
        var elements = place.split(separator: "/").map(String.init)
        guard let host = elements.first?.lowercased(), elements.count > 4 else { return nil }
        elements.removeFirst()
        guard let rest = Self.behindBranchMark(host, elements) else { return nil }
        let paths = (1...Self.longestBranch).filter { $0 < rest.count }
            .map { rest.dropFirst($0).joined(separator: "/").replacing("%20", with: " ") }
        guard !paths.isEmpty, !rest.contains("..") else { return nil }
        self.paths = paths
    }

    /// Branch and path.
    private static func behindBranchMark(_ host: String, _ elements: [String]) -> ArraySlice<String>? {
        if host == "raw.githubusercontent.com" {
            let rest = elements.dropFirst(2)
            return rest.starts(with: ["refs", "heads"]) ? rest.dropFirst(2) : rest
        }
        // GitLab's groups may lie in groups.
        if let dash = elements.firstIndex(of: "-"), dash + 1 < elements.count {
            return ["blob", "raw"].contains(elements[dash + 1]) ? elements[(dash + 2)...] : nil
        }
        guard elements.count > 3 else { return nil }
        let rest = elements[3...]
        switch elements[2] {
        case "blob" where host.hasSuffix("github.com") || host.contains("gitlab"): return rest
        case "raw" where host.hasSuffix("github.com") || host.hasSuffix("bitbucket.org"): return rest
        // Gitea and Forgejo say what the name behind is.
        case "src", "raw":
            if ["branch", "tag", "commit"].contains(rest.first) { return rest.dropFirst() }
            return elements[2] == "src" && host.hasSuffix("bitbucket.org") ? rest : nil
        default: return nil
        }
    }
}
