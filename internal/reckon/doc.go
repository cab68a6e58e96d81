// Package reckon computes every figure of the programme, as pure functions on
// plain data: no I/O and no clock. It counts by the rule, compares with plans and
// forecasts; what concerns the use of services it asks of package adoption.
//
// Knowledge is what was known as at one moment, read from facts and use; every
// figure is a method on it, and the answers are those of package figures.
package reckon
