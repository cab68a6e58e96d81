package web

import (
	"context"
	"testing"
	"time"

	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/plan"
	"mirsad/web/statement"
)

// complete adds to what a test is about everything else that the pages need: it is there, and has nothing.
func complete(t *testing.T, deps Dependencies) Dependencies {
	t.Helper()
	if deps.Audit == nil {
		deps.Audit = auditOf(t)
	}
	if deps.Office == nil {
		deps.Office = officeOf(deps.Accounts)
	}
	if deps.Tokens == nil {
		deps.Tokens = tokensOf(deps.Accounts)
	}
	if deps.Links == nil {
		deps.Links = linksOf(deps.Accounts)
	}
	if deps.Links == nil {
		deps.Links = deskLinks{&desk{bureau: &bureau{people: &people{}}, mail: link.MailOff}}
	}
	if deps.Reports == nil {
		deps.Reports = reportsOver(t, deps.Figures)
	}
	if deps.Register == nil {
		deps.Register = nothingRecorded{}
	}
	if deps.PlanBook == nil {
		deps.PlanBook = trueBook{}
	}
	// What follows is for pages that a test does not open: they are declared, and ask for nothing.
	if deps.Weigher == nil {
		deps.Weigher = struct{ register.Weigher }{}
	}
	if deps.Submissions == nil {
		deps.Submissions = nobodyOwes{}
	}
	if deps.Planner == nil {
		deps.Planner = struct{ plan.Planner }{}
	}
	if deps.Totals == nil {
		deps.Totals = struct{ statement.Totals }{}
	}
	if deps.Intake == nil {
		deps.Intake = struct{ act.Intake }{}
	}
	return deps
}

// nothingRecorded is a register in which nothing has been recorded yet.
type nothingRecorded struct{ register.Register }

func (nothingRecorded) Stream(context.Context, programme.Family, string) ([]programme.Fact, error) {
	return nil, nil
}

func (nothingRecorded) Facts(context.Context, []programme.Family, time.Time) ([]programme.Fact, error) {
	return nil, nil
}

func (nothingRecorded) Rollouts(context.Context, time.Time) ([]programme.Rollout, error) {
	return nil, nil
}

func (nothingRecorded) ServiceRollouts(context.Context, string) ([]programme.Rollout, error) {
	return nil, nil
}

// nobodyOwes answers that no entity owes anything.
type nobodyOwes struct{}

func (nobodyOwes) Submissions(_ context.Context, _ figures.Question, month civil.Month) (*figures.Submissions, error) {
	return &figures.Submissions{Month: month}, nil
}

// Pages that lack something would be routes that fail when they are asked for.
func TestThePagesNeedEverythingThatTheyServe(t *testing.T) {
	whole := complete(t, Dependencies{Figures: fixed{figures: fixture()}, Accounts: &people{}, Settings: settingsOfFixture})
	_, err := New(Configuration{Zone: qatar}, complete(t, whole))
	if err == nil || err.Error() != "invalid: web: needs words" {
		t.Errorf("without words: %v", err)
	}
	if _, err := New(Configuration{}, whole); err == nil {
		t.Error("pages are made without a time zone")
	}
}
