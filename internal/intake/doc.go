// Package intake reads what people write: numbers, dates, months, yes and no, levels, lists and codes as they come from
// keyboards and spreadsheet programs in either language, and the files in which they come.
//
// It knows nothing of the programme. Each reader returns a value or a Reason, which says what was found; who asks for
// the value words it with the place of the cell. Every door reads with this package, so that the same cell means the
// same through each of them. What can be meant in two ways is not guessed: it is refused by its name.
package intake
