package statement

import (
	"fmt"

	"mirsad/internal/programme"
)

// ask asks once about the totals of a form that would be findings: their doubts are shown with what changes, and it is
// sent when the person ticks that the numbers are right. It reports whether that is still to be done.
func (s *statementVisit) ask(form *statementForm) (bool, error) {
	var totals []programme.Statement
	for i := range form.good {
		c := &form.good[i]
		count, known := c.count()
		if c.state != programme.Reported || !known {
			continue
		}
		totals = append(totals, programme.Statement{
			Entity: s.entity, Service: c.key.service, Channel: c.key.channel, Measure: c.key.measure,
			Period: s.month.Period(), State: c.state, Value: count.Value,
		})
	}
	if len(totals) == 0 {
		return false, nil
	}
	found, err := s.deps.Totals.Doubts(s.Request.Context(), s.Question, totals)
	if err != nil {
		return false, fmt.Errorf("ask what is doubtful: %w", err)
	}
	for i := range found {
		f := &found[i]
		form.doubt(f, s.doubtOf(f))
	}
	return form.doubts > 0 && s.Request.PostForm.Get("sure") != "yes", nil
}

// doubtOf words a finding of a total that is not sent yet.
func (s *statementVisit) doubtOf(f *programme.Finding) string {
	text, _ := s.Finding(f)
	return text
}

// doubt puts a doubt beside the total that it is about: of its own measure, else of the one it is measured against, else
// of the channel.
func (f *statementForm) doubt(found *programme.Finding, text string) {
	for _, measure := range []programme.Measure{found.Measure, found.AgainstMeasure} {
		for i := range f.good {
			if c := &f.good[i]; c.key == (statementKey{found.Service, found.Channel, measure}) {
				c.doubts = append(c.doubts, text)
				f.doubts++
				return
			}
		}
	}
}
