package reports

import (
	"bytes"
	"testing"
	"time"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// planInput is a plan in force with every kind of part.
func planInput(tb testing.TB, language i18n.Language) PlanTemplateInput {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Qatar")
	if err != nil {
		tb.Fatal(err)
	}
	in := PlanTemplateInput{
		Language: language, Programme: "National e-services programme", Classification: "Official",
		Entity: programme.Entity{Code: "moi", Name: entityNames[0][0], NameAr: entityNames[0][1]}, Revision: 4,
		AsAt: time.Date(2016, 10, 2, 11, 15, 0, 0, time.UTC), Zone: zone,
	}
	for i, name := range serviceNames {
		in.Services = append(in.Services, PlanService{Code: "S000" + string(rune('0'+i)), Name: name[0], NameAr: name[1], Verified: programme.Level(i % 4)})
	}
	for i, name := range entityNames[1:] {
		in.Others = append(in.Others, programme.Entity{Code: "e" + string(rune('a'+i)), Name: name[0], NameAr: name[1]})
	}
	for i := range in.Services {
		m := programme.Milestone{
			Code: "m-" + in.Services[i].Code, Service: in.Services[i].Code, Level: programme.Level(1 + i%4),
			PlannedOn: programme.NewDate(2016, 3, 1+i*40), Channels: programme.Channels()[:1+i%3],
		}
		if i%2 == 0 {
			m.ExpectedOn = m.PlannedOn.AddDays(30)
			m.Phases = []programme.PlannedPhase{{Phase: programme.PhaseDesign, On: m.PlannedOn.AddDays(-200)}, {Phase: programme.PhaseTest, On: m.PlannedOn.AddDays(-20)}}
			m.Before = &programme.Effort{Visits: new(3), Documents: new(7), Days: new(21)}
			m.After = &programme.Effort{Visits: new(0), Days: new(1)}
			m.DependsOn = []string{in.Others[i].Code, in.Others[i+1].Code}
			m.Note = "The register of residents must be linked first; the vendor delivers the connection in two steps."
		}
		in.Milestones = append(in.Milestones, m)
	}
	in.Milestones = append(in.Milestones, programme.Milestone{
		Code: "m-new", Service: "new-visit-permits", Level: 3, PlannedOn: programme.NewDate(2016, 12, 1),
		Proposed: &programme.ProposedService{Name: "Visit permits for families", NameAr: "تصاريح الزيارة العائلية"},
	})
	return in
}

func planTemplateFile(tb testing.TB, in PlanTemplateInput) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := WritePlan(&out, in); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}
