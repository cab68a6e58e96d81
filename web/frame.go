package web

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// link is an address with its words.
type link struct {
	Text, Address string
	// Current marks the page that the reader is on.
	Current bool
}

// hidden is a hidden field of a form.
type hidden struct{ Name, Value string }

// frame is what every page shows around its content.
type frame struct {
	words i18n.Words

	Language, Direction string
	Title               string
	Programme           string
	Classification      string // how secret what stands here is; empty for none
	Sample              bool   // the programme is the generated sample
	Script, Style, Icon string
	// Filters is the script of pages whose filters swap the results in place; empty elsewhere.
	Filters       string
	Home          string
	Menu          []link
	Other         link // this page in the other language
	OtherLanguage string
	Person        string // empty when nobody is signed in
	Account       string // the page of the person's account
	SignOut       string
	Stamp         *stamp // nil on pages without figures
}

// stamp is the line on every page that says what its figures are: dates, rule, completeness.
type stamp struct {
	On, AsAt           string
	OnValue, AsAtValue string // as in the address and the API
	Provisional        bool
	RuleVersion        figure
	Completeness       string
	Grade              string
	Pinned             string
	// Action and Others are the form that changes the dates.
	Action     string
	Others     []hidden
	ChosenOn   string
	ChosenAsAt string
	ResetDates string
}

// T words a key in the page's language; a second argument is the text's n.
func (f frame) T(key string, n ...int) string {
	if len(n) > 0 {
		return f.words.T(key, i18n.Args{"n": n[0]})
	}
	return f.words.T(key)
}

// frame returns what surrounds a page of the given title.
func (v *base) frame(title string) frame {
	settings := v.Settings()
	f := frame{
		words: v.Words, Language: string(v.Language), Direction: v.Language.Direction(), Title: title,
		Script: v.assets.address("app.js"), Style: v.assets.address("page.css"), Icon: v.assets.address("icon.svg"),
		Home:          v.address.to("/"),
		Other:         link{Text: v.T("web.other_language"), Address: v.address.in(v.Language.Other())},
		OtherLanguage: string(v.Language.Other()),
		Programme:     v.name(settings.Name, settings.NameAr), Classification: settings.Classification, Sample: settings.Sample,
		SignOut: "/" + string(v.Language) + "/sign-out",
	}
	if !v.reader.known {
		return f
	}
	f.Person = v.reader.Name
	if v.reader.Purpose == "" { // a signed link opens one page
		f.Account, f.Menu = "/"+string(v.Language)+"/account", v.menu()
	}
	if v.figures != nil {
		f.Stamp = v.stamp()
	}
	return f
}

func (v *base) stamp() *stamp {
	s := v.figures.Stamp
	return &stamp{
		On: v.Date(s.On), OnValue: s.On.String(),
		AsAt: v.Instant(s.AsAt, v.Zone), AsAtValue: civil.DateOf(s.AsAt.In(v.Zone)).String(),
		Provisional: s.Provisional, RuleVersion: v.whole("rule_version", int(s.RuleVersion)),
		Completeness: v.completeness(s.Completeness), Grade: s.Completeness.Grade,
		Pinned: v.address.pinned(s, v.Zone),
		Action: "/" + string(v.Language) + v.address.path, Others: v.address.others(dates...),
		ChosenOn: v.address.query.Get("on"), ChosenAsAt: v.address.query.Get("as_at"),
		ResetDates: v.address.with("on", "", "as_at", ""),
	}
}

// completeness says how many of the expected service-months were received.
func (v *base) completeness(c figures.Completeness) string {
	if c.Expected == 0 {
		return v.T("web.completeness.none")
	}
	return v.T("web.completeness.partial", i18n.Args{
		"reported": c.Reported, "expected": c.Expected, "share": v.Percent(c.Share), "n": c.Expected,
	})
}
