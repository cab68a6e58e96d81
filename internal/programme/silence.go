package programme

// Thresholds of dormancy (docs/rules.md#dormant).
const (
	dormantAfterDays = 90
	dormantBelow     = 30
)

// dormant reports whether a service has been live for 90 days, reported all its digital channels for the last
// month that ended, and had fewer than 30 digital completions in it. Use is kept by month, so that month stands
// for the last 30 days. The completions are returned with it.
func (k *Knowledge) dormant(at int32, c *census, s *span) (bool, int64) {
	standing := &c.services[at]
	digital := s.channels & digitalSet
	book := k.services[at].book
	if !standing.live() || c.on-standing.rollout.liveSince < dormantAfterDays || digital == 0 || book == none {
		return false, 0
	}
	var completed int64
	known := false
	for channel := range channelCount {
		if !digitalSet.has(channel) {
			continue
		}
		got := k.book.number(book, channel, measureIndex(MeasureCompleted), s.period, none)
		switch {
		case got.rank == isReported:
			completed += got.value
			known = true
		case digital.has(channel) && got.rank != isNotApplicable:
			return false, 0
		}
	}
	return known && completed < dormantBelow, completed
}

// silent reports whether a service reported nothing in its last two due periods
// (docs/rules.md#silent-and-without-numbers): months, or the coarser periods
// in which it has reported so far. One that was not asked, or not live in both, is not silent.
func (k *Knowledge) silent(at int32, c *census, settings Settings) bool {
	record := &k.services[at]
	if c.services[at].version == nil || (record.launches() && !c.services[at].live()) {
		return false
	}
	grain, last := GrainMonth, Date(0)
	if record.book != none {
		if seen := &k.book.prints[record.book]; seen.first != never {
			grain, last = min(seen.grain, GrainYear), seen.last
		}
	}
	if !record.launches() && last == 0 {
		return false
	}
	due := k.lastDue(settings, grain, c.on)
	for range 2 {
		if !k.missed(at, due, c.on) {
			return false
		}
		due = due.Previous()
	}
	return true
}

// lastDue returns the last period of a grain whose due day has passed on a date.
func (k *Knowledge) lastDue(s Settings, grain Grain, on Date) Period {
	p := PeriodOf(grain, on).Previous()
	if k.dueOn(s, p) >= on {
		p = p.Previous()
	}
	return p
}

// missed reports whether a service should have reported a period, on any measure, and did not.
func (k *Knowledge) missed(at int32, p Period, on Date) bool {
	record := &k.services[at]
	s := k.spanOf(at, p, on)
	if !s.listed || (record.launches() && !s.live) {
		return false
	}
	if record.book == none {
		return true
	}
	if !record.launches() && k.book.prints[record.book].first > p.To {
		return false
	}
	for m := p.From.Month(); m <= p.To.Month(); m++ {
		if _, had := k.book.events[record.book].in(m); had {
			return false
		}
	}
	for measure := range measureCount {
		for channel := range channelCount {
			got := k.book.number(record.book, channel, measure, p, none)
			if got.rank != isNotProvided {
				return false
			}
		}
	}
	return true
}
