// Package clickhouse is the store: the only user of the database driver.
//
// Facts are only ever added, rollups are recomputed and never incremented, and
// every question is in a file of queries/ named for the method that asks it.
// Errors that repeat with the same data are programme.ErrInvalid; those that
// pass, such as a database that is away, are programme.ErrUnavailable.
//
// DB is the whole: one connection for each part that a user plays, and over it a store for each idea, from FactStore to
// Rollups.
package clickhouse
