package source

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// sent is an event with its verify flag.
type sent struct {
	programme.CloudEvent
	verify bool
}

func eventsOf(t *testing.T, feed Feed) []sent {
	t.Helper()
	var all []sent
	if err := feed.Events(func(event programme.CloudEvent, verify bool) error {
		all = append(all, sent{event, verify})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// publicFile finds a file of the public data, which is never part of the project.
func publicFile(t *testing.T, name string) string {
	t.Helper()
	folder := os.Getenv("MIRSAD_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	path := filepath.Join(folder, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("public data: %v", err)
		}
		t.Skipf("public data is not here (set MIRSAD_DATA): %v", err)
	}
	return path
}

func writeFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// shelf is a store as far as importing needs one: streams of catalogue facts and all rollouts.
type shelf struct {
	programme.Facts
	recorded   int
	statements map[statedLine]programme.Statement
}

// statedLine is what a statement is about.
type statedLine struct {
	service string
	channel programme.Channel
	period  civil.Period
}

// means are those of an import beside the shelf.
func (s *shelf) means() Means {
	return Means{Known: s.known, Stated: s.stated, Workbook: excelMeans.Workbook}
}

// stated answers the newest statements.
func (s *shelf) stated(context.Context) ([]programme.Statement, error) {
	return slices.Collect(maps.Values(s.statements)), nil
}

// state keeps a statement; a total and its digital part are subtracted as ingestion does.
func (s *shelf) state(event sent, data programme.StatementData) {
	if s.statements == nil {
		s.statements = map[statedLine]programme.Statement{}
	}
	said := programme.Statement{
		Service: event.Subject, Channel: data.Channel, Measure: data.Measure, Period: data.Period, State: data.State,
		Source: event.Source, EventID: event.ID,
	}
	switch {
	case data.Value != nil:
		said.Value = *data.Value
	case data.Total != nil:
		said.Value = *data.Total - *data.Digital
	}
	s.statements[statedLine{event.Subject, data.Channel, data.Period}] = said
}

// use sums what is reported, by channel and period.
func (s *shelf) use() map[string]int64 {
	sums := map[string]int64{}
	for line, said := range s.statements {
		if said.State == programme.Reported {
			sums[line.period.String()+" "+string(line.channel)] += said.Value
		}
	}
	return sums
}

// listed are the services in the catalogue on a day.
func (s *shelf) listed(on civil.Date) []string {
	var codes []string
	services, _ := programme.ReadFamily[programme.Service](s.Streams, programme.FamilyService, programme.NoEnd)
	for code, stream := range programme.BySubject(services) {
		if version := programme.InForce(stream, on); version != nil && !version.Body.Removed {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// service is what the shelf holds of a service, its newest version.
func (s *shelf) service(t *testing.T, code string) programme.Recorded[programme.Service] {
	t.Helper()
	services, err := programme.ReadFamily[programme.Service](s.Streams, programme.FamilyService, programme.NoEnd)
	stream := programme.BySubject(services)[code]
	if err != nil || len(stream) == 0 {
		t.Fatalf("service %s: %v", code, err)
	}
	return stream[len(stream)-1]
}

// known answers what the shelf holds.
func (s *shelf) known(context.Context) (programme.Facts, error) { return s.Facts, nil }

// take imports a feed and returns how many facts and rollouts were new.
func (s *shelf) take(t *testing.T, feed Feed) (facts, rollouts int) {
	t.Helper()
	drafts, err := feed.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]uint32{}
	for _, draft := range drafts {
		facts += s.append(t, draft, found)
	}
	for _, event := range eventsOf(t, feed) {
		if data, ok := event.Data.(programme.RolloutData); ok {
			rollouts += s.record(event, data)
		}
		if data, ok := event.Data.(programme.StatementData); ok {
			s.state(event, data)
		}
	}
	return facts, rollouts
}

// append adds a fact that its stream does not hold yet, after the place up to which the drafts before were found.
func (s *shelf) append(t *testing.T, draft programme.Draft, found map[string]uint32) int {
	t.Helper()
	body, err := json.Marshal(draft.Body)
	if err != nil {
		t.Fatal(err)
	}
	stream := string(draft.Family) + draft.Subject
	seq := uint32(1)
	for _, fact := range s.Streams {
		if fact.Family != draft.Family || fact.Subject != draft.Subject {
			continue
		}
		seq++
		if fact.Seq >= draft.After && fact.Seq > found[stream] && fact.EffectiveOn == draft.EffectiveOn && string(fact.Body) == string(body) {
			found[stream] = fact.Seq
			return 0
		}
	}
	s.Streams = append(s.Streams, programme.Fact{
		Family: draft.Family, Subject: draft.Subject, Seq: seq, EffectiveOn: draft.EffectiveOn, Actor: draft.Actor, Reason: draft.Reason, Body: body,
	})
	found[stream] = seq
	return 1
}

// record adds a rollout, unless the very same stands there already.
func (s *shelf) record(event sent, data programme.RolloutData) int {
	for _, r := range s.Rollouts {
		if r.EventID == event.ID && r.Action == data.Action && r.Level == data.Level && r.EffectiveOn == data.EffectiveOn {
			return 0
		}
	}
	s.recorded++
	r := programme.Rollout{
		ID: event.ID, EventID: event.ID, Source: event.Source, Service: event.Subject, Entity: "e",
		Action: data.Action, Level: data.Level, Channels: data.Channels, EffectiveOn: data.EffectiveOn,
		RecordedAt: time.Unix(int64(s.recorded), 0),
	}
	if event.verify {
		r.VerifiedBy = "user/admin"
	}
	s.Rollouts = append(s.Rollouts, r)
	return 1
}

// levels counts the live services on a day by their verified level.
func (s *shelf) levels(on civil.Date) programme.ByLevel {
	k := gcKnown{rollouts: map[string][]programme.Rollout{}}
	for _, r := range programme.CurrentRollouts(s.Rollouts, programme.NoEnd) {
		if r.VerifiedBy != "" || r.Level == 0 {
			k.rollouts[r.Service] = append(k.rollouts[r.Service], r)
		}
	}
	var levels programme.ByLevel
	for _, service := range s.listed(on) {
		if level := k.state(service, on).level; level.Valid() {
			levels.Add(level)
		}
	}
	return levels
}

// names returns each service's name on a day.
func (s *shelf) names(on civil.Date) map[string]string {
	names := map[string]string{}
	for _, fact := range s.Streams { // in the order of seq
		var service programme.Service
		if fact.Family == programme.FamilyService && fact.EffectiveOn <= on && json.Unmarshal(fact.Body, &service) == nil {
			names[fact.Subject] = service.Name
		}
	}
	return names
}

const gcHeading = "fiscal_yr,service_id,service_name_en,department_name_en,e_registration,e_authentication,e_application," +
	"e_decision,e_issuance,e_feedback,online_applications,telephone_applications,in_person_applications," +
	"postal_mail_applications,other_applications"

func gcFile(t *testing.T, rows ...string) string {
	t.Helper()
	return writeFile(t, "inventory.csv", "\ufeff"+gcHeading+"\r\n"+strings.Join(rows, "\r\n")+"\r\n")
}

const ukHeading = "dept_abbr,agency,service_name,slug,quarter_start,total_transactions,digital_transactions"

func ukFile(t *testing.T, rows ...string) string {
	t.Helper()
	return writeFile(t, "volumes.csv", ukHeading+"\n"+strings.Join(rows, "\n")+"\n")
}

func writeJSON(t *testing.T, out *strings.Builder, value any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(append(text, '\n'))
}
