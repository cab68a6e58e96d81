package reckontest

import (
	"fmt"
	"testing"
	"time"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon"
)

// Knowledge reads all that the world has, as known now.
func (w *World) Knowledge() *reckon.Knowledge { return w.Knowing(catalogue.Knowing{Provisional: true}) }

// AsAt reads what was recorded by the end of a day.
func (w *World) AsAt(d string) *reckon.Knowledge {
	return w.Knowing(catalogue.Knowing{AsAt: civiltest.Day(d).AddDays(1).Time().Add(-time.Nanosecond)})
}

// Knowing reads what was known at a moment.
func (w *World) Knowing(knowing catalogue.Knowing) *reckon.Knowledge {
	w.T.Helper()
	k, err := reckon.NewKnowledge(w.Facts, w.Use, knowing)
	if err != nil {
		w.T.Fatal(err)
	}
	return k
}

// Figures computes the figures of a day.
func (w *World) Figures(on string) *figures.Figures { return w.Knowledge().Figures(civiltest.Day(on)) }

// ServiceOf finds a service of the figures.
func ServiceOf(tb testing.TB, f *figures.Figures, code string) figures.ServiceFigures {
	tb.Helper()
	for i := range f.Services {
		if f.Services[i].Code == code {
			return f.Services[i]
		}
	}
	tb.Fatalf("no service %s in the figures", code)
	return figures.ServiceFigures{}
}

// EntityOf finds an entity of the figures.
func EntityOf(tb testing.TB, f *figures.Figures, code string) figures.EntityFigures {
	tb.Helper()
	for i := range f.Entities {
		if f.Entities[i].Code == code {
			return f.Entities[i]
		}
	}
	tb.Fatalf("no entity %s in the figures", code)
	return figures.EntityFigures{}
}

// GrowthOf asks for the growth of digital completions in a month.
func (w *World) GrowthOf(on, m string) figures.Growth {
	return w.Knowledge().Growth(civiltest.Day(on), figures.GrowthQuery{Period: civiltest.Period(m)})
}

// Owed is what an entity owes for a month, as known on a date.
func (w *World) Owed(on, inMonth, entity string) *figures.EntitySubmissions {
	w.T.Helper()
	list := w.Knowledge().Submissions(civiltest.Day(on), civiltest.Month(inMonth))
	for i := range list.Entities {
		if list.Entities[i].Entity == entity {
			return &list.Entities[i]
		}
	}
	w.T.Fatalf("nothing is said of %s", entity)
	return nil
}

// Differing words the findings of statements, as known of the world.
func (w *World) Differing(days ...programme.EventSum) []string {
	w.T.Helper()
	lines := []string{}
	for _, f := range w.Knowledge().StatementsThatDiffer(civiltest.Day("2016-09-30"), days) {
		difference := "none"
		if f.Difference.Known() {
			difference = fmt.Sprint(f.Difference.Value)
		}
		lines = append(lines, fmt.Sprintf("%s %s %s %s %d/%d %s",
			f.Entity, f.Service, f.Period, f.Channel, f.Statement.Value, f.Events.Value, difference))
	}
	return lines
}

// Qatar is the zone of the tests in which a day ends somewhere.
var Qatar = time.FixedZone("Qatar", 3*60*60)

// Noticed is what is known at a moment, in Qatar.
func Noticed(at time.Time) catalogue.Knowing {
	return catalogue.Knowing{AsAt: at, Provisional: true, Today: civil.DateOf(at.In(Qatar)), Zone: Qatar}
}
