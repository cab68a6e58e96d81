package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/act"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// milestoneView is the form of one milestone.
type milestoneView struct {
	frame

	Up            link
	Heading, Lead string
	Alert         string
	Present       link
	Action        string
	Version       string
	// Code is the milestone's; empty for a new one.
	Code   string
	Groups []inputGroup
	// Dropping is the field for why the milestone is dropped; nil for a new one.
	Dropping *input
	// Others are faults that belong to no field of this form.
	Others *planFaultsPart
}

// inputGroup is a fieldset of a form.
type inputGroup struct {
	Legend string
	Inputs []input
}

func (w *Web) milestonePage(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	p, err := v.ownPlan(false)
	if err == nil && p.entity == "" {
		err = programme.ErrInvalid
	}
	if err == nil && !p.submits() {
		err = programme.ErrForbidden
	}
	if err != nil {
		w.problem(rw, v, err)
		return
	}
	code := v.address.query.Get("milestone")
	values := url.Values{}
	if code != "" {
		m := p.record.StartingPoint().Milestone(code)
		if m == nil {
			w.problem(rw, v, register.ErrNoMilestone)
			return
		}
		values = milestoneValues(m)
	}
	view := p.milestoneView(code, values)
	w.showOffice(rw, v, http.StatusOK, "submit_milestone", view)
}

func (p *planVisit) milestoneView(code string, values url.Values) *milestoneView {
	p.address.path, p.figures = "/submit/milestone", nil
	heading := p.T("submit.milestone.new")
	if m := p.record.StartingPoint().Milestone(code); m != nil {
		heading = p.T("submit.milestone.heading", args("service", isolated(p.plannedService(m)), "level", p.levelName(m.Level)))
	}
	view := &milestoneView{
		frame: p.frame(heading), Heading: heading, Lead: p.T("submit.milestone.lead"), Action: p.to("/submit/milestone"), Code: code,
		Up:     link{Text: p.T("submit.heading", args("entity", isolated(p.entityName(p.entity)))), Address: p.to("/submit")},
		Groups: p.milestoneInputs(values), Version: strconv.FormatUint(uint64(p.version()), 10),
	}
	if code != "" {
		dropping := optional(p.planInput(values, "dropping", "text", p.T("submit.milestone.dropping")))
		view.Dropping = &dropping
	}
	return view
}

// sentMilestone is a form of a milestone as it was sent.
type sentMilestone struct {
	register.MilestoneChange

	values url.Values
	// dependsOn names the fields that the dependencies came from.
	dependsOn []string
	// at is the milestone's place in the plan, milestones are the whole plan with the change.
	at         int
	milestones []programme.Milestone
}

func (w *Web) saveMilestone(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	p, err := v.ownPlan(true)
	if err == nil {
		err = readForm(rw, r)
	}
	var version uint64
	if err == nil {
		if version, err = strconv.ParseUint(r.PostForm.Get("version"), 10, 32); err != nil {
			err = fmt.Errorf("%w: version", programme.ErrInvalid)
		}
	}
	if err != nil {
		w.problem(rw, v, err)
		return
	}
	sent := readMilestone(r.PostForm)
	outcome, err := p.plan().KeepMilestone(r.Context(), act.By{Who: v.reader.Principal}, uint32(version), sent.MilestoneChange)
	switch err = noted(r.Context(), &outcome, err); {
	case err == nil:
		redirect(rw, r, p.to("/submit/draft", "done", "kept"))
	case errors.Is(err, register.ErrUnchanged) && p.record.Draft() != nil:
		redirect(rw, r, p.to("/submit/draft", "done", "unchanged"))
	case errors.Is(err, register.ErrUnchanged):
		redirect(rw, r, p.to("/submit", "done", "unchanged"))
	default:
		w.milestoneRefused(rw, p, sent, err)
	}
}

// milestoneRefused shows the form again with what is wrong beside its fields.
func (w *Web) milestoneRefused(rw http.ResponseWriter, p *planVisit, sent *sentMilestone, err error) {
	faults, are := errors.AsType[*programme.FaultsError](err)
	other, moved := errors.AsType[*programme.DecidedError](err)
	if !are && !moved {
		w.problem(rw, p.visit, err)
		return
	}
	httpserver.NoteError(p.request.Context(), err)
	sent.milestones, sent.at = sent.In(p.record.StartingPoint())
	view, status := p.milestoneView(sent.Code, sent.values), http.StatusUnprocessableEntity
	view.Version = sent.values.Get("version")
	if moved {
		status = http.StatusConflict
		view.Alert = p.T("submit.conflict", args("actor", isolated(other.Actor), "at", p.Instant(other.At, p.Zone)))
		view.Present = link{Text: p.T("admin.present"), Address: p.to("/submit")}
	} else {
		found := withoutMadeCodes(faults.Faults, sent.milestones)
		view.Alert = p.T("admin.faults", args("n", len(found)))
		p.placeMilestoneFaults(view, sent, found)
	}
	w.showOffice(rw, p.visit, status, "submit_milestone", view)
}

// placeMilestoneFaults puts each fault beside its field; those of other milestones stand in a table.
func (p *planVisit) placeMilestoneFaults(view *milestoneView, sent *sentMilestone, faults []programme.Fault) {
	var others []programme.Fault
	for _, fault := range faults {
		row := p.planFault(fault, sent.milestones)
		if to := view.inputOf(sent.inputName(fault.Field)); to != nil {
			to.Faults = append(to.Faults, row.What+" "+row.Remedy)
			continue
		}
		if view.Dropping != nil && fault.Field == "comment" {
			view.Dropping.Faults = append(view.Dropping.Faults, row.What+" "+row.Remedy)
			continue
		}
		others = append(others, fault)
	}
	if len(others) > 0 {
		view.Others = &planFaultsPart{
			ID: "others", Heading: p.T("submit.milestone.others", args("n", len(others))), Grave: true, Rows: p.planFaults(others, sent.milestones),
		}
	}
}

func (m *milestoneView) inputOf(name string) *input {
	for g := range m.Groups {
		for i := range m.Groups[g].Inputs {
			if each := &m.Groups[g].Inputs[i]; name != "" && each.Name == name {
				return each
			}
		}
	}
	return nil
}

// inputName is the field of the form that a fault is about; "" when it is none of this milestone's.
func (s *sentMilestone) inputName(field string) string {
	at, rest := milestoneField(field)
	if at != s.at || s.Dropped {
		return ""
	}
	first, second, _ := strings.Cut(rest, ".")
	number, _, _ := strings.Cut(second, ".")
	place, err := strconv.Atoi(number)
	switch {
	case first == "phases" && err == nil && place < len(s.Milestone.Phases):
		return "phases." + string(s.Milestone.Phases[place].Phase)
	case first == "depends_on" && err == nil && place < len(s.dependsOn):
		return s.dependsOn[place]
	case first == "depends_on":
		return "depends_on.0"
	case first == "code", first == "proposed" && second == "":
		return "service"
	case first == "service" && s.values.Get("service") == "":
		return "new_service"
	default:
		return rest
	}
}
