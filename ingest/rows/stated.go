package rows

import (
	"strconv"
	"sync"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Total is what statements of one identity are about (docs/rules.md#identity-of-an-event).
type Total struct {
	Service string
	Channel programme.Channel
	Measure programme.Measure
	Period  civil.Period
}

// Stated is a total as a row states it.
type Stated struct {
	Of    Total
	State programme.State
	Value int64
	// Entity is whose the row is; Source and ID name its event.
	Entity, Source, ID string
}

// Said is the value, or the state without one.
func (s *Stated) Said() string {
	if s.State == programme.Reported {
		return strconv.FormatInt(s.Value, 10)
	}
	return string(s.State)
}

func (s *Stated) same(other *Stated) bool { return s.State == other.State && s.Value == other.Value }

// pair is the places of two statements of one total that differ; one place twice: none differs from it.
type pair struct{ one, other int }

var pairSpace = sync.Pool{New: func() any { return map[Total]pair{} }}

// Contrary finds, for each statement of a total that is stated with different values, the place of one that differs: nobody
// knows which is meant (docs/rules.md#rows-of-one-table). Outside of tables the same event sent again replaces.
func Contrary(stated []Stated, table bool) map[int]int {
	pairs := pairSpace.Get().(map[Total]pair) //nolint:forcetypeassert // the pool holds nothing else
	defer func() { clear(pairs); pairSpace.Put(pairs) }()
	differ := false
	for i := range stated {
		this := &stated[i]
		known, is := pairs[this.Of]
		one := &stated[known.one]
		switch again := !table && one.Source == this.Source && one.ID == this.ID; {
		case !is || (again && known.other == known.one):
			pairs[this.Of] = pair{i, i}
		case !one.same(this) && known.other == known.one:
			pairs[this.Of] = pair{known.one, i}
			differ = true
		}
	}
	if !differ {
		return nil
	}
	found := map[int]int{}
	for i := range stated {
		switch known := pairs[stated[i].Of]; {
		case known.one == known.other:
		case stated[i].same(&stated[known.one]):
			found[i] = known.other
		default:
			found[i] = known.one
		}
	}
	return found
}
