// Package act does what people record, once for every door: a page, the API
// and a command read what was asked for, call one act, hand its outcome to the
// audit record, and word it.
//
// An act decides whether its actor may see and change the object, joins the
// faults of what could not be read with those of the content, tries or records
// by a rule of the register, uses up the signed link that its actor came by,
// and returns an Outcome. The rules themselves are pure and stay in register.
package act
