package web

import (
	"fmt"
	"math/rand/v2"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// The names that no page, chart or table may take for anything but text.
var hostile = []string{
	`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `<img src=x onerror="alert(1)">`,
	`=cmd|' /C calc'!A0`, "\u202eevil\u202c", `{{.}} ${1} "quoted" & 'single'`,
}

// fixtureOn is the day that the fixture's figures describe.
var fixtureOn = civil.NewDate(2016, time.September, 30)

// fixture is a complete, valid sample of figures: 40 entities, 1,400 services, 33 months of use.
// The same every time; a test changes what it is about.
func fixture() *figures.Figures {
	m := maker{random: rand.New(rand.NewPCG(7, 11)), f: &figures.Figures{}}
	m.f.Stamp = figures.Stamp{
		On: fixtureOn, AsAt: time.Date(2016, 10, 5, 11, 5, 0, 0, time.UTC), Provisional: true,
		DataVersion: "81234.55120", RuleVersion: 3, Sample: true,
		Completeness: figures.Completeness{Parts: programme.Parts{Reported: 811, Expected: 842}, Share: programme.RatioOf(811, 842), Grade: "B"},
	}
	m.f.Programme = programme.DefaultSettings()
	m.f.Programme.NameAr = "البرنامج الوطني للخدمات الإلكترونية"
	m.f.Programme.ReportingDate = fixtureOn
	m.f.Programme.Rule.CountExisting = true
	m.f.Programme.Rule.Version = 3
	m.f.Programme.Classification = "Internal"
	m.f.Programme.Sample = true
	m.entities()
	m.services()
	m.progress()
	m.use()
	m.attention()
	m.plans()
	m.f.Ramadan = ramadan()
	return m.f
}

// ramadan is the calendar of the years with use.
func ramadan() programme.Ramadan {
	of := func(from, to civil.Date) programme.CalendarDay {
		return programme.CalendarDay{From: from, To: to, Name: "Ramadan", NameAr: "رمضان"}
	}
	return programme.Ramadan{
		of(civil.NewDate(2014, 6, 29), civil.NewDate(2014, 7, 27)), of(civil.NewDate(2015, 6, 18), civil.NewDate(2015, 7, 16)),
		of(civil.NewDate(2016, 6, 6), civil.NewDate(2016, 7, 5)),
	}
}

type maker struct {
	random *rand.Rand
	f      *figures.Figures
}

var ministries = [][2]string{
	{"Ministry of Interior", "وزارة الداخلية"},
	{"Ministry of Public Health", "وزارة الصحة العامة"},
	{"Ministry of Municipality and Environment", "وزارة البلدية والبيئة"},
	{"Ministry of Justice", "وزارة العدل"},
	{"Ministry of Economy and Commerce", "وزارة الاقتصاد والتجارة"},
	{"Ministry of Education and Higher Education", "وزارة التعليم والتعليم العالي"},
	{"General Authority of Customs", "الهيئة العامة للجمارك"},
	{"Ministry of Transport and Communications", "وزارة المواصلات والاتصالات"},
	{"Ministry of Administrative Development, Labour and Social Affairs", "وزارة التنمية الإدارية والعمل والشؤون الاجتماعية"},
	{"Electricity and Water Corporation", "المؤسسة العامة للكهرباء والماء"},
}

var offers = [][2]string{
	{"Renewal of residence permit", "تجديد رخصة الإقامة"},
	{"Issue of birth certificate", "إصدار شهادة ميلاد"},
	{"Registration of a commercial company", "تسجيل شركة تجارية"},
	{"Payment of traffic violations", "دفع المخالفات المرورية"},
	{"Request for a building permit", "طلب رخصة بناء"},
	{"Certification of academic degrees", "تصديق الشهادات الدراسية"},
	{"Clearance of imported goods", "تخليص البضائع المستوردة"},
	{"Enquiry about a case", "الاستعلام عن قضية"},
}

func (m *maker) entities() {
	for i := range 40 {
		name := ministries[i%len(ministries)]
		e := figures.EntityFigures{Code: fmt.Sprintf("e%02d", i+1), Name: name[0], NameAr: name[1]}
		if i >= len(ministries) {
			e.Name += fmt.Sprintf(", office %d", i/len(ministries)+1)
			e.NameAr += fmt.Sprintf("، المكتب %d", i/len(ministries)+1)
		}
		if i < len(hostile) {
			e.Name, e.NameAr = e.Name+" "+hostile[i], e.NameAr+" "+hostile[i]
		}
		m.f.Entities = append(m.f.Entities, e)
	}
}

func (m *maker) services() {
	for i := range 1400 {
		offer := offers[i%len(offers)]
		s := figures.ServiceFigures{
			Code: fmt.Sprintf("s%04d", i+1), Name: fmt.Sprintf("%s, category %d", offer[0], i/8+1), NameAr: fmt.Sprintf("%s، الفئة %d", offer[1], i/8+1),
			Entity: m.f.Entities[i%40].Code, Audience: "citizens", Mandatory: i%9 == 0,
			Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelCounter},
		}
		if i < len(hostile) {
			s.Name, s.NameAr = hostile[i], hostile[i]
		}
		m.live(&s, i)
		m.f.Services = append(m.f.Services, s)
	}
}

// live gives a service its life: counted, claimed only, planned or offline.
func (m *maker) live(s *figures.ServiceFigures, i int) {
	s.PlannedOn = civil.NewDate(2014, time.Month(1+m.random.IntN(33)), 15)
	s.Slip = programme.CountOf(m.random.IntN(90) - 20)
	s.Trend = m.trend(40+m.random.IntN(400), i%17 == 0)
	switch kind := i % 20; {
	case kind < 12:
		s.Status, s.LaunchedOn, s.Counted = figures.ServiceLive, s.PlannedOn.AddDays(m.random.IntN(40)), true
		s.LevelVerified = programme.Level(1 + m.random.IntN(4))
		s.LevelClaimed = min(4, s.LevelVerified+programme.Level(m.random.IntN(2)))
		s.Completed = s.Trend[len(s.Trend)-1].Total
		s.History = m.history(s)
		s.Dormant, s.Silent = i%31 == 0, i%37 == 0
	case kind < 14:
		s.Status, s.LaunchedOn, s.LevelClaimed = figures.ServiceLive, s.PlannedOn.AddDays(30), 3
		s.Clause = programme.ClauseClaimedNotVerified
	case kind < 18:
		s.Status, s.Clause = figures.ServicePlanned, programme.ClauseNotLaunched
		s.PlannedOn = fixtureOn.AddDays(m.random.IntN(180) - 60)
	default:
		s.Status, s.Clause, s.PlannedOn = figures.ServiceOffline, programme.ClauseNotLaunched, 0
		s.Slip, s.Trend = programme.Count{State: programme.NotApplicable}, nil
	}
}

func (m *maker) history(s *figures.ServiceFigures) []figures.ServiceEvent {
	recorded := s.LaunchedOn.Time().Add(9 * time.Hour)
	return []figures.ServiceEvent{
		{On: s.LaunchedOn, Action: "launch", Channels: s.Channels, Actor: "token/" + hostile[0], RecordedAt: recorded},
		{On: s.LaunchedOn, Action: "claimed", Level: s.LevelClaimed, Actor: "user/agency@example.org", RecordedAt: recorded},
		{On: s.LaunchedOn, Action: "verified", Level: s.LevelVerified, Actor: "user/planner@example.org", RecordedAt: recorded.Add(72 * time.Hour), SameAct: true},
	}
}

// trend is twelve months of use about a size, with a missing month when asked.
func (m *maker) trend(size int, missing bool) []figures.UsagePoint {
	points := make([]figures.UsagePoint, 12)
	for i := range points {
		month := fixtureOn.Month() - 11 + civil.Month(i)
		points[i] = figures.UsagePoint{Period: month.Period(), Total: total(int64(size+size*i/20+m.random.IntN(1+size/5)), 1, 1)}
		if missing && i == 7 {
			points[i].Total = figures.UsageTotal{Count: programme.Count{State: programme.NotProvided}, Parts: programme.Parts{Expected: 1}}
		}
	}
	return points
}

func total(value int64, reported, expected int) figures.UsageTotal {
	return figures.UsageTotal{Count: programme.CountOf(value), Parts: programme.Parts{Reported: reported, Expected: expected}}
}
