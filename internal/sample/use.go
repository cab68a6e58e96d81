package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// monthOfUse yields what was reported of one month: events of digital use, and statements of the other channels.
func (p *Programme) monthOfUse(m civil.Month, yield emit) error {
	plain, schools := buckets(m, 0), buckets(m, 1)
	for _, d := range p.demands {
		if !d.owner.habits.reports(m) || !d.online(m.Last()) && !d.online(m.First()) {
			continue
		}
		chance := rand.New(rand.NewPCG(p.seed, uint64(d.index)<<32|uint64(m))) //nolint:gosec // repeatable, not secret
		if chance.Float64() < .012 {
			continue // now and then a service's month is missing
		}
		calendar := plain
		if d.owner.habits.season > 0 {
			calendar = schools
		}
		if err := p.use(d, m, calendar, chance, yield); err != nil {
			return err
		}
	}
	return nil
}

// use yields one service's month.
func (p *Programme) use(d *demand, m civil.Month, calendar month, chance *rand.Rand, yield emit) error {
	parts := calendar.weeks
	if d.daily || m >= dailyFrom {
		parts = calendar.days
	}
	completed := 0.0
	report := reporter{demand: d, chance: chance, yield: yield}
	for _, b := range parts {
		if !d.online(b.last) {
			continue
		}
		noise := math.Exp(.1 * chance.NormFloat64())
		expected := d.rate(b.last) * b.weight * noise
		completed += expected
		if !d.owner.habits.statementsOnly {
			report.digital(b.last, expected)
		}
	}
	if !d.owner.habits.statementsOnly {
		report.views(calendar.weeks, completed)
	}
	report.statements(m, completed)
	return report.err
}

// bucket is a stretch of days whose use is sent as one event, dated on its last day.
type bucket struct {
	last   civil.Date
	weight float64 // the sum of its days' factors
}

// month is a month cut in two ways.
type month struct{ days, weeks []bucket }

// buckets cuts a month into days and into its weeks, which begin on Sunday and end with the month.
func buckets(m civil.Month, season float64) month {
	var cut month
	sum := 0.0
	for d := m.First(); d <= m.Last(); d++ {
		weight := dayFactor(d, season)
		sum += weight
		cut.days = append(cut.days, bucket{d, weight})
		if d.Time().Weekday() == time.Saturday || d == m.Last() {
			cut.weeks = append(cut.weeks, bucket{workingDayIn(m, d), sum})
			sum = 0
		}
	}
	return cut
}

// workingDayIn returns the last working day up to d that lies in the month, else d.
func workingDayIn(m civil.Month, d civil.Date) civil.Date {
	if earlier := workingDayBefore(d); earlier >= m.First() {
		return earlier
	}
	return d
}

// reporter yields the events of one service and month; after an error it yields nothing more.
type reporter struct {
	*demand
	chance *rand.Rand
	yield  emit
	err    error
}

// digital yields the completions and starts of a bucket on the web and, where there is one, on the mobile channel.
func (r *reporter) digital(on civil.Date, completed float64) {
	mobile := r.mobileShare(on)
	r.usage(on, programme.ChannelWeb, programme.StageComplete, completed*(1-mobile))
	r.usage(on, programme.ChannelWeb, programme.StageStart, completed*(1-mobile)/r.completion)
	r.usage(on, programme.ChannelMobile, programme.StageComplete, completed*mobile)
	r.usage(on, programme.ChannelMobile, programme.StageStart, completed*mobile/(r.completion+.04))
}

// views yields the views of a month, week by week.
func (r *reporter) views(weeks []bucket, completed float64) {
	for _, w := range weeks {
		if r.online(w.last) {
			r.usage(
				w.last, programme.ChannelWeb, programme.StageView,
				1+completed/float64(len(weeks))/r.completion*r.viewsPerStart,
			)
		}
	}
}

// usage yields one event of use, rounded by chance so that small services keep their sum; none at all is no event.
func (r *reporter) usage(on civil.Date, channel programme.Channel, stage programme.Stage, expected float64) {
	count := uint64(expected + r.chance.Float64())
	if count == 0 || r.err != nil {
		return
	}
	id := r.Code + "/" + on.String() + "/" + string(channel) + "/" + string(stage)
	data := programme.UsageData{Channel: channel, Stage: stage, Count: &count}
	r.err = r.yield(r.owner.event(programme.TypeUsage, id, r.Code, officeTime(on, r.chance), data), false)
}

// statements yields the month's totals of the channels that are not digital, and of the digital ones where no events
// are sent.
func (r *reporter) statements(m civil.Month, completed float64) {
	on := workingDayBefore(m.Last().AddDays(3 + r.chance.IntN(7)))
	if r.owner.habits.statementsOnly {
		mobile := r.mobileShare(m.Last())
		r.statement(m, on, programme.ChannelWeb, programme.MeasureCompleted, completed*(1-mobile))
		r.statement(m, on, programme.ChannelWeb, programme.MeasureStarted, completed*(1-mobile)/r.completion)
		if mobile > 0 {
			r.statement(m, on, programme.ChannelMobile, programme.MeasureCompleted, completed*mobile)
		}
	}
	// Counters lose to the web as time goes on.
	elsewhere := completed * (.35 + .9*float64(lastUse-m)/float64(lastUse-firstUse))
	share := map[programme.Channel]float64{
		programme.ChannelCounter:    1,
		programme.ChannelCallCentre: .2,
		programme.ChannelPost:       .08,
	}
	for _, channel := range r.staffed {
		r.statement(m, on, channel, programme.MeasureCompleted, completed*.05)
	}
	for _, channel := range r.Channels {
		r.statement(m, on, channel, programme.MeasureCompleted, 3+elsewhere*share[channel])
	}
}

// statement yields one total with its state.
func (r *reporter) statement(
	m civil.Month, on civil.Date, channel programme.Channel, measure programme.Measure, expected float64,
) {
	if r.err != nil {
		return
	}
	data := programme.StatementData{Period: m.Period(), Channel: channel, Measure: measure, State: programme.Reported}
	switch draw := r.chance.Float64(); {
	case draw < .03:
		data.State = programme.NotProvided
	case channel == programme.ChannelPost && draw < .3:
		data.State = programme.NotApplicable
	default:
		value := int64(expected + r.chance.Float64())
		data.Value = &value
	}
	id := fmt.Sprintf("%s/%s/%s/%s", r.Code, m, channel, measure)
	r.err = r.yield(r.owner.event(programme.TypeStatement, id, r.Code, officeTime(on, r.chance), data), false)
}
