package programme

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// Fault is one thing wrong with what somebody wants to record: the field, and a kind that is worded elsewhere
// in both languages, with what to do about it.
type Fault struct {
	Field string
	Kind  string
	Args  map[string]any
}

// What is said of faults is bounded, however much was sent: the first of them are named, the others are counted.
const (
	// MostFaults is how many faults are named.
	MostFaults = 200
	// FaultMore is the kind of the last fault of a longer list: it has no field, and n is how many are not named.
	FaultMore = "more"
	// longestShown is how much of a text that was sent is repeated in a fault, in bytes.
	longestShown = 200
)

// Shown cuts a text that was sent to what is repeated of it.
func Shown(text string) string {
	if len(text) <= longestShown {
		return text
	}
	cut := longestShown
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

// FaultsError holds the faults of a change, as Faults does; it is an ErrInvalid.
type FaultsError struct{ Faults []Fault }

// mostInError is how many faults the text of an error names.
const mostInError = 20

// Error names the first fields and kinds.
func (e *FaultsError) Error() string {
	parts := make([]string, 0, mostInError+1)
	for _, fault := range e.Faults[:min(len(e.Faults), mostInError)] {
		parts = append(parts, fault.Field+": "+fault.Kind)
	}
	if len(e.Faults) > mostInError {
		parts = append(parts, "…")
	}
	return strings.Join(parts, "; ")
}

// Unwrap makes the faults an ErrInvalid.
func (e *FaultsError) Unwrap() error { return ErrInvalid }

// Faults collects what is wrong with what somebody wants to record: the first MostFaults, and how many more.
type Faults []Fault

// Add notes a fault; pairs are names and values for its words.
func (f *Faults) Add(field, kind string, pairs ...any) {
	if len(*f) >= MostFaults {
		f.more(1)
		return
	}
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i].(string), pairs[i+1]
		if text, is := value.(string); is && name != "allowed" { // the program's own list
			value = Shown(text)
		}
		args[name] = value
	}
	*f = append(*f, Fault{Field: Shown(field), Kind: kind, Args: args})
}

// more counts faults that are not named.
func (f *Faults) more(n int) {
	if last := len(*f) - 1; last >= 0 && (*f)[last].Kind == FaultMore {
		n += (*f)[last].Unnamed()
		*f = (*f)[:last:last]
	}
	*f = append(*f, Fault{Kind: FaultMore, Args: map[string]any{"n": n}})
}

// Unnamed is how many faults a FaultMore stands for; 0 for any other.
func (f Fault) Unnamed() int {
	if f.Kind != FaultMore {
		return 0
	}
	n, _ := f.Args["n"].(int)
	return n
}

// Err returns a *FaultsError, or nil when nothing is wrong.
func (f *Faults) Err() error {
	if len(*f) == 0 {
		return nil
	}
	return &FaultsError{Faults: *f}
}

// BoundFaults names the first MostFaults of a list and counts the others.
func BoundFaults(list []Fault) []Fault {
	bounded := make(Faults, 0, min(len(list), MostFaults+1))
	more := 0
	for _, each := range list {
		switch {
		case each.Kind == FaultMore:
			more += each.Unnamed()
		case len(bounded) == MostFaults:
			more++
		default:
			bounded = append(bounded, each)
		}
	}
	if more > 0 {
		bounded.more(more)
	}
	return bounded
}

// CountFaults is how many faults a list names or counts.
func CountFaults(list []Fault) int {
	n := len(list)
	for _, each := range list {
		if each.Kind == FaultMore {
			n += each.Unnamed() - 1
		}
	}
	return n
}

// JoinFaults joins the faults of a form with those of its content; a field that could not be read is listed once.
// Without faults of the form it is nil, and the content's error is used alone.
func JoinFaults(form []Fault, content error) error {
	if len(form) == 0 {
		return nil
	}
	all := slices.Clone(form)
	if found, are := errors.AsType[*FaultsError](content); are {
		unread := fieldsOf(form)
		for _, each := range found.Faults {
			if each.Kind == FaultMore || !unread.touch(each.Field) {
				all = append(all, each)
			}
		}
	}
	return &FaultsError{Faults: BoundFaults(all)}
}

// fields are names of fields: whether each is one itself, or lies above one.
type fields map[string]bool

func fieldsOf(form []Fault) fields {
	known := make(fields, len(form))
	for _, each := range form {
		if each.Kind == FaultMore {
			continue
		}
		known[each.Field] = true
		for above := range fieldsAbove(each.Field) {
			if _, is := known[above]; !is {
				known[above] = false
			}
		}
	}
	return known
}

// touch reports whether a field is one of them, lies in one, or has one in it.
func (known fields) touch(field string) bool {
	if _, is := known[field]; is {
		return true
	}
	for above := range fieldsAbove(field) {
		if known[above] {
			return true
		}
	}
	return false
}

// fieldsAbove goes through the fields that a field lies in: of a.b.c these are a.b and a.
func fieldsAbove(field string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dot := strings.LastIndexByte(field, '.'); dot >= 0; dot = strings.LastIndexByte(field[:dot], '.') {
			if !yield(field[:dot]) {
				return
			}
		}
	}
}

// Within reports whether the fault's field is the given one or lies in it.
func (f Fault) Within(field string) bool {
	return f.Field == field || strings.HasPrefix(f.Field, field+".")
}
