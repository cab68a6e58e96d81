package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// fewServices are services of two entities, each in another state.
func fewServices() *figures.Figures {
	f := fixture()
	f.Services = f.Services[20:26]
	f.Attention = figures.Attention{}
	for i, c := range []struct {
		code, name, arabic, entity string
		status                     figures.ServiceStatus
		verified, claimed          programme.Level
		counted                    bool
		clause                     programme.Clause
	}{
		{"birth", "Birth certificate", "شهادة ميلاد", "e11", figures.ServiceLive, 4, 4, true, ""},
		{"build", "Building permit", "رخصة بناء", "e11", figures.ServiceLive, 3, 3, true, ""},
		{"cargo", "Clearance of cargo", "تخليص البضائع", "e12", figures.ServiceLive, 0, 3, false, programme.ClauseClaimedNotVerified},
		{"drive", "Driving licence", "رخصة قيادة", "e12", figures.ServicePlanned, 0, 0, false, programme.ClauseNotLaunched},
		{"enrol", "Enrolment", "التسجيل", "e12", figures.ServiceRetired, 2, 2, false, programme.ClauseRetired},
		{"fines", "Fines", "المخالفات", "e11", figures.ServiceOffline, 0, 0, false, programme.ClauseNotLaunched},
	} {
		s := &f.Services[i]
		s.Code, s.Name, s.NameAr, s.Entity, s.Status = c.code, c.name, c.arabic, c.entity, c.status
		s.LevelVerified, s.LevelClaimed, s.Counted, s.Clause = c.verified, c.claimed, c.counted, c.clause
		s.Dormant, s.Silent, s.Completed = false, false, figures.UsageTotal{Count: programme.CountOf(100 * i)}
		s.DependsOn, s.History, s.RetiredOn = nil, nil, 0
	}
	f.Attention.Dormant, f.Attention.ClaimedNotVerified = []string{"birth"}, []string{"cargo"}
	f.Attention.Late = []figures.LateMilestone{{Service: "drive", Entity: "e12", Level: 3, PlannedOn: fixtureOn.AddDays(-4), Days: 4}}
	return f
}

func TestServicesAreFoundByEveryFilter(t *testing.T) {
	server := site(t, fixed{figures: fewServices()}, &executive)
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"those that are live, unless asked otherwise", "", []string{"birth", "build", "cargo"}},
		{"of any status", "status=all", []string{"birth", "build", "cargo", "drive", "enrol", "fines"}},
		{"planned", "status=planned", []string{"drive"}},
		{"retired", "status=retired", []string{"enrol"}},
		{"not online", "status=offline", []string{"fines"}},
		{"of an entity", "status=all&entity=e11", []string{"birth", "build", "fines"}},
		{"of a verified level", "level=3", []string{"build"}},
		{"counted", "counted=true", []string{"birth", "build"}},
		{"not counted", "counted=false", []string{"cargo"}},
		{"dormant", "attention=dormant", []string{"birth"}},
		{"late", "attention=late&status=all", []string{"drive"}},
		{"silent, of which there are none", "attention=silent", nil},
		{"claimed and not verified", "attention=claimed_not_verified", []string{"cargo"}},
		{"an attention that is none asks for nothing", "attention=happy", []string{"birth", "build", "cargo"}},
		{"by a part of the name", "q=permit", []string{"build"}},
		{"by the Arabic name", "q=%D8%B1%D8%AE%D8%B5%D8%A9&status=all", []string{"build", "drive"}},
		{"by the code", "q=CARGO", []string{"cargo"}},
		{"by all at once", "q=b&entity=e11&level=4&counted=true&attention=dormant", []string{"birth"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := opened(t, server, "/en/services?"+c.query)
			page.lists("#results tbody th .code", c.want...)
			want := strconv.Itoa(len(c.want)) + " services found"
			if len(c.want) == 1 {
				want = "1 service found"
			}
			page.says("#results h2", want)
			if len(c.want) == 0 {
				page.says("#results .nothing", "No service matches. Try another search or fewer filters.")
				page.holds("nav.pager", 0)
			}
		})
	}
}

func TestTheFiltersShowWhatWasAsked(t *testing.T) {
	server := site(t, fixed{figures: fewServices()}, &executive)
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := opened(
			t,
			server,
			"/"+language+"/services?q=permit&entity=e11&level=3&status=all&counted=true&attention=late&page=2&as_at=2016-10-05",
		)
		for name, want := range map[string]string{
			"q": "permit", "entity": "e11", "level": "3", "status": "all", "counted": "true", "attention": "late",
		} {
			if got := page.chosen(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if hidden := page.attributes("form.filters input[type=hidden]", "name"); !slices.Equal(hidden, []string{"as_at"}) {
			t.Errorf("it takes along %q", hidden)
		}
		usual := opened(t, server, "/"+language+"/services")
		if usual.chosen("status") != "live" || usual.chosen("entity") != "" || usual.chosen("level") != "" {
			t.Error("without a question the filters ask for something")
		}
		// The script that swaps the results in place asks what the form asks.
		if form := usual.Find("form.filters"); form.AttrOr("data-hx-get", "") != form.AttrOr("action", "none") {
			t.Error("the script asks another page than the form")
		}
		usual.holds(`script[src*="filters"]`, 1)
		usual.holds("#results[aria-live=polite]", 1)
	})
}

func TestAFilterThatCannotBeReadIsRefused(t *testing.T) {
	server := site(t, fixed{figures: fewServices()}, &executive)
	for _, path := range []string{
		"/services?level=9", "/services?level=high", "/usage?measure=smiles", "/usage?grain=century", "/usage?by=colour",
		"/?on=yesterday", "/entities?as_at=2016-13-01", "/quality?on=30.9.20x6", "/definitions?on=x", "/reports?on=x",
	} {
		bothLanguages(t, func(t *testing.T, language string) {
			t.Helper()
			page := opened(t, server, "/"+language+path)
			page.answers(http.StatusBadRequest)
			page.holds("main data, main table", 0)
			page.leads(".gate a", "/"+language+"/")
			if language == "en" {
				page.says("h1", "This address can't be read")
			}
			if page.Header.Get("ETag") != "" {
				t.Errorf("%s has a name to be kept by", path)
			}
		})
	}
}

func TestAServicesRowSaysWhetherItCounts(t *testing.T) {
	page := overFigures(t, fewServices(), executive, "/en/services?status=all")
	page.lists("#results tbody td:nth-of-type(5)",
		"✓ Yes", "✓ Yes", "No: Level claimed but not verified", "No: Not launched by this date", "No: Retired by this date",
		"No: Not launched by this date")
	page.lists("#results tbody td:nth-of-type(2)", "Live", "Live", "Live", "Planned", "Retired", "Not online")
	page.lists("#results tbody td:nth-of-type(4)",
		"4 · Integrated", "3 · Transactional", "No level", "No level", "2 · Interactive", "No level")
	page.lists("#results tbody td:nth-of-type(3)",
		"4 · Integrated", "3 · Transactional", "3 · Transactional", "No level", "2 · Interactive", "No level")
	page.gives("services.build.completed", "100", "100")
	page.leads("#results tbody tr:first-child td a", "/en/entities/e11")
}

func TestServicesComeInPages(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	first := opened(t, server, "/en/services?status=all&level=2&on=2016-09-30")
	first.holds("#results tbody tr", 50)
	first.leads("nav.pager a[rel=next]", "/en/services?level=2&on=2016-09-30&page=2&status=all")
	first.holds("nav.pager a[rel=prev]", 0)
	second := opened(t, server, "/en/services?status=all&level=2&on=2016-09-30&page=2")
	second.leads("nav.pager a[rel=prev]", "/en/services?level=2&on=2016-09-30&page=1&status=all")
	if first.texts("#results tbody th .code")[0] == second.texts("#results tbody th .code")[0] {
		t.Error("both pages begin with the same service")
	}
}

func TestAnAgencyFindsItsOwnServices(t *testing.T) {
	server := site(t, fixed{figures: fewServices()}, new(agencyOf("e11")))
	page := opened(t, server, "/en/services?status=all")
	page.lists("#results tbody th .code", "birth", "build", "fines")
	if options := page.attributes("select[name=entity] option", "value"); !slices.Equal(options, []string{"", "e11"}) {
		t.Errorf("it may choose %q", options)
	}
	opened(t, server, "/en/services?status=all&entity=e12").holds("#results tbody tr", 0)
	opened(t, server, "/en/services?status=all&attention=claimed_not_verified").holds("#results tbody tr", 0)
}

func TestAServicesPageSaysWhereItStands(t *testing.T) {
	f := fewServices()
	server := site(t, fixed{figures: f}, &executive)
	for _, c := range []struct {
		code, counted, status, claimed, verified string
	}{
		{"birth", "✓ Counted on 30 September 2016.", "Live", "4 · Integrated", "4 · Integrated"},
		{"cargo", "Not counted. Level claimed but not verified.", "Live", "3 · Transactional", "No level"},
		{"drive", "Not counted. Not launched by this date.", "Planned", "No level", "No level"},
		{"enrol", "Not counted. Retired by this date.", "Retired", "2 · Interactive", "2 · Interactive"},
	} {
		t.Run(c.code, func(t *testing.T) {
			page := opened(t, server, "/en/services/"+c.code)
			page.answers(http.StatusOK)
			page.says(".panel .remark", c.counted)
			page.says(".lead .tag", c.status)
			page.says(".lead .code", c.code)
			page.lists(".panel dl:first-of-type dd", c.claimed, c.verified)
		})
	}
}

// A service has its name in the page's language, and the other one beside it.
func TestAServiceHasBothItsNames(t *testing.T) {
	f := fewServices()
	server := site(t, fixed{figures: f}, &executive)
	english := opened(t, server, "/en/services/build?on=2016-09-30")
	english.says("h1", "Building permit")
	english.says(".lead bdi[lang=ar][dir=rtl]", "رخصة بناء")
	english.leads("p.path a", "/en/entities/e11?on=2016-09-30")
	arabic := opened(t, server, "/ar/services/build")
	arabic.says("h1", "رخصة بناء")
	arabic.says(".lead bdi[lang=en][dir=ltr]", "Building permit")
	f.Services[1].NameAr = ""
	alone := opened(t, server, "/ar/services/build")
	alone.says("h1", "Building permit")
	alone.holds(".lead bdi[lang]", 0)
}

func TestAServicesFactsAreWordedAlsoWhenUnknown(t *testing.T) {
	f := fewServices()
	full, bare := &f.Services[0], &f.Services[1]
	full.Mandatory, full.Audience = true, "astronauts"
	full.Channels = []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}
	full.LaunchedOn, full.PlannedOn, full.ExpectedOn = civil.NewDate(
		2016,
		time.March,
		1,
	), civil.NewDate(
		2016,
		time.February,
		1,
	), civil.NewDate(
		2016,
		time.March,
		3,
	)
	full.Slip, full.RetiredOn = programme.CountOf(29), civil.NewDate(2017, time.January, 1)
	full.DependsOn = []string{"e12", "e13"}
	bare.Mandatory, bare.Audience, bare.Channels = false, "", nil
	bare.Slip, bare.Completed = programme.Count{
		State: programme.NotApplicable,
	}, figures.UsageTotal{
		Count: programme.Count{State: programme.NotProvided},
	}
	server := site(t, fixed{figures: f}, &executive)
	facts := func(page shown) map[string]string {
		found := map[string]string{}
		terms, texts := page.texts(".panel dl:last-of-type dt"), page.texts(".panel dl:last-of-type dd")
		for i, term := range terms {
			found[term] = texts[i]
		}
		return found
	}
	got := facts(opened(t, server, "/en/services/birth"))
	for term, want := range map[string]string{
		"Audience": "astronauts", "On the mandatory list": "Yes", "Launched": "1 March 2016", "Planned go-live": "1 February 2016",
		"Expected go-live": "3 March 2016", "Slip, days": "29", "Retired": "1 January 2017",
	} {
		if got[term] != want {
			t.Errorf("%s: %q, want %q", term, got[term], want)
		}
	}
	if !strings.Contains(got["Channels"], ", ") || !strings.Contains(got["Depends on"], ", ") {
		t.Errorf("lists are %q and %q", got["Channels"], got["Depends on"])
	}
	got = facts(opened(t, server, "/en/services/build"))
	for term, want := range map[string]string{
		"Audience": "not provided", "On the mandatory list": "No", "Channels": "None yet", "Slip, days": "not applicable",
	} {
		if got[term] != want {
			t.Errorf("%s: %q, want %q", term, got[term], want)
		}
	}
	if _, there := got["Retired"]; there || got["Depends on"] != "" {
		t.Errorf("it has %q", got)
	}
}

func TestAServiceIsFlaggedForWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name            string
		dormant, silent bool
		want            []string
	}{
		{"neither", false, false, nil},
		{"dormant", true, false, []string{"Dormant: live for 90 days or more and hardly used."}},
		{"silent", false, true, []string{"Not reporting: nothing was received for the last two due periods."}},
		{"both", true, true, []string{
			"Dormant: live for 90 days or more and hardly used.", "Not reporting: nothing was received for the last two due periods.",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fewServices()
			f.Services[0].Dormant, f.Services[0].Silent = c.dormant, c.silent
			overFigures(t, f, executive, "/en/services/birth").lists(".flag", c.want...)
		})
	}
}

func TestAServicesHistoryIsListedAsItHappened(t *testing.T) {
	f := fewServices()
	recorded := time.Date(2016, time.March, 4, 9, 30, 0, 0, time.UTC)
	f.Services[0].History = []figures.ServiceEvent{
		{
			On:         civil.NewDate(2016, time.March, 1),
			Action:     "launch",
			Channels:   []programme.Channel{programme.ChannelWeb},
			Actor:      "token/" + hostile[0],
			RecordedAt: recorded,
		},
		{On: civil.NewDate(2016, time.March, 1), Action: "verified", Level: 3, Actor: "user/p", RecordedAt: recorded, SameAct: true},
		{On: civil.NewDate(2016, time.March, 2), Action: "sang", Actor: "user/p", RecordedAt: recorded},
	}
	server := site(t, fixed{figures: f}, &executive)
	page := opened(t, server, "/en/services/birth")
	rows := page.Find(`section[aria-labelledby="history"] tbody tr`)
	if rows.Length() != 3 {
		t.Fatalf("%d rows", rows.Length())
	}
	if got := textOf(rows.Eq(0)); !strings.HasPrefix(got, "1 March 2016") || !strings.Contains(got, hostile[0]) {
		t.Errorf("the launch is %q", got)
	}
	if got := textOf(rows.Eq(1)); !strings.Contains(got, "claimed and verified in one step") || !strings.Contains(got, "Transactional") {
		t.Errorf("the verification is %q", got)
	}
	if got := textOf(rows.Eq(2).Find("td").First()); got != "sang" {
		t.Errorf("what has no words is %q", got)
	}
	if got := textOf(rows.Eq(0).Find("td").Last()); !strings.Contains(got, "12:30") { // in Qatar
		t.Errorf("it was recorded %q", got)
	}
	opened(t, server, "/en/services/build").says(`section[aria-labelledby="history"] .nothing`, "Nothing recorded by these dates.")
}

func TestAServicesClaimsAreWhereItsReaderWorks(t *testing.T) {
	for _, c := range []struct {
		person access.Principal
		want   string
	}{
		{executive, ""},
		{access.Principal{ID: "user/p", Role: access.RolePlanner}, "/en/review/claims?service=birth"},
		{access.Principal{ID: "user/a", Role: access.RoleAuditor}, "/en/claims/birth"},
		{access.Principal{ID: "user/m", Role: access.RoleAdmin}, "/en/claims/birth"},
		{agencyOf("e11"), "/en/claims/birth"},
	} {
		page := overFigures(t, fewServices(), c.person, "/en/services/birth")
		if got := attribute(page.Find(`main a[href*="claims"]`), "href"); got != c.want {
			t.Errorf("%s is led to %q, want %q", c.person.Role, got, c.want)
		}
	}
}

func TestAServicesUseIsSaidAboveItsChart(t *testing.T) {
	f := fewServices()
	f.Services[1].Completed = figures.UsageTotal{Count: programme.CountOf(1)}
	f.Services[2].Completed = figures.UsageTotal{Count: programme.Count{State: programme.NotProvided}}
	server := site(t, fixed{figures: f}, &executive)
	month := english(t).Month(f.Usage.Month)
	for code, want := range map[string]string{
		"birth": "No digital completions in " + month, "build": "1 digital completion in " + month,
		"cargo": "Digital completions in " + month + ": not provided",
	} {
		page := opened(t, server, "/en/services/"+code)
		page.says("#chart-service-use figcaption h3", want)
		page.leads("#chart-service-use a[download]", "/charts/service-use.csv?lang=en&service="+code)
	}
}

func TestAServiceThatIsNotSeenIsNotFound(t *testing.T) {
	for _, c := range []struct {
		path string
		want int
	}{
		{"/en/services/birth", http.StatusOK},
		{"/en/services/cargo", http.StatusNotFound},
		{"/en/services/none", http.StatusNotFound},
		{"/charts/service-use.csv?service=birth", http.StatusOK},
		{"/charts/service-use.csv?service=cargo", http.StatusNotFound},
		{"/charts/service-use.csv", http.StatusNotFound},
		{"/charts/service-use", http.StatusNotFound},
		{"/charts/entity-use.csv?entity=e11", http.StatusOK},
		{"/charts/entity-use.csv?entity=e12", http.StatusNotFound},
		{"/charts/entity-progress.csv?entity=e12", http.StatusNotFound},
		{"/charts/nothing.csv", http.StatusNotFound},
	} {
		overFigures(t, fewServices(), agencyOf("e11"), c.path).answers(c.want)
	}
}

// noted serves a page as the guard does and returns what was noted against its reader.
func noted(t *testing.T, path string, person access.Principal) programme.TokenRefusal {
	t.Helper()
	verdict := &access.Verdict{}
	server := site(t, fixed{figures: fewServices()}, nil)
	handler := server.Config.Handler
	server.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		ctx := access.WithVerdict(access.WithPrincipal(r.Context(), person), verdict)
		handler.ServeHTTP(rw, r.WithContext(ctx))
	})
	get(t, server, path)
	return verdict.Refused()
}

// Whoever asks for another entity's detail is written down, whichever page they ask.
func TestAskingForAnotherEntitysDetailIsNoted(t *testing.T) {
	for path, want := range map[string]programme.TokenRefusal{
		"/en/services/cargo": programme.TokenOtherEntity, "/en/services/birth": "", "/en/services/none": "",
		"/en/entities/e12": programme.TokenOtherEntity, "/en/entities/e11": "", "/en/entities/none": "",
		"/charts/entity-use.csv?entity=e12": programme.TokenOtherEntity, "/charts/service-use.csv?service=cargo": programme.TokenOtherEntity,
	} {
		if got := noted(t, path, agencyOf("e11")); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
