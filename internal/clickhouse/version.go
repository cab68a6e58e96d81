package clickhouse

import (
	"context"
	"fmt"
	"time"
)

// DataVersion names the newest data that figures rest on, as <facts>.<rollup>, and says when the newest of it was
// recorded; the zero time when there is none. It is cheap: it may be asked every few seconds.
func (db *DB) DataVersion(ctx context.Context) (version string, newest time.Time, err error) {
	err = db.each(ctx, web, db.queries.named("version.DataVersion"), func(r *record) {
		version = fmt.Sprintf("%d.%d", r.uint64(), r.uint64())
		newest = r.instant()
	})
	if newest.UnixMicro() == 0 {
		newest = time.Time{}
	}
	return version, newest, err
}
