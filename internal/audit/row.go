package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"mirsad/internal/programme"
)

// Action is what was done.
type Action string

// The actions that are written down.
const (
	SignIn           Action = "sign_in"
	SignOut          Action = "sign_out"
	Request          Action = "request" // one that was refused; what is allowed has an action of its own
	TokenCreate      Action = "token_create"
	TokenRotate      Action = "token_rotate"
	TokenRevoke      Action = "token_revoke"
	LinkCreate       Action = "link_create"
	LinkOpen         Action = "link_open"
	LinkUse          Action = "link_use"
	LinkRevoke       Action = "link_revoke"
	MailSend         Action = "mail_send"
	UserCreate       Action = "user_create"
	UserDisable      Action = "user_disable"
	UserEnable       Action = "user_enable"
	UserChange       Action = "user_change"
	PasswordChange   Action = "password_change"
	SessionEnd       Action = "session_end"
	ReportDownload   Action = "report_download"
	Export           Action = "export"
	QuarantineReplay Action = "quarantine_replay"
	QuarantineClose  Action = "quarantine_close"
	Submit           Action = "submit"
	Review           Action = "review"
	Claim            Action = "claim"
	Verify           Action = "verify" // or return
	Administer       Action = "administer"
	Anchor           Action = "anchor"  // holds the heads of all other chains
	Dropped          Action = "dropped" // says how many refusals could not be kept
)

// Actions lists all actions.
func Actions() []Action {
	return []Action{
		SignIn, SignOut, Request, TokenCreate, TokenRotate, TokenRevoke,
		LinkCreate, LinkOpen, LinkUse, LinkRevoke, MailSend,
		UserCreate, UserDisable, UserEnable, UserChange, PasswordChange, SessionEnd,
		ReportDownload, Export, QuarantineReplay, QuarantineClose,
		Submit, Review, Claim, Verify, Administer, Anchor, Dropped,
	}
}

// Outcome is how it ended.
type Outcome string

// The outcomes: done, or refused with a reason.
const (
	Done    Outcome = "done"
	Refused Outcome = "refused"
)

// Hash is the SHA-256 of a row; as text it is hexadecimal.
type Hash [sha256.Size]byte

// String returns the hash as hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText writes the hash as hexadecimal digits.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText writes; anything else is ErrInvalid.
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(h)) {
		return fmt.Errorf("%w: a hash has %d hexadecimal digits", programme.ErrInvalid, hex.EncodedLen(len(h)))
	}
	if _, err := hex.Decode(h[:], text); err != nil {
		return fmt.Errorf("%w: a hash: %w", programme.ErrInvalid, err)
	}
	return nil
}

// Row is one row of the audit record: who did what to what, and how it ended. Each process writes a chain of its
// own, in which every row holds the hash of the one before it.
type Row struct {
	Chain      string
	Seq        uint64 // 1 for a chain's first row
	RecordedAt time.Time
	Request    string // the id of the request in the log; "" for a command
	Actor      string // user/<email>, token/<id>, operator/<name>, anonymous or system
	Role       string // a person's role, or a token's scopes separated by commas
	Entity     string // whose object it is, or else the actor's; agencies read the rows of their own
	Action     Action
	Object     string
	Before     string // JSON, or "" where there was nothing; never a secret
	After      string
	Detail     string // JSON of what belongs to the action alone, such as an anchor's heads
	Outcome    Outcome
	Reason     string // why it was refused
	Previous   Hash
	Hash       Hash
}

// encoding names the form of what is hashed; another form needs another name.
const encoding = "mirsad.audit.v1"

// Sum returns the SHA-256 of the row with the previous hash and without its own. What is hashed is the encoding's name
// and each field in the order of the type, a text as its length (8 bytes, big-endian) and its bytes, a number as 8
// bytes, a moment as its microseconds since 1970: two different rows never encode alike.
func (r *Row) Sum() Hash {
	encoded := make([]byte, 0, 512)
	number := func(n uint64) { encoded = binary.BigEndian.AppendUint64(encoded, n) }
	text := func(s string) { number(uint64(len(s))); encoded = append(encoded, s...) }
	text(encoding)
	text(r.Chain)
	number(r.Seq)
	number(uint64(r.RecordedAt.UnixMicro()))
	for _, field := range []string{
		r.Request, r.Actor, r.Role, r.Entity, string(r.Action), r.Object,
		r.Before, r.After, r.Detail, string(r.Outcome), r.Reason,
	} {
		text(field)
	}
	return sha256.Sum256(append(encoded, r.Previous[:]...))
}

// Follow gives the row its place after another of its chain (none: it is the first) and its hash.
func (r *Row) Follow(chain string, seq uint64, previous Hash) {
	r.Chain, r.Seq, r.Previous = chain, seq+1, previous
	r.Hash = r.Sum()
}

// Head is the newest row of a chain.
type Head struct {
	Chain string `json:"chain"`
	Seq   uint64 `json:"seq"`
	Hash  Hash   `json:"hash"`
}

// Anchored is an anchor as it is printed elsewhere: its hash proves that nothing before it has changed.
type Anchored struct {
	Head

	RecordedAt time.Time `json:"recorded_at"`
}

// AnchorDetail is the Detail of an anchor: the heads of the other chains at that moment. Its own chain's head
// is the row's previous hash. A head that an earlier anchor of the same chain holds is not repeated.
type AnchorDetail struct {
	When  string `json:"when"` // start, hour or stop
	Heads []Head `json:"heads"`
}

// heads returns the heads that an anchor holds.
func (r *Row) heads() ([]Head, error) {
	var detail AnchorDetail
	if err := json.Unmarshal([]byte(r.Detail), &detail); err != nil {
		return nil, fmt.Errorf("%w: anchor %s/%d: %w", programme.ErrInvalid, r.Chain, r.Seq, err)
	}
	return detail.Heads, nil
}

// Filter chooses rows; what is empty chooses all.
type Filter struct {
	Actor, Object string // parts of them, in any case
	Action        Action
	Outcome       Outcome
	Entity        string
	From, To      time.Time // moments, both included
}

// Cursor is the place of a row in the list, which has the newest first.
type Cursor struct {
	RecordedAt time.Time
	Chain      string
	Seq        uint64
}

// Cursor returns the row's place.
func (r *Row) Cursor() Cursor {
	return Cursor{RecordedAt: r.RecordedAt, Chain: r.Chain, Seq: r.Seq}
}

// String returns the place as text: microseconds.chain.seq.
func (c Cursor) String() string {
	return fmt.Sprintf("%d.%s.%d", c.RecordedAt.UnixMicro(), c.Chain, c.Seq)
}

// ParseCursor reads what String writes; anything else is ErrInvalid.
func ParseCursor(text string) (Cursor, error) {
	var micro int64
	var cursor Cursor
	_, err := fmt.Sscanf(strings.ReplaceAll(text, ".", " "), "%d %s %d", &micro, &cursor.Chain, &cursor.Seq)
	if err != nil {
		return Cursor{}, fmt.Errorf("%w: %q is no place in the audit record", programme.ErrInvalid, text)
	}
	cursor.RecordedAt = time.UnixMicro(micro).UTC()
	if cursor.String() != text {
		return Cursor{}, fmt.Errorf("%w: %q is no place in the audit record", programme.ErrInvalid, text)
	}
	return cursor, nil
}
