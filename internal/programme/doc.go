// Package programme is the domain of Mirsad: every rule and every formula of
// the programme as pure functions on plain data.
//
// It does no I/O and reads no clock. Facts come in (see Facts and Index), one
// Figures value comes out, and page, JSON, chart and workbook all take that
// same value, so that they can't disagree.
package programme
