package gather_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// sentBy is an event and who sent it.
type sentBy struct {
	programme.CloudEvent

	entity string
}

// send takes an event of a service on a day; its id is new unless it is given.
func (u *untidy) send(kind, id, service string, on civil.Date, data any, verify bool) {
	if id == "" {
		u.next++
		id = strconv.Itoa(u.next)
	}
	event := programme.CloudEvent{ID: id, Source: "untidy", Type: kind, Subject: service, Data: data}
	event.Time = on.BeginsIn(u.zone).Add(10 * time.Hour).Format(time.RFC3339)
	u.again(event, verify)
	u.sent = append(u.sent, sentBy{event, u.owner[service]})
}

func (u *untidy) again(event programme.CloudEvent, verify bool) {
	at, err := time.Parse(time.RFC3339, event.Time)
	if err == nil {
		err = u.take(&u.block, event, at, verify)
	}
	if err != nil {
		panic(err)
	}
}

// lives are the rollout events of a stretch.
func (u *untidy) lives(from, to civil.Date, first bool) {
	actions := []programme.Action{
		programme.ActionLaunch, programme.ActionLaunch, programme.ActionUpgrade, programme.ActionUpgrade, programme.ActionDowngrade,
		programme.ActionRetire, programme.ActionAddChannel, programme.ActionRemoveChannel,
	}
	for n := range untidyServices {
		if n >= 50 && n < 53 || n%10 == 9 {
			continue // bundles, and services known by their use alone
		}
		if first && u.one(75) {
			u.rollout(n, programme.ActionLaunch, u.between(from.AddDays(-400), to))
		}
		for u.one(45) {
			u.rollout(n, actions[u.chance.IntN(len(actions))], u.between(from, min(to, untidyLast)))
		}
	}
}

func (u *untidy) rollout(n int, action programme.Action, on civil.Date) {
	data := programme.RolloutData{Action: action, EffectiveOn: on}
	switch action {
	case programme.ActionUpgrade, programme.ActionDowngrade:
		data.Level = programme.Level(1 + u.chance.IntN(4))
	case programme.ActionLaunch:
		data.Level = programme.Level(u.chance.IntN(5))
		if u.one(60) {
			data.Channels = u.channels()
		}
	case programme.ActionAddChannel, programme.ActionRemoveChannel:
		data.Channels = []programme.Channel{programme.Channels()[u.chance.IntN(4)]}
	}
	u.send(programme.TypeRollout, "", u.service(n), on, data, u.one(55))
}

// uses are the uses of a stretch: by events, by totals, by both, or by neither.
func (u *untidy) uses(from, to civil.Date) {
	for n := range untidyServices {
		switch habit := (n*7 + 3) % 8; habit {
		case 0: // says nothing
		case 1, 2, 3:
			u.events(n, from, to, []int{1, 2, 7}[habit-1])
		case 4, 5:
			u.totals(n, from, to, []civil.Grain{civil.GrainMonth, civil.GrainQuarter}[habit-4])
		case 6:
			u.events(n, from, to, 3)
			u.totals(n, from, to, civil.GrainMonth)
		default:
			u.totals(n, from, to, civil.GrainDay)
		}
	}
}

// silent says that an entity sends nothing on a day: feeds have gaps, and each its weekend.
func (u *untidy) silent(entity string, on civil.Date) bool {
	number := int(entity[len(entity)-1] - '0')
	return (int(on)/17+number*5)%19 == 0 || (int(on)+number)%7 == 0
}

func (u *untidy) events(n int, from, to civil.Date, every int) {
	stages := programme.Stages()
	service := u.service(n)
	channels := []programme.Channel{programme.ChannelWeb, programme.ChannelMobile, programme.Channels()[u.chance.IntN(8)]}
	for on := from; on <= to; on = on.AddDays(every) {
		if u.silent(u.owner[service], on) || u.one(10) {
			continue
		}
		count := uint64(u.chance.IntN(40))
		data := programme.UsageData{Channel: channels[u.chance.IntN(3)], Stage: stages[u.chance.IntN(5)], Count: &count}
		u.send(programme.TypeUsage, "", service, on, data, false)
	}
}

func (u *untidy) totals(n int, from, to civil.Date, grain civil.Grain) {
	for on := from; on <= to; {
		period := civil.DayPeriod(on)
		switch grain {
		case civil.GrainMonth:
			period = on.Month().Period()
		case civil.GrainQuarter:
			period, _ = civil.ParsePeriod(quarterOf(on.Month()))
		}
		if u.one(3) {
			period, _ = civil.ParsePeriod(strconv.Itoa(on.Time().Year()))
		}
		if u.one(3) {
			period, _ = civil.ParsePeriod(on.String() + "/" + on.AddDays(20+u.chance.IntN(80)).String())
		}
		for _, channel := range programme.Channels() {
			if u.one(35) {
				u.total(n, period, channel)
			}
		}
		on = period.To.AddDays(1)
		if grain == civil.GrainDay {
			on = on.AddDays(u.chance.IntN(30))
		}
	}
}

func (u *untidy) total(n int, period civil.Period, channel programme.Channel) {
	data := programme.StatementData{
		Period: period, Channel: channel, Measure: programme.MeasureCompleted, State: programme.Reported,
	}
	if u.one(20) {
		data.Measure = programme.MeasureStarted
	}
	if u.one(12) {
		data.State = programme.States()[1+u.chance.IntN(3)]
	} else {
		value := int64(u.chance.IntN(300))
		data.Value = &value
	}
	u.send(programme.TypeStatement, "", u.service(n), period.To, data, false)
}

// corrections send again some of what was sent: the same, another, or void.
func (u *untidy) corrections() {
	for _, each := range u.sent {
		if !u.one(6) {
			continue
		}
		event := each.CloudEvent
		switch data := event.Data.(type) {
		case programme.UsageData:
			count := uint64(u.chance.IntN(3) * 10)
			data.Count = &count
			event.Data = data
		case programme.StatementData:
			value := int64(u.chance.IntN(500))
			data.State, data.Value = programme.Reported, &value
			event.Data = data
		case programme.RolloutData:
			data.EffectiveOn = data.EffectiveOn.AddDays(u.chance.IntN(60) - 30)
			event.Data = data
		}
		now := u.owner[event.Subject]
		u.owner[event.Subject] = each.entity
		u.again(event, u.one(50))
		u.owner[event.Subject] = now
	}
}

// assessments are claims of entities, and what the programme office decides on these and on the claims of rollouts.
func (u *untidy) assessments(t *testing.T, from, to civil.Date) {
	t.Helper()
	var claims []programme.Draft
	for n := range untidyServices {
		if u.one(30) {
			claims = append(claims, u.step(n, programme.Assessment{
				Kind: programme.AssessmentClaim, Level: programme.Level(1 + u.chance.IntN(4)), EffectiveOn: u.between(from, to),
			}, "agency"))
		}
	}
	u.add(t, claims...)
	facts, err := u.db.Facts(t.Context(), []programme.Family{programme.FamilyAssessment}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	read, err := programme.ReadFamily[programme.Assessment](facts, programme.FamilyAssessment, programme.NoEnd)
	if err != nil {
		t.Fatal(err)
	}
	u.watch.now = u.watch.now.Add(time.Hour)
	var decisions []programme.Draft
	for _, fact := range read {
		if fact.Body.Kind == programme.AssessmentClaim && u.one(60) {
			decisions = append(decisions, u.decision(fact.Subject, fact.ID, fact.EffectiveOn, fact.Body.Level))
		}
	}
	for _, row := range u.block.rollouts {
		if row.Level > 0 && row.VerifiedBy == "" && u.one(50) {
			decisions = append(decisions, u.decision(row.Service, row.ID, row.EffectiveOn, row.Level))
		}
	}
	u.add(t, decisions...)
}

func (u *untidy) step(n int, body programme.Assessment, actor string) programme.Draft {
	body.Service = u.service(n)
	return programme.Draft{
		Family: programme.FamilyAssessment, Subject: body.Service, EffectiveOn: body.EffectiveOn, Actor: actor, Body: body,
	}
}

func (u *untidy) decision(service, claim string, on civil.Date, level programme.Level) programme.Draft {
	body := programme.Assessment{Kind: programme.AssessmentVerified, Service: service, Claim: claim, Level: level, EffectiveOn: on}
	if u.one(30) {
		body.Level = programme.Level(1 + u.chance.IntN(int(level)))
	}
	if u.one(30) {
		body.EffectiveOn = on.AddDays(u.chance.IntN(120))
	}
	if u.one(15) {
		body.Kind, body.Level = programme.AssessmentReturned, 0
	}
	actor := "office"
	if u.one(10) {
		actor = "agency"
	}
	return programme.Draft{
		Family: programme.FamilyAssessment, Subject: service, EffectiveOn: body.EffectiveOn, Actor: actor, Body: body,
	}
}

// plans are revisions approved by a day: some leave milestones out, some send a few back.
func (u *untidy) plans(by civil.Date) []programme.Draft {
	var drafts []programme.Draft
	for n := range untidyEntities {
		if n == 5 || u.one(30) {
			continue
		}
		entity := fmt.Sprintf("e%d", n)
		u.next++
		body := programme.Plan{
			Kind: programme.PlanApproved, Entity: entity, Revision: u.next,
			ApprovedOn: u.between(by.AddDays(-300), min(by, untidyLast)),
		}
		for at := n; at < untidyServices; at += untidyEntities {
			if u.one(30) {
				continue
			}
			milestone := programme.Milestone{
				Code: fmt.Sprintf("m%d", at), Service: u.service(at), Level: programme.Level(1 + u.chance.IntN(4)),
				PlannedOn: u.between(untidyFirst, untidyLast.AddDays(200)),
			}
			if u.one(40) {
				milestone.ExpectedOn = milestone.PlannedOn.AddDays(u.chance.IntN(200) - 60)
			}
			body.Milestones = append(body.Milestones, milestone)
		}
		drafts = append(drafts, programme.Draft{Family: programme.FamilyPlan, Subject: entity, EffectiveOn: body.ApprovedOn, Body: body})
	}
	return drafts
}
