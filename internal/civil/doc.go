// Package civil holds days, months and periods of the civil calendar, as people
// write them: 2016-09-30, 2016-09, 2016-Q3, 2016.
//
// It knows no clock and no time zone: a day here is a day in the programme's
// zone, and DateOf turns an instant in that zone into its day. It imports
// nothing of the programme.
package civil
