// Package engine runs the embedded ClickHouse: a child process of the same
// program, supervised, reachable over HTTP on 127.0.0.1 only, with users and
// passwords of its own.
//
// The library libchdb.so holds the whole of `clickhouse local` with its
// listeners. It is opened without cgo in a re-executed copy of this program, so
// that its memory, its signals and its crashes stay apart from the program's.
package engine
