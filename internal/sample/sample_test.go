package sample

import (
	"encoding/json"
	"hash/fnv"
	"strings"
	"testing"
	"time"
	"unicode"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// sent is an event with its verify flag.
type sent struct {
	programme.CloudEvent
	verify bool
}

func eventsOf(t *testing.T, p *Programme) []sent {
	t.Helper()
	var all []sent
	if err := p.Events(func(event programme.CloudEvent, verify bool) error {
		all = append(all, sent{event, verify})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// digest is a hash over everything that a programme gives.
func digest(t *testing.T, p *Programme) uint64 {
	t.Helper()
	hash := fnv.New64a()
	encoder := json.NewEncoder(hash)
	drafts, err := p.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if err := encoder.Encode(drafts); err != nil {
		t.Fatal(err)
	}
	for _, event := range eventsOf(t, p) {
		if event.Type == programme.TypeUsage && event.Subject > "mb" {
			continue // a sample of the sample: enough to tell two apart
		}
		if err := encoder.Encode(event); err != nil {
			t.Fatal(err)
		}
	}
	return hash.Sum64()
}

func TestSameSeedSameBytes(t *testing.T) {
	first := digest(t, New(7))
	if second := digest(t, New(7)); second != first {
		t.Errorf("seed 7 twice: %x and %x", first, second)
	}
	if other := digest(t, New(8)); other == first {
		t.Error("seeds 7 and 8 give the same programme")
	}
}

func TestNames(t *testing.T) {
	p := New(1)
	count := 0
	codes := map[string]bool{}
	for _, a := range p.authorities {
		names := map[string]bool{}
		checkName(t, a.Code, a.Name, a.NameAr)
		for _, o := range a.offerings {
			count++
			checkName(t, o.Code, o.Name, o.NameAr)
			if names[o.Name] || names[o.NameAr] || codes[o.Code] {
				t.Errorf("%s: a name or code is used twice in its entity: %s, %s", o.Code, o.Name, o.NameAr)
			}
			names[o.Name], names[o.NameAr], codes[o.Code] = true, true, true
		}
	}
	if len(p.authorities) != 40 || count != services {
		t.Errorf("%d entities and %d services; want 40 and %d", len(p.authorities), count, services)
	}
}

func checkName(t *testing.T, code, name, nameAr string) {
	t.Helper()
	if name == "" || !unicode.IsUpper([]rune(name)[0]) || strings.Contains(name, "%") || strings.Contains(name, "  ") {
		t.Errorf("%s: English name %q", code, name)
	}
	for _, r := range nameAr {
		if !unicode.In(r, unicode.Arabic, unicode.Mn) && r != ' ' {
			t.Errorf("%s: Arabic name %q holds %q", code, nameAr, r)
		}
	}
	if len(nameAr) < 6 {
		t.Errorf("%s: Arabic name %q", code, nameAr)
	}
}

func TestArabicArticleContractsAfterLam(t *testing.T) {
	for object, want := range map[string]string{
		"رخصة قيادة": "إصدار بدل فاقد لرخصة قيادة",
		"البطاقة":    "إصدار بدل فاقد للبطاقة",
	} {
		if got := arabicName("إصدار بدل فاقد ل%s", object); got != want {
			t.Errorf("%q; want %q", got, want)
		}
	}
}

func TestEventsAreValid(t *testing.T) {
	p := New(1)
	all := eventsOf(t, p)
	t.Logf("%d events", len(all))
	if len(all) < 300_000 || len(all) > 600_000 {
		t.Errorf("%d events; want 300,000 to 600,000", len(all))
	}
	life := map[string]*offering{}
	for _, a := range p.authorities {
		for _, o := range a.offerings {
			life[o.Code] = o
		}
	}
	ids := make(map[string]bool, len(all))
	for _, event := range all {
		if identity := event.Source + " " + event.ID; ids[identity] {
			t.Fatalf("%s twice", identity)
		} else {
			ids[identity] = true
		}
		at, err := time.Parse(time.RFC3339, event.Time)
		if err != nil || at.In(qatar).Hour() < 7 || at.In(qatar).Hour() > 13 {
			t.Fatalf("%s: time %q: %v", event.ID, event.Time, err)
		}
		checkEvent(t, life[event.Subject], event, civil.DateOf(at.In(qatar)))
	}
}

func checkEvent(t *testing.T, o *offering, event sent, on civil.Date) {
	t.Helper()
	if o == nil {
		t.Fatalf("%s: no service %q", event.ID, event.Subject)
	}
	switch data := event.Data.(type) {
	case programme.UsageData:
		if !o.launched.IsZero() && on >= o.launched && (o.retired.IsZero() || on < o.retired) &&
			on >= firstUse.First() && on <= reportingOn && *data.Count > 0 && data.Channel.Digital() {
			return
		}
	case programme.StatementData:
		if (data.State == programme.Reported) == (data.Value != nil) && data.Period.Grain == civil.GrainMonth &&
			on > data.Period.To && data.Period.To >= o.launched && (data.Value == nil || *data.Value >= 0) {
			return
		}
	case programme.RolloutData:
		named := data.Action == programme.ActionLaunch || data.Action == programme.ActionUpgrade || data.Action == programme.ActionDowngrade
		if data.EffectiveOn == on && on <= reportingOn && data.Level.Valid() == named && (named || !event.verify) {
			return
		}
	}
	t.Fatalf("%s on %s is not valid: %+v", event.ID, on, event)
}

func TestPeople(t *testing.T) {
	p := New(1)
	for _, person := range p.People() {
		checkName(t, person.Email, person.Name, strings.NewReplacer("(", "", ")", "").Replace(person.NameAr))
		if (person.Role == "agency") != (person.Entity != "") {
			t.Errorf("%s has entity %q", person.Email, person.Entity)
		}
	}
}

func BenchmarkEvents(b *testing.B) {
	p := New(1)
	for b.Loop() {
		count := 0
		_ = p.Events(func(programme.CloudEvent, bool) error { count++; return nil })
		b.ReportMetric(float64(count), "events")
	}
}
