package claim

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// claimFormView is one service: what was claimed of it, and the form to claim a level.
type claimFormView struct {
	page.Frame
	page.FormNotes

	Heading           string
	Service, Entity   page.Link
	Claimed, Verified page.LevelChip
	Claims            []claimView
	Back              page.Link
	// Action is where the form goes; empty for who may only read.
	Action string
	Level  page.Field
	Since  page.Field
	Said   page.Field // the comment
	Steps  []levelStep
}

// levelStep is the criteria of one level in a form.
type levelStep struct {
	Level    page.LevelChip
	Takes    string
	Criteria []criterionFields
}

// criterionFields are the fields of one criterion.
type criterionFields struct {
	Legend            string
	Answer, URL, Text page.Field
	Entities          *page.Field
}

func (v *visit) claimForm() (any, error) {
	if err := v.MayRead(access.RoleAgency, access.RoleAuditor, access.RoleAdmin); err != nil {
		return nil, err
	}
	code := v.Parameter("service")
	claims, err := v.claimsOfService(code)
	if err != nil {
		return nil, err
	}
	view, err := v.claimPage(code, claims)
	if err != nil {
		return nil, err
	}
	if v.Address.Query.Get("done") == "claimed" {
		view.Notice = v.T("claims.claimed")
	}
	view.fill(v, formOfClaims(claims))
	return view, nil
}

// claimPage is the page of a service that the reader sees, without its form's values.
func (v *visit) claimPage(code string, claims []register.Claim) (*claimFormView, error) {
	s := v.Named.Services[code]
	if s == nil {
		return nil, v.NoService(code)
	}
	name := v.Name(s.Name, s.NameAr)
	view := &claimFormView{
		Frame: v.Frame(name), Heading: name, Service: v.ServiceLink(code), Entity: v.EntityLink(s.Entity),
		Claimed: v.Chip(s.LevelClaimed), Verified: v.Chip(s.LevelVerified),
		Back: page.Link{Text: v.T("claims.back"), Address: v.Address.To("/claims")},
	}
	for i := range claims {
		view.Claims = append(view.Claims, v.claimView(&claims[i]))
	}
	if v.mayClaim() && (v.Reader.Admin() || v.Reader.Entity == s.Entity) {
		view.Action = "/" + string(v.Language) + "/claims/" + url.PathEscape(code)
	}
	return view, nil
}

// formOfClaims begins a form with the answers of the newest claim, so that one that was returned is mended and not
// written again.
func formOfClaims(claims []register.Claim) url.Values {
	values := url.Values{}
	if len(claims) == 0 {
		return values
	}
	newest := &claims[0]
	values.Set("effective_on", newest.EffectiveOn.String())
	for _, each := range newest.Answers {
		name := "answers." + string(each.Criterion)
		values.Set(name, each.Answer)
		values.Set(name+".url", each.URL)
		values.Set(name+".text", each.Text)
		values[name+".entities"] = each.Entities
	}
	return values
}

// fill puts values into the form's fields.
func (f *claimFormView) fill(v *visit, values url.Values) {
	f.Level = v.claimField(values, "level", "select", "claims.level")
	f.Level.Options = []page.Option{{Text: v.T("claims.level.answers")}}
	for _, level := range programme.Levels() {
		value := strconv.Itoa(int(level))
		f.Level.Options = append(f.Level.Options, page.Option{
			Value: value, Chosen: value == f.Level.Value,
			Text: v.T("web.level", page.Args("number", int(level), "name", v.LevelName(level))),
		})
	}
	f.Since = v.claimField(values, "effective_on", "date", "claims.effective_on")
	f.Since.Required = true
	f.Said = v.claimField(values, "comment", "text", "claims.comment")
	f.Steps = nil
	for _, level := range programme.Levels() {
		step := levelStep{Level: v.Chip(level), Takes: v.T("claims.takes." + strconv.Itoa(int(level)))}
		for _, criterion := range programme.CriteriaOf(level) {
			step.Criteria = append(step.Criteria, v.criterionFields(values, criterion))
		}
		f.Steps = append(f.Steps, step)
	}
}

// claimField is a field of these forms, which may be left empty.
func (v *visit) claimField(values url.Values, name, kind, label string) page.Field {
	return page.Optional(page.NewField(name, kind, v.T(label), values.Get(name)))
}

func (v *visit) criterionFields(values url.Values, criterion programme.Criterion) criterionFields {
	name := "answers." + string(criterion)
	c := criterionFields{
		Legend: v.criterion(criterion), Answer: v.claimField(values, name, "select", "claims.answer"),
		URL:  v.claimField(values, name+".url", "url", "claims.url"),
		Text: v.claimField(values, name+".text", "text", "claims.text"),
	}
	c.Answer.Options = []page.Option{{Text: v.T("claims.answer.none")}}
	for _, answer := range programme.Answers() {
		c.Answer.Options = append(
			c.Answer.Options,
			page.Option{Value: answer, Text: v.T("claims.answer." + answer), Chosen: answer == c.Answer.Value},
		)
	}
	if criterion.NamesOthers() {
		others := v.claimField(values, name+".entities", "select", "claims.entities")
		for i := range v.All.Entities {
			e := &v.All.Entities[i]
			others.Options = append(others.Options, page.Option{
				Value: e.Code, Text: v.Name(e.Name, e.NameAr),
				Chosen: slices.Contains(values[name+".entities"], e.Code),
			})
		}
		others.Multiple, others.Rows, others.Layout = true, 6, "wide"
		c.Entities = &others
	}
	return c
}

// claimLevel records what the form claims, or shows it again with its faults.
func (v *visit) claimLevel(rw http.ResponseWriter) error {
	if err := v.formOf(rw, access.RoleAgency, access.RoleAdmin); err != nil {
		return err
	}
	code := v.Parameter("service")
	claims, err := v.claimsOfService(code)
	if err != nil {
		return err
	}
	view, err := v.claimPage(code, claims)
	if err == nil && view.Action == "" {
		err = programme.ErrForbidden
	}
	if err != nil {
		return err
	}
	next, unread := claimOfForm(v.Request.PostForm)
	outcome, err := v.deps.Acts.Claims.Make(
		v.Request.Context(), act.By{Who: v.Reader.Principal, Unread: unread}, code, next,
	)
	if err = page.Noted(v.Request.Context(), &outcome, err); err == nil {
		return v.Confirmed(rw, v.Address.To("/claims/"+url.PathEscape(code), "done", "claimed"))
	}
	answer, err := v.Refused(page.RefusedForm{Decided: "claims.decided_by", Unchanged: "claims.unchanged"}, err)
	if err != nil {
		return err
	}
	view.fill(v, v.Request.PostForm)
	v.BesideFields(&answer, view.fields()...)
	view.FormNotes = answer.FormNotes
	return v.Render(rw, answer.Status, "claim", view)
}

// claimOfForm reads a form; a criterion that is not answered is left out, which is no.
func claimOfForm(form url.Values) (programme.Assessment, []programme.Fault) {
	var unread []programme.Fault
	next := programme.Assessment{
		Level: page.FormLevel(form, "level"), EffectiveOn: page.FormDate(form, "effective_on", &unread),
		Comment: page.FormText(form, "comment"),
	}
	for _, criterion := range programme.Criteria() {
		name := "answers." + string(criterion)
		answer := programme.Answer{
			Criterion: criterion, Answer: form.Get(name),
			URL: page.FormText(form, name+".url"), Text: page.FormText(form, name+".text"),
			Entities: form[name+".entities"],
		}
		if answer.Answer != "" {
			next.Answers = append(next.Answers, answer)
		}
	}
	return next, unread
}

// fields lists every field of the form.
func (f *claimFormView) fields() []*page.Field {
	list := []*page.Field{&f.Level, &f.Since, &f.Said}
	for i := range f.Steps {
		for j := range f.Steps[i].Criteria {
			c := &f.Steps[i].Criteria[j]
			list = append(list, &c.Answer, &c.URL, &c.Text)
			if c.Entities != nil {
				list = append(list, c.Entities)
			}
		}
	}
	return list
}
