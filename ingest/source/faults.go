package source

import (
	"fmt"
	"strings"

	"mirsad/internal/programme"
)

// shownFaults is how many faults an error spells out.
const shownFaults = 50

// faults gathers what is wrong with files, so that a person can correct all of it at once.
type faults struct {
	count int
	shown []string
}

// add notes a fault, which is a programme.ErrInvalid.
func (f *faults) add(fault error) {
	f.count++
	if len(f.shown) < shownFaults {
		f.shown = append(f.shown, strings.TrimPrefix(fault.Error(), programme.ErrInvalid.Error()+": "))
	}
}

// err returns all faults as one programme.ErrInvalid, or nil when there is none.
func (f *faults) err() error {
	if f.count == 0 {
		return nil
	}
	var words strings.Builder
	for _, fault := range f.shown {
		words.WriteString("\n  " + fault)
	}
	if more := f.count - len(f.shown); more > 0 {
		fmt.Fprintf(&words, "\n  and %d more", more)
	}
	return fmt.Errorf("%w: nothing was sent; faults: %d%s", programme.ErrInvalid, f.count, words.String())
}

// place is a row of a file.
type place struct {
	file string // base name
	row  int    // from 1, the heading included
}

// fault is an error about one cell of the row, with what to do.
func (p place) fault(column, text, remedy string) error {
	return fmt.Errorf(
		"%w: file %s, row %d, column %s: %q can't be taken; %s", programme.ErrInvalid, p.file, p.row, column, text,
		remedy,
	)
}
