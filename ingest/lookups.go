package ingest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"mirsad/ingest/refusal"
	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/wait"
)

// ReceiptAnswer is a receipt as it is looked up again.
type ReceiptAnswer struct {
	Answer
	Entity     string    `json:"entity"`
	RecordedAt time.Time `json:"recorded_at"`
}

// Receipt returns a receipt and its refused rows, from the spool as long as the store has not got them;
// programme.ErrNotFound when there is none.
func (i *Ingest) Receipt(ctx context.Context, id string) (programme.Receipt, []programme.Refusal, error) {
	if row, found := i.pending.find(id); found {
		data, err := i.Spool.Record(row)
		if err != nil {
			return programme.Receipt{}, nil, fmt.Errorf("receipt in spool: %w", err)
		}
		if data != nil {
			read := newChunk()
			if err := (&recordReader{}).readRecord(data, read); err != nil {
				return programme.Receipt{}, nil, fmt.Errorf("receipt in spool: %w", err)
			}
			return read.receipts[0], read.refusals, nil
		}
	}
	receipt, refusals, err := i.Store.Receipt(ctx, id)
	if err != nil {
		return programme.Receipt{}, nil, fmt.Errorf("receipt: %w", err)
	}
	return receipt, refusals, nil
}

// getReceipt answers 404 for another's receipt, so that nobody learns which exist.
func (i *Ingest) getReceipt(w http.ResponseWriter, r *http.Request) error {
	principal, known := access.PrincipalFrom(r.Context())
	if !known {
		return httpserver.ErrUnauthenticated
	}
	receipt, refusals, err := i.Receipt(r.Context(), r.PathValue("receipt"))
	if err == nil && receipt.Actor != principal.ID && !mayRead(principal, receipt.Entity) {
		access.NoteRefusal(r.Context(), programme.TokenOtherEntity)
		err = fmt.Errorf("receipt of another: %w", programme.ErrNotFound)
	}
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, ReceiptAnswer{
		Answer: Answer{Receipt: receipt.ID, Accepted: receipt.Accepted, Rejected: refusal.All(i.Words, refusals)},
		Entity: receipt.Entity, RecordedAt: receipt.RecordedAt,
	})
	return nil
}

// mayRead reports whether the principal may read what was answered to the entity; "" means all of them. Executives
// read figures alone, and a token needs a scope for what it reads.
func mayRead(p access.Principal, entity string) bool {
	switch {
	case p.Role == access.RoleExecutive, p.Role == "" && !p.Has(access.ScopeEvents) && !p.Has(access.ScopeRead):
		return false
	case entity == "":
		return p.SeesAll()
	default:
		return p.Sees(entity)
	}
}

// Lag is how far the figures are behind the answers.
type Lag struct {
	SpoolEvents int64   `json:"spool_events"`
	SpoolBytes  int64   `json:"spool_bytes"`
	AgeSeconds  float64 `json:"age_seconds" doc:"Of the oldest event in the spool."`
	// RollupsClean is false while slices that this process touched wait to be recomputed.
	RollupsClean bool `json:"rollups_clean"`
	// RollupAgeSeconds is how long the oldest event has waited that is in the store and not in the rollups.
	RollupAgeSeconds float64 `json:"rollup_age_seconds" doc:"How long the oldest event waits that is stored and not in the rollups."`
}

// Lag returns how far the figures are behind now.
func (i *Ingest) Lag() Lag {
	depth := i.Spool.Depth()
	clean := i.rollup.clean() // after the depth: a chunk marks its slices before it leaves the spool
	return Lag{
		SpoolEvents: depth.Rows, SpoolBytes: depth.Bytes,
		AgeSeconds: ageOf(depth, i.Now).Seconds(), RollupsClean: clean, RollupAgeSeconds: i.rollup.lag().Seconds(),
	}
}

// idlePoll is how often Idle looks.
const idlePoll = 5 * time.Millisecond

// Idle hurries the writer and the rollup worker along and returns when everything accepted
// before is in the store and in its rollups, or with ctx's error.
func (i *Ingest) Idle(ctx context.Context) error {
	for {
		depth := i.Spool.Depth().Rows
		if depth == 0 && i.rollup.clean() {
			return nil
		}
		if depth > 0 {
			i.writer.flush()
		} else {
			i.rollup.flush()
		}
		if err := wait.For(ctx, idlePoll); err != nil {
			return errors.Join(errors.New("ingest is not idle yet"), err)
		}
	}
}

// getLag answers the lag to administrators; with ?wait=true once there is none.
func (i *Ingest) getLag(w http.ResponseWriter, r *http.Request) error {
	principal, known := access.PrincipalFrom(r.Context())
	var err error
	switch {
	case !known:
		err = httpserver.ErrUnauthenticated
	case !principal.Admin():
		access.NoteRefusal(r.Context(), programme.TokenForbidden)
		err = fmt.Errorf("lag: %w", programme.ErrForbidden)
	case r.URL.Query().Get("wait") == "true":
		err = i.Idle(r.Context())
	}
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, i.Lag())
	return nil
}
