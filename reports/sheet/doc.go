// Package sheet is the kit that workbooks are made with: looks, sheets, tables
// and charts in both reading directions, and an archive whose bytes depend on
// nothing but what was written.
//
// It knows no figures. Package reports writes the highlights with it, package
// planbook the template of a plan.
package sheet
