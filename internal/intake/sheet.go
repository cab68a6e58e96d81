package intake

import "mirsad/internal/civil"

// Sheet is the sheet of a workbook that holds a table, as people see it: a date is written like 2016-09-30, a number in
// plain digits.
type Sheet struct {
	Name string
	// Rows are those that hold something, the heading first; each has its number in the sheet and clean cells.
	Rows []Row
	// DayZero is the day from which the workbook counts days, for a number in a column of dates that is not shown as one.
	DayZero civil.Date
}
