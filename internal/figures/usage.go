package figures

import (
	"cmp"
	"encoding/json"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// UsageTotal is an aggregate of use: the sum of its reported parts, the first present state, and how many parts
// reported.
type UsageTotal struct {
	programme.Count
	Parts programme.Parts
	// Partial is how many of the reported parts lack days, by a gap in the events (docs/rules.md#partial-month).
	Partial int
	// Days are those of a number of which all reported parts lack the same; none for a whole one.
	Days Days
}

// Days are how many of the expected days a number covers.
type Days struct {
	Covered  int `json:"covered"`
	Expected int `json:"expected"`
}

// usageTotalShape is a total as JSON has it: a number with its state, and the parts beside them.
type usageTotalShape struct {
	Value   *int64          `json:"value"`
	State   programme.State `json:"state"`
	Parts   programme.Parts `json:"parts"`
	Partial int             `json:"partial,omitempty"`
	Days    Days            `json:"days,omitzero"`
}

// MarshalJSON writes {"value": 12, "state": "reported", "parts": {"reported": 3, "expected": 4}}, and of a partial number
// "partial": 1, "days": {"covered": 15, "expected": 31} beside them.
func (t UsageTotal) MarshalJSON() ([]byte, error) {
	shape := usageTotalShape{State: cmp.Or(t.State, programme.NotProvided), Parts: t.Parts, Partial: t.Partial, Days: t.Days}
	if t.Known() {
		shape.Value = &t.Value
	}
	return json.Marshal(shape)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (t *UsageTotal) UnmarshalJSON(data []byte) error {
	var shape usageTotalShape
	if err := json.Unmarshal(data, &shape); err != nil {
		return err
	}
	*t = UsageTotal{
		Count: programme.Count{State: shape.State}, Parts: shape.Parts, Partial: shape.Partial, Days: shape.Days,
	}
	if shape.Value != nil {
		t.Value = *shape.Value
	}
	return nil
}

// UsagePoint is an aggregate of use in one period.
type UsagePoint struct {
	Period civil.Period `json:"period"`
	Total  UsageTotal   `json:"total"`
	// ToDate says how much of a period that still runs its total covers; the zero value for one that has ended.
	ToDate ToDate `json:"to_date,omitzero"`
}

// ToDate is how much of a period had ended on a date: of a quarter or year its months, of a month its days
// (docs/rules.md#running-period).
type ToDate struct {
	Until civil.Date `json:"until"`
	Ended int        `json:"ended"`
	Of    int        `json:"of"`
}

// UsageBy is how a series of use is split.
type UsageBy string

// The ways to split a series of use; none is one series in all.
const (
	ByNothing UsageBy = ""
	ByChannel UsageBy = "channel"
	ByEntity  UsageBy = "entity"
	ByService UsageBy = "service"
	ByLevelOf UsageBy = "level"
)

// UsageQuery asks for use by period.
type UsageQuery struct {
	Measure  programme.Measure // default completed
	Grain    civil.Grain       // default month
	By       UsageBy
	From, To civil.Date          // default: the twelve periods that end with On's
	Channels []programme.Channel // default: all for ByChannel, else the digital ones
	Entity   string              // "" for all
	Service  string              // "" for all
}

// UsageSeries is one line of use: Key is a channel, entity, service or level, "" for the whole.
type UsageSeries struct {
	Key    string       `json:"key"`
	Points []UsagePoint `json:"points"`
}

// GrowthQuery asks how use grew from the period before to this one.
type GrowthQuery struct {
	Period   civil.Period
	Measure  programme.Measure   // default completed
	Channels []programme.Channel // default: the digital ones
	Entity   string              // "" for all
}

// Growth compares a period's use with the period before (docs/rules.md#growth-and-use).
type Growth struct {
	Period   civil.Period        `json:"period"`
	Previous civil.Period        `json:"previous"`
	Measure  programme.Measure   `json:"measure"`
	Channels []programme.Channel `json:"channels"`
	// Running says that the period has not ended: its total is to date, and nothing is compared with it.
	Running       bool            `json:"running,omitempty"`
	Total         UsageTotal      `json:"total"`
	PreviousTotal UsageTotal      `json:"previous_total"`
	Naive         programme.Ratio `json:"naive"`
	Comparison
	// LastYear is the same against the same period of the year before.
	LastYear YearOnYear `json:"last_year"`
	// LastLunarYear is the same against the month that held most days of Ramadan a year before, of the month that holds most
	// of them, where that is not the same month (docs/rules.md#same-lunar-month); none otherwise.
	LastLunarYear *YearOnYear   `json:"last_lunar_year,omitempty"`
	Decomposition Decomposition `json:"decomposition"`
	// Streak is the number of periods in a row, ending with Period, whose like-for-like growth is above 0.
	Streak int `json:"streak"`
	// StreakEnd says why the streak is not longer.
	StreakEnd     StreakEnd     `json:"streak_end"`
	Concentration Concentration `json:"concentration"`
}

// Comparison is growth over the lines (service and channel) reported in two periods and partial in neither, and what it
// is over (docs/rules.md#like-for-like).
type Comparison struct {
	LikeForLike programme.Ratio `json:"like_for_like"`
	// Direction is of LikeForLike: flat within one percent, none where nothing is compared
	// (docs/rules.md#rising-flat-and-falling).
	Direction      Direction `json:"direction,omitempty"`
	ServicesInBoth int       `json:"services_in_both"`
	LinesInBoth    int       `json:"lines_in_both"`
	// LeftOut is how many lines were reported in one of the periods or both and are not compared, Partial how many of
	// them for a gap in their events.
	LeftOut int `json:"left_out"`
	Partial int `json:"left_out_partial"`
	// Step names what moved the total another way than the lines that are compared.
	Step Step `json:"step,omitempty"`
}

// YearOnYear is growth against the same period of the year before.
type YearOnYear struct {
	Period civil.Period    `json:"period"`
	Total  UsageTotal      `json:"total"`
	Naive  programme.Ratio `json:"naive"`
	Comparison
}

// Step is a change of a total that comes from who reports, and not from use.
type Step string

// The steps: of services that reported in the later period alone, and of those that reported in the earlier alone.
const (
	StepOfNewReporters    Step = "new_reporters"
	StepOfSilentReporters Step = "silent_reporters"
)

// StreakEnd is why a growth streak is not longer.
type StreakEnd string

// The ends of a growth streak.
const (
	StreakNotGrowing      StreakEnd = "not_growing"
	StreakNoCommonService StreakEnd = "no_common_service"
)

// Decomposition splits the change of use; Existing + New + Lost is the change, exactly, of what is compared: a line that is
// partial in either period is apart.
type Decomposition struct {
	Change   int64 `json:"change"`
	Existing int64 `json:"existing"`
	New      int64 `json:"new"`      // Launched + Returned
	Lost     int64 `json:"lost"`     // Retired + Silent; ≤ 0
	Launched int64 `json:"launched"` // live for the first time in the period
	Returned int64 `json:"returned"` // reported again
	Retired  int64 `json:"retired"`
	Silent   int64 `json:"silent"`
	// Partial is the change of the lines left out.
	Partial int64 `json:"partial"`
}

// Concentration is the share of use of the largest service and of the top five, and the total without them.
type Concentration struct {
	Largest        string          `json:"largest"` // service code
	LargestShare   programme.Ratio `json:"largest_share"`
	TopFiveShare   programme.Ratio `json:"top_five_share"`
	WithoutLargest programme.Count `json:"without_largest"`
	WithoutTopFive programme.Count `json:"without_top_five"`
}

// TakeUp is completed digital ÷ completed in all channels, over services whose every channel is known.
type TakeUp struct {
	Period       civil.Period    `json:"period"`
	Value        programme.Ratio `json:"value"`
	CoveredShare programme.Ratio `json:"covered_share"` // services in it ÷ all live
	// Running says that the period has not ended: there is no value.
	Running  bool `json:"running,omitempty"`
	Services int  `json:"services"` // in it
	Live     int  `json:"live"`
	// DigitalOnly counts services without any other channel: apart, not in Value.
	DigitalOnly          int             `json:"digital_only"`
	DigitalOnlyCompleted programme.Count `json:"digital_only_completed"`
	Digital              programme.Count `json:"digital"`
	All                  programme.Count `json:"all"`
}

// UsageFigures is the use of services on On, for the pages and the workbook.
type UsageFigures struct {
	Month civil.Month `json:"month"`
	// Completed is digital completions in Month.
	Completed UsageTotal `json:"completed"`
	Growth    Growth     `json:"growth"`
	TakeUp    TakeUp     `json:"take_up"`
	// Total, ByChannel (all channels) and ByLevel run over the 36 months that end with Month, or from the first month
	// with use if later.
	Total     UsageSeries   `json:"total"`
	ByChannel []UsageSeries `json:"by_channel"`
	ByLevel   []UsageSeries `json:"by_level"`
	// LikeForLike and TakeUps are the same months' growth and take-up.
	LikeForLike []RatioPoint `json:"like_for_like"`
	TakeUps     []RatioPoint `json:"take_ups"`
	// Top holds the ten services with most digital completions in Month.
	Top []TopService `json:"top"`
}

// RatioPoint is a ratio of one period.
type RatioPoint struct {
	Period civil.Period    `json:"period"`
	Value  programme.Ratio `json:"value"`
}

// TopService is a service with its digital completions and share of the whole.
type TopService struct {
	Service   string          `json:"service"`
	Completed int64           `json:"completed"`
	Share     programme.Ratio `json:"share"`
}
