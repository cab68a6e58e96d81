// Package audittest holds the audit record in memory, for tests of what is written into it; the database's own tests of
// the same calls are in internal/clickhouse.
package audittest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"mirsad/internal/audit"
)

// ErrAway is what a store answers that can't be reached.
var ErrAway = errors.New("connection refused by 10.1.2.3")

// Memory is a store of audit rows that can go away.
type Memory struct {
	mu   sync.Mutex
	rows []audit.Row
	deaf bool // it takes rows in and says it did not
	away bool
}

// SetAway makes every call fail, or brings the store back.
func (m *Memory) SetAway(away bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.away = away
}

// SetDeaf makes the store take rows in and say that it did not.
func (m *Memory) SetDeaf(deaf bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.deaf = deaf
}

// AppendAudit takes a block in once, as the database does by its token.
func (m *Memory) AppendAudit(_ context.Context, rows []audit.Row) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return ErrAway
	}
	known := slices.ContainsFunc(
		m.rows, func(r audit.Row) bool { return r.Chain == rows[0].Chain && r.Seq == rows[0].Seq },
	)
	if !known {
		m.rows = append(m.rows, rows...)
	}
	if m.deaf {
		return ErrAway
	}
	return nil
}

// AuditHeads returns the newest row of every chain but the given one.
func (m *Memory) AuditHeads(_ context.Context, chain string) ([]audit.Head, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return nil, ErrAway
	}
	newest := map[string]audit.Head{}
	for _, row := range m.rows {
		if row.Chain != chain && row.Seq > newest[row.Chain].Seq {
			newest[row.Chain] = audit.Head{Chain: row.Chain, Seq: row.Seq, Hash: row.Hash}
		}
	}
	return slices.Collect(maps.Values(newest)), nil
}

// AuditRows knows of entities and actions only.
func (m *Memory) AuditRows(_ context.Context, filter audit.Filter, _ audit.Cursor, limit int) ([]audit.Row, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return nil, ErrAway
	}
	var rows []audit.Row
	for _, row := range slices.Backward(m.rows) {
		if len(rows) < limit && (filter.Entity == "" || row.Entity == filter.Entity) &&
			(filter.Action == "" || row.Action == filter.Action) {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// All returns every row, anchors too.
func (m *Memory) All() []audit.Row {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.rows)
}

// Written returns the rows without anchors.
func (m *Memory) Written() []audit.Row {
	return slices.DeleteFunc(m.All(), func(r audit.Row) bool { return r.Action == audit.Anchor })
}
