package page

// Filter returns the elements that are wanted.
func Filter[T any](list []T, wanted func(T) bool) []T {
	kept := make([]T, 0, len(list))
	for _, each := range list {
		if wanted(each) {
			kept = append(kept, each)
		}
	}
	return kept
}

// Each returns what is taken from every element.
func Each[E, N any](list []E, take func(E) N) []N {
	out := make([]N, len(list))
	for i, e := range list {
		out[i] = take(e)
	}
	return out
}

// Pointers lead to the elements of a list.
func Pointers[T any](list []T) []*T {
	to := make([]*T, len(list))
	for i := range list {
		to[i] = &list[i]
	}
	return to
}
