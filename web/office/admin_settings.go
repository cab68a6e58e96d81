package office

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// settingsRecord is the programme's settings.
func settingsRecord() record {
	return record{
		family:  programme.FamilyProgramme,
		subject: func(*visit) (string, error) { return programme.ProgrammeSubject, nil },
		heading: func(v *visit) string { return v.T("admin.settings") },
		lead:    "admin.settings.lead",
		values:  settingsValues, fields: settingsFields, read: readSettings,
	}
}

func settingsValues(_ *visit, stream []programme.Fact) (url.Values, error) {
	s, err := register.SettingsOf(stream)
	if err != nil {
		return nil, err
	}
	values := url.Values{}
	for name, value := range map[string]string{
		"name": s.Name, "name_ar": s.NameAr, "goal": strconv.Itoa(s.Goal), "starts_on": s.StartsOn.String(),
		"target_on":      s.TargetOn.String(),
		"reporting_date": s.ReportingDate.String(), "data_from": s.DataFrom.String(), "due_day": strconv.Itoa(s.DueDay),
		"rule.minimum_level": strconv.Itoa(int(s.Rule.MinimumLevel)),
		"rule.new_at_level":  strconv.Itoa(int(s.Rule.NewAtLevel)),
		"rule.audiences":     strings.Join(s.Rule.Audiences, ", "), "classification": s.Classification,
	} {
		values.Set(name, value)
	}
	if s.Rule.CountExisting {
		values.Set("rule.count_existing", "on")
	}
	return values, nil
}

func settingsFields(v *visit, values url.Values) []page.Field {
	minimum, newAt := v.recordField(values, "rule.minimum_level", "select"), page.Optional(v.recordField(
		values, "rule.new_at_level", "select",
	))
	newAt.Options = append(newAt.Options, page.Option{Value: "0", Text: v.T("admin.as_minimum")})
	for _, level := range programme.Levels() {
		each := page.Option{Value: strconv.Itoa(int(level)), Text: v.LevelName(level)}
		minimum.Options, newAt.Options = append(minimum.Options, each), append(newAt.Options, each)
	}
	for _, chosen := range []*page.Field{&minimum, &newAt} {
		for i := range chosen.Options {
			chosen.Options[i].Chosen = chosen.Options[i].Value == chosen.Value
		}
	}
	existing := page.Optional(v.recordField(values, "rule.count_existing", "checkbox"))
	existing.Checked = existing.Value != ""
	return []page.Field{
		v.recordField(values, "name", "text"), v.recordField(values, "name_ar", "text"),
		v.recordField(values, "goal", "number"),
		v.recordField(values, "starts_on", "date"), v.recordField(values, "target_on", "date"),
		page.Optional(v.recordField(values, "reporting_date", "date")),
		page.Optional(v.recordField(values, "data_from", "date")),
		v.recordField(values, "due_day", "number"), minimum, newAt,
		page.Optional(v.recordField(values, "rule.audiences", "text")), existing,
		page.Optional(v.recordField(values, "classification", "text")),
	}
}

// readSettings reads the form; what it does not show stays as it is.
func readSettings(v *visit, values url.Values, stream []programme.Fact) (recording, []programme.Fault, error) {
	next, err := register.SettingsOf(stream)
	if err != nil {
		return nil, nil, err
	}
	var unread []programme.Fault
	next.Name, next.NameAr = page.FormText(values, "name"), page.FormText(values, "name_ar")
	next.Goal, next.DueDay = page.FormNumber(values, "goal"), page.FormNumber(values, "due_day")
	next.StartsOn, next.TargetOn = page.FormDate(values, "starts_on", &unread), page.FormDate(
		values, "target_on", &unread,
	)
	next.ReportingDate, next.DataFrom = page.FormDate(
		values, "reporting_date", &unread,
	), page.FormDate(values, "data_from", &unread)
	next.Classification = page.FormText(values, "classification")
	next.Rule.MinimumLevel = page.FormLevel(values, "rule.minimum_level")
	next.Rule.NewAtLevel = page.FormLevel(values, "rule.new_at_level")
	next.Rule.Audiences = page.FormList(values, "rule.audiences")
	next.Rule.CountExisting = values.Get("rule.count_existing") != ""
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return v.deps.Acts.Settings.Record(ctx, by, c, next)
	}, unread, nil
}

// effects say what settings would do to the counted total; nothing of another record.
func (v *visit) effects(effect *programme.Effect) []string {
	if effect == nil {
		return nil
	}
	words := func(key string, on programme.EffectOn) string {
		return v.T(key, page.Args("n", on.Counted, "goal", on.Goal, "end_to_end", on.EndToEnd, "on", v.Date(on.On)))
	}
	return []string{words("admin.effect.before", effect.Before), words("admin.effect.after", effect.After)}
}
