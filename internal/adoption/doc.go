// Package adoption is the use of the services of a catalogue, as pure functions on
// plain data: which use is expected of a service in a period, and every figure of
// it: series, growth, take-up, completeness, silence, and the findings about what
// was reported. The number of one line is of package usage; what is made of the
// numbers of many is made here.
package adoption
