package access

// Purpose is the one thing that a signed link is for; the list is closed.
type Purpose string

// The purposes: an account for its reader, or one submission for an entity and a month.
const (
	LinkInvitation Purpose = "invitation"
	LinkPlan       Purpose = "plan"
	LinkStatements Purpose = "statements"
	LinkClaims     Purpose = "claims"
)

// Purposes lists all purposes.
func Purposes() []Purpose { return append([]Purpose{LinkInvitation}, SessionPurposes()...) }

// SessionPurposes are the purposes that open a session.
func SessionPurposes() []Purpose { return []Purpose{LinkPlan, LinkStatements, LinkClaims} }
