package reckon

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// progress computes the way to the goal on one basis.
func (r *reckoning) progress(basis figures.Basis) figures.Progress {
	t := r.now.tally(basis)
	counted := t.counted.Total()
	month := r.on.Month()
	p := figures.Progress{
		Basis: basis, Goal: r.settings.Goal, Counted: counted, CountedNew: t.new, CountedAll: t.all,
		EndToEnd: t.counted.EndToEnd(), ByLevel: t.counted,
		Share:      programme.RatioOf(float64(counted), float64(r.settings.Goal)),
		LastMonth:  programme.CountOf(r.series.countedAt(month-1, basis)),
		LastYear:   programme.CountOf(r.series.countedAt(month-12, basis)),
		Plan:       r.plans.original.at(r.on),
		MonthsLeft: max(0, int(r.settings.TargetOn.Month()-month)),
		NotCounted: r.notCounted(basis),
		RecentRate: figures.RecentRate{Months3: r.recentRate(basis, 3), Months6: r.recentRate(basis, 6)},
	}
	p.Series = r.series.points(basis)
	p.Variance, p.ScheduleIndex = againstPlan(counted, p.Plan)
	p.RequiredRate = requiredRate(p.Goal, counted, p.MonthsLeft)
	p.PlanRate, p.Reach = r.planRate(counted, p.MonthsLeft), r.reach(basis, counted)
	var s slips
	for i := range r.services {
		s.add(r.services[i].milestone[basis])
	}
	p.SlipMedian, p.SlipOver30 = s.median(), s.over30
	return p
}

// againstPlan returns counted − plan and counted ÷ plan; a plan of 0 has no index
// (docs/rules.md#variance-and-schedule-index).
func againstPlan(counted int, plan programme.Count) (programme.Count, programme.Ratio) {
	if !plan.Known() {
		return programme.Count{State: programme.NotProvided}, programme.Ratio{State: programme.NotProvided}
	}
	return programme.CountOf(int64(counted) - plan.Value), programme.RatioOf(float64(counted), float64(plan.Value))
}

// requiredRate is (goal − counted) ÷ months left, services a month; 0 once the goal is reached, no value once no
// month is left (docs/rules.md#required-rate).
func requiredRate(goal, counted, monthsLeft int) programme.Ratio {
	return programme.RateOf(float64(max(0, goal-counted)), float64(monthsLeft))
}

// recentRate is the mean number of services by which the count grew in the last ended months
// (docs/rules.md#recent-rate).
func (r *reckoning) recentRate(basis figures.Basis, months int) programme.Ratio {
	last := r.LastEnded(r.on)
	before := last - civil.Month(months) //nolint:gosec // a few months
	grown := r.series.countedAt(last, basis) - r.series.countedAt(before, basis)
	return programme.RateOf(float64(grown), float64(months))
}

// notCounted counts the services of the catalogue by the first clause that fails, in the order of the clauses.
func (r *reckoning) notCounted(basis figures.Basis) []figures.ClauseCount {
	services := map[programme.Clause]int{}
	for i, v := range r.now.verdicts[basis] {
		if r.now.services[i].Version != nil {
			services[v.final(r.settings.Rule)]++
		}
	}
	counts := []figures.ClauseCount{}
	for _, clause := range programme.Clauses() {
		if services[clause] > 0 {
			counts = append(counts, figures.ClauseCount{Clause: clause, Services: services[clause]})
		}
	}
	return counts
}
