package clickhouse

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"

	driver "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrate creates the database where it is missing and brings its tables to this version of the program.
// Run twice it changes nothing: every step says IF NOT EXISTS, for a step that failed half-way stays half applied.
// Two at once collide, so one process of an installation migrates.
func (db *conn) Migrate(ctx context.Context) error { return db.migrateTo(ctx, goose.MaxVersion) }

// migrateTo is Migrate as far as a step.
func (db *conn) migrateTo(ctx context.Context, step int64) error {
	if err := db.createDatabase(ctx); err != nil {
		return err
	}
	options, err := db.options(admin)
	if err != nil {
		return err
	}
	pool := driver.OpenDB(options)
	defer func() { _ = pool.Close() }() // nothing is pending

	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectClickHouse, pool, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return db.fault("prepare the migrations", err)
	}
	applied, err := provider.UpTo(ctx, step)
	if err != nil {
		return db.fault("migrate", err)
	}
	if len(applied) > 0 {
		db.Logger.InfoContext(
			ctx, "database migrated", slog.String("database", db.Database), slog.Int("steps", len(applied)),
		)
	}
	return nil
}

// createDatabase speaks without a database, for a connection to one that is missing is refused.
func (db *conn) createDatabase(ctx context.Context) error {
	options, err := db.options(admin)
	if err != nil {
		return err
	}
	options.Auth.Database = "system"
	pool, err := driver.Open(options)
	if err != nil {
		return fmt.Errorf("open the store: %w", err)
	}
	defer func() { _ = pool.Close() }() // nothing is pending
	return db.fault("create the database",
		pool.Exec(ctx, db.queries["database.Create"], bind("database", db.Database)))
}

// Drop removes the database with everything in it; it is for tests.
func (db *conn) Drop(ctx context.Context) error {
	return db.exec(ctx, admin, db.queries.named("database.Drop"), bind("database", db.Database))
}
