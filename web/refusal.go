package web

import (
	"errors"
	"net/http"

	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// formNotes are what a page says about the form that was sent to it.
type formNotes struct {
	// Notice says what was done, Alert why nothing was.
	Notice, Alert string
	// Present leads to what is recorded now, where somebody else was first.
	Present link
	// Others are the faults that belong beside no field.
	Others []string
}

// formFault is what is wrong with a form, in words.
type formFault struct {
	// Field is the form's, Words say what is wrong and what to do.
	Field, Words string
	// Fault is what was found; its field is that of the record.
	Fault programme.Fault
}

// refusal is the answer to a form of which nothing was recorded.
type refusal struct {
	formNotes

	Status int
	Faults []formFault
}

// found are the faults as they were found, for a page that lists them in a table.
func (r *refusal) found() []programme.Fault {
	return each(r.Faults, func(f formFault) programme.Fault { return f.Fault })
}

// refusedForm says how a form words what it was refused for. A text without a key is none of the form's: then the error
// has a page of its own.
type refusedForm struct {
	// Decided is the key for who was first, Present the page that shows it; Unchanged that for what is recorded already;
	// Own that for a decision which takes another person.
	Decided, Present, Unchanged, Own string
	// Fault words a fault of the record; nil: as the record names its fields.
	Fault func(programme.Fault) formFault
	// FaultOf names the field and the key of a component's error; nil for none.
	FaultOf func(error) (field, key string)
}

// refused answers a form that was not recorded: 422 for faults, 409 for what somebody else decided first, 403 for a
// decision on one's own, 200 for what is recorded already. An error that is no matter of the form is returned.
func (v *base) refused(form refusedForm, err error) (refusal, error) {
	answer := refusal{Status: http.StatusOK}
	if err == nil {
		return answer, nil
	}
	faults, are := errors.AsType[*programme.FaultsError](err)
	other, decided := errors.AsType[*programme.DecidedError](err)
	own := errors.Is(err, programme.ErrOwnClaim) || errors.Is(err, programme.ErrOwnPlan)
	switch {
	case are:
		answer.Status, answer.Faults = http.StatusUnprocessableEntity, v.formFaults(form, faults.Faults)
		answer.Alert = v.T("admin.faults", args("n", len(answer.Faults)))
	case decided && form.Decided != "":
		answer.Status = http.StatusConflict
		answer.Alert = v.T(form.Decided, args("actor", isolated(other.Actor), "at", v.Instant(other.At, v.Zone)))
		if form.Present != "" {
			answer.Present = link{Text: v.T("admin.present"), Address: form.Present}
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
	httpserver.NoteError(v.request.Context(), err)
	return answer, nil
}

// refusedBy is refused for the errors of a component, each of which is about one field or none.
func (v *base) refusedBy(form refusedForm, err error) (refusal, error) {
	field, key := form.FaultOf(err)
	if key == "" {
		return refusal{}, err
	}
	httpserver.NoteError(v.request.Context(), err)
	answer := refusal{Status: http.StatusUnprocessableEntity, Faults: []formFault{{Field: field, Words: v.T(key)}}}
	if errors.Is(err, programme.ErrAlreadyDecided) {
		answer.Status = http.StatusConflict
	}
	return answer, nil
}

// formFaults words faults as a form does.
func (v *base) formFaults(form refusedForm, faults []programme.Fault) []formFault {
	return each(faults, func(fault programme.Fault) formFault {
		if form.Fault == nil {
			return formFault{Field: fault.Field, Words: v.faultWords(fault), Fault: fault}
		}
		return form.Fault(fault)
	})
}

// beside puts each fault beside the field that it is nearest to, and returns those that belong beside none.
func beside(fields []*field, faults []formFault) []formFault {
	var others []formFault
	for _, fault := range faults {
		var nearest *field
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

// besideFields puts the faults of a refusal beside fields and says the others above the form.
func (v *base) besideFields(answer *refusal, fields ...*field) {
	for _, fault := range beside(fields, answer.Faults) {
		answer.Others = append(answer.Others, v.fieldName(fault.Field)+": "+fault.Words)
	}
}

// faultWords words what is wrong and what to do about it.
func (v *base) faultWords(f programme.Fault) string {
	key := "admin.fault." + f.Kind
	return v.T(key, f.Args) + " " + v.T(key+".remedy", f.Args)
}

// fieldName words the name of a field; one without words is called as in the API.
func (v *base) fieldName(name string) string {
	if key := "admin.field." + name; v.Has(key) {
		return v.T(key)
	}
	return name
}
