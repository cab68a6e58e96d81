package engine

import (
	"net/http"
	"testing"
)

func TestLeastRights(t *testing.T) {
	endpoint := startEngine(t, t.TempDir(), nil).Endpoint()
	mustAsk(t, endpoint, UserAdmin, "CREATE DATABASE mirsad")
	for _, table := range []string{"usage_event", "usage_day", "service_fact", "account_fact", "session_fact", "token_fact", "edition", "audit", "token_use"} {
		mustAsk(t, endpoint, UserAdmin, "CREATE TABLE mirsad."+table+" (n UInt8) ENGINE = MergeTree ORDER BY n")
	}
	tests := []struct {
		user, query string
		allowed     bool
	}{
		{"default", "SELECT 1", true},
		{"default", "SELECT * FROM mirsad.usage_event", false},
		{"default", "SELECT * FROM file('/etc/passwd', 'LineAsString')", false},
		{"default", "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')", false},
		{"default", "CREATE TABLE mirsad.mine (n UInt8) ENGINE = MergeTree ORDER BY n", false},
		{"nobody", "SELECT 1", false},
		{UserWeb, "SELECT * FROM mirsad.usage_event", true},
		{UserWeb, "INSERT INTO mirsad.usage_event VALUES (1)", false},
		{UserWeb, "SET readonly = 0", false},
		{UserWeb, "SELECT * FROM file('/etc/passwd', 'LineAsString')", false},
		{UserWeb, "CREATE TABLE mirsad.mine (n UInt8) ENGINE = MergeTree ORDER BY n", false},
		{UserWeb, "SELECT * FROM mirsad.service_fact", true},
		{UserWeb, "SELECT * FROM mirsad.account_fact", false},
		{UserWeb, "SELECT * FROM mirsad.session_fact", false},
		{UserWeb, "SELECT * FROM mirsad.token_fact", false},
		{UserWeb, "SELECT * FROM mirsad.token_use", false},
		{UserWeb, "SELECT * FROM mirsad.audit", false},
		{UserWorker, "SELECT * FROM mirsad.token_fact", false},
		{UserWorker, "SELECT * FROM mirsad.audit", false},
		{UserWeb, "SELECT 1 SETTINGS max_execution_time = 31", false},
		{UserWeb, "SELECT 1 SETTINGS max_execution_time = 0", false},
		{UserWeb, "SELECT 1 SETTINGS max_execution_time = 5", true},
		{UserWeb, "SELECT 1 SETTINGS max_memory_usage = 100000000000", false},
		{UserWeb, "SELECT 1 SETTINGS max_memory_usage = 0", false},
		{UserWeb, "SELECT 1 SETTINGS max_rows_to_read = 0", false},
		{UserWeb, "SELECT 1 SETTINGS max_result_rows = 100000000", false},
		{UserWeb, "SELECT 1 SETTINGS max_concurrent_queries_for_user = 1000", false},
		{UserWeb, "SELECT 1 SETTINGS result_overflow_mode = 'break'", false},
		{UserWeb, "SELECT count() FROM numbers(2000000000) WHERE number % 3 = 1", false}, // more rows than it may read
		{UserWeb, "SELECT 1 SETTINGS readonly = 0", false},
		{UserIngest, "INSERT INTO mirsad.usage_event VALUES (1)", true},
		{UserIngest, "SELECT * FROM mirsad.usage_event", false},
		{UserIngest, "SELECT * FROM mirsad.service_fact", true},
		{UserIngest, "INSERT INTO mirsad.service_fact VALUES (1)", false},
		{UserIngest, "SELECT * FROM mirsad.account_fact", false},
		{UserIngest, "DROP TABLE mirsad.usage_event", false},
		{UserWorker, "INSERT INTO mirsad.usage_day SELECT n FROM mirsad.usage_event", true},
		{UserWorker, "INSERT INTO mirsad.edition VALUES (1)", true},
		{UserWorker, "INSERT INTO mirsad.usage_event VALUES (1)", false},
		{UserFacts, "INSERT INTO mirsad.account_fact VALUES (1)", true},
		{UserFacts, "SELECT * FROM mirsad.account_fact", true},
		{UserFacts, "INSERT INTO mirsad.audit VALUES (1)", true},
		{UserFacts, "INSERT INTO mirsad.token_use VALUES (1)", true},
		{UserFacts, "SELECT * FROM mirsad.token_use", true},
		{UserIngest, "INSERT INTO mirsad.token_use VALUES (1)", false},
		{UserFacts, "SELECT * FROM mirsad.usage_event", false},
		{UserFacts, "ALTER TABLE mirsad.audit DELETE WHERE 1", false},
		{UserFacts, "ALTER TABLE mirsad.audit UPDATE n = 2 WHERE 1", false},
		{UserFacts, "TRUNCATE TABLE mirsad.audit", false},
		{UserFacts, "SELECT * FROM mirsad.audit", true},
		{UserWorker, "INSERT INTO mirsad.audit VALUES (1)", false},
		{UserIngest, "INSERT INTO mirsad.audit VALUES (1)", false},
		{UserIngest, "SELECT * FROM mirsad.audit", false},
	}
	for _, test := range tests {
		t.Run(test.user+": "+test.query, func(t *testing.T) {
			answer, status := ask(t, endpoint, test.user, test.query)
			if allowed := status == http.StatusOK; allowed != test.allowed {
				t.Errorf("status %d (%s), allowed should be %v", status, answer, test.allowed)
			}
		})
	}
}
