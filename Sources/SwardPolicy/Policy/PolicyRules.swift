// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What an operator lets pass: a preset, or a TOML file that starts from one. `docs/policy.md` describes the file.
public struct PolicyRules: Hashable, Sendable {
    public enum Action: String, Hashable, Sendable, CaseIterable { case allow, review, deny }

    /// One entry of an `allow`, `review` or `deny` list.
    public struct Selector: Hashable, Sendable {
        public enum What: Hashable, Sendable {
            /// An SPDX identifier, or an identifier with exception; `*` stands for any run of characters.
            case license(String)
            case category(LicenseFacts.Category)
            case property(PolicyProperty)
        }

        public var what: What
        public var action: Action
        /// As written.
        public var text: String
        /// From 1.
        public var line: Int?

        public init(_ what: What, _ action: Action, text: String, line: Int? = nil) {
            self.what = what
            self.action = action
            self.text = text
            self.line = line
        }
    }

    /// Selectors that hold for some paths; the last scope that has something to say of a file decides.
    public struct Scope: Hashable, Sendable {
        /// Empty for the whole work.
        public var paths: [String]
        public var selectors: [Selector]
        /// What becomes of a license that no selector names; `nil` leaves it to the scope before, at last to the preset.
        public var fallback: Action?
        public var reason: String?
        public var line: Int?

        public init(
            paths: [String] = [], selectors: [Selector] = [], fallback: Action? = nil, reason: String? = nil,
            line: Int? = nil
        ) {
            self.paths = paths
            self.selectors = selectors
            self.fallback = fallback
            self.reason = reason
            self.line = line
        }
    }

    /// How much a kind of finding weighs; `nil` severity silences it.
    public struct RuleWeight: Hashable, Sendable {
        /// A rule's or mark's name; `*` stands for any run of characters.
        public var rule: String
        public var severity: PolicySeverity?
        public var line: Int?

        public init(rule: String, severity: PolicySeverity?, line: Int? = nil) {
            self.rule = rule
            self.severity = severity
            self.line = line
        }
    }

    /// Parts of an ``OperatorProfile``.
    public struct Profile: Hashable, Sendable {
        public var isNoncommercial: Bool?
        public var servesOverNetwork: Bool?
        public var modifies: Bool?

        public init(isNoncommercial: Bool? = nil, servesOverNetwork: Bool? = nil, modifies: Bool? = nil) {
            self.isNoncommercial = isNoncommercial
            self.servesOverNetwork = servesOverNetwork
            self.modifies = modifies
        }

        /// The operator as known otherwise, with what is said here instead.
        public func applied(to profile: OperatorProfile) -> OperatorProfile {
            OperatorProfile(
                isNoncommercial: isNoncommercial ?? profile.isNoncommercial,
                servesOverNetwork: servesOverNetwork ?? profile.servesOverNetwork,
                modifies: modifies ?? profile.modifies)
        }
    }

    /// The preset it starts from.
    public var preset: Gate.Policy
    /// What the file says of the operator; what it is silent on is told elsewhere.
    public var profile: Profile
    /// Findings from this severity on make a run fail.
    public var threshold: PolicySeverity
    public var scopes: [Scope]
    public var weights: [RuleWeight]
    public var exceptions: [PolicyException]

    public init(
        preset: Gate.Policy, profile: Profile = Profile(), threshold: PolicySeverity = .error,
        scopes: [Scope] = [], weights: [RuleWeight] = [], exceptions: [PolicyException] = []
    ) {
        self.preset = preset
        self.profile = profile
        self.threshold = threshold
        self.scopes = scopes
        self.weights = weights
        self.exceptions = exceptions
    }

    public static let redistributable = PolicyRules(preset: .redistributable)
    public static let commons = PolicyRules(preset: .commons)
    public static let protected = PolicyRules(preset: .protected)
}

/// Properties that policy files may select licenses by. Raw values are their words.
public enum PolicyProperty: String, Hashable, Sendable, CaseIterable {
    case free, copyleft, permissive
    case notFree = "not-free"
    case strongCopyleft = "strong-copyleft"
    case networkCopyleft = "network-copyleft"
    case osiApproved = "osi-approved"
    case fsfFree = "fsf-free"
    case noncommercial
    case noDerivatives = "no-derivatives"
    case sourceAvailable = "source-available"
    case attribution
    case advertising
    case patentRetaliation = "patent-retaliation"
    case noPatentGrant = "no-patent-grant"
    case sourceDuty = "source-duty"
    case networkDuty = "network-duty"
    case forbidsLocks = "forbids-locks"
    case deprecated
    /// Neither on the list nor among the references the table knows.
    case unknown
    /// `LicenseRef-…`
    case custom
}
