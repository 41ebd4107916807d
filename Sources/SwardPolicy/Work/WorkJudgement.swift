// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardSPDX

/// Everything that follows from the terms of a scanned work.
public struct WorkJudgement: Hashable, Sendable {
    /// Of the terms found, or declared where that says more; marks, conflicts and contradictions are in it.
    public var verdict: Verdict
    /// The heaviest first, then by path.
    public var marks: [Mark]
    public var duties: [Duty]
    /// The worst first, then by path.
    public var conflicts: [Conflict]
    public var contradictions: [Contradiction]
    /// The heaviest first, then by path. Empty without a policy.
    public var policyFindings: [PolicyFinding]
    /// Rules that the policy wants to hear nothing of.
    public private(set) var ignoredRules: Set<String> = []
    /// What the verdict was made from.
    public var terms: WorkTerms
    private var folders: [String: FolderTerms] = [:]

    public init(
        verdict: Verdict, marks: [Mark] = [], duties: [Duty] = [], conflicts: [Conflict] = [],
        contradictions: [Contradiction] = [], policyFindings: [PolicyFinding] = [],
        terms: WorkTerms = WorkTerms(expression: "", parts: [])
    ) {
        self.verdict = verdict
        self.marks = marks
        self.duties = duties
        self.conflicts = conflicts
        self.contradictions = contradictions
        self.policyFindings = policyFindings
        self.terms = terms
    }

    /// What the license file, or README, of the nearest folder above `path` states for what says nothing itself.
    public func cover(of path: String) -> FolderTerms? { folders.cover(of: path) }

    /// - Parameters:
    ///   - files: Every file of the work, members of archives included, in any order.
    ///   - beside: Where only some files are judged, what is known of the rest of the work. Their paths begin with `..` where
    ///     they lie above the folder that the paths start from.
    ///   - declared: Terms that a manifest states for the work as a whole.
    ///   - today: For change dates and expired exceptions; without it no date has passed.
    ///   - known: For files whose very bytes are already known: the terms they are known under, by path.
    ///   - unseen: Files whose contents, or what they say of others, could not be read, and for which nothing else speaks.
    public static func judge(
        files: [ScannedFile], beside: [ScannedFile] = [], declared: WorkTerms? = nil,
        operator profile: OperatorProfile,
        policy: PolicyRules? = nil, today: CalendarDate? = nil, known: [String: LicenseExpression] = [:],
        unseen: [String] = []
    ) -> WorkJudgement {
        let view = WorkView(files: files, beside: beside, declared: declared, today: today)
        let profile = policy?.profile.applied(to: profile) ?? profile
        let terms = FoundTerms(view).terms()
        let marks = MarkJudge(view, known).marks()
        // Only what is stated for the whole can be held against the parts; what was put together from them fits itself.
        let whole = view.work ?? view.topTerms
        let conflicts = ConflictFinder(view: view, whole: whole).conflicts()
        let contradictions = ContradictionFinder(view: view).contradictions()
        let verdict = Verdict.judge(terms, operator: profile)
            .weighing(marks: marks, conflicts: conflicts, contradictions: contradictions, unseen: unseen)
        let duties = DutyList(view: view, verdict: verdict, marks: marks, profile: profile).duties()
        var judgement = WorkJudgement(
            verdict: verdict, marks: marks, duties: duties, conflicts: conflicts,
            contradictions: contradictions,
            terms: terms)
        judgement.folders = view.folders
        if let policy {
            judgement.policyFindings = PolicyJudge(policy, view: view, today: today).findings(of: judgement)
            judgement.ignoredRules = policy.ignoredRules
        }
        return judgement
    }
}

extension WorkJudgement {
    /// Only what ``judge(files:declared:operator:policy:today:known:)`` finds of contradictions, which is much less work.
    public static func contradictions(in files: [ScannedFile]) -> [Contradiction] {
        ContradictionFinder(view: WorkView(files: files, declared: nil, today: nil)).contradictions()
    }
}

/// What the license files, and READMEs, of a work state for the files in and below their folders.
public struct FolderCovers: Sendable {
    private let folders: [String: FolderTerms]

    /// - Parameters:
    ///   - files: All license files and READMEs, in any order.
    ///   - paths: Of all files that say something, for a package's metadata speaks for what holds it only where it is alone.
    public init(of files: [ScannedFile], among paths: some Sequence<String>) {
        folders = WorkView.covers(
            files.filter { $0.expression != nil }
                .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
            governed: GovernedFolders(of: paths))
    }

    /// As ``WorkJudgement/cover(of:)``.
    public func cover(of path: String) -> FolderTerms? { folders.cover(of: path) }
}
