package source

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// shownFaults is how many faults an error spells out.
const shownFaults = 50

// texts are the words of both languages: who imports a file may have got it from somebody who reads the other.
var texts = sync.OnceValue(func() *i18n.Bundle {
	bundle, err := i18n.Load()
	if err != nil {
		panic(err) // they are part of the program
	}
	return bundle
})

// faults gathers what is wrong with files, so that a person can correct all of it at once.
type faults struct {
	count int
	shown []fault
}

// fault is one thing wrong with a file: where, what was found there, and what to do about it.
type fault struct {
	place

	column string
	text   string // what was found in the cell
	kind   string
	args   i18n.Args
	said   map[i18n.Language]string // where its words are not those of its kind
}

// place is where in a file something is: a row, or the whole file where there is none.
type place struct {
	file    string // base name
	sheet   string // of a workbook
	address string // of a cell of a workbook
	row     int    // from 1, as the spreadsheet numbers it, the heading included
}

// fault is one about the place as a whole; pairs are names and values for its words.
func (p place) fault(kind string, pairs ...any) fault {
	args := i18n.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return fault{place: p, kind: kind, args: args}
}

// cell is a fault of one cell.
func (p place) cell(column, text, kind string, pairs ...any) fault {
	f := p.fault(kind, pairs...)
	f.column, f.text = column, text
	return f
}

// say words the place: file a.xlsx, sheet "Services", row 2.
func (p place) say(w i18n.Words) string {
	parts := []string{w.T("import.at.file", i18n.Args{"value": p.file})}
	if p.sheet != "" {
		parts = append(parts, w.T("import.at.sheet", i18n.Args{"value": p.sheet}))
	}
	if p.row > 0 {
		parts = append(parts, w.T("import.at.row", i18n.Args{"value": strconv.Itoa(p.row)}))
	}
	if p.address != "" {
		parts = append(parts, w.T("import.at.cell", i18n.Args{"value": p.address}))
	}
	return strings.Join(parts, w.T("import.at.comma"))
}

// say words the fault in a language, with what to do.
func (f *fault) say(w i18n.Words) string {
	where := f.place.say(w)
	if f.column != "" {
		where += w.T("import.at.comma") + w.T("import.at.column", i18n.Args{"value": f.column})
	}
	if f.said != nil {
		return where + ": " + f.said[w.Language]
	}
	if strings.HasPrefix(f.kind, "intake.") {
		return where + ": " + w.T(f.kind, f.args) + " " + w.T(f.kind+".remedy", f.args)
	}
	key := "import.fault." + f.kind
	args := i18n.Args{}
	for name, value := range f.args {
		if other, is := value.(place); is {
			value = other.say(w)
		}
		args[name] = value
	}
	what := w.T(key, args)
	if !w.Has(key) { // what a change by hand, or a plan's workbook, is told
		key = "admin.fault." + f.kind
		what = w.T(key, args) + " " + w.T(key+".remedy", args)
	}
	if f.column != "" && strings.HasPrefix(key, "admin.") {
		return where + ": " + what
	}
	if f.column != "" {
		what = w.T("import.at.refused", i18n.Args{"value": shortened(f.text), "remedy": what})
	}
	return where + ": " + what
}

// shortened is the beginning of what was found: a whole column of text in one cell would hide the other faults.
func shortened(text string) string {
	const most = 100
	letters := []rune(strings.ToValidUTF8(text, "�"))
	if len(letters) <= most {
		return string(letters)
	}
	return string(letters[:most]) + "…"
}

// Error words the fault in both languages.
func (f *fault) Error() string {
	return programme.ErrInvalid.Error() + ": " + f.say(texts().In(i18n.English)) +
		"\n    " + f.say(texts().In(i18n.Arabic))
}

// Unwrap makes a fault a programme.ErrInvalid.
func (f *fault) Unwrap() error { return programme.ErrInvalid }

// add notes a fault.
func (f *faults) add(each fault) {
	f.count++
	if len(f.shown) < shownFaults {
		f.shown = append(f.shown, each)
	}
}

// addAll notes faults that a check of the record found in a row; each names the column of its field.
func (f *faults) addAll(at place, found []programme.Fault, value func(column string) string) {
	for _, each := range found {
		one := at.cell(each.Field, value(each.Field), each.Kind)
		one.args = each.Args
		f.add(one)
	}
}

// err returns all faults as one programme.ErrInvalid, or nil when there is none.
func (f *faults) err() error {
	if f.count == 0 {
		return nil
	}
	english, arabic := texts().In(i18n.English), texts().In(i18n.Arabic)
	f.sort()
	var out strings.Builder
	out.WriteString(english.T("import.nothing_sent", i18n.Args{"n": f.count}))
	for i := range f.shown {
		out.WriteString("\n  " + f.shown[i].say(english) + "\n    " + f.shown[i].say(arabic))
	}
	if more := f.count - len(f.shown); more > 0 {
		out.WriteString("\n  " + english.T("import.more", i18n.Args{"n": more}) +
			"\n    " + arabic.T("import.more", i18n.Args{"n": more}))
	}
	return fmt.Errorf("%w: %s", programme.ErrInvalid, out.String())
}

// sort puts the faults of each file in the order of its rows, as a person walks through them.
func (f *faults) sort() {
	files := map[string]int{}
	for i := range f.shown {
		if name := f.shown[i].file; files[name] == 0 {
			files[name] = len(files) + 1
		}
	}
	slices.SortStableFunc(f.shown, func(a, b fault) int {
		return cmp.Or(cmp.Compare(files[a.file], files[b.file]), cmp.Compare(a.row, b.row))
	})
}
