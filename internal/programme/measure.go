package programme

import (
	"fmt"
	"slices"
)

// Stage is how far one use of a service went.
type Stage string

// The stages of a use.
const (
	StageView     Stage = "view"
	StageStart    Stage = "start"
	StageSubmit   Stage = "submit"
	StageComplete Stage = "complete"
	StageAbandon  Stage = "abandon"
)

// Stages lists all stages in the order of a use.
func Stages() []Stage {
	return []Stage{StageView, StageStart, StageSubmit, StageComplete, StageAbandon}
}

// ParseStage reads a stage's name; anything else is ErrInvalid.
func ParseStage(text string) (Stage, error) {
	if s := Stage(text); slices.Contains(Stages(), s) {
		return s, nil
	}
	return "", fmt.Errorf("%w: stage %q is none of %v", ErrInvalid, text, Stages())
}

// Measure is what a number of use counts.
type Measure string

// The measures of a statement; the first four are also sums of events.
const (
	MeasureViews       Measure = "views"
	MeasureStarted     Measure = "started"
	MeasureSubmitted   Measure = "submitted"
	MeasureCompleted   Measure = "completed"
	MeasureRatingCount Measure = "rating_count"
	MeasureRatingSum   Measure = "rating_sum"
)

// Measures lists all measures.
func Measures() []Measure {
	return []Measure{
		MeasureViews, MeasureStarted, MeasureSubmitted, MeasureCompleted, MeasureRatingCount, MeasureRatingSum,
	}
}

// ParseMeasure reads a measure's name; anything else is ErrInvalid.
func ParseMeasure(text string) (Measure, error) {
	if m := Measure(text); slices.Contains(Measures(), m) {
		return m, nil
	}
	return "", fmt.Errorf("%w: measure %q is none of %v", ErrInvalid, text, Measures())
}

// Measure returns the measure that a stage's events add to; "" for abandon, which no statement counts.
func (s Stage) Measure() Measure {
	switch s {
	case StageView:
		return MeasureViews
	case StageStart:
		return MeasureStarted
	case StageSubmit:
		return MeasureSubmitted
	case StageComplete:
		return MeasureCompleted
	default:
		return ""
	}
}

// MeasureIndex is a measure's place in Measures.
type MeasureIndex int

// MeasureCount is the number of measures.
const MeasureCount MeasureIndex = 6

// NoMeasure is the index of a measure that is not in Measures.
const NoMeasure MeasureIndex = -1

// Index returns the measure's place in Measures; NoMeasure when it is not there.
func (m Measure) Index() MeasureIndex {
	switch m {
	case MeasureViews:
		return 0
	case MeasureStarted:
		return 1
	case MeasureSubmitted:
		return 2
	case MeasureCompleted:
		return 3
	case MeasureRatingCount:
		return 4
	case MeasureRatingSum:
		return 5
	default:
		return NoMeasure
	}
}
