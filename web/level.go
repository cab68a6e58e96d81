package web

import "mirsad/internal/programme"

// levelChip is a level as number, word and step of the ramp; 0 is no level.
type levelChip struct {
	Level int
	Name  string
}

// chip returns a level with its word.
func (v *base) chip(level programme.Level) levelChip {
	return levelChip{Level: int(level), Name: v.levelName(level)}
}

func (v *base) levelName(level programme.Level) string {
	return v.T("base.level." + raw(int64(level)))
}
