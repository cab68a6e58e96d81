package statement

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// statementVisit is a visit about one entity's totals of one month.
type statementVisit struct {
	*visit

	entity string // empty: none is chosen yet
	month  civil.Month
	totals *figures.MonthTotals
}

// mayState reports whether the reader submits totals, seesStatements whether they see the page.
func (v *visit) mayState() bool {
	return v.MayRead(access.RoleAgency, access.RoleAdmin) == nil
}

func (v *visit) seesStatements() bool {
	return v.MayRead(access.RoleAgency, access.RoleAuditor, access.RoleAdmin) == nil
}

// ownTotals gathers what a page about an entity's totals shows: the reader's entity's, or the chosen one's.
func (v *visit) ownTotals(writing bool) (*statementVisit, error) {
	if !v.seesStatements() || (writing && !v.mayState()) {
		return nil, programme.ErrForbidden
	}
	s := &statementVisit{
		visit: v, entity: cmp.Or(v.Address.Query.Get("entity"), v.Reader.Entity), month: v.Reader.Month,
	}
	if err := v.LoadFigures(); err != nil {
		return nil, err
	}
	if s.entity != "" && v.Named.Entities[s.entity] == nil {
		return nil, v.NoEntity(s.entity)
	}
	if writing && s.entity == "" {
		return nil, fmt.Errorf("%w: no entity", programme.ErrInvalid)
	}
	if err := s.chooseMonth(); err != nil {
		return nil, err
	}
	var err error
	if s.totals, err = v.deps.Totals.MonthTotals(v.Request.Context(), v.Question, s.entity, s.month); err != nil {
		return nil, fmt.Errorf("ask for a month's totals: %w", err)
	}
	s.month = s.totals.Month
	s.byName()
	return s, nil
}

// chooseMonth reads the month of the address; none leaves the choice to the totals: the last one that has ended. A
// signed link is for its own alone.
func (s *statementVisit) chooseMonth() error {
	if text := s.Address.Query.Get("month"); text != "" {
		month, err := page.MonthIn(text)
		if err != nil {
			return err
		}
		if s.Reader.Purpose != "" && month != s.Reader.Month {
			access.NoteRefusal(s.Request.Context(), programme.TokenForbidden)
			return fmt.Errorf("%w: the link is for %s", programme.ErrForbidden, s.Reader.Month)
		}
		s.month = month
	}
	if s.month > s.Figures.On.Month() {
		return fmt.Errorf("%w: %s has not begun", programme.ErrInvalid, s.month)
	}
	return nil
}

// byName brings the lines into the order of the services' names.
func (s *statementVisit) byName() {
	slices.SortStableFunc(s.totals.Lines, func(a, b figures.MonthLine) int {
		return cmp.Or(
			cmp.Compare(s.serviceName(a.Service), s.serviceName(b.Service)), cmp.Compare(a.Service, b.Service),
		)
	})
}

func (s *statementVisit) serviceName(code string) string { return s.ServiceLink(code).Text }

// found are the lines whose service's name or code holds what is searched for.
func (s *statementVisit) found() []figures.MonthLine {
	return page.Filter(s.totals.Lines, func(line figures.MonthLine) bool {
		return page.Matches(s.Address.Query.Get("q"), s.serviceName(line.Service), line.Service)
	})
}

// to returns the address of this page for its month and entity, with other names and values.
func (s *statementVisit) to(pairs ...string) string {
	pairs = append([]string{"month", s.month.String(), "on", "", "as_at", ""}, pairs...)
	if s.Reader.Entity == "" {
		pairs = append(pairs, "entity", s.entity)
	}
	return s.Address.To("/statements", pairs...)
}

// writes reports whether the page has the form: not for who reads alone, nor for knowledge of the past.
func (s *statementVisit) writes() bool {
	return s.mayState() && s.entity != "" && s.Question.AsAt.IsZero()
}

func (v *visit) statementsPage(rw http.ResponseWriter) error {
	s, err := v.ownTotals(false)
	if err != nil {
		return err
	}
	return v.NoStore(rw, http.StatusOK, "statements", s.view(nil))
}
