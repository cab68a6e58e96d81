// Package programme is the vocabulary of Mirsad and its smallest rules: levels,
// channels, measures, numbers with a state, settings, the catalogue, and the
// facts and events that are recorded, with the folds that turn a stream of them
// into a state. Start reading here.
//
// It does no I/O and reads no clock. Package register changes what is recorded,
// package figures computes from it.
package programme
