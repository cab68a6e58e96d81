// Package figures computes every figure of the programme, as pure functions on
// plain data: no I/O and no clock.
//
// Knowledge is what was known as at one moment, read from facts and use; every
// figure is a method on it. One Figures value comes out, and page, JSON, chart
// and workbook all take that same value, so that they can't disagree.
package figures
