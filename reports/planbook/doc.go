// Package planbook is the Excel form of a plan: it writes the template, filled
// with the plan in force, and reads back what an agency made of it.
//
// An uploaded file is hostile until a bounded scan has gone through it; see scan.
package planbook
