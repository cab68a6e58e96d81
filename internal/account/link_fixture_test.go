package account

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/i18n"
)

// lookAtLink, openLink and submit stand for the pages.
func (f *fixture) lookAtLink(w http.ResponseWriter, r *http.Request) {
	if _, _, err := f.accounts.LookAtLink(r.Context(), r.PathValue("link")); err != nil {
		http.Error(w, LinkText(err), http.StatusForbidden)
	}
}

func (f *fixture) openLink(w http.ResponseWriter, r *http.Request) {
	var err error
	if r.FormValue("password") != "" {
		_, err = f.accounts.AcceptInvitation(r.Context(), r.PathValue("link"), r.FormValue("name"), r.FormValue("password"))
	} else {
		_, err = f.accounts.OpenLink(w, r, r.PathValue("link"))
	}
	if err != nil {
		http.Error(w, LinkText(err)+" "+err.Error(), http.StatusForbidden)
	}
}

func (f *fixture) submit(w http.ResponseWriter, r *http.Request) {
	who, _ := access.PrincipalFrom(r.Context())
	if r.FormValue("purpose") != "" {
		month, _ := civil.ParseMonth(r.FormValue("month"))
		act := LinkAct{Purpose: access.Purpose(r.FormValue("purpose")), Entity: r.FormValue("entity"), Month: month}
		err := f.accounts.UseLink(r.Context(), act, func(context.Context) error { return f.refusal })
		if err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
	}
	_, _ = io.WriteString(w, who.ID)
}

const septembersMonth = "2016-09"

// link makes a link of moi for noor, and returns its last element: <id>.<secret>.
func (f *fixture) link(purpose access.Purpose) string {
	f.t.Helper()
	ask := LinkAsk{Purpose: purpose, Entity: "moi", Month: septembersMonth, Email: "noor@example.qa", Language: i18n.English, Days: UsualLinkDays}
	if purpose == access.LinkInvitation {
		ask.Month = ""
	}
	issued, err := f.accounts.IssueLink(f.t.Context(), ask)
	if err != nil {
		f.t.Fatal(err)
	}
	return issued.Address[strings.LastIndex(issued.Address, "/")+1:]
}

// opened is the browser of a link's reader.
func (f *fixture) opened(bearer string) *browser {
	f.t.Helper()
	b := &browser{fixture: f}
	if w := b.open(bearer); w != http.StatusOK {
		f.t.Fatalf("the link does not open: %d", w)
	}
	return b
}

func (b *browser) open(bearer string) int {
	return b.do(http.MethodPost, "/en/link/"+bearer, nil).Code
}

// submits confirms a submission.
func (b *browser) submits(purpose access.Purpose, entity, month string) int {
	return b.do(http.MethodPost, "/en/submit", url.Values{"purpose": {string(purpose)}, "entity": {entity}, "month": {month}}).Code
}

// refusals returns the audit's refused rows since the last call, as action, object and reason.
func (f *fixture) refusals() string {
	f.t.Helper()
	f.audit.Settle(f.t.Context())
	var told []string
	rows := f.store.Written()
	for _, row := range rows[f.told:] {
		if row.Outcome == audit.Refused {
			told = append(told, string(row.Action)+" "+row.Object+" "+row.Reason)
		}
	}
	f.told = len(rows)
	return strings.Join(told, "; ")
}
