package page

import "mirsad/internal/programme"

// LevelChip is a level as number, word and step of the ramp; 0 is no level.
type LevelChip struct {
	Level int
	Name  string
}

// Chip returns a level with its word.
func (v *Visit) Chip(level programme.Level) LevelChip {
	return LevelChip{Level: int(level), Name: v.LevelName(level)}
}

// LevelName is a level of maturity in words.
func (v *Visit) LevelName(level programme.Level) string {
	return v.T("base.level." + Raw(int64(level)))
}
