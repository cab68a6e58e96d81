package programme

import (
	"errors"
	"slices"
	"strings"
)

// Fault is one thing wrong with what somebody wants to record: the field, and a kind that is worded elsewhere
// in both languages, with what to do about it.
type Fault struct {
	Field string
	Kind  string
	Args  map[string]any
}

// FaultsError holds every fault of a change at once; it is an ErrInvalid.
type FaultsError struct{ Faults []Fault }

// Error names the fields and kinds.
func (e *FaultsError) Error() string {
	parts := make([]string, 0, len(e.Faults))
	for _, fault := range e.Faults {
		parts = append(parts, fault.Field+": "+fault.Kind)
	}
	return strings.Join(parts, "; ")
}

// Unwrap makes the faults an ErrInvalid.
func (e *FaultsError) Unwrap() error { return ErrInvalid }

// Faults collects what is wrong with what somebody wants to record.
type Faults []Fault

// Add notes a fault; pairs are names and values for its words.
func (f *Faults) Add(field, kind string, pairs ...any) {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	*f = append(*f, Fault{Field: field, Kind: kind, Args: args})
}

// Err returns a *FaultsError, or nil when nothing is wrong.
func (f *Faults) Err() error {
	if len(*f) == 0 {
		return nil
	}
	return &FaultsError{Faults: *f}
}

// JoinFaults joins the faults of a form with those of its content; a field that could not be read is listed once.
// Without faults of the form it is nil, and the content's error is used alone.
func JoinFaults(form []Fault, content error) error {
	if len(form) == 0 {
		return nil
	}
	all := slices.Clone(form)
	if found, are := errors.AsType[*FaultsError](content); are {
		for _, each := range found.Faults {
			if !slices.ContainsFunc(form, func(f Fault) bool { return f.Within(each.Field) || each.Within(f.Field) }) {
				all = append(all, each)
			}
		}
	}
	return &FaultsError{Faults: all}
}

// Within reports whether the fault's field is the given one or lies in it.
func (f Fault) Within(field string) bool {
	return f.Field == field || strings.HasPrefix(f.Field, field+".")
}
