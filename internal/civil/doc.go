// Package civil holds days, months and periods of the civil calendar, as people
// write them: 2016-09-30, 2016-09, 2016-Q3, 2016.
//
// It knows no clock and no time zone: a day here is a day in the programme's
// zone, and whoever has an instant turns it into one with DateOf. It imports
// nothing of the programme.
package civil
