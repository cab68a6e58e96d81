package reports

// The colours: one accent, greys, and a status's own; all that carry text have at least 4.5:1 against white.
const (
	accent     = "0E4F5C"
	ink        = "1F2A30"
	muted      = "55626A"
	axisInk    = "404040"
	hairline   = "C9D1D5"
	tint       = "EEF3F4"
	sampleInk  = "7A4A00"
	sampleTint = "FDF3DF"
	white      = "FFFFFF"
)

// mark is how a status looks: a shape beside its word, and its colour.
type mark struct{ shape, colour, tint string }
