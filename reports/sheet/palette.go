package sheet

// The colours: one accent, greys, and a status's own; all that carry text have at least 4.5:1 against white.
const (
	Accent     = "0E4F5C"
	Ink        = "1F2A30"
	Muted      = "55626A"
	AxisInk    = "404040"
	Hairline   = "C9D1D5"
	Tint       = "EEF3F4"
	SampleInk  = "7A4A00"
	SampleTint = "FDF3DF"
	White      = "FFFFFF"
)

// Mark is how a status looks: a shape beside its word, and its colour.
type Mark struct{ Shape, Colour, Tint string }
