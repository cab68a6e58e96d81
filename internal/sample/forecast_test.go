package sample

import (
	"encoding/json"
	"fmt"
	"testing"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
)

// knowledgeOf is what the program knows of a sample once it is loaded, use apart.
func knowledgeOf(t *testing.T, p *Programme) *reckon.Knowledge {
	t.Helper()
	drafts, err := p.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	loaded := civiltest.Noon(civil.NewDate(2016, 10, 3))
	var facts programme.Facts
	seqs := map[string]uint32{}
	for _, d := range drafts {
		body, err := json.Marshal(d.Body)
		if err != nil {
			t.Fatal(err)
		}
		stream := string(d.Family) + "/" + d.Subject
		seqs[stream]++
		facts.Streams = append(facts.Streams, programme.Fact{
			Family: d.Family, Subject: d.Subject, Seq: seqs[stream], ID: fmt.Sprint(stream, seqs[stream]),
			EffectiveOn: d.EffectiveOn, RecordedAt: loaded, Actor: "office", Body: body,
		})
	}
	for _, a := range p.authorities {
		for _, o := range a.offerings {
			for i, s := range o.steps {
				r := programme.Rollout{
					ID: fmt.Sprint(o.Code, i), Entity: a.Code, Service: o.Code, Action: s.Action, Level: s.Level,
					EffectiveOn: s.EffectiveOn, Actor: a.Code, RecordedAt: loaded,
				}
				if s.verified {
					r.VerifiedBy = "office"
				}
				facts.Rollouts = append(facts.Rollouts, r)
			}
		}
	}
	k, err := reckon.NewKnowledge(facts, programme.Use{}, catalogue.Knowing{Provisional: true})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// The 80 % band holds seven in ten points of the sample's own back-test, at each horizon.
func TestTheForecastHoldsOverTheSample(t *testing.T) {
	b := knowledgeOf(t, New(2016)).Backtest(reportingOn)
	for _, h := range b.Horizons {
		var err, half float64
		for _, p := range b.Points {
			if p.Horizon == h.Months {
				err += float64(int64(p.Counted) - p.P50.Value)
				half += float64(p.P90.Value-p.P10.Value) / 2
			}
		}
		n := float64(h.Points)
		t.Logf("%2d months: %d points, 80 %% band held %.3f (%d below, %d above), mean error %+.1f of half-width %.1f",
			h.Months, h.Points, h.Within80.Value, h.Below, h.Above, err/n, half/n)
		if h.Within80.Value < .7 {
			t.Errorf("%d months: the 80 %% band held %v", h.Months, h.Within80.Value)
		}
	}
}
