package clickhouse

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"
	"sync"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Rollups recomputes what days and months add up to; it is this process's turn at that.
//
// The lease is simple: a process that recomputes for the first time takes the next term of the stream "rollup", and
// keeps it. Versions of a later term are above those of an earlier one, so when two processes recompute the same slice,
// the rewrite of the later one is used. Both would be right: a rewrite is a pure function of the raw rows.
type Rollups struct {
	*conn

	mu      sync.Mutex
	term    uint32 // 0: none taken yet
	counter uint32
	// knownOn is the day of the newest rewrite. It never goes back, though a clock may: the newest day counts.
	knownOn civil.Date
}

const leaseSubject = "rollup"

// takeTerm takes a term once; of those who take the same one, the first in the table has it.
func (db *Rollups) takeTerm(ctx context.Context) error {
	if db.term > 0 && db.counter < 1<<32-1 {
		return nil
	}
	holder := rand.Text()
	for ctx.Err() == nil {
		standing, err := db.newestTerm(ctx)
		if err != nil {
			return err
		}
		term := standing.term + 1
		token := leaseSubject + "/" + strconv.FormatUint(uint64(term), 10)
		if err := db.insert(ctx, worker, db.queries.named("rollup.TakeTerm"), token,
			[]string{leaseSubject}, []uint32{term}, []string{holder}, []time.Time{db.now()}); err != nil {
			return err
		}
		won, err := db.newestTerm(ctx)
		if err != nil {
			return err
		}
		if won.holder == holder {
			db.term, db.counter = won.term, 0
			return db.each(ctx, worker, db.queries.named("rollup.NewestDay"), func(r *record) {
				db.knownOn = max(db.knownOn, r.date())
			})
		}
	}
	return ctx.Err()
}

type lease struct {
	term   uint32
	holder string
}

func (db *Rollups) newestTerm(ctx context.Context) (lease, error) {
	found, err := list(ctx, db.conn, worker, db.queries.named("rollup.NewestTerm"), func(r *record) lease {
		return lease{term: r.uint32(), holder: r.text()}
	}, bind("subject", leaseSubject))
	if err != nil || len(found) == 0 {
		return lease{}, err
	}
	if found[0].term == 1<<32-1 {
		return lease{}, fmt.Errorf("%w: the terms of the rollup are used up", programme.ErrUnavailable)
	}
	return found[0], nil
}

// nextVersion returns the version of the next rewrite: lease term << 32 | counter.
func (db *Rollups) nextVersion() uint64 {
	db.counter++
	return uint64(db.term)<<32 | uint64(db.counter)
}

func runToken(version uint64) string { return fmt.Sprintf("run/%d", version) }
