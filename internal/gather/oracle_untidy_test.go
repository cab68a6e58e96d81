package gather_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// untidy is a small programme in which everything happens that a tidy one has not: services move, succeed one another and
// leave the catalogue; levels are verified lower, later, twice or by the claimant; feeds have gaps; totals are of days,
// months, quarters, years and other stretches; whatever was sent is sent again, corrected or voided.
type untidy struct {
	*recordedWorld

	chance *rand.Rand
	block  eventBlock
	sent   []sentBy
	next   int
}

const (
	untidyServices = 70
	untidyEntities = 6
)

var untidyFirst, untidyLast = civil.NewDate(2013, 6, 1), civil.NewDate(2016, 12, 31)

func newUntidy(t *testing.T, seed uint64) *untidy {
	t.Helper()
	chance := rand.New(rand.NewPCG(seed, 0x756e74696479))
	return &untidy{recordedWorld: newRecordedWorld(t), chance: chance}
}

// record adds what happened until a day, known on that day.
func (u *untidy) record(t *testing.T, after, by civil.Date, first bool) {
	t.Helper()
	u.watch.now = by.AddDays(1).BeginsIn(u.zone).Add(-15 * time.Hour)
	u.block = eventBlock{}
	if first {
		u.add(t, u.beginning()...)
	} else {
		u.add(t, u.changes()...)
	}
	u.add(t, u.plans(by)...)
	u.lives(max(after, untidyFirst), by, first)
	u.uses(max(after, untidyFirst), min(by, untidyLast))
	if !first {
		u.corrections()
	}
	u.insert(t, &u.block)
	u.assessments(t, max(after, untidyFirst), min(by, untidyLast))
}

func (u *untidy) service(n int) string { return fmt.Sprintf("s%02d", n) }

func (u *untidy) one(percent int) bool { return u.chance.IntN(100) < percent }

// between is a day within two.
func (u *untidy) between(from, to civil.Date) civil.Date {
	return from.AddDays(u.chance.IntN(max(1, int(to-from)+1)))
}

func (u *untidy) entity() string { return fmt.Sprintf("e%d", u.chance.IntN(untidyEntities)) }

func (u *untidy) channels() []programme.Channel {
	var channels []programme.Channel
	for _, channel := range programme.Channels() {
		if u.one(map[bool]int{true: 45, false: 15}[channel == programme.ChannelWeb || channel == programme.ChannelCounter]) {
			channels = append(channels, channel)
		}
	}
	return channels
}

// settings are the programme's: a second version begins in 2016.
func (u *untidy) settings(minimum, newAt programme.Level, existing bool, audiences ...string) programme.Settings {
	return programme.Settings{
		Name: "Untidy", NameAr: "غير مرتب", Goal: 40, StartsOn: civil.NewDate(2014, 6, 1),
		TargetOn: civil.NewDate(2016, 12, 31), TimeZone: "Asia/Qatar", DueDay: 10,
		Rule: programme.Rule{MinimumLevel: minimum, NewAtLevel: newAt, CountExisting: existing, Audiences: audiences},
	}
}

func (u *untidy) beginning() []programme.Draft {
	drafts := []programme.Draft{
		{Family: programme.FamilyProgramme, Subject: programme.ProgrammeSubject, Body: u.settings(1, 0, false)},
		u.calendar(programme.CalendarHolidays, civil.NewDate(2015, 7, 17), civil.NewDate(2015, 7, 23)),
		u.calendar(programme.CalendarDueDays, civil.NewDate(2016, 3, 20), civil.NewDate(2016, 3, 20)),
	}
	for n := range untidyEntities {
		code := fmt.Sprintf("e%d", n)
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyEntity, Subject: code, Body: programme.Entity{Code: code, Name: code, NameAr: code},
		})
	}
	for n := range untidyServices {
		drafts = append(drafts, u.entry(n, 0))
	}
	return drafts
}

func (u *untidy) calendar(name string, from, to civil.Date) programme.Draft {
	return programme.Draft{
		Family: programme.FamilyProgramme, Subject: programme.CalendarSubject(name),
		Body: programme.Calendar{Name: name, Days: []programme.CalendarDay{{From: from, To: to, Name: name, NameAr: name}}},
	}
}

// entry is a version of a service's catalogue entry.
func (u *untidy) entry(n int, from civil.Date) programme.Draft {
	code := u.service(n)
	body := programme.Service{
		Code: code, Name: code, NameAr: code, Entity: u.entity(), Channels: u.channels(),
		Audience: []string{"citizens", "business"}[u.chance.IntN(2)], Removed: !from.IsZero() && u.one(25),
	}
	switch {
	case n >= 60 && u.one(80):
		body.PartOf = u.service(50 + n%3)
	case n >= 40 && n < 50 && u.one(60):
		body.Succeeds = []string{u.service(u.chance.IntN(30))}
		if u.one(20) {
			body.Succeeds = []string{u.service(40 + u.chance.IntN(10))}
		}
		if u.one(20) {
			body.CountsApart = "a planner's reason"
		}
	}
	if u.owner[code] == "" || !body.Removed {
		u.owner[code] = body.Entity
	}
	return programme.Draft{Family: programme.FamilyService, Subject: code, EffectiveOn: from, Body: body}
}

// changes are those of a later day: of the catalogue, and of the rule from 2016 on.
func (u *untidy) changes() []programme.Draft {
	drafts := []programme.Draft{{
		Family: programme.FamilyProgramme, Subject: programme.ProgrammeSubject, EffectiveOn: civil.NewDate(2016, 1, 1),
		Body: u.settings(2, programme.Level(2+u.chance.IntN(2)), true, "citizens"),
	}}
	for n := range untidyServices {
		if u.one(15) {
			drafts = append(drafts, u.entry(n, u.between(untidyFirst, untidyLast)))
		}
	}
	return drafts
}
