package programme

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// AuditAction is what was done.
type AuditAction string

// The actions that are written down.
const (
	AuditSignIn           AuditAction = "sign_in"
	AuditSignOut          AuditAction = "sign_out"
	AuditRequest          AuditAction = "request" // one that was refused; what is allowed has an action of its own
	AuditTokenCreate      AuditAction = "token_create"
	AuditTokenRotate      AuditAction = "token_rotate"
	AuditTokenRevoke      AuditAction = "token_revoke"
	AuditLinkCreate       AuditAction = "link_create"
	AuditLinkOpen         AuditAction = "link_open"
	AuditLinkUse          AuditAction = "link_use"
	AuditLinkRevoke       AuditAction = "link_revoke"
	AuditMailSend         AuditAction = "mail_send"
	AuditUserCreate       AuditAction = "user_create"
	AuditUserDisable      AuditAction = "user_disable"
	AuditUserEnable       AuditAction = "user_enable"
	AuditUserChange       AuditAction = "user_change"
	AuditPasswordChange   AuditAction = "password_change"
	AuditSessionEnd       AuditAction = "session_end"
	AuditReportDownload   AuditAction = "report_download"
	AuditExport           AuditAction = "export"
	AuditQuarantineReplay AuditAction = "quarantine_replay"
	AuditQuarantineClose  AuditAction = "quarantine_close"
	AuditSubmit           AuditAction = "submit"
	AuditReview           AuditAction = "review"
	AuditClaim            AuditAction = "claim"
	AuditVerify           AuditAction = "verify" // or return
	AuditAdminister       AuditAction = "administer"
	AuditAnchor           AuditAction = "anchor"  // holds the heads of all other chains
	AuditDropped          AuditAction = "dropped" // says how many refusals could not be kept
)

// AuditActions lists all actions.
func AuditActions() []AuditAction {
	return []AuditAction{
		AuditSignIn, AuditSignOut, AuditRequest, AuditTokenCreate, AuditTokenRotate, AuditTokenRevoke, AuditLinkCreate,
		AuditLinkOpen, AuditLinkUse, AuditLinkRevoke, AuditMailSend, AuditUserCreate,
		AuditUserDisable, AuditUserEnable, AuditUserChange, AuditPasswordChange, AuditSessionEnd, AuditReportDownload, AuditExport, AuditQuarantineReplay, AuditQuarantineClose,
		AuditSubmit, AuditReview, AuditClaim, AuditVerify, AuditAdminister, AuditAnchor, AuditDropped,
	}
}

// AuditOutcome is how it ended.
type AuditOutcome string

// The outcomes: done, or refused with a reason.
const (
	AuditDone    AuditOutcome = "done"
	AuditRefused AuditOutcome = "refused"
)

// AuditHash is the SHA-256 of a row; as text it is hexadecimal.
type AuditHash [sha256.Size]byte

// String returns the hash as hexadecimal digits.
func (h AuditHash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText writes the hash as hexadecimal digits.
func (h AuditHash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText writes; anything else is ErrInvalid.
func (h *AuditHash) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(h)) {
		return fmt.Errorf("%w: a hash has %d hexadecimal digits", ErrInvalid, hex.EncodedLen(len(h)))
	}
	if _, err := hex.Decode(h[:], text); err != nil {
		return fmt.Errorf("%w: a hash: %w", ErrInvalid, err)
	}
	return nil
}

// AuditRow is one row of the audit record: who did what to what, and how it ended. Each process writes a chain of its
// own, in which every row holds the hash of the one before it.
type AuditRow struct {
	Chain      string
	Seq        uint64 // 1 for a chain's first row
	RecordedAt time.Time
	Request    string // the id of the request in the log; "" for a command
	Actor      string // user/<email>, token/<id>, operator/<name>, anonymous or system
	Role       string // a person's role, or a token's scopes separated by commas
	Entity     string // whose object it is, or else the actor's; agencies read the rows of their own
	Action     AuditAction
	Object     string
	Before     string // JSON, or "" where there was nothing; never a secret
	After      string
	Detail     string // JSON of what belongs to the action alone, such as an anchor's heads
	Outcome    AuditOutcome
	Reason     string // why it was refused
	Previous   AuditHash
	Hash       AuditHash
}

// auditEncoding names the form of what is hashed; another form needs another name.
const auditEncoding = "mirsad.audit.v1"

// Sum returns the SHA-256 of the row with the previous hash and without its own. What is hashed is the encoding's name
// and each field in the order of the type, a text as its length (8 bytes, big-endian) and its bytes, a number as 8
// bytes, a moment as its microseconds since 1970: two different rows never encode alike.
func (r *AuditRow) Sum() AuditHash {
	encoded := make([]byte, 0, 512)
	number := func(n uint64) { encoded = binary.BigEndian.AppendUint64(encoded, n) }
	text := func(s string) { number(uint64(len(s))); encoded = append(encoded, s...) }
	text(auditEncoding)
	text(r.Chain)
	number(r.Seq)
	number(uint64(r.RecordedAt.UnixMicro()))
	for _, field := range []string{
		r.Request, r.Actor, r.Role, r.Entity, string(r.Action), r.Object, r.Before, r.After, r.Detail, string(r.Outcome), r.Reason,
	} {
		text(field)
	}
	return sha256.Sum256(append(encoded, r.Previous[:]...))
}

// Follow gives the row its place after another of its chain (none: it is the first) and its hash.
func (r *AuditRow) Follow(chain string, seq uint64, previous AuditHash) {
	r.Chain, r.Seq, r.Previous = chain, seq+1, previous
	r.Hash = r.Sum()
}

// AuditHead is the newest row of a chain.
type AuditHead struct {
	Chain string    `json:"chain"`
	Seq   uint64    `json:"seq"`
	Hash  AuditHash `json:"hash"`
}

// AuditAnchored is an anchor as it is printed elsewhere; whoever holds its hash can show that nothing before it has changed.
type AuditAnchored struct {
	AuditHead

	RecordedAt time.Time `json:"recorded_at"`
}

// AuditAnchorDetail is the Detail of an anchor: the heads of the other chains as they stood then. Its own chain's head
// is the row's previous hash. A head that an earlier anchor of the same chain holds is not repeated.
type AuditAnchorDetail struct {
	When  string      `json:"when"` // start, hour or stop
	Heads []AuditHead `json:"heads"`
}

// heads returns the heads that an anchor holds.
func (r *AuditRow) heads() ([]AuditHead, error) {
	var detail AuditAnchorDetail
	if err := json.Unmarshal([]byte(r.Detail), &detail); err != nil {
		return nil, fmt.Errorf("%w: anchor %s/%d: %w", ErrInvalid, r.Chain, r.Seq, err)
	}
	return detail.Heads, nil
}

// AuditFilter chooses rows; what is empty chooses all.
type AuditFilter struct {
	Actor, Object string // parts of them, in any case
	Action        AuditAction
	Outcome       AuditOutcome
	Entity        string
	From, To      time.Time // moments, both included
}

// AuditCursor is the place of a row in the list, which has the newest first.
type AuditCursor struct {
	RecordedAt time.Time
	Chain      string
	Seq        uint64
}

// Cursor returns the row's place.
func (r *AuditRow) Cursor() AuditCursor {
	return AuditCursor{RecordedAt: r.RecordedAt, Chain: r.Chain, Seq: r.Seq}
}

// String returns the place as text: microseconds.chain.seq.
func (c AuditCursor) String() string {
	return fmt.Sprintf("%d.%s.%d", c.RecordedAt.UnixMicro(), c.Chain, c.Seq)
}

// ParseAuditCursor reads what String writes; anything else is ErrInvalid.
func ParseAuditCursor(text string) (AuditCursor, error) {
	var micro int64
	var cursor AuditCursor
	if _, err := fmt.Sscanf(strings.ReplaceAll(text, ".", " "), "%d %s %d", &micro, &cursor.Chain, &cursor.Seq); err != nil {
		return AuditCursor{}, fmt.Errorf("%w: %q is no place in the audit record", ErrInvalid, text)
	}
	cursor.RecordedAt = time.UnixMicro(micro).UTC()
	if cursor.String() != text {
		return AuditCursor{}, fmt.Errorf("%w: %q is no place in the audit record", ErrInvalid, text)
	}
	return cursor, nil
}
