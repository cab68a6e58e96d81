// Package sheettest looks into workbooks for tests: their cells, parts and what
// other programs make of them.
package sheettest
