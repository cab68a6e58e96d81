package programme_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

// Who may write and read each table, and whether a row more makes new figures. A right more is a decision: see
// docs/design.md.
const rightsOfTables = `
entity_fact        figures  facts          facts ingest worker web
service_fact       figures  facts          facts ingest worker web
assessment_fact    figures  facts          facts worker web
plan_fact          figures  facts          facts worker web
campaign_fact      figures  facts          facts worker web
account_fact       -        facts          facts
session_fact       -        facts          facts
token_fact         -        facts          facts
link_fact          -        facts          facts
programme_fact     figures  facts          facts worker web
usage_event        -        ingest         worker web
statement          figures  ingest         ingest worker web
rollout_event      figures  ingest         ingest worker web
milestone_event    figures  ingest         ingest worker web
quarantine         -        ingest         worker web
quarantine_closing -        ingest         worker web
receipt            -        ingest         worker web
dirty_slice        -        ingest worker  worker web
usage_day          -        worker         worker web
usage_month        -        worker         worker web
rollup_run         -        worker         worker web
lease              -        worker         worker web
edition            -        worker         worker web
edition_figure     -        worker         worker web
edition_file       -        worker         worker web
audit              -        facts          facts
token_use          -        facts          facts
`

func TestTheRightsOfEachTable(t *testing.T) {
	join := func(users []programme.StoreUser) string {
		return strings.Trim(fmt.Sprint(users), "[]")
	}
	var got []string
	for _, table := range programme.Tables() {
		drives := "-"
		if table.DrivesFigures {
			drives = "figures"
		}
		line := fmt.Sprintf("%-18s %-8s %-14s %s", table.Name, drives, join(table.Writers), join(table.Readers))
		got = append(got, line)
	}
	want := strings.Split(strings.TrimSpace(rightsOfTables), "\n")
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("line %d\nis   %v\nwant %v", i+1, got[min(i, len(got)-1):], want[min(i, len(want)-1):])
		}
	}
}

func TestEveryKindOfEventHasATableThatOnlyTheIntakeWrites(t *testing.T) {
	intake := []programme.StoreUser{programme.StoreIngest}
	for _, table := range programme.Tables() {
		if table.Event != "" && !slices.Equal(table.Writers, intake) {
			t.Errorf("%s is written by %v", table.Name, table.Writers)
		}
		if table.Family != "" && table.Name != string(table.Family)+"_fact" {
			t.Errorf("the facts of %s are in %s", table.Family, table.Name)
		}
	}
}

func TestNobodyMayDoEverythingButTheAdministrator(t *testing.T) {
	for _, table := range programme.Tables() {
		if slices.Contains(append(slices.Clone(table.Writers), table.Readers...), programme.StoreAdmin) {
			t.Errorf("the administrator has a right of its own in %s", table.Name)
		}
	}
}
