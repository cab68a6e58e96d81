package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
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
		"name": s.Name, "name_ar": s.NameAr, "goal": strconv.Itoa(s.Goal), "starts_on": s.StartsOn.String(), "target_on": s.TargetOn.String(),
		"reporting_date": s.ReportingDate.String(), "data_from": s.DataFrom.String(), "due_day": strconv.Itoa(s.DueDay),
		"rule.minimum_level": strconv.Itoa(int(s.Rule.MinimumLevel)), "rule.new_at_level": strconv.Itoa(int(s.Rule.NewAtLevel)),
		"rule.audiences": strings.Join(s.Rule.Audiences, ", "), "classification": s.Classification,
	} {
		values.Set(name, value)
	}
	if s.Rule.CountExisting {
		values.Set("rule.count_existing", "on")
	}
	return values, nil
}

func settingsFields(v *visit, values url.Values) []field {
	minimum, newAt := v.recordField(values, "rule.minimum_level", "select"), optional(v.recordField(values, "rule.new_at_level", "select"))
	newAt.Options = append(newAt.Options, option{Value: "0", Text: v.T("admin.as_minimum")})
	for _, level := range programme.Levels() {
		each := option{Value: strconv.Itoa(int(level)), Text: v.levelName(level)}
		minimum.Options, newAt.Options = append(minimum.Options, each), append(newAt.Options, each)
	}
	for _, chosen := range []*field{&minimum, &newAt} {
		for i := range chosen.Options {
			chosen.Options[i].Chosen = chosen.Options[i].Value == chosen.Value
		}
	}
	existing := optional(v.recordField(values, "rule.count_existing", "checkbox"))
	existing.Checked = existing.Value != ""
	return []field{
		v.recordField(values, "name", "text"), v.recordField(values, "name_ar", "text"), v.recordField(values, "goal", "number"),
		v.recordField(values, "starts_on", "date"), v.recordField(values, "target_on", "date"),
		optional(v.recordField(values, "reporting_date", "date")), optional(v.recordField(values, "data_from", "date")),
		v.recordField(values, "due_day", "number"), minimum, newAt, optional(v.recordField(values, "rule.audiences", "text")), existing,
		optional(v.recordField(values, "classification", "text")),
	}
}

// readSettings reads the form; what it does not show stays as it is.
func readSettings(v *visit, values url.Values, stream []programme.Fact) (recording, []programme.Fault, error) {
	next, err := register.SettingsOf(stream)
	if err != nil {
		return nil, nil, err
	}
	var unread []programme.Fault
	next.Name, next.NameAr = formText(values, "name"), formText(values, "name_ar")
	next.Goal, next.DueDay = formNumber(values, "goal"), formNumber(values, "due_day")
	next.StartsOn, next.TargetOn = formDate(values, "starts_on", &unread), formDate(values, "target_on", &unread)
	next.ReportingDate, next.DataFrom = formDate(values, "reporting_date", &unread), formDate(values, "data_from", &unread)
	next.Classification = formText(values, "classification")
	next.Rule.MinimumLevel = formLevel(values, "rule.minimum_level")
	next.Rule.NewAtLevel = formLevel(values, "rule.new_at_level")
	next.Rule.Audiences = formList(values, "rule.audiences")
	next.Rule.CountExisting = values.Get("rule.count_existing") != ""
	return func(ctx context.Context, by act.By, c register.Change) (act.Version, error) {
		return v.acts.Settings.Record(ctx, by, c, next)
	}, unread, nil
}

// effects say what settings would do to the counted total; nothing of another record.
func (v *visit) effects(effect *programme.Effect) []string {
	if effect == nil {
		return nil
	}
	words := func(key string, on programme.EffectOn) string {
		return v.T(key, args("n", on.Counted, "goal", on.Goal, "end_to_end", on.EndToEnd, "on", v.Date(on.On)))
	}
	return []string{words("admin.effect.before", effect.Before), words("admin.effect.after", effect.After)}
}
