package reckon

import (
	"cmp"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Weigh counts under the settings in force and under others, each on the date that they report on.
func (k *Knowledge) Weigh(next programme.Settings) programme.Effect {
	on := k.On(figures.Question{})
	return programme.Effect{
		Before: k.weigh(on, k.SettingsOn(on)),
		After:  k.weigh(cmp.Or(next.ReportingDate, k.Today), next.WithDefaults()),
	}
}

func (k *Knowledge) weigh(on civil.Date, settings programme.Settings) programme.EffectOn {
	t := k.takeCensus(on, settings).tally(figures.Verified)
	return programme.EffectOn{
		On:         on,
		Goal:       settings.Goal,
		Counted:    t.counted.Total(),
		CountedNew: t.new,
		CountedAll: t.all,
		EndToEnd:   t.counted.EndToEnd(),
	}
}
