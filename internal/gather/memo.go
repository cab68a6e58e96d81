package gather

import "sync"

// memo keeps the newest few values by what they are computed from; the oldest makes room. It is safe for use by many
// goroutines.
type memo[K comparable, V any] struct {
	room int

	mu      sync.Mutex
	order   []K // of kept, the oldest first
	kept    map[K]V
	running map[K]func() (V, error)
}

func newMemo[K comparable, V any](room int) *memo[K, V] {
	return &memo[K, V]{room: room, kept: map[K]V{}, running: map[K]func() (V, error){}}
}

// get returns the kept value of a key, or computes and keeps it; other goroutines that ask meanwhile wait for the
// same one. An error is returned to all of them and not kept.
func (m *memo[K, V]) get(key K, compute func() (V, error)) (V, error) {
	m.mu.Lock()
	if value, found := m.kept[key]; found {
		m.mu.Unlock()
		return value, nil
	}
	run, found := m.running[key]
	if !found {
		run = sync.OnceValues(func() (value V, err error) {
			computed := false
			defer func() { m.finish(key, value, computed) }() // after a panic too
			value, err = compute()
			computed = err == nil
			return value, err
		})
		m.running[key] = run
	}
	m.mu.Unlock()
	return run()
}

// finish ends a computation, and keeps its value when it has one.
func (m *memo[K, V]) finish(key K, value V, computed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.running, key)
	if !computed {
		return
	}
	m.kept[key] = value
	m.order = append(m.order, key)
	for len(m.order) > m.room {
		delete(m.kept, m.order[0])
		m.order = m.order[1:]
	}
}
