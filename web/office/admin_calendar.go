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

// readCalendarLines reads what calendarLines writes; a line that can't be read is a fault of that line.
func readCalendarLines(text string) ([]programme.CalendarDay, []programme.Fault) {
	var days []programme.CalendarDay
	var unread []programme.Fault
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		parts := strings.Split(line, "|")
		from, to, several := strings.Cut(parts[0], "/")
		first, err := page.DateIn(from)
		last := first
		if err == nil && several {
			last, err = page.DateIn(to)
		}
		if err != nil || first.IsZero() || last.IsZero() || len(parts) != 3 {
			unread = append(
				unread, programme.Fault{Field: "days", Kind: "bad_line", Args: map[string]any{"line": number}},
			)
			continue
		}
		days = append(days, programme.CalendarDay{
			From: first, To: last, Name: intake.Prose(parts[1]), NameAr: intake.Prose(parts[2]),
		})
	}
	return days, unread
}
