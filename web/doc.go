// Package web serves the pages of Mirsad: server-rendered, in English and
// Arabic, complete without script, quiet towards every other host.
//
// A page is made in one direction: a visit (who asks, in which language, about
// which dates) and one figures.Figures value become a typed view, the view
// becomes HTML by a template parsed at start. Nothing is computed here that the
// API or the workbook could compute otherwise: every number on a page is worded
// from a figure and carries that figure's raw value and its name in the API.
package web
