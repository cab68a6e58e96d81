package sample

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// step is one rollout event of a service's life.
type step struct {
	programme.RolloutData
	verified bool
}

// unverifiedUpgrades is how many claims of a higher level wait for verification.
const unverifiedUpgrades = 20

// live gives every launched service its levels, channels and rollout events.
func live(authorities []*authority, chance *rand.Rand) {
	var upgradable []*offering
	for _, a := range authorities {
		for _, o := range a.offerings {
			giveChannels(o, chance)
			if o.launched.IsZero() || o.partOf() {
				continue
			}
			liveOne(o, chance)
			if len(o.parts) == 0 && o.retired.IsZero() && !o.unverified && lastLevel(o) < programme.LevelIntegrated {
				upgradable = append(upgradable, o)
			}
			for _, part := range o.parts {
				part.steps = []step{o.steps[0]}
			}
		}
	}
	shuffle(upgradable, chance)
	claimHigher(upgradable[:unverifiedUpgrades])
	downgrade(upgradable[unverifiedUpgrades:], chance)
	for _, a := range authorities {
		for _, o := range a.offerings {
			slices.SortStableFunc(o.steps, func(a, b step) int { return cmp.Compare(a.EffectiveOn, b.EffectiveOn) })
		}
	}
}

// claimHigher lets services claim one level more, which nobody has verified yet.
func claimHigher(claimants []*offering) {
	for i, o := range claimants {
		on := workingDayBefore(reportingOn.AddDays(-5 - 6*i))
		if last := o.steps[len(o.steps)-1].EffectiveOn; on <= last {
			on = workingDayBefore(reportingOn)
		}
		o.add(step{
			programme.RolloutData{Action: programme.ActionUpgrade, Level: lastLevel(o) + 1, EffectiveOn: on},
			false,
		})
	}
}

func (o *offering) add(s step) { o.steps = append(o.steps, s) }

// giveChannels decides where the service is offered beside the web: most have a counter, some a call centre or the
// post.
func giveChannels(o *offering, chance *rand.Rand) {
	o.Channels = nil
	if chance.Float64() < .82 || o.launched.IsZero() {
		o.Channels = append(o.Channels, programme.ChannelCounter)
	}
	if chance.Float64() < .25 {
		o.Channels = append(o.Channels, programme.ChannelCallCentre)
	}
	if code := o.procedure.code; (code == "issue" || code == "request" || code == "replace") && chance.Float64() < .15 {
		o.Channels = append(o.Channels, programme.ChannelPost)
	}
	o.Mandatory = o.procedure.ease < .55 && chance.Float64() < .6
}

// liveOne writes the rollout events of one service: launch, upgrades, a mobile channel, retirement.
func liveOne(o *offering, chance *rand.Rand) {
	first, last := drawLevels(o, chance)
	channels := []programme.Channel{programme.ChannelWeb}
	if o.launched >= civil.NewDate(2015, 1, 1) && chance.Float64() < .22 {
		channels = append(channels, programme.ChannelMobile)
	}
	if o.Entity == "moi" && chance.Float64() < .2 {
		o.staffed = append(o.staffed, programme.ChannelKiosk)
	}
	if o.Entity == "mosd" && chance.Float64() < .2 {
		o.staffed = append(o.staffed, programme.ChannelAssisted)
	}
	mobile := slices.Contains(channels, programme.ChannelMobile)
	o.add(step{
		programme.RolloutData{
			Action:      programme.ActionLaunch,
			Level:       first,
			EffectiveOn: o.launched,
			Channels:    slices.Concat(channels, o.staffed, o.Channels),
		},
		!o.unverified,
	})
	end := reportingOn
	if !o.retired.IsZero() {
		end = o.retired - 1
	}
	if !o.unverified && len(o.parts) == 0 {
		upgrade(o, first, last, end, chance)
	}
	if on, ok := laterDay(max(o.launched, startsOn), 240, 700, end, chance); ok && !mobile && chance.Float64() < .5 {
		o.add(step{programme.RolloutData{
			Action: programme.ActionAddChannel, Channels: []programme.Channel{programme.ChannelMobile}, EffectiveOn: on,
		}, false})
	}
	if !o.retired.IsZero() {
		o.add(step{programme.RolloutData{Action: programme.ActionRetire, EffectiveOn: o.retired}, false})
	}
}

// drawLevels draws the level at launch and the one to be reached.
func drawLevels(o *offering, chance *rand.Rand) (first, last programme.Level) {
	p := o.procedure
	last = p.low
	draw := chance.Float64()
	for _, share := range []float64{.42, .70, .86} {
		if draw >= share {
			last++
		}
	}
	last = min(last, p.high)
	first = last
	switch information := chance.Float64(); {
	case o.existing && information < .5, information < .16:
		first = programme.LevelInformative // the page came before the process
	case o.existing:
		first = p.low
	case last > p.low && chance.Float64() < .5:
		first = last - 1
	}
	return first, last
}

// upgrade raises the level step by step, as far as time allows.
func upgrade(o *offering, first, last programme.Level, end civil.Date, chance *rand.Rand) {
	from := max(o.launched, startsOn)
	for level := first + 1; level <= last; level++ {
		on, ok := laterDay(from, 120, 520, end, chance)
		if !ok {
			return
		}
		o.add(step{programme.RolloutData{Action: programme.ActionUpgrade, Level: level, EffectiveOn: on}, true})
		from = on
	}
}

// downgrade lowers the verified level of three services: a visit came back.
func downgrade(candidates []*offering, chance *rand.Rand) {
	left := 3
	for _, o := range candidates {
		last := o.steps[len(o.steps)-1].EffectiveOn
		on, ok := laterDay(last, 30, 200, reportingOn, chance)
		if level := lastLevel(o); left > 0 && ok && level == programme.LevelTransactional {
			o.add(
				step{programme.RolloutData{Action: programme.ActionDowngrade, Level: level - 1, EffectiveOn: on}, true},
			)
			left--
		}
	}
}

// laterDay draws a working day between two distances from a day; false when it falls after the end.
func laterDay(from civil.Date, nearest, farthest int, end civil.Date, chance *rand.Rand) (civil.Date, bool) {
	on := workingDayBefore(from.AddDays(nearest + chance.IntN(farthest-nearest)))
	return on, on <= end && on > from
}

// lastLevel returns the level named last.
func lastLevel(o *offering) programme.Level {
	level := programme.Level(0)
	for _, s := range o.steps {
		if s.Level.Valid() {
			level = s.Level
		}
	}
	return level
}

// dependOn names the entities whose part a service needs: an integrated service always needs one.
func dependOn(authorities []*authority, chance *rand.Rand) {
	codes := []string{"moi", "moci", "mof", "moj", "mom", "moph", "ewa", "customs"}
	for _, a := range authorities {
		others := slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return code == a.Code })
		for _, o := range a.offerings {
			needed := boolean(lastLevel(o) == programme.LevelIntegrated)
			if chance.Float64() < .18 {
				needed = 1 + chance.IntN(2)
			}
			shuffle(others, chance)
			if needed > 0 {
				o.DependsOn = slices.SortedFunc(slices.Values(others[:needed]), strings.Compare)
			}
		}
	}
}
