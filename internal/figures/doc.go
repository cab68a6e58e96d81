// Package figures is what the programme's figures are: one Figures value for a
// date, and the answers to questions about use, plans, quality and submissions,
// with their names in JSON, their statuses and their order.
//
// Page, answer, chart, workbook and letter all take these values, so that they
// can't disagree. How each is computed is in package reckon.
package figures
