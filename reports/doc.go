// Package reports turns the programme's figures into the monthly highlights
// workbook, in English or Arabic.
//
// One Figures value goes in and one file comes out: the same figures, month,
// language and program give the same bytes, in any time zone. Nothing is
// computed here that a page shows too; the workbook only words, lays out and
// draws what internal/programme has decided.
package reports
