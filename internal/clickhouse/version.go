package clickhouse

import (
	"context"
	"fmt"
	"strings"
	"time"

	"mirsad/internal/programme"
)

// DataVersion names the newest data that figures rest on, as <facts>.<rollup>, and says when the newest of it was
// recorded; the zero time when there is none. It is cheap: it may be asked every few seconds.
func (db *Readings) DataVersion(ctx context.Context) (version string, newest time.Time, err error) {
	err = db.each(ctx, web, db.queries.dataVersion(), func(r *record) {
		version = fmt.Sprintf("%d.%d", r.uint64(), r.uint64())
		newest = r.instant()
	})
	if newest.UnixMicro() == 0 {
		newest = time.Time{}
	}
	return version, newest, err
}

// dataVersion counts the tables that drive figures.
func (q queries) dataVersion() question {
	var counts []string
	for _, table := range programme.Tables() {
		if table.DrivesFigures {
			counts = append(counts, strings.ReplaceAll(q["version.Table"], "{table}", table.Name))
		}
	}
	whole := q.named("version.DataVersion")
	whole.text = strings.ReplaceAll(whole.text, "{tables}", strings.Join(counts, "UNION ALL\n"))
	return whole
}
