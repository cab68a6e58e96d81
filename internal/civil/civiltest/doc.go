// Package civiltest reads days, months and periods that a test writes down.
package civiltest
