package claim

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// A press of the button takes at most reminderTime; who is left gets theirs at the next. The link of a reminder lives
// for reminderDays: while it is open nobody is reminded of the same again.
const (
	reminderTime = 20 * time.Second
	reminderDays = 7
)

// reminderPurposes are what the link of a reminder is for, by what is owed.
var reminderPurposes = map[figures.SubmissionKind]access.Purpose{
	figures.SubmissionPlan: access.LinkPlan, figures.SubmissionUse: access.LinkStatements,
	figures.SubmissionClaims: access.LinkClaims,
}

// remindForm sends a signed link to the contacts of those who are overdue; MailOff stands in its place where no mail
// goes out.
type remindForm struct {
	Action  string
	Kinds   []page.Option
	MailOff bool
}

// reminded is what became of the reminders.
type reminded struct {
	Sent    int `json:"sent"`
	Rested  int `json:"rested"`  // have an open link from the last one
	Failed  int `json:"failed"`  // the letter was not delivered
	Waiting int `json:"waiting"` // no time was left for it
	// Unreached are the entities that nobody of can be written to.
	Unreached []string `json:"unreached"`
}

// reminder is one letter to be sent.
type reminder struct {
	entity, email string
	purpose       access.Purpose
}

// Letters are the signed links by which entities are reminded.
type Letters interface {
	List(ctx context.Context) ([]link.Link, error)
	StateOf(made link.Link) link.State
	// MailOn reports whether letters are sent.
	MailOn() bool
	Issue(ctx context.Context, ask link.Ask) (link.Issued, error)
}

// Contacts are the people of entities, to whom reminders are sent.
type Contacts interface {
	ListUsers(ctx context.Context) ([]account.User, error)
}

func (v *visit) remindForm() *remindForm {
	if !v.MakesLinks() {
		return nil
	}
	form := &remindForm{Action: "/" + string(v.Language) + "/submissions/remind", MailOff: !v.deps.Letters.MailOn()}
	for _, kind := range figures.SubmissionKinds() {
		form.Kinds = append(
			form.Kinds, page.Option{Value: string(kind), Text: v.T("submissions.kind." + string(kind)), Chosen: true},
		)
	}
	return form
}

// remind sends a signed link to every contact of an entity that is overdue with what was chosen.
func (v *visit) remind(rw http.ResponseWriter) error {
	err := page.ReadForm(rw, v.Request, page.ShortForm)
	month, monthErr := page.MonthIn(v.Request.PostForm.Get("month"))
	switch {
	case err != nil:
	case !v.MakesLinks():
		err = programme.ErrForbidden
	case !v.deps.Letters.MailOn():
		err = programme.ErrUnavailable
	default:
		err = errors.Join(monthErr, v.LoadFigures())
	}
	if err != nil {
		return err
	}
	all, err := v.deps.Submissions.Submissions(v.Request.Context(), v.Question, month)
	if err != nil {
		return err
	}
	outcome, err := v.sendReminders(v.Request.Context(), all, v.Request.PostForm["kind"])
	if err != nil {
		return err
	}
	access.NoteAct(v.Request.Context(), "reminders/"+month.String(), "", nil, outcome)
	v.Address.Path = "/submissions"
	v.Address.Query.Set("month", month.String())
	board, err := v.submissionBoard()
	if err != nil {
		return err
	}
	board.Notice = v.T("submissions.reminded", page.Args("n", outcome.Sent))
	board.Unsent = v.unsent(outcome)
	return v.NoStore(rw, http.StatusOK, "submissions", board)
}

// unsent says for whom no letter went out, and what to do.
func (v *visit) unsent(outcome reminded) []string {
	var lines []string
	for _, each := range []struct {
		key string
		n   int
	}{
		{"submissions.reminded.rested", outcome.Rested},
		{"submissions.reminded.failed", outcome.Failed},
		{"submissions.reminded.waiting", outcome.Waiting},
	} {
		if each.n > 0 {
			lines = append(lines, v.T(each.key, page.Args("n", each.n)))
		}
	}
	for _, code := range outcome.Unreached {
		lines = append(lines, v.T("submissions.reminded.nobody", page.Args("entity", page.Isolated(v.AnyEntity(code)))))
	}
	return lines
}

// sendReminders sends what is due, one letter after the other, as long as there is time.
func (v *visit) sendReminders(ctx context.Context, all *figures.Submissions, kinds []string) (reminded, error) {
	outcome := reminded{Unreached: []string{}}
	due, err := v.remindersDue(ctx, all, kinds, &outcome)
	if err != nil {
		return outcome, err
	}
	within, stop := context.WithTimeout(ctx, reminderTime)
	defer stop()
	for _, each := range due {
		if within.Err() != nil {
			outcome.Waiting++
			continue
		}
		issued, err := v.deps.Letters.Issue(ctx, link.Ask{
			Purpose: each.purpose, Entity: each.entity, Month: all.Month.String(), Email: each.email,
			Language: v.Language, Days: reminderDays,
		})
		switch {
		case err != nil:
			return outcome, err
		case issued.Mail == link.MailSent:
			outcome.Sent++
		default:
			outcome.Failed++
		}
	}
	return outcome, nil
}

// remindersDue lists the letters to the agency accounts of overdue entities, save those whose last link is still open.
func (v *visit) remindersDue(
	ctx context.Context, all *figures.Submissions, kinds []string, outcome *reminded,
) ([]reminder, error) {
	people, err := v.deps.Contacts.ListUsers(ctx)
	if err != nil {
		return nil, err
	}
	links, err := v.deps.Letters.List(ctx)
	if err != nil {
		return nil, err
	}
	var due []reminder
	for i := range all.Entities {
		owed := &all.Entities[i]
		contacts := contactsOf(people, owed.Entity)
		for _, kind := range figures.SubmissionKinds() {
			if !slices.Contains(kinds, string(kind)) || owed.Of(kind).State != figures.SubmissionOverdue {
				continue
			}
			if len(contacts) == 0 && !slices.Contains(outcome.Unreached, owed.Entity) {
				outcome.Unreached = append(outcome.Unreached, owed.Entity)
			}
			for _, email := range contacts {
				letter := reminder{entity: owed.Entity, email: email, purpose: reminderPurposes[kind]}
				if v.reminded(links, letter, all.Month) {
					outcome.Rested++
					continue
				}
				due = append(due, letter)
			}
		}
	}
	return due, nil
}

func contactsOf(people []account.User, entity string) []string {
	var contacts []string
	for i := range people {
		if p := &people[i]; p.Role == access.RoleAgency && p.Entity == entity && !p.Disabled && p.Email != "" {
			contacts = append(contacts, p.Email)
		}
	}
	return contacts
}

// reminded reports whether a link that is still open went to the same reader about the same.
func (v *visit) reminded(links []link.Link, letter reminder, month civil.Month) bool {
	return slices.ContainsFunc(links, func(l link.Link) bool {
		return l.Entity == letter.entity && l.Email == letter.email && l.Purpose == letter.purpose &&
			l.Month == month &&
			v.deps.Letters.StateOf(l) == link.Alive
	})
}
