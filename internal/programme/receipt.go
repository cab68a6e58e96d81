package programme

import "time"

// RefusalCode is why a row was refused: a closed list.
type RefusalCode string

// The closed list of refusal codes.
const (
	RefusedMalformedJSON       RefusalCode = "malformed_json"
	RefusedNotCloudEvent       RefusalCode = "not_cloudevent"
	RefusedUnknownType         RefusalCode = "unknown_type"
	RefusedUnknownField        RefusalCode = "unknown_field"
	RefusedMissingField        RefusalCode = "missing_field"
	RefusedBadValue            RefusalCode = "bad_value"
	RefusedBadTime             RefusalCode = "bad_time"
	RefusedFutureTime          RefusalCode = "future_time"
	RefusedTooOld              RefusalCode = "too_old"
	RefusedTooLarge            RefusalCode = "too_large"
	RefusedUnknownService      RefusalCode = "unknown_service"
	RefusedEntityMismatch      RefusalCode = "entity_mismatch"
	RefusedStateValueMismatch  RefusalCode = "state_value_mismatch"
	RefusedDigitalExceedsTotal RefusalCode = "digital_exceeds_total"
	// RefusedStatedTwice is a row of a table that states a total which another row states with another value.
	RefusedStatedTwice RefusalCode = "stated_twice"
	RefusedByStore     RefusalCode = "rejected_by_store"
)

// RefusalCodes lists all refusal codes.
func RefusalCodes() []RefusalCode {
	return []RefusalCode{
		RefusedMalformedJSON, RefusedNotCloudEvent, RefusedUnknownType, RefusedUnknownField, RefusedMissingField,
		RefusedBadValue, RefusedBadTime, RefusedFutureTime, RefusedTooOld, RefusedTooLarge, RefusedUnknownService,
		RefusedEntityMismatch, RefusedStateValueMismatch, RefusedDigitalExceedsTotal, RefusedStatedTwice, RefusedByStore,
	}
}

// RowFormat is what a row as sent is written in.
type RowFormat string

// The formats of a row: an event as JSON, or a line of a table under its heading.
const (
	RowJSON RowFormat = "json"
	RowCSV  RowFormat = "csv"
)

// Refusal is a refused row in quarantine.
type Refusal struct {
	Receipt    string
	Index      int // position in the body, from 0
	Entity     string
	EventID    string
	Code       RefusalCode
	Field      string
	Format     RowFormat
	Reasons    string // all that is at fault, as the ingestion words it; empty: code and field say it
	Raw        []byte // the row as sent
	RecordedAt time.Time
}

// Receipt is the answer to one body, and the sender who got it.
type Receipt struct {
	ID         string
	Actor      string
	Entity     string // empty: an administrator's, for all entities
	BodyHash   [32]byte
	Accepted   int
	Rejected   int
	RecordedAt time.Time
}
