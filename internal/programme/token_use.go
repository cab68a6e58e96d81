package programme

import "time"

// TokenRefusal is why a bearer with the id of a known token was refused; the list is closed.
type TokenRefusal string

// The reasons for which a bearer is refused.
const (
	TokenWrongSecret TokenRefusal = "wrong_secret"
	TokenExpired     TokenRefusal = "expired"
	TokenRevoked     TokenRefusal = "revoked"
	TokenForbidden   TokenRefusal = "forbidden"    // its scopes don't open the route
	TokenOtherEntity TokenRefusal = "other_entity" // the object is another entity's
)

// TokenUse is when a token was last accepted and last refused; a zero time means never.
type TokenUse struct {
	Token       string // its id
	LastUsed    time.Time
	LastRefused time.Time
	// Reason is that of the last refusal; empty when there was none.
	Reason TokenRefusal
}

// And returns what two observers of one token know together: of each moment the later.
func (u TokenUse) And(other TokenUse) TokenUse {
	if other.LastUsed.After(u.LastUsed) {
		u.LastUsed = other.LastUsed
	}
	if other.LastRefused.After(u.LastRefused) {
		u.LastRefused, u.Reason = other.LastRefused, other.Reason
	}
	return u
}
