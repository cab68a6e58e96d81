package office

import (
	"context"
	"errors"
	"net/http"

	"mirsad/internal/account"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// Sessions are everybody's open sessions.
type Sessions interface {
	ListSessions(ctx context.Context) ([]account.Session, error)
	EndSession(ctx context.Context, id string) error
	// EndSessionsOf ends all sessions of an account but the one that asks.
	EndSessionsOf(ctx context.Context, account string) (int, error)
}

// sessionsView lists the open sessions, each with the form that ends it.
type sessionsView struct {
	officeView

	Rows []openSession
	// End and EndAll are where the forms go; empty for who may not end sessions.
	End, EndAll string
}

// openSession is a session in the list.
type openSession struct {
	ID, Account         string
	Name, Role          string
	Begun, Used, Expire string
	// Current is the session that asks, which ends by signing out.
	Current bool
	// Several is whether its person has another that can be ended with it.
	Several bool
}

// sessionNotices are what the page says after a form, by the done of its address.
var sessionNotices = map[string]string{
	"ended": "people.session.done.ended", "ended_all": "people.session.done.ended_all",
}

func (v *visit) sessions(rw http.ResponseWriter) error {
	list, err := v.deps.Office.ListSessions(v.Request.Context())
	if err != nil {
		return err
	}
	others := map[string]int{} // sessions of an account beside the one that asks
	for _, each := range list {
		if !each.Current {
			others[each.Account]++
		}
	}
	view := sessionsView{officeView: v.officeFrame("/sessions", "people.session", formOutcome{}, sessionNotices)}
	view.Lead = v.T("people.session.lead", page.Args("n", len(list)))
	if v.decides() {
		view.End, view.EndAll = view.Action+"/end", view.Action+"/end-all"
	}
	for _, each := range list {
		row := openSession{
			ID: each.ID, Account: each.Account, Name: each.Name, Role: v.roleName(each.Role), Current: each.Current,
			Begun: v.Instant(each.SignedInAt, v.Zone), Used: v.Instant(each.UsedAt, v.Zone),
			Expire:  v.Instant(each.ExpiresAt, v.Zone),
			Several: others[each.Account] > 1,
		}
		if page.Matches(view.Search, row.Name, row.Account, row.Role) {
			view.Rows = append(view.Rows, row)
		}
	}
	if len(view.Rows) == 0 {
		view.Nothing = v.T("people.session.nothing")
	}
	return v.NoStore(rw, http.StatusOK, "sessions", view)
}

func (v *visit) endOneSession(rw http.ResponseWriter) error {
	err := v.deps.Office.EndSession(v.Request.Context(), v.Request.PostForm.Get("session"))
	if err != nil && !errors.Is(err, programme.ErrNotFound) { // it has ended already, which is what was wanted
		return err
	}
	page.Redirect(rw, v.Request, v.Address.To("/sessions", "done", "ended"))
	return nil
}

func (v *visit) endAllSessions(rw http.ResponseWriter) error {
	if _, err := v.deps.Office.EndSessionsOf(v.Request.Context(), v.Request.PostForm.Get("account")); err != nil {
		return err
	}
	page.Redirect(rw, v.Request, v.Address.To("/sessions", "done", "ended_all"))
	return nil
}
