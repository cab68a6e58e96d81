package clickhouse_test

import (
	"context"
	"testing"

	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
)

// Whoever holds every connection holds up nobody who has connections apart.
func TestAStoreThatIsSetApartIsNotHeldUp(t *testing.T) {
	db := clickhousetest.New(t)
	apart, err := db.Apart(1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = apart.Close() })
	ctx, stop := context.WithCancel(t.Context())
	const held = 8
	ended := make(chan error, held)
	for range held {
		go func() {
			ended <- clickhouse.AskAsWeb(ctx, db, "SELECT toUInt8(sleepEachRow(1)) FROM numbers(25) SETTINGS max_block_size = 1")
		}()
	}
	for range 20 {
		if err := apart.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case err := <-ended:
		t.Fatalf("a connection was not held: %v", err)
	default:
	}
	stop()
	for range held {
		if err := <-ended; err == nil {
			t.Error("a question outlived its asker")
		}
	}
}
