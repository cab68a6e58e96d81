package sample

import (
	"cmp"
	"fmt"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Settings returns the programme that the sample plays: 1,000 services by the end of 2016, reported on for 2016-09-30.
func Settings() programme.Settings {
	settings := programme.DefaultSettings()
	settings.Name = "National e-services programme (sample)"
	settings.NameAr = "برنامج الخدمات الإلكترونية (بيانات تجريبية)"
	settings.Goal = plannedAtTarget
	settings.StartsOn, settings.TargetOn, settings.ReportingDate = startsOn, targetOn, reportingOn
	settings.Rule.CountExisting = true
	settings.Sample = true
	return settings
}

// Catalogue returns the programme's settings, the entities, the services and the plans, as facts to be appended in this
// order.
func (p *Programme) Catalogue() ([]programme.Draft, error) {
	drafts := []programme.Draft{
		{
			Family:  programme.FamilyProgramme,
			Subject: programme.ProgrammeSubject,
			Reason:  "sample programme",
			Body:    Settings(),
		},
		calendar(programme.CalendarRamadan, ramadans, func(span) (string, string) { return "Ramadan", "رمضان" }),
		calendar(programme.CalendarHolidays, feasts, nameOfFeast),
	}
	for _, a := range p.authorities {
		drafts = append(drafts, programme.Draft{Family: programme.FamilyEntity, Subject: a.Code, Body: a.Entity})
	}
	for _, a := range p.authorities {
		for _, o := range a.offerings {
			drafts = append(drafts, programme.Draft{Family: programme.FamilyService, Subject: o.Code, Body: o.Service})
		}
	}
	for _, a := range p.authorities {
		drafts = append(drafts, a.plans()...)
	}
	return drafts, nil
}

// plans returns the authority's revisions: the first is its original plan, a second moves what is not yet online.
func (a *authority) plans() []programme.Draft {
	original := a.milestones()
	if a.habits.standing == unplanned || len(original) == 0 {
		return nil
	}
	drafts := []programme.Draft{a.plan(programme.PlanApproved, 1, a.habits.approvedOn, original)}
	if replanned := a.habits.replanned; !replanned.IsZero() {
		drafts = append(drafts, a.plan(programme.PlanApproved, 2, replanned, a.moved(original, replanned)))
	}
	if a.habits.standing == late && len(a.offerings)%2 == 0 {
		revision := len(drafts) + 1
		submitted := a.plan(
			programme.PlanSubmitted, revision, workingDayBefore(reportingOn.AddDays(-10)),
			a.moved(original, reportingOn),
		)
		drafts = append(drafts, submitted)
	}
	return drafts
}

func (a *authority) plan(
	kind programme.PlanKind, revision int, on civil.Date, milestones []programme.Milestone,
) programme.Draft {
	body := programme.Plan{Kind: kind, Entity: a.Code, Revision: revision, Milestones: milestones}
	if kind == programme.PlanApproved {
		body.ApprovedOn = on
	}
	return programme.Draft{Family: programme.FamilyPlan, Subject: a.Code, EffectiveOn: on, Body: body}
}

// milestones returns the original milestones, earliest first.
func (a *authority) milestones() []programme.Milestone {
	var milestones []programme.Milestone
	for _, o := range a.offerings {
		if o.planned.IsZero() {
			continue
		}
		level := o.procedure.low
		if len(o.steps) > 0 {
			level = o.steps[0].Level
		}
		milestones = append(milestones, programme.Milestone{
			Service: o.Code, Level: level, Channels: []programme.Channel{programme.ChannelWeb},
			PlannedOn: o.planned,
		})
	}
	slices.SortStableFunc(
		milestones, func(a, b programme.Milestone) int { return cmp.Compare(a.PlannedOn, b.PlannedOn) },
	)
	for i := range milestones {
		milestones[i].Code = fmt.Sprintf("%s-m%02d", a.Code, i+1)
	}
	return milestones
}

// moved returns the milestones as re-planned on a day: those not yet online move behind it, by their order; the rest
// stay.
func (a *authority) moved(original []programme.Milestone, on civil.Date) []programme.Milestone {
	launched := map[string]civil.Date{}
	for _, o := range a.offerings {
		launched[o.Code] = o.launched
	}
	milestones := slices.Clone(original)
	delay := 0
	for i, m := range milestones {
		if day := launched[m.Service]; !day.IsZero() && day <= on {
			continue
		}
		if earliest := on.AddDays(20 + 4*delay); m.PlannedOn < earliest {
			milestones[i].PlannedOn = workingDayBefore(min(earliest, targetOn))
			milestones[i].ExpectedOn = workingDayBefore(min(earliest.AddDays(14), targetOn))
			milestones[i].Reason = fmt.Sprintf("The steps before took longer than planned; re-planned on %s.", on)
			delay++
		}
	}
	return milestones
}
