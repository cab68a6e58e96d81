package page

import (
	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Words words what pages show in the reader's language: names, levels, numbers and their states, statuses. They know
// nothing of the request.
type Words struct{ i18n.Words }

// RightToLeft reports whether the language is written from the right.
func (w Words) RightToLeft() bool { return w.Language.Direction() == "rtl" }

// Name returns the one of two names that is in the page's language, else the other.
func (w Words) Name(english, arabic string) string {
	if (w.Language == i18n.Arabic && arabic != "") || english == "" {
		return arabic
	}
	return english
}

// ChannelNames words channels.
func (w Words) ChannelNames(list []programme.Channel) []string {
	return Each(list, func(c programme.Channel) string { return w.T("base.channel." + string(c)) })
}

// Day words a date, or the dash for none.
func (w Words) Day(d civil.Date) string {
	if d.IsZero() {
		return w.Count(programme.Count{})
	}
	return w.Date(d)
}

// LevelChip is a level as number, word and step of the ramp; 0 is no level.
type LevelChip struct {
	Level int
	Name  string
}

// Chip returns a level with its word.
func (w Words) Chip(level programme.Level) LevelChip {
	return LevelChip{Level: int(level), Name: w.LevelName(level)}
}

// LevelName is a level of maturity in words.
func (w Words) LevelName(level programme.Level) string {
	return w.T("base.level." + Raw(int64(level)))
}
