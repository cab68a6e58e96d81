package gather

import "sync"

// shelf keeps the newest few values; the oldest makes room.
type shelf[T any] struct {
	mu     sync.Mutex
	room   int
	order  []string
	values map[string]T
}

func newShelf[T any](room int) *shelf[T] { return &shelf[T]{room: room, values: map[string]T{}} }

func (s *shelf[T]) get(key string) (T, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, found := s.values[key]
	return value, found
}

func (s *shelf[T]) put(key string, value T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, found := s.values[key]; !found {
		s.order = append(s.order, key)
	}
	s.values[key] = value
	for len(s.order) > s.room {
		delete(s.values, s.order[0])
		s.order = s.order[1:]
	}
}
