package page

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// Link is an address with its words.
type Link struct {
	Text, Address string
	// Current marks the page that the reader is on.
	Current bool
}

// Hidden is a hidden field of a form.
type Hidden struct{ Name, Value string }

// Frame is what every page shows around its content.
type Frame struct {
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
	Menu          []Link
	Other         Link // this page in the other language
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
	RuleVersion        Figure
	Completeness       string
	Grade              string
	Pinned             string
	// Action and Others are the form that changes the dates.
	Action     string
	Others     []Hidden
	ChosenOn   string
	ChosenAsAt string
	ResetDates string
}

// T words a key in the page's language; a second argument is the text's n.
func (f Frame) T(key string, n ...int) string {
	if len(n) > 0 {
		return f.words.T(key, i18n.Args{"n": n[0]})
	}
	return f.words.T(key)
}

// Frame returns what surrounds a page of the given title.
func (v *Visit) Frame(title string) Frame {
	settings := v.Settings()
	f := Frame{
		words: v.Words.Words, Language: string(v.Language), Direction: v.Language.Direction(), Title: title,
		Script: v.Assets.Address("app.js"), Style: v.Assets.Address("page.css"), Icon: v.Assets.Address("icon.svg"),
		Home:          v.Address.To("/"),
		Other:         Link{Text: v.T("web.other_language"), Address: v.Address.in(v.Language.Other())},
		OtherLanguage: string(v.Language.Other()),
		Programme:     v.Name(settings.Name, settings.NameAr), Classification: settings.Classification,
		Sample:  settings.Sample,
		SignOut: "/" + string(v.Language) + "/sign-out",
	}
	if !v.Reader.Known {
		return f
	}
	f.Person = v.Reader.Name
	if v.Reader.Purpose == "" { // a signed link opens one page
		f.Account, f.Menu = "/"+string(v.Language)+"/account", v.menu()
	}
	if v.Figures != nil {
		f.Stamp = v.stamp()
	}
	return f
}

func (v *Visit) stamp() *stamp {
	s := v.Figures.Stamp
	return &stamp{
		On: v.Date(s.On), OnValue: s.On.String(),
		AsAt: v.Instant(s.AsAt, v.Zone), AsAtValue: civil.DateOf(s.AsAt.In(v.Zone)).String(),
		Provisional: s.Provisional, RuleVersion: v.Whole("rule_version", int(s.RuleVersion)),
		Completeness: v.completeness(s.Completeness), Grade: s.Completeness.Grade,
		Pinned: v.Address.pinned(s, v.Zone),
		Action: "/" + string(v.Language) + v.Address.Path, Others: v.Address.Others(Dates...),
		ChosenOn: v.Address.Query.Get("on"), ChosenAsAt: v.Address.Query.Get("as_at"),
		ResetDates: v.Address.With("on", "", "as_at", ""),
	}
}

// completeness says how many of the expected service-months were received.
func (w Words) completeness(c figures.Completeness) string {
	if c.Expected == 0 {
		return w.T("web.completeness.none")
	}
	return w.T("web.completeness.partial", i18n.Args{
		"reported": c.Reported, "expected": c.Expected, "share": w.Percent(c.Share), "n": c.Expected,
	})
}
