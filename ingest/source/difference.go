package source

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// shownSubjects is how many entities and services of each kind of difference are spelled out.
const shownSubjects = 50

// Subject is an entity or a service.
type Subject struct {
	Family programme.Family
	Code   string
}

// Difference is what a feed changes in the catalogue, and what it would send.
type Difference struct {
	Name    string
	Added   []Subject
	Changed []Change
	// Left are recorded and not listed in the files; nothing becomes of them.
	Left   []Subject
	Events int
}

// Change is what becomes of one entity or service from a day on; without a day it holds always.
type Change struct {
	Subject

	EffectiveOn civil.Date
	Fields      []register.Difference
}

// DifferenceOf compares a feed with what the store holds, before anything is recorded.
func DifferenceOf(ctx context.Context, feed Feed, known Known) (Difference, error) {
	d := Difference{Name: feed.Name()}
	drafts, err := feed.Catalogue()
	if err != nil {
		return d, err
	}
	streams, err := streamsOf(ctx, known)
	if err != nil {
		return d, err
	}
	for i := range drafts {
		if err := d.draft(&drafts[i], streams); err != nil {
			return d, err
		}
	}
	if list, is := feed.(interface{ Left() []Subject }); is {
		d.Left = list.Left()
	}
	count := progress{}
	err = count.expectAll(feed)
	d.Events = count.total
	return d, err
}

// draft compares a draft with the version in force on its day, and stands in its place for the drafts after it.
func (d *Difference) draft(draft *programme.Draft, streams map[Subject][]programme.Recorded[json.RawMessage]) error {
	body, err := json.Marshal(draft.Body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", draft.Family, draft.Subject, err)
	}
	subject := Subject{draft.Family, draft.Subject}
	stream := streams[subject]
	streams[subject] = append(stream, programme.Recorded[json.RawMessage]{
		Fact: programme.Fact{EffectiveOn: draft.EffectiveOn}, Body: body,
	})
	if len(stream) == 0 {
		d.Added = append(d.Added, subject)
		return nil
	}
	before := programme.InForce(stream, draft.EffectiveOn)
	if before == nil {
		before = &stream[0]
	}
	if fields := register.Differences(before.Body, body); len(fields) > 0 {
		d.Changed = append(d.Changed, Change{subject, draft.EffectiveOn, fields})
	}
	return nil
}

// streamsOf reads the recorded entities and services as they are stored, each in the order of its versions.
func streamsOf(ctx context.Context, known Known) (map[Subject][]programme.Recorded[json.RawMessage], error) {
	streams := map[Subject][]programme.Recorded[json.RawMessage]{}
	if known == nil {
		return streams, nil
	}
	facts, err := known(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what is known of entities and services: %w", err)
	}
	for _, family := range []programme.Family{programme.FamilyEntity, programme.FamilyService} {
		all, err := programme.ReadFamily[json.RawMessage](facts.Streams, family, programme.NoEnd)
		if err != nil {
			return nil, err
		}
		for code, stream := range programme.BySubject(all) {
			streams[Subject{family, code}] = slices.Clone(stream)
		}
	}
	return streams, nil
}

// WriteTo prints the difference in words.
func (d *Difference) WriteTo(w io.Writer) (int64, error) {
	var out strings.Builder
	fmt.Fprintf(&out, "%s: %d added to the catalogue, %d changed, %d left as they are; %d events to send.\n",
		d.Name, len(d.Added), len(d.Changed), len(d.Left), d.Events)
	subjects(&out, "\nAdded:\n", d.Added)
	if len(d.Changed) > 0 {
		fmt.Fprint(&out, "\nChanged:\n")
	}
	for _, each := range d.Changed[:min(len(d.Changed), shownSubjects)] {
		from := ""
		if !each.EffectiveOn.IsZero() {
			from = " from " + each.EffectiveOn.String()
		}
		fmt.Fprintf(&out, "  %s %s%s\n", each.Family, each.Code, from)
		for _, field := range each.Fields {
			fmt.Fprintf(&out, "    %s: %s → %s\n", field.Field, shown(field.Before), shown(field.After))
		}
	}
	more(&out, len(d.Changed))
	subjects(&out, "\nRecorded and not in the files; left as they are:\n", d.Left)
	n, err := io.WriteString(w, out.String())
	return int64(n), err
}

// shown is a field's value as it is stored; "none" where there is none.
func shown(value any) string {
	if value == nil {
		return "none"
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return shortened(string(text))
}

func subjects(out *strings.Builder, heading string, list []Subject) {
	if len(list) > 0 {
		fmt.Fprint(out, heading)
	}
	for _, each := range list[:min(len(list), shownSubjects)] {
		fmt.Fprintf(out, "  %s %s\n", each.Family, each.Code)
	}
	more(out, len(list))
}

func more(out *strings.Builder, n int) {
	if n > shownSubjects {
		fmt.Fprintf(out, "  and %d more\n", n-shownSubjects)
	}
}
