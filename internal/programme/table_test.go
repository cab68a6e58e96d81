package programme_test

import (
	"slices"
	"testing"

	"mirsad/internal/programme"
)

func TestTablesAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range programme.Tables() {
		for _, name := range []string{"table " + table.Name, "family " + string(table.Family), "event " + table.Event} {
			if seen[name] {
				t.Errorf("%s is there twice", name)
			}
			seen[name] = name != "family " && name != "event "
		}
		if table.Family != "" && table.Event != "" {
			t.Errorf("%s holds facts and events", table.Name)
		}
		if len(table.Writers) == 0 || len(table.Readers) == 0 {
			t.Errorf("nobody writes or nobody reads %s", table.Name)
		}
	}
}

func TestListsFollowFromTheTables(t *testing.T) {
	families, figures, events := programme.Families(), programme.FigureFamilies(), programme.EventTypes()
	for _, table := range programme.Tables() {
		if slices.Contains(families, table.Family) != (table.Family != "") {
			t.Errorf("family of %s: %v", table.Name, families)
		}
		if slices.Contains(figures, table.Family) != (table.Family != "" && table.DrivesFigures) {
			t.Errorf("family of %s among those of figures: %v", table.Name, figures)
		}
		if slices.Contains(events, table.Event) != (table.Event != "") {
			t.Errorf("event of %s: %v", table.Name, events)
		}
	}
	if len(families) != 10 || len(figures) != 6 || len(events) != 4 {
		t.Errorf("%d families, %d of them of figures, %d events; want 10, 6, 4", len(families), len(figures), len(events))
	}
}

// Accounts, sessions, tokens and the audit are read by one user of the database alone, and that user reads no figures.
func TestWhoPeopleAreIsForOneUserAlone(t *testing.T) {
	for _, name := range []string{"account_fact", "session_fact", "token_fact", "token_use", "audit"} {
		at := slices.IndexFunc(programme.Tables(), func(table programme.Table) bool { return table.Name == name })
		if at < 0 {
			t.Fatalf("no table %s", name)
		}
		table := programme.Tables()[at]
		if alone := []programme.StoreUser{programme.StoreFacts}; !slices.Equal(table.Readers, alone) || !slices.Equal(table.Writers, alone) {
			t.Errorf("%s is read by %v and written by %v", name, table.Readers, table.Writers)
		}
		if table.DrivesFigures {
			t.Errorf("%s makes new figures", name)
		}
	}
}

func TestTheWebWritesNothing(t *testing.T) {
	for _, table := range programme.Tables() {
		if slices.Contains(table.Writers, programme.StoreWeb) {
			t.Errorf("web writes %s", table.Name)
		}
	}
}
