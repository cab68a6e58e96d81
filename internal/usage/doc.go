// Package usage indexes what is known of the use of services, and answers what
// a service's use was on a channel in a period, by the rules of numbers with a
// state (docs/rules.md#value-of-a-line): a statement, else its parts, else the events.
//
// An Index is built once from sums of events and statements, is immutable, and
// may be read by many goroutines. It knows services and entities by their codes
// alone; what they are is for package catalogue to say.
package usage
