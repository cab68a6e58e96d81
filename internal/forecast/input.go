package forecast

import (
	"slices"

	"mirsad/internal/civil"
)

// Entity is the caller's number for an entity: the delays of one are alike.
type Entity int

// Delay is one delay of the programme's history in days, of a go-live against its original date or of a verification
// against the go-live; of one that is still open it is only known that it is longer.
type Delay struct {
	Entity Entity
	Due    civil.Date // the day from which it is measured
	Days   int
	Open   bool
}

// ended leaves out the delays that are still open.
func ended(delays []Delay) []Delay {
	return slices.DeleteFunc(slices.Clone(delays), func(d Delay) bool { return d.Open })
}

// Milestone is a milestone that has yet to count.
type Milestone struct {
	// Service is the caller's number for the milestone's service; no draw looks at it.
	Service int
	Entity  Entity
	Planned civil.Date // original
	Live    civil.Date // the go-live that waits for its verification; zero before the go-live
	Shift   int        // days by which a scenario moves it
}

// Input is what a forecast is drawn from.
type Input struct {
	On      civil.Date
	Points  []civil.Date // for which the count is forecast, ascending, all after On
	Counted int          // on the date
	Open    []Milestone
	// Slips are those of go-lives against their original dates, lags those of verifications against go-lives; without
	// lags a go-live counts at once.
	Slips, Lags []Delay
	Record      Record
	// Finished is how many milestones have counted. No draw uses it: it shows how much history there is.
	Finished int
}
