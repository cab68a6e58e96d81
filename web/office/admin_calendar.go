package office

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"mirsad/internal/act"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// calendarRecord is a calendar: a line for each day or stretch of days.
func calendarRecord() record {
	return record{
		family: programme.FamilyProgramme,
		subject: func(v *visit) (string, error) {
			name := v.Parameter("calendar")
			if !slices.Contains(programme.Calendars(), name) {
				return "", fmt.Errorf("%w: calendar %q", programme.ErrNotFound, name)
			}
			return programme.CalendarSubject(name), nil
		},
		heading: func(v *visit) string { return v.T("admin.calendar." + v.Parameter("calendar")) },
		lead:    "admin.calendar.lead",
		values: func(v *visit, stream []programme.Fact) (url.Values, error) {
			calendar, err := programme.CalendarOf(v.Parameter("calendar"), stream)
			return url.Values{"days": {calendarLines(calendar)}}, err
		},
		fields: func(v *visit, values url.Values) []page.Field {
			return []page.Field{page.Optional(v.recordField(values, "days", "textarea"))}
		},
		read: func(v *visit, values url.Values, _ []programme.Fact) (recording, []programme.Fault, error) {
			days, unread := readCalendarLines(values.Get("days"))
			calendar := programme.Calendar{Name: v.Parameter("calendar"), Days: days}
			return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
				return v.deps.Acts.Calendars.Record(ctx, by, c, calendar)
			}, unread, nil
		},
	}
}

// calendarLines writes a calendar as its form shows it: from/to | name | Arabic name.
func calendarLines(calendar programme.Calendar) string {
	var lines strings.Builder
	for _, each := range calendar.Days {
		days := each.From.String()
		if each.To != each.From {
			days += "/" + each.To.String()
		}
		fmt.Fprintf(&lines, "%s | %s | %s\n", days, each.Name, each.NameAr)
	}
	return lines.String()
}

// readCalendarLines reads what calendarLines writes, or rows that were copied from a spreadsheet; a line that can't be read is
// a fault of that line.
func readCalendarLines(text string) ([]programme.CalendarDay, []programme.Fault) {
	var days []programme.CalendarDay
	var unread []programme.Fault
	lines, dates := slices.Collect(strings.Lines(text)), new(intake.Dates)
	for _, line := range lines {
		dates.See(calendarParts(line)[0])
	}
	for i, line := range lines {
		if !intake.Seen(line) {
			continue
		}
		parts := calendarParts(line)
		span, reason := dates.Span(parts[0])
		if reason != "" || len(parts) != 3 {
			unread = append(
				unread, programme.Fault{Field: "days", Kind: "bad_line", Args: map[string]any{"line": i + 1}},
			)
			continue
		}
		days = append(days, programme.CalendarDay{
			From: span.From, To: span.To, Name: intake.Prose(parts[1]), NameAr: intake.Prose(parts[2]),
		})
	}
	return days, unread
}

// calendarParts takes a line apart: days, name, Arabic name. A spreadsheet puts tabs between them, and may have the first and
// the last day in two columns.
func calendarParts(line string) []string {
	if strings.Contains(line, "|") {
		return strings.Split(line, "|")
	}
	parts := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
	switch {
	case len(parts) != 4:
	case intake.Seen(parts[1]):
		return []string{parts[0] + " - " + parts[1], parts[2], parts[3]}
	default:
		return []string{parts[0], parts[2], parts[3]}
	}
	return parts
}
