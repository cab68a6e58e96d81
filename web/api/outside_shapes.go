package api

import (
	"time"

	"mirsad/internal/programme"
)

// The shapes are how the answers of other components look as JSON; only the description uses them.
type (
	rejectionShape struct {
		Index     int    `json:"index" doc:"Position in the body, from 0."`
		ID        string `json:"id"`
		Code      string `json:"code" doc:"Of a closed list; programs decide by it."`
		Field     string `json:"field"`
		Message   string `json:"message"`
		MessageAr string `json:"message_ar"`
		Remedy    string `json:"remedy"`
	}
	receivedShape struct {
		Receipt  string           `json:"receipt" doc:"Empty for a dry run."`
		Accepted int              `json:"accepted"`
		Rejected []rejectionShape `json:"rejected"`
	}
	receiptShape struct {
		Receipt    string           `json:"receipt"`
		Accepted   int              `json:"accepted"`
		Rejected   []rejectionShape `json:"rejected"`
		Entity     string           `json:"entity"`
		RecordedAt time.Time        `json:"recorded_at"`
	}
	quarantinedShape struct {
		Index      int       `json:"index"`
		ID         string    `json:"id"`
		Code       string    `json:"code"`
		Field      string    `json:"field"`
		Message    string    `json:"message"`
		MessageAr  string    `json:"message_ar"`
		Remedy     string    `json:"remedy"`
		Receipt    string    `json:"receipt"`
		Entity     string    `json:"entity"`
		Format     string    `json:"format" enum:"json,csv"`
		Raw        string    `json:"raw" doc:"The row as sent."`
		RecordedAt time.Time `json:"recorded_at"`
		Outcome    string    `json:"outcome" doc:"Empty while the row is open; then replayed or closed."`
		Replay     string    `json:"replay,omitempty"`
		Comment    string    `json:"comment,omitempty"`
		ClosedBy   string    `json:"closed_by,omitempty"`
		ClosedAt   time.Time `json:"closed_at,omitzero"`
	}
	quarantineShape struct {
		Items []quarantinedShape `json:"items"`
		Next  string             `json:"next"`
	}
	deskShape struct {
		Rows    []programme.RowPlace `json:"rows"`
		Comment string               `json:"comment,omitempty" doc:"Why rows are closed; a replay needs none."`
	}
	replayedShape struct {
		Receipt  string             `json:"receipt"`
		Accepted int                `json:"accepted"`
		Closed   int                `json:"closed" doc:"Rows replayed or closed before: they are left alone."`
		Rejected []quarantinedShape `json:"rejected"`
	}
	closedShape struct {
		Closed int `json:"closed"`
	}
	schemaShape struct {
		Name        string `json:"name"`
		Title       string `json:"title"`
		Description string `json:"description"`
		URL         string `json:"url"`
	}
	schemasShape struct {
		Items []schemaShape `json:"items"`
	}
	sessionShape struct {
		ID         string    `json:"id"`
		Account    string    `json:"account"`
		Name       string    `json:"name"`
		Role       string    `json:"role"`
		SignedInAt time.Time `json:"signed_in_at"`
		UsedAt     time.Time `json:"used_at"`
		ExpiresAt  time.Time `json:"expires_at"`
		Current    bool      `json:"current"`
	}
	sessionsShape struct {
		Items []sessionShape `json:"items"`
		Next  string         `json:"next"`
	}
	auditShape struct {
		Chain      string    `json:"chain"`
		Seq        uint64    `json:"seq"`
		RecordedAt time.Time `json:"recorded_at"`
		Request    string    `json:"request"`
		Actor      string    `json:"actor"`
		Role       string    `json:"role"`
		Entity     string    `json:"entity"`
		Action     string    `json:"action"`
		Object     string    `json:"object"`
		Before     any       `json:"before" doc:"null where there was nothing"`
		After      any       `json:"after"`
		Detail     any       `json:"detail"`
		Outcome    string    `json:"outcome" enum:"done,refused"`
		Reason     string    `json:"reason"`
		Previous   string    `json:"previous" doc:"The hash of the row before in its chain."`
		Hash       string    `json:"hash"`
	}
	auditsShape struct {
		Items []auditShape `json:"items"`
		Next  string       `json:"next"`
	}
	lagShape struct {
		SpoolEvents      int64   `json:"spool_events"`
		SpoolBytes       int64   `json:"spool_bytes"`
		AgeSeconds       float64 `json:"age_seconds" doc:"Of the oldest event in the spool."`
		RollupsClean     bool    `json:"rollups_clean"`
		RollupAgeSeconds float64 `json:"rollup_age_seconds" doc:"How long the oldest event waits that is stored and not in the rollups."`
	}
)
