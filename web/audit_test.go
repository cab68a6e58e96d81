package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"mirsad/internal/access"
	"mirsad/internal/audit"
)

// auditor reads the whole audit record.
var auditor = access.Principal{ID: "user/auditor@example.org", Name: "The Auditor", Role: access.RoleAuditor}

// recorded is an audit record that holds rows for good.
type recorded []audit.Row

func (recorded) AppendAudit(context.Context, []audit.Row) error { return nil }

func (recorded) AuditHeads(context.Context, string) ([]audit.Head, error) { return nil, nil }

func (r recorded) AuditRows(_ context.Context, f audit.Filter, after audit.Cursor, limit int) ([]audit.Row, error) {
	var rows []audit.Row
	for _, row := range slices.Backward(r) {
		fits := (f.Entity == "" || row.Entity == f.Entity) && (f.Action == "" || row.Action == f.Action)
		if fits && (after.Seq == 0 || row.Seq < after.Seq) && len(rows) < limit {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// auditRows are rows of every action, of both outcomes and of hostile text.
func auditRows() recorded {
	var rows recorded
	var head audit.Row
	actors := append([]string{"anonymous", "system", "operator/root", "token/T1"}, hostile...)
	reasons := []string{"", "forbidden", "status_409", "", hostile[0], "wrong_password"}
	for i := range 60 {
		action := audit.Actions()[i%len(audit.Actions())]
		row := audit.Row{
			RecordedAt: time.Date(2016, 9, 30, 21, 0, i, 123_000, time.UTC), Request: "0123456789abcdef",
			Actor: actors[i%len(actors)], Role: []string{"planner", "read,events", ""}[i%3],
			Entity: []string{"", "e01", "e02"}[i%3],
			Action: action, Object: hostile[i%len(hostile)], Before: `{"name":"` + hostile[i%len(hostile)] + `"}`,
			Outcome: audit.Done, Reason: reasons[i%len(reasons)],
		}
		if row.Reason != "" {
			row.Outcome = audit.Refused
		}
		row.Follow("CHAIN", head.Seq, head.Hash)
		head = row
		rows = append(rows, row)
	}
	return rows
}

func auditOf(t *testing.T) *audit.Recorder {
	t.Helper()
	audit, err := audit.New(audit.Configuration{Zone: qatar},
		audit.Dependencies{
			Store: auditRows(), Logger: slog.New(slog.DiscardHandler),
			Now: func() time.Time { return fixtureOn.Time() },
		})
	if err != nil {
		t.Fatal(err)
	}
	return audit
}

func TestTheAuditPageListsTheNewestRows(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &auditor)
	for _, each := range []struct {
		language, heading, lead, when, show string
		columns, facts                      []string
		actors, outcomes                    []string
	}{
		{
			"en", "50 entries, newest first", "Who did what, when and how it ended. Entries are only ever added; " +
				"mirsad verify proves that none was altered, removed or moved.", "1 October 2016, 00:00:59", "Show",
			[]string{"When", "Who", "Action", "Object", "Entity", "Outcome", "Details"},
			[]string{"Before", "Request", "Place in the chain", "Hash"},
			[]string{"Nobody signed in Planner", "Mirsad itself read,events", "Operator root", "token/T1 Planner"},
			[]string{
				"✓ Done", "✕ Refused: not allowed", "✕ Refused: answered with 409", "✓ Done",
				"✕ Refused: " + hostile[0],
				"✕ Refused: wrong address or password",
			},
		},
		{
			"ar", "50 قيدًا، الأحدث أولًا", "من فعل ماذا ومتى وكيف انتهى الأمر. لا يُحذف من السجل شيء بل يُضاف إليه " +
				"فقط، ويثبت الأمر mirsad verify أنه لم يُعدَّل فيه قيد ولم يُحذف ولم يُنقل.", "1 أكتوبر 2016، الساعة 00:00:59",
			"عرض",
			[]string{"الوقت", "صاحب الإجراء", "الإجراء", "العنصر المعني", "الجهة", "النتيجة", "التفاصيل"},
			[]string{"قبل", "رقم الطلب", "الموضع في السلسلة", "البصمة"},
			[]string{
				"شخص لم يسجّل الدخول مسؤول تخطيط", "نظام مرصد نفسه read,events", "مشغّل النظام root", "token/T1 مسؤول تخطيط",
			},
			[]string{
				"✓ تم", "✕ مرفوض: غير مسموح", "✕ مرفوض: كان الرد 409", "✓ تم", "✕ مرفوض: " + hostile[0],
				"✕ مرفوض: عنوان أو كلمة مرور غير صحيحة",
			},
		},
	} {
		list := see(t, server, "/"+each.language+"/audit").is(http.StatusOK).says("main h2", each.heading).
			says("p.lead", each.lead)
		list.says("thead th", each.columns...).says("tbody tr:first-child time", each.when).
			says("tbody tr:first-child dt", each.facts...)
		if n := list.Find("tbody tr").Length(); n != 50 {
			list.fails("%d rows", n)
		}
		// From row 30 on the actors and the reasons of auditRows begin anew.
		for i, actor := range each.actors {
			list.says(rowOfAudit(30+i)+" td:nth-of-type(1)", actor)
		}
		for i, outcome := range each.outcomes {
			list.says(rowOfAudit(30+i)+" td:nth-of-type(5)", outcome)
		}
		list.says(rowOfAudit(36)+" td:nth-of-type(3)", hostile[0]).has(rowOfAudit(31)+" .tag", rowOfAudit(30)+" .yes")
		list.says(rowOfAudit(36)+" dd:nth-of-type(1)", `{"name":"`+hostile[0]+`"}`).
			says(rowOfAudit(36)+" dd:nth-of-type(3)", "CHAIN/37")
		list.has(`tbody tr:first-child time[datetime="2016-09-30T21:00:59.000123Z"]`, "!main [role=alert]",
			"!p.nothing")
		if kept := list.Header.Get("Cache-Control"); kept != "no-store" {
			list.fails("it is kept as %q", kept)
		}
	}
}

// rowOfAudit selects a row of the first page of auditRows by its number, from 0.
func rowOfAudit(number int) string { return fmt.Sprintf("tbody tr:nth-child(%d)", 60-number) }

func TestTheSearchOfTheAuditRecord(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &auditor)
	for language, labels := range map[string][]string{
		"en": {"Who", "Object", "Action", "Outcome", "Entity", "From", "To"},
		"ar": {"صاحب الإجراء", "العنصر المعني", "الإجراء", "النتيجة", "الجهة", "من تاريخ", "إلى تاريخ"},
	} {
		form := see(t, server, "/"+language+"/audit?"+url.Values{
			"actor": {hostile[0]}, "object": {"user/"}, "action": {"export"}, "outcome": {"refused"}, "entity": {"e01"},
			"from": {"2016-09-01"}, "to": {"2016-09-30"},
		}.Encode()).is(http.StatusOK)
		for i, name := range []string{"actor", "object", "action", "outcome", "entity", "from", "to"} {
			label := form.Find("form[role=search] [name=" + name + "]").Closest("label").Clone()
			label.Find("select").Remove()
			if textOf(label) != labels[i] {
				form.fails("%s is called %q", name, textOf(label))
			}
		}
		form.holds("[name=actor]", hostile[0], "[name=object]", "user/", "[name=action]", "export",
			"[name=outcome]", "refused",
			"[name=entity]", "e01", "[name=from]", "2016-09-01", "[name=to]", "2016-09-30")
		form.has(`form[role=search][method=get][action="/` + language + `/audit"]`)
		if n := form.Find("[name=action] option").Length(); n != len(audit.Actions())+1 {
			form.fails("%d actions to choose", n)
		}
	}
	all := auditRows()
	exports := slices.DeleteFunc(slices.Clone(all), func(r audit.Row) bool { return r.Action != audit.Export })
	found := see(t, server, "/en/audit?action=export&entity=&from=2016-09-01&on=2016-09-30")
	if n := found.Find("tbody tr").Length(); n != len(exports) || n == 0 {
		found.fails("%d of %d rows", n, len(exports))
	}
	found.has(`a[download][href="/v1/audit.csv?action=export&from=2016-09-01"]`, "!a[rel=next]", "!a[rel=first]")
	nobody := see(t, server, "/en/audit?action=export&entity=none").is(http.StatusOK)
	nobody.says("p.nothing", "No entry matches. Widen the dates or clear a filter.").
		has("!table", "!a[download]")
	see(t, server, "/ar/audit?entity=none").
		says("p.nothing", "لا يوجد قيد يوافق هذا البحث. وسِّع المدة أو احذف أحد شروط البحث.").says("main h2", "لا قيود")
}

func TestTheAuditPageGoesOn(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &auditor)
	for language, texts := range map[string][]string{
		"en": {"Older entries", "10 older entries", "Newest entries"}, "ar": {"قيود أقدم", "10 قيود أقدم", "أحدث القيود"},
	} {
		at := "/" + language + "/audit"
		first := see(t, server, at+"?from=2016-09-01").says("a[rel=next]", texts[0]).has("!a[rel=first]")
		next := attribute(first.Find("a[rel=next]"), "href")
		second := see(t, server, next).says("main h2", texts[1]).says("a[rel=first]", texts[2]).has("!a[rel=next]")
		second.holds("[name=from]", "2016-09-01").has(`a[rel=first][href="` + at + `?from=2016-09-01"]`)
		second.has(`a[download][href="/v1/audit.csv?from=2016-09-01"]`) // from the newest on
		if n := second.Find("tbody tr").Length(); n != 10 {
			second.fails("%d rows", n)
		}
		oldest := auditRows()[0]
		see(t, server, at+"?after="+oldest.Cursor().String()).has("p.nothing", `a[rel=first][href="`+at+`"]`, "!table")
	}
}

func TestABadAuditSearchSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, &auditor)
	for _, each := range []struct {
		query string
		texts []string
	}{
		{
			"from=yesterday",
			[]string{"from is not one of the values that can be searched for. Use 2016-09-30, or leave from out."},
		},
		{
			"outcome=half",
			[]string{
				"outcome is not one of the values that can be searched for. Use done, refused, or leave outcome out.",
			},
		},
		{
			"to=2016-02-30&from=x", []string{
				"from is not one of the values that can be searched for. Use 2016-09-30, or leave from out.",
				"to is not one of the values that can be searched for. Use 2016-09-30, or leave to out.",
			},
		},
	} {
		refused := see(t, server, "/en/audit?"+each.query).is(http.StatusBadRequest).
			says("[role=alert] p", each.texts...)
		refused.has("!table", "!p.nothing", "!a[rel]:not([rel=icon]):not([rel=stylesheet])").
			says("main h2", "Audit record")
	}
	for _, query := range []string{"action=theft", "after=x", "from=" + url.QueryEscape(hostile[0])} {
		for _, language := range []string{"en", "ar"} {
			see(t, server, "/"+language+"/audit?"+query).is(http.StatusBadRequest).has("[role=alert] p", "!table")
		}
	}
	see(t, server, "/ar/audit?from=x").holds("[name=from]", "x").
		says("[role=alert] p", "القيمة المذكورة في from ليست مما يمكن البحث عنه. استخدم 2016-09-30 أو احذف from.")
}

func TestWhoSeesWhichAuditRows(t *testing.T) {
	t.Parallel()
	agency := access.Principal{ID: "user/a@example.org", Name: "A", Role: access.RoleAgency, Entity: "e02"}
	server := site(t, fixed{figures: fixture()}, &agency)
	own := see(t, server, "/en/audit").is(http.StatusOK).says("main h2", "20 entries, newest first").
		has("![name=entity]")
	own.says("p.lead",
		"Who did what with your entity's accounts, tokens and files, when and how it ended. Entries are only ever added.")
	own.Find("tbody td:nth-of-type(4)").Each(func(_ int, entity *goquery.Selection) {
		if textOf(entity) != "e02" {
			own.fails("a row of %q", textOf(entity))
		}
	})
	see(t, server, "/en/audit?entity=e02").is(http.StatusOK).has("tbody tr:nth-child(20)", "!tbody tr:nth-child(21)")
	see(t, server, "/en/audit?entity=e01").is(http.StatusNotFound).has("!tbody")
	see(t, server, "/ar/audit").says("p.lead",
		"من فعل ماذا بحسابات جهتك ورموز الوصول والملفات الخاصة بها، ومتى، وكيف انتهى الأمر. "+
			"لا يُحذف من السجل شيء بل يُضاف إليه فقط.")
	see(t, site(t, fixed{figures: fixture()}, &executive), "/en/audit").is(http.StatusForbidden).has("!tbody")
	see(t, site(t, fixed{figures: fixture()}, nil), "/en/audit").has("!tbody")
}

func TestTheAuditPageInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	server := site(t, fixed{figures: fixture()}, &auditor)
	tab, heard := browser(t, server)
	for _, target := range []string{
		"/en/audit", "/ar/audit", "/ar/audit?from=x", "/en/audit?action=administer&entity=none",
	} {
		if err := open(tab, server.URL+target, 1440); err != nil {
			t.Fatal(err)
		}
		for _, finding := range accessible(tab, t, string(axe)) {
			t.Errorf("%s: axe: %s", target, finding)
		}
		for _, width := range []int64{390, 320} {
			noSidewaysScroll(tab, t, width)
		}
		for _, complaint := range heard.taken() {
			if !strings.Contains(complaint, "400") { // the search that can't be read
				t.Errorf("%s: %s", target, complaint)
			}
		}
		if folder := os.Getenv("MIRSAD_SCREENSHOTS"); folder != "" {
			name := strings.NewReplacer("/", "_", "?", "_").Replace(target)
			picture(tab, t, server.URL+target, filepath.Join(folder, "audit"+name+".png"), 1440)
			picture(tab, t, server.URL+target, filepath.Join(folder, "audit"+name+"_390.png"), 390)
		}
	}
}
