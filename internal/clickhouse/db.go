package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	driver "github.com/ClickHouse/clickhouse-go/v2"
	connection "github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"mirsad/internal/programme"
)

// DefaultDatabase is where the program keeps its tables.
const DefaultDatabase = "mirsad"

// Configuration says how the database is reached.
type Configuration struct {
	// URL is http://host:port or https://host:port; it may hold a user and a password, which then play every part.
	URL string
	// Database is created by Migrate; empty means DefaultDatabase.
	Database string
	// Passwords are those of the users admin, ingest, worker, facts and web, as an engine's endpoint has them;
	// none means that the URL's user plays every part.
	Passwords map[string]string
	// Zone is the programme's: the day of a rewrite is one of its days. None means UTC.
	Zone *time.Location
}

// Dependencies are what the store needs.
type Dependencies struct {
	Logger *slog.Logger
	Now    func() time.Time
}

// DB is the whole store, one part for each idea; it is safe for use by many goroutines.
type DB struct {
	*conn

	FactStore
	EventStore
	ReceiptStore
	Readings
	AuditStore
	TokenUseStore
	*Rollups
}

// conn reaches the database, as each of the users that play a part.
type conn struct {
	Configuration
	Dependencies

	queries queries
	pools   map[part]connection.Conn
	most    int // connections of each part
}

// FactStore keeps what is decided as streams of facts.
type FactStore struct{ *conn }

// EventStore keeps what senders report: uses, milestones, rollouts and statements.
type EventStore struct{ *conn }

// ReceiptStore keeps what became of what was sent: receipts, refusals and the quarantine.
type ReceiptStore struct{ *conn }

// Readings answers what figures are made of: sums of use, what was stated, and what the data's quality is.
type Readings struct{ *conn }

// AuditStore keeps the record of who did what.
type AuditStore struct{ *conn }

// TokenUseStore keeps when tokens were used and refused.
type TokenUseStore struct{ *conn }

// part is what a connection is used for; each has a user with the least rights that it needs.
type part = programme.StoreUser

const (
	admin  = programme.StoreAdmin
	ingest = programme.StoreIngest
	worker = programme.StoreWorker
	facts  = programme.StoreFacts
	web    = programme.StoreWeb
)

// How many connections each part of the store may hold at once.
const connections = 8

// Open returns a store on the database at the URL. It connects when first asked: a database that is away
// is seen by Ping.
func Open(_ context.Context, cfg Configuration, deps Dependencies) (*DB, error) {
	if cfg.Database == "" {
		cfg.Database = DefaultDatabase
	}
	if cfg.Zone == nil {
		cfg.Zone = time.UTC
	}
	texts, err := loadQueries()
	if err != nil {
		return nil, err
	}
	return open(&conn{Configuration: cfg, Dependencies: deps, queries: texts, most: connections})
}

// Apart returns the same store over so many connections of its own for each part, which whoever holds all others does
// not hold. It is closed for itself.
func (db *DB) Apart(most int) (*DB, error) {
	return open(&conn{
		Configuration: db.Configuration, Dependencies: db.Dependencies, queries: db.queries, most: most,
	})
}

func open(db *conn) (*DB, error) {
	db.pools = map[part]connection.Conn{}
	for _, p := range programme.StoreUsers() {
		options, err := db.options(p)
		if err != nil {
			return nil, err
		}
		if db.pools[p], err = driver.Open(options); err != nil {
			return nil, errors.Join(fmt.Errorf("open the store: %w", err), db.Close())
		}
	}
	return &DB{
		conn: db, FactStore: FactStore{db}, EventStore: EventStore{db}, ReceiptStore: ReceiptStore{db},
		Readings: Readings{db}, AuditStore: AuditStore{db}, TokenUseStore: TokenUseStore{db},
		Rollups: &Rollups{conn: db},
	}, nil
}

// options returns the driver's settings for one part.
func (db *conn) options(p part) (*driver.Options, error) {
	options, err := driver.ParseDSN(db.URL)
	if err != nil || options.Protocol != driver.HTTP {
		// The address may hold a password, so neither it nor the driver's words are repeated.
		return nil, fmt.Errorf("%w: the database's address is not like http://host:port", programme.ErrInvalid)
	}
	options.Auth.Database = db.Database
	if password, found := db.Passwords[string(p)]; found {
		options.Auth.Username, options.Auth.Password = string(p), password
	}
	options.Settings = driver.Settings{
		"async_insert": 0,
		// A part of another month never holds the same identity, because the month belongs to its key.
		"do_not_merge_across_partitions_select_final": 1,
		// A chunk may hold many months of late data, and stays one block all the same.
		"max_partitions_per_insert_block": 0,
	}
	options.MaxOpenConns, options.MaxIdleConns = db.most, db.most
	options.DialTimeout = 5 * time.Second
	options.ReadTimeout = 5 * time.Minute
	return options, nil
}

// Ping asks whether the database answers; ErrUnavailable when it does not.
func (db *conn) Ping(ctx context.Context) error {
	return db.fault("ping", db.pools[web].Ping(ctx))
}

// Close gives the connections back.
func (db *conn) Close() error {
	var faults []error
	for _, pool := range db.pools {
		faults = append(faults, pool.Close())
	}
	return errors.Join(faults...)
}
