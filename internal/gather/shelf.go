package gather

import "context"

// shelf keeps what everybody asks for apart from what few do: however many dates one reader goes through, the figures
// of today stay.
type shelf[K comparable, V any] struct{ everybodys, others *memo[K, V] }

func newShelf[K comparable, V any](everybodys, others int) shelf[K, V] {
	return shelf[K, V]{everybodys: newMemo[K, V](everybodys), others: newMemo[K, V](others)}
}

// get is that of a memo; common says that it is what everybody asks for.
func (s shelf[K, V]) get(
	ctx context.Context, common bool, key K, compute func(context.Context) (V, error),
) (V, error) {
	if common {
		return s.everybodys.get(ctx, key, compute)
	}
	if value, found := s.everybodys.peek(key); found {
		return value, nil
	}
	return s.others.get(ctx, key, compute)
}
