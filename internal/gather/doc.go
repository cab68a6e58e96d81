// Package gather reads what is known from the store and keeps the figures that
// are computed from it, once per version of the data, for every page, answer
// and workbook.
package gather
