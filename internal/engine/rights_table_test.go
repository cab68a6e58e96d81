package engine

import (
	"net/http"
	"slices"
	"testing"

	"mirsad/internal/programme"
)

// Each user reads and writes the tables that name it, and no other.
func TestRightsFollowFromTheTables(t *testing.T) {
	endpoint := startEngine(t, t.TempDir(), nil).Endpoint()
	mustAsk(t, endpoint, UserAdmin, "CREATE DATABASE mirsad")
	for _, table := range programme.Tables() {
		mustAsk(t, endpoint, UserAdmin, "CREATE TABLE mirsad."+table.Name+" (n UInt8) ENGINE = MergeTree ORDER BY n")
	}
	for _, user := range programme.StoreUsers() {
		for _, table := range programme.Tables() {
			for statement, wanted := range map[string][]programme.StoreUser{
				"SELECT * FROM mirsad." + table.Name:               table.Readers,
				"INSERT INTO mirsad." + table.Name + " VALUES (1)": table.Writers,
			} {
				allowed := user == programme.StoreAdmin || slices.Contains(wanted, user)
				answer, status := ask(t, endpoint, string(user), statement)
				if (status == http.StatusOK) != allowed {
					t.Errorf("%s: %s: status %d (%s), allowed should be %v", user, statement, status, answer, allowed)
				}
			}
		}
	}
}
