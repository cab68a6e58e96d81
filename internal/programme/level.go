package programme

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Level is a service's maturity, 1 to 4; 0 means no level.
type Level uint8

// The four levels of maturity.
const (
	LevelInformative   Level = 1
	LevelInteractive   Level = 2
	LevelTransactional Level = 3
	LevelIntegrated    Level = 4
)

// Levels lists the four levels, lowest first.
func Levels() []Level {
	return []Level{LevelInformative, LevelInteractive, LevelTransactional, LevelIntegrated}
}

// Valid reports whether the level is one of 1 to 4.
func (l Level) Valid() bool { return l >= LevelInformative && l <= LevelIntegrated }

// EndToEnd reports whether the level needs no visit: 3 or 4.
func (l Level) EndToEnd() bool { return l >= LevelTransactional }

// ParseLevel reads 1, 2, 3 or 4.
func ParseLevel(text string) (Level, error) {
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= 4 {
		return Level(n), nil
	}
	return 0, fmt.Errorf("%w: level %q is none of 1, 2, 3, 4", ErrInvalid, text)
}

// ByLevel holds a count of services for each level; index it with At.
type ByLevel [4]int

// At returns the count at a level; 0 for no level.
func (b ByLevel) At(level Level) int {
	if !level.Valid() {
		return 0
	}
	return b[level-1]
}

// Add counts one more service at the level; no level is ignored.
func (b *ByLevel) Add(level Level) {
	if level.Valid() {
		b[level-1]++
	}
}

// Total returns the sum over the four levels.
func (b ByLevel) Total() int { return b[0] + b[1] + b[2] + b[3] }

// EndToEnd returns the count at levels 3 and 4.
func (b ByLevel) EndToEnd() int { return b[2] + b[3] }

// MarshalJSON writes {"1": n, "2": n, "3": n, "4": n}.
func (b ByLevel) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, `{"1":%d,"2":%d,"3":%d,"4":%d}`, b[0], b[1], b[2], b[3]), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (b *ByLevel) UnmarshalJSON(data []byte) error {
	shape := map[Level]int{}
	if err := json.Unmarshal(data, &shape); err != nil {
		return err
	}
	*b = ByLevel{shape[1], shape[2], shape[3], shape[4]}
	return nil
}
