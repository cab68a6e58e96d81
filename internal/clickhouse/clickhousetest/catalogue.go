package clickhousetest

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/programme"
)

// Catalogue records settings with the reporting date 2016-09-30, for the given reason, the entity moi and its services
// with the given codes on the given channels.
func Catalogue(
	tb testing.TB, db *clickhouse.DB, settings programme.Settings, reason string, channels []programme.Channel,
	services ...string,
) {
	tb.Helper()
	settings.ReportingDate = civil.NewDate(2016, 9, 30)
	drafts := []programme.Draft{
		{
			Family:  programme.FamilyProgramme,
			Subject: programme.ProgrammeSubject,
			Actor:   "program",
			Reason:  reason,
			Body:    settings,
		},
		{
			Family:  programme.FamilyEntity,
			Subject: "moi",
			Actor:   "test",
			Body:    programme.Entity{Code: "moi", Name: "Interior", NameAr: "الداخلية"},
		},
	}
	for _, code := range services {
		drafts = append(
			drafts,
			programme.Draft{Family: programme.FamilyService, Subject: code, Actor: "test", Body: programme.Service{
				Code: code, Name: code, NameAr: code, Entity: "moi", Channels: channels,
			}},
		)
	}
	if _, err := db.AppendAll(tb.Context(), drafts); err != nil {
		tb.Fatal(err)
	}
}
