package clickhouse

import (
	"context"
	"embed"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	driver "github.com/ClickHouse/clickhouse-go/v2"

	"mirsad/internal/programme"
)

//go:embed queries/*.sql
var queryFiles embed.FS

// queries holds the text of each question by its name, such as facts.Stream.
type queries map[string]string

func loadQueries() (queries, error) {
	entries, err := queryFiles.ReadDir("queries")
	if err != nil {
		return nil, fmt.Errorf("load the queries: %w", err)
	}
	loaded := queries{}
	for _, entry := range entries {
		content, err := queryFiles.ReadFile(path.Join("queries", entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("load the queries: %w", err)
		}
		loaded[strings.TrimSuffix(entry.Name(), ".sql")] = string(content)
	}
	return loaded, nil
}

// question is a statement with the name that its errors give.
type question struct{ name, text string }

func (q queries) named(name string) question { return question{name: name, text: q[name]} }

// ofFamily returns a question about one family of facts; table names can't be bound, so they come from the
// closed list of families.
func (q queries) ofFamily(name string, family programme.Family) (question, error) {
	if !slices.Contains(programme.Families(), family) {
		return question{}, fmt.Errorf("%w: %q is no family of facts", programme.ErrInvalid, family)
	}
	return question{name: name, text: strings.ReplaceAll(q[name], "{family}", string(family))}, nil
}

// bind names a parameter that is written {name:Type} in a question.
func bind(name string, value any) any { return driver.Named(name, value) }

// exec runs a statement to its end: without waiting, a fault after the answer began would go unseen.
func (db *conn) exec(ctx context.Context, p part, q question, args ...any) error {
	ctx = driver.Context(ctx, driver.WithSettings(driver.Settings{"wait_end_of_query": 1}))
	return db.fault(q.name, db.pools[p].Exec(ctx, q.text, args...))
}

// each runs a question and reads each row of its answer.
func (db *conn) each(ctx context.Context, p part, q question, read func(*record), args ...any) error {
	if p == web {
		ctx = undated{ctx}
	}
	stream, err := db.pools[p].QueryFormat(ctx, "RowBinary", q.text, args...)
	if err != nil {
		return db.fault(q.name, err)
	}
	rows := newRecord(stream)
	for rows.next() {
		read(rows)
	}
	if err := rows.fault(); err != nil {
		_, _ = io.Copy(io.Discard, stream) // an answer that is left in the middle can end the embedded engine
		_ = stream.Close()                 // the fault is what counts
		return db.fault(q.name, err)
	}
	return db.fault(q.name, stream.Close())
}

// undated hides a context's deadline from the driver, which would ask the server for that much time and be refused
// where it is more than the user may have; the context ends at its deadline all the same.
type undated struct{ context.Context } //nolint:containedctx // it is one

// Deadline returns that there is no deadline.
func (undated) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }

// list runs a question and returns the rows of its answer.
func list[T any](ctx context.Context, db *conn, p part, q question, read func(*record) T, args ...any) ([]T, error) {
	var answers pile[T]
	if err := db.each(ctx, p, q, func(r *record) { answers.add(read(r)) }, args...); err != nil {
		return nil, err
	}
	return answers.all(), nil
}

// pile collects rows in blocks, so that many rows are copied once and not at each growth.
type pile[T any] struct {
	full    [][]T
	current []T
}

func (p *pile[T]) add(row T) {
	if len(p.current) == cap(p.current) {
		if p.current != nil {
			p.full = append(p.full, p.current)
		}
		p.current = make([]T, 0, min(max(64, 2*cap(p.current)), 1<<15))
	}
	p.current = append(p.current, row)
}

func (p *pile[T]) all() []T {
	if p.full == nil {
		return p.current
	}
	return slices.Concat(append(p.full, p.current)...)
}
