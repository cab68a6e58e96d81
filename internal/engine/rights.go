package engine

import (
	"fmt"
	"slices"
)

// The users of the program, each with the least rights that its part needs.
const (
	UserAdmin  = "admin"  // definitions of tables
	UserIngest = "ingest" // adds raw rows; reads what decides whether a row is new
	UserWorker = "worker" // recomputes rollups, closes editions
	UserFacts  = "facts"  // reads and adds facts, sessions, the use of tokens and the audit
	UserWeb    = "web"    // reads what figures are made of
)

// Users lists all users of the program.
func Users() []string { return []string{UserAdmin, UserIngest, UserWorker, UserFacts, UserWeb} }

// Groups of tables that are granted together.
var (
	factTables = []string{
		"entity_fact", "service_fact", "assessment_fact", "plan_fact", "campaign_fact",
		"account_fact", "session_fact", "token_fact", "link_fact", "programme_fact",
	}
	rawTables     = []string{"usage_event", "statement", "rollout_event", "milestone_event", "quarantine", "quarantine_closing", "receipt", "dirty_slice"}
	rollupTables  = []string{"usage_day", "usage_month", "rollup_run", "lease", "dirty_slice"}
	editionTables = []string{"edition", "edition_figure", "edition_file"}
	// secretTables say who people and programs are, and what they did: facts alone reads them.
	secretTables = []string{"account_fact", "session_fact", "token_fact"}
)

// figureTables are what figures are made of: everything but secretTables, the audit record and the use of tokens.
func figureTables() []string {
	var tables []string
	for _, list := range [][]string{factTables, rawTables, rollupTables, editionTables} {
		for _, table := range list {
			if !slices.Contains(secretTables, table) && !slices.Contains(tables, table) {
				tables = append(tables, table)
			}
		}
	}
	return tables
}

// grants returns the statements that give a user its rights in a database.
func grants(user, database string) []string {
	switch user {
	case UserAdmin:
		return []string{"GRANT ALL ON *.* WITH GRANT OPTION"}
	case UserIngest:
		return join(
			granted("INSERT", database, rawTables),
			granted("SELECT", database, []string{"entity_fact", "service_fact", "statement", "rollout_event", "milestone_event"}),
		)
	case UserWorker:
		return join(
			granted("SELECT", database, figureTables()),
			granted("INSERT", database, rollupTables),
			granted("INSERT", database, editionTables),
			// The slices to recompute travel with the statement that recomputes them.
			[]string{"GRANT CREATE TEMPORARY TABLE ON *.*"},
		)
	case UserFacts:
		return granted("SELECT, INSERT", database, append([]string{"audit", "token_use"}, factTables...))
	case UserWeb:
		return granted("SELECT", database, figureTables())
	default:
		return nil
	}
}

func granted(rights, database string, tables []string) []string {
	statements := make([]string, len(tables))
	for i, table := range tables {
		statements[i] = fmt.Sprintf("GRANT %s ON %s.%s", rights, database, table)
	}
	return statements
}

func join(lists ...[]string) []string {
	var joined []string
	for _, list := range lists {
		joined = append(joined, list...)
	}
	return joined
}

// readOnly says whether a user can change nothing, whatever it is granted.
func readOnly(user string) bool { return user == UserWeb }
