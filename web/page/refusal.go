package page

import (
	"context"
	"errors"
	"net/http"

	"mirsad/internal/act"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// FormNotes are what a page says about the form that was sent to it.
type FormNotes struct {
	// Notice says what was done, Alert why nothing was.
	Notice, Alert string
	// Present leads to what is recorded now, where somebody else was first.
	Present Link
	// Others are the faults that belong beside no field.
	Others []string
}

// FormFault is what is wrong with a form, in words.
type FormFault struct {
	// Field is the form's, Words say what is wrong and what to do.
	Field, Words string
	// Fault is what was found; its field is that of the record.
	Fault programme.Fault
}

// refusal is the answer to a form of which nothing was recorded.
type refusal struct {
	FormNotes

	Status int
	Faults []FormFault
}

// Found are the faults as they were found, for a page that lists them in a table.
func (r *refusal) Found() []programme.Fault {
	return Each(r.Faults, func(f FormFault) programme.Fault { return f.Fault })
}

// RefusedForm says how a form words what it was refused for. A text without a key is none of the form's: then the error
// has a page of its own.
type RefusedForm struct {
	// Decided is the key for who was first, Present the page that shows it; Unchanged that for what is recorded
	// already; Own that for a decision which takes another person.
	Decided, Present, Unchanged, Own string
	// Fault words a fault of the record; nil: as the record names its fields.
	Fault func(programme.Fault) FormFault
	// FaultOf names the field and the key of a component's error; nil for none.
	FaultOf func(error) (field, key string)
}

// Refused answers a form that was not recorded: 422 for faults, 409 for what somebody else decided first, 403 for a
// decision on one's own, 200 for what is recorded already. An error that is no matter of the form is returned.
func (v *Visit) Refused(form RefusedForm, err error) (refusal, error) {
	answer := refusal{Status: http.StatusOK}
	if err == nil {
		return answer, nil
	}
	faults, are := errors.AsType[*programme.FaultsError](err)
	other, decided := errors.AsType[*programme.DecidedError](err)
	own := errors.Is(err, programme.ErrOwnClaim) || errors.Is(err, programme.ErrOwnPlan)
	switch {
	case are:
		answer.Status, answer.Faults = http.StatusUnprocessableEntity, v.formFaults(form, programme.BoundFaults(faults.Faults))
		answer.Alert = v.T("admin.faults", Args("n", programme.CountFaults(faults.Faults)))
	case decided && form.Decided != "":
		answer.Status = http.StatusConflict
		answer.Alert = v.T(form.Decided, Args("actor", Isolated(v.ActorName(other.Actor)), "at", v.Instant(other.At, v.Zone)))
		if form.Present != "" {
			answer.Present = Link{Text: v.T("admin.present"), Address: form.Present}
		}
	case own && form.Own != "":
		answer.Status, answer.Alert = http.StatusForbidden, v.T(form.Own)
	case errors.Is(err, register.ErrUnchanged) && form.Unchanged != "":
		answer.Notice = v.T(form.Unchanged)
		return answer, nil
	case form.FaultOf != nil:
		return v.refusedBy(form, err)
	default:
		return answer, err
	}
	httpserver.NoteError(v.Request.Context(), err)
	return answer, nil
}

// refusedBy is refused for the errors of a component, each of which is about one field or none.
func (v *Visit) refusedBy(form RefusedForm, err error) (refusal, error) {
	field, key := form.FaultOf(err)
	if key == "" {
		return refusal{}, err
	}
	httpserver.NoteError(v.Request.Context(), err)
	answer := refusal{Status: http.StatusUnprocessableEntity, Faults: []FormFault{{Field: field, Words: v.T(key)}}}
	if errors.Is(err, programme.ErrAlreadyDecided) {
		answer.Status = http.StatusConflict
	}
	return answer, nil
}

// formFaults words faults as a form does.
func (v *Visit) formFaults(form RefusedForm, faults []programme.Fault) []FormFault {
	return Each(faults, func(fault programme.Fault) FormFault {
		if form.Fault == nil {
			return FormFault{Field: fault.Field, Words: v.FaultWords(fault), Fault: fault}
		}
		return form.Fault(fault)
	})
}

// Beside puts each fault beside the field that it is nearest to, and returns those that belong beside none.
func Beside(fields []*Field, faults []FormFault) []FormFault {
	var others []FormFault
	for _, fault := range faults {
		var nearest *Field
		of := programme.Fault{Field: fault.Field}
		for _, each := range fields {
			if of.Within(each.Name) && (nearest == nil || len(each.Name) > len(nearest.Name)) {
				nearest = each
			}
		}
		if nearest == nil {
			others = append(others, fault)
			continue
		}
		nearest.Faults = append(nearest.Faults, fault.Words)
	}
	return others
}

// BesideFields puts the faults of a refusal beside fields and says the others above the form.
func (v *Visit) BesideFields(answer *refusal, fields ...*Field) {
	for _, fault := range Beside(fields, answer.Faults) {
		if fault.Field == "" {
			answer.Others = append(answer.Others, fault.Words)
			continue
		}
		answer.Others = append(answer.Others, v.FieldName(fault.Field)+": "+fault.Words)
	}
}

// FaultWords words what is wrong and what to do about it.
func (w Words) FaultWords(f programme.Fault) string {
	key := "admin.fault." + f.Kind
	return w.T(key, f.Args) + " " + w.T(key+".remedy", f.Args)
}

// FieldName words the name of a field; one without words is called as in the API.
func (w Words) FieldName(name string) string {
	if key := "admin.field." + name; w.Has(key) {
		return w.T(key)
	}
	return name
}

// Noted hands the outcome of an act to the audit record and returns the act's error. Of an unchanged act it is
// register.ErrUnchanged: a form says that the same is recorded already.
func Noted[T any](ctx context.Context, outcome *act.Outcome[T], err error) error {
	outcome.Note(ctx)
	if err == nil && outcome.Unchanged {
		return register.ErrUnchanged
	}
	return err
}
