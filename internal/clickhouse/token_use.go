package clickhouse

import (
	"context"
	"fmt"
	"time"

	"mirsad/internal/programme"
)

// RecordTokenUse adds one row a token, as seen by the holder: one run of one process. Each row says all that the
// holder's earlier rows of the token said.
func (db *TokenUseStore) RecordTokenUse(ctx context.Context, holder string, uses []programme.TokenUse) error {
	type use = programme.TokenUse
	if len(uses) == 0 {
		return nil
	}
	now := db.now()
	return db.insert(ctx, facts, db.queries.named("tokens.RecordUse"), fmt.Sprintf("%s/%d", holder, now.UnixMicro()),
		columnOf(uses, func(u *use) string { return u.Token }),
		columnOf(uses, func(*use) string { return holder }),
		columnOf(uses, func(u *use) time.Time { return momentOrEpoch(u.LastUsed) }),
		columnOf(uses, func(u *use) time.Time { return momentOrEpoch(u.LastRefused) }),
		columnOf(uses, func(u *use) string { return string(u.Reason) }),
		columnOf(uses, func(*use) time.Time { return now }),
	)
}

// TokenUses returns what all processes recorded together, one a token.
func (db *TokenUseStore) TokenUses(ctx context.Context) ([]programme.TokenUse, error) {
	return list(ctx, db.conn, facts, db.queries.named("tokens.Uses"), func(r *record) programme.TokenUse {
		return programme.TokenUse{
			Token:       r.text(),
			LastUsed:    r.instantOrNone(),
			LastRefused: r.instantOrNone(),
			Reason:      programme.TokenRefusal(r.name()),
		}
	})
}

// momentOrEpoch returns a column's value for a moment: the epoch means never.
func momentOrEpoch(moment time.Time) time.Time {
	if moment.IsZero() {
		return time.Unix(0, 0).UTC()
	}
	return moment
}
