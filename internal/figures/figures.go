package figures

import (
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// Question pins what a figure describes and the knowledge it uses (docs/rules.md#on-and-as-at).
type Question struct {
	// On is the date described; none means the programme's reporting date or, unset, today.
	On civil.Date
	// AsAt is the last day of the knowledge used; none means now, marked provisional.
	AsAt civil.Date
}

// Stamp is on every figure, page, answer and workbook.
type Stamp struct {
	On           civil.Date   `json:"on"`
	AsAt         time.Time    `json:"as_at"` // newest fact used, or the end of the asked day
	Provisional  bool         `json:"provisional"`
	DataVersion  string       `json:"data_version"`
	RuleVersion  uint32       `json:"rule_version"`
	Sample       bool         `json:"sample,omitempty"`
	Completeness Completeness `json:"completeness"`
}

// Completeness is service-months received ÷ expected, of the month of On, with its grade A to D ("" when nothing is
// expected).
type Completeness struct {
	programme.Parts
	Share programme.Ratio `json:"share"`
	Grade string          `json:"grade"`
}

// Figures is everything the pages and the workbook show for one date, computed once.
type Figures struct {
	Stamp
	Programme programme.Settings `json:"programme"`
	Verified  Progress           `json:"verified"`
	Claimed   Progress           `json:"claimed"`
	Coverage  Coverage           `json:"coverage"`
	Entities  []EntityFigures    `json:"entities"` // by code
	Services  []ServiceFigures   `json:"services"` // by code; every service of the catalogue on On
	Usage     UsageFigures       `json:"usage"`
	Plans     PlanFigures        `json:"plans"`
	Attention Attention          `json:"attention"`
	// Ramadan is the calendar of that name: charts and tables of time mark its days.
	Ramadan programme.Ramadan `json:"ramadan,omitempty"`
}

// Progress is the way to the goal on one basis (docs/rules.md#the-counting-rule).
type Progress struct {
	Basis   Basis `json:"basis"`
	Goal    int   `json:"goal"`
	Counted int   `json:"counted"`
	// CountedNew leaves out services that existed before the programme; CountedAll includes them; the rule decides
	// which is Counted.
	CountedNew int               `json:"counted_new"`
	CountedAll int               `json:"counted_all"`
	EndToEnd   int               `json:"end_to_end"` // counted at level 3 or 4
	ByLevel    programme.ByLevel `json:"by_level"`   // sums to Counted
	Share      programme.Ratio   `json:"share"`      // counted ÷ goal
	// LastMonth and LastYear are the counts at the end of the previous month and of the same month a year before.
	LastMonth programme.Count `json:"last_month"`
	LastYear  programme.Count `json:"last_year"`

	Plan          programme.Count `json:"plan"` // not_provided without an approved plan
	Variance      programme.Count `json:"variance"`
	ScheduleIndex programme.Ratio `json:"schedule_index"`
	MonthsLeft    int             `json:"months_left"`
	// Reach is what the goal still takes, and what the plans have for it.
	Reach        Reach           `json:"reach"`
	RequiredRate programme.Ratio `json:"required_rate"` // services a month
	// PlanRate is what the plan asks of the next months, services a month: the required rate is judged by it.
	PlanRate   programme.Ratio `json:"plan_rate"`
	RecentRate RecentRate      `json:"recent_rate"`
	SlipMedian programme.Ratio `json:"slip_median"`  // days, over due milestones
	SlipOver30 int             `json:"slip_over_30"` // due milestones more than 30 days late
	Forecast   Forecast        `json:"forecast"`
	NotCounted []ClauseCount   `json:"not_counted"` // in the order of the clauses; only those present
	// Series runs from the month before the programme's start to the later of the target month and On's month.
	Series []ProgressMonth `json:"series"`
}

// RecentRate is the mean number of newly counted services a month over the last ended months.
type RecentRate struct {
	Months3 programme.Ratio `json:"months_3"`
	Months6 programme.Ratio `json:"months_6"`
}

// Forecast is the count at the target date, as drawn from the open milestones (docs/rules.md#the-forecast); its bands
// by month are in the series.
type Forecast struct {
	forecast.Bands
	// Probability is the share of draws that reach the goal by the target date.
	Probability programme.Ratio `json:"probability"`
	// Method is a code, worded by i18n: forecast.method.<code>.
	Method string `json:"method"`
	// Coverage is the share of back-tested points inside the 80 % band, see Backtest; not_provided without any.
	Coverage programme.Ratio `json:"coverage"`
	// Scale is the factor on the half-widths of the 80 % band that past errors ask for (docs/rules.md#pool-of-forecasters).
	Scale programme.Ratio `json:"scale"`
	// Widened says that the 80 % bands given so far held fewer than 60 % of what came, so that these were widened until
	// they would have held four in five, and are not called 80 % bands.
	Widened bool `json:"widened"`
	// Open milestones are drawn, from the history of the finished ones.
	Open     int `json:"open"`
	Finished int `json:"finished"`
}

// ClauseCount is how many services a clause of the rule keeps from counting.
type ClauseCount struct {
	Clause   programme.Clause `json:"clause"`
	Services int              `json:"services"`
}

// ProgressMonth is one point of the burn-up: at the month's end, or on On within On's own month.
type ProgressMonth struct {
	Month       civil.Month       `json:"month"`
	Counted     programme.Count   `json:"counted"`      // not_requested after On
	EndToEnd    programme.Count   `json:"end_to_end"`   // not_requested after On
	ByLevel     programme.ByLevel `json:"by_level"`     // zeros after On
	Plan        programme.Count   `json:"plan"`         // original dates
	CurrentPlan programme.Count   `json:"current_plan"` // newest approved revision
	// Forecast runs from On's month, where it is what is counted, to the target month; not_requested elsewhere.
	Forecast forecast.Bands `json:"forecast"`
}

// Coverage is services on a digital channel ÷ all in the catalogue not retired.
type Coverage struct {
	Services int             `json:"services"` // the denominator
	Digital  int             `json:"digital"`
	Web      int             `json:"web"`
	Mobile   int             `json:"mobile"`
	Both     int             `json:"both"`
	Share    programme.Ratio `json:"share"`
	// MobileShare is mobile ÷ services.
	MobileShare programme.Ratio `json:"mobile_share"`
	// LastMonthServices is the denominator a month earlier.
	LastMonthServices programme.Count `json:"last_month_services"`
}

// Status is the standing of an entity, a milestone or a headline figure, by rule: one vocabulary on every page, in
// every answer and in the workbook.
type Status string

// The statuses of entities and headline figures, then those that only a milestone has.
const (
	StatusOnTrack Status = "on_track"
	StatusAtRisk  Status = "at_risk"
	StatusLate    Status = "late"
	StatusNoData  Status = "no_data"
	StatusDone    Status = "done"

	// StatusAwaitingVerification waits for the programme office, StatusDue is due within 90 days, StatusPlanned later.
	StatusAwaitingVerification Status = "awaiting_verification"
	StatusDue                  Status = "due"
	StatusPlanned              Status = "planned"
)

// StatusReason holds the figures behind a status (docs/rules.md#status-of-an-entity): i18n words it.
type StatusReason struct {
	Due        int `json:"due"`          // milestones due on On
	Done       int `json:"done"`         // of all milestones
	Late       int `json:"late"`         // due and not live
	LateOver30 int `json:"late_over_30"` // of those, more than 30 days
	Milestones int `json:"milestones"`
	// AwaitingVerification are live and claimed, and wait for the programme office: not the entity's lateness.
	AwaitingVerification int `json:"awaiting_verification"`
}

// EntityFigures is one entity's scorecard.
type EntityFigures struct {
	Code          string            `json:"code"`
	Name          string            `json:"name"`
	NameAr        string            `json:"name_ar"`
	Services      int               `json:"services"` // in the catalogue, not retired
	Live          int               `json:"live"`
	Counted       int               `json:"counted"`
	EndToEnd      int               `json:"end_to_end"`
	ByLevel       programme.ByLevel `json:"by_level"`       // counted, verified basis
	ClaimedLevels programme.ByLevel `json:"claimed_levels"` // counted, claimed basis
	Plan          programme.Count   `json:"plan"`
	Variance      programme.Count   `json:"variance"`
	ScheduleIndex programme.Ratio   `json:"schedule_index"`
	SlipMedian    programme.Ratio   `json:"slip_median"` // days
	SlipOver30    int               `json:"slip_over_30"`
	Completed     UsageTotal        `json:"completed"` // digital completions in the last ended month
	// Comparison is of that month with the month before, over what the entity reported itself.
	Comparison
	TakeUp       programme.Ratio `json:"take_up"`
	Completeness Completeness    `json:"completeness"`
	Status       Status          `json:"status"`
	Reason       StatusReason    `json:"reason"`
	// Trend is digital completions of the twelve months that end with the last ended one.
	Trend []UsagePoint `json:"trend"`
	// Series is counted services at the end of each of the twelve months that end with On's month, beside the plan.
	Series []ProgressMonth `json:"series"`
}

// ServiceStatus is the stage of a service's life on a date.
type ServiceStatus string

// The statuses of a service; one neither launched nor planned is listed only under all.
const (
	ServiceLive    ServiceStatus = "live"
	ServicePlanned ServiceStatus = "planned"
	ServiceRetired ServiceStatus = "retired"
	ServiceOffline ServiceStatus = "offline"
)

// ServiceFigures is one service on a date.
type ServiceFigures struct {
	Code          string              `json:"code"`
	Name          string              `json:"name"`
	NameAr        string              `json:"name_ar"`
	Entity        string              `json:"entity"`
	Audience      string              `json:"audience"`
	Mandatory     bool                `json:"mandatory"`
	Status        ServiceStatus       `json:"status"`
	Channels      []programme.Channel `json:"channels"` // on On, after channels were added and removed
	DependsOn     []string            `json:"depends_on"`
	LaunchedOn    civil.Date          `json:"launched_on"`
	RetiredOn     civil.Date          `json:"retired_on"`
	LevelClaimed  programme.Level     `json:"level_claimed"`  // 0: none
	LevelVerified programme.Level     `json:"level_verified"` // 0: none
	Counted       bool                `json:"counted"`
	Clause        programme.Clause    `json:"clause"`         // the first that fails; "" when counted
	ClaimedClause programme.Clause    `json:"claimed_clause"` // the same on the claimed basis
	Existed       bool                `json:"existed"`        // before the programme, verified basis
	// ClaimedExisted is the same on the claimed basis.
	ClaimedExisted bool       `json:"claimed_existed"`
	PlannedOn      civil.Date `json:"planned_on"`  // original
	ExpectedOn     civil.Date `json:"expected_on"` // none when it has passed
	// NoDateGiven says of an open milestone that no date still to come is given for it.
	NoDateGiven bool            `json:"no_date_given"`
	Slip        programme.Count `json:"slip"` // days; open slip when not live
	Dormant     bool            `json:"dormant"`
	Silent      bool            `json:"silent"`
	// WithoutNumbers says that what came in the last two due periods is states without a value
	// (docs/rules.md#silent-and-without-numbers).
	WithoutNumbers bool       `json:"without_numbers"`
	Completed      UsageTotal `json:"completed"` // digital completions in the last ended month
	// History lists each change of launch, level, channel and retirement, oldest first.
	History []ServiceEvent `json:"history"`
	// Trend is digital completions of the twelve months that end with the last ended one.
	Trend []UsagePoint `json:"trend"`
}

// ServiceEvent is one line of a service's history.
type ServiceEvent struct {
	On         civil.Date          `json:"on"`
	Action     string              `json:"action"` // an Action, or claimed, verified
	Level      programme.Level     `json:"level"`
	Channels   []programme.Channel `json:"channels"`
	Actor      string              `json:"actor"`
	RecordedAt time.Time           `json:"recorded_at"`
	// SameAct says that an administrator's import claimed and verified the level at once.
	SameAct bool `json:"same_act"`
}

// Attention lists the codes of what needs a decision, worst first.
type Attention struct {
	Late               []LateMilestone `json:"late"`
	Dormant            []string        `json:"dormant"`              // services
	Silent             []string        `json:"silent"`               // services
	WithoutNumbers     []string        `json:"without_numbers"`      // services
	ClaimedNotVerified []string        `json:"claimed_not_verified"` // services
	// LateEntities are those whose status is late.
	LateEntities []string `json:"late_entities"`
	// BehindPlan counts entities whose counted services are fewer than planned.
	BehindPlan int `json:"behind_plan"`
}

// LateMilestone is a due milestone that is not live.
type LateMilestone struct {
	Service   string          `json:"service"`
	Entity    string          `json:"entity"`
	Level     programme.Level `json:"level"`
	PlannedOn civil.Date      `json:"planned_on"`
	Days      int             `json:"days"`
}
