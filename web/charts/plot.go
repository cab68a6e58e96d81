package charts

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"mirsad/internal/programme"
)

// Value is one point of a series; an unknown one is a gap.
type Value struct {
	Number float64
	Known  bool
}

// Of returns a number with its state as a point: reported or a gap.
func Of[T int64 | float64](n programme.Number[T]) Value {
	return Value{Number: float64(n.Value), Known: n.Known()}
}

// Whole returns a count that is always known.
func Whole(n int) Value { return Value{Number: float64(n), Known: true} }

// MarshalJSON writes the number, or null for a gap.
func (v Value) MarshalJSON() ([]byte, error) {
	if !v.Known {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, v.Number, 'f', -1, 64), nil
}

// Dash is the stroke of a line: lines differ by it as well as by colour.
type Dash string

// The strokes.
const (
	Solid  Dash = "solid"
	Dashed Dash = "dashed"
	Dotted Dash = "dotted"
)

// Series is one line, or one kind of column.
type Series struct {
	// Name stands in the tooltip, Label at the line's end; an empty label writes none.
	Name, Label string
	Values      []Value
	Colour      Colour
	Dash        Dash
	// Symbol is the shape at the line's end: circle, rect, triangle, diamond.
	Symbol string
	// Heavy draws the one line that the headline is about.
	Heavy bool
	// Light tells which values lack a part of their period; none for whole ones. Their columns are hollow.
	Light []bool
}

// Line is a straight mark across a plot.
type Line struct {
	// At is the value of a horizontal mark, or the index of the period of a vertical one.
	At    float64
	Label string
}

// Band is the room between two lines, such as a percentile and its opposite.
type Band struct {
	Name      string
	Low, High []Value
	Colour    Colour
	// Opacity is 0 to 1; a band inside another adds to it.
	Opacity float32
}

// Stretch is a shaded length of time with its name: From and To count periods, 0 is where the first begins.
type Stretch struct {
	Name     string
	From, To float64
}

// Plot is what every kind of chart is drawn from.
type Plot struct {
	// Periods are the words under the axis, oldest first.
	Periods []string
	Series  []Series
	// Bands lie under the lines, the widest first.
	Bands []Band
	// Stretches are shaded from top to bottom, behind everything.
	Stretches []Stretch
	// Goal is a horizontal mark, Today a vertical one.
	Goal, Today *Line
	// From and To are the ends of the values' axis where it need not begin at 0; both 0 leave it to the values.
	From, To float64
	// RightToLeft lets time run from the right, with the values' axis at the right.
	RightToLeft bool
}

// last returns the index of the newest known value, or -1.
func (s Series) last() int {
	for i, v := range slices.Backward(s.Values) {
		if v.Known {
			return i
		}
	}
	return -1
}

// end returns the side on which time ends, where labels stand.
func (p Plot) end() string {
	if p.RightToLeft {
		return "left"
	}
	return "right"
}

// labelled reports whether any line carries a label at its end.
func (p Plot) labelled() bool {
	for _, s := range p.Series {
		if s.Label != "" {
			return true
		}
	}
	return false
}

func encode(option map[string]any, p Plot) (json.RawMessage, error) {
	addStretches(option, p)
	data, err := json.Marshal(option)
	if err != nil {
		return nil, fmt.Errorf("encode chart options: %w", err)
	}
	return data, nil
}
