package clickhousetest

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	driver "github.com/ClickHouse/clickhouse-go/v2"
	connection "github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"mirsad/internal/clickhouse"
	"mirsad/internal/clocktest"
	"mirsad/internal/engine"
)

// original is the one database that is migrated step by step; those of tests are copies of it.
const original = "migrated"

// versions is the table of applied migrations: the only one that isn't empty in a migrated database.
const versions = "goose_db_version"

// copies makes databases that are like the migrated one. A copy costs a tenth of a migration, and a copy that
// a test has used costs only the few tables that the test has touched.
type copies struct {
	admin  connection.Conn
	tables map[string]string // of the original: how each is created, without the name of the database

	mu   sync.Mutex
	made map[string]int // each copy by the process that ran the engine then
}

func newCopies(ctx context.Context, endpoint engine.Endpoint) (*copies, error) {
	db, err := clickhouse.Open(ctx,
		clickhouse.Configuration{URL: endpoint.URL, Passwords: endpoint.Passwords, Database: original},
		clickhouse.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }() // nothing is pending
	if err := db.Migrate(ctx); err != nil {
		return nil, err
	}
	options, err := driver.ParseDSN(endpoint.URL)
	if err != nil {
		return nil, err
	}
	options.Auth.Database, options.Auth.Username = "system", engine.UserAdmin
	options.Auth.Password = endpoint.Passwords[engine.UserAdmin]
	// Without waiting, a fault after the answer began would go unseen.
	options.Settings = driver.Settings{"wait_end_of_query": 1}
	c := &copies{made: map[string]int{}}
	if c.admin, err = driver.Open(options); err != nil {
		return nil, err
	}
	c.tables, err = c.tablesOf(ctx, original)
	return c, err
}

// tablesOf returns how each table of a database is created, without the name of the database.
func (c *copies) tablesOf(ctx context.Context, database string) (map[string]string, error) {
	const question = `SELECT
			name, replaceOne(create_table_query, concat('CREATE TABLE ', database, '.'), 'CREATE TABLE ')
		FROM system.tables WHERE database = @database`
	tables := map[string]string{}
	rows, err := c.admin.Query(ctx, question, driver.Named("database", database))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err says what failed
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		tables[name] = text
	}
	return tables, rows.Err()
}

// restore makes a database as the migrated one is: it drops what differs or has ever held rows, with its memory of
// what was inserted, and creates what is missing. An engine that was killed no longer knows what held rows, so under
// another process the whole database is made anew.
func (c *copies) restore(ctx context.Context, pid int, database string) error {
	c.mu.Lock()
	before := c.made[database]
	c.made[database] = pid
	c.mu.Unlock()
	if before != pid {
		if err := c.admin.Exec(ctx, "DROP DATABASE IF EXISTS "+database+" SYNC"); err != nil {
			return err
		}
	}
	if err := c.admin.Exec(ctx, "CREATE DATABASE IF NOT EXISTS "+database); err != nil {
		return err
	}
	present, err := c.tablesOf(ctx, database)
	if err != nil {
		return err
	}
	touched, err := c.touched(ctx, database)
	if err != nil {
		return err
	}
	for name, text := range present {
		if text == c.tables[name] && !touched[name] {
			continue
		}
		if err := c.admin.Exec(ctx, fmt.Sprintf("DROP TABLE %s.%s SYNC", database, name)); err != nil {
			return err
		}
		delete(present, name)
	}
	for name := range c.tables {
		if _, found := present[name]; found {
			continue
		}
		if err := c.create(ctx, database, name); err != nil {
			return err
		}
	}
	return nil
}

// touched returns the tables that hold rows or held some: the parts that a table gave up stay listed for minutes.
func (c *copies) touched(ctx context.Context, database string) (map[string]bool, error) {
	tables := map[string]bool{}
	rows, err := c.admin.Query(
		ctx, "SELECT DISTINCT table FROM system.parts WHERE database = @database AND table != @versions",
		driver.Named("database", database), driver.Named("versions", versions),
	)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err says what failed
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		tables[name] = true
	}
	return tables, rows.Err()
}

// create makes one table as the original's is.
func (c *copies) create(ctx context.Context, database, name string) error {
	create := fmt.Sprintf("CREATE TABLE %s.%s AS %s.%s", database, name, original, name)
	if err := c.admin.Exec(ctx, create); err != nil {
		return err
	}
	if name != versions {
		return nil
	}
	return c.admin.Exec(ctx, fmt.Sprintf("INSERT INTO %s.%s SELECT * FROM %s.%s", database, name, original, name))
}
