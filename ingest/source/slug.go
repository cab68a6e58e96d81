package source

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"mirsad/internal/programme"
)

// slug writes a name as lower-case words joined by hyphens: accents fall away, apostrophes too.
func slug(name string) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(r)
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
		default:
			gap = true
		}
	}
	return out.String()
}

// What a published name or code keeps of itself where it is longer than every door allows.
const (
	mostName = 200
	mostCode = 100
	keptCode = 90
)

// code fits a code that comes from a published file: one that is too long keeps its beginning and gets digits that tell
// it from others. One that is recorded already stays.
func (r *recorded) code(family programme.Family, wanted string) (code string, known bool) {
	if existing, found := r.like(family, wanted); found && existing == wanted {
		return wanted, true
	}
	if len(wanted) <= mostCode {
		return wanted, false
	}
	sum := sha256.Sum256([]byte(wanted))
	code = wanted[:keptCode] + "-" + hex.EncodeToString(sum[:4])
	_, known = r.like(family, code)
	return code, known
}

// fit lets a published name that is too long for a name end in an ellipsis; its description then has all of it.
func fit(name string) (short, description string) {
	letters := []rune(name)
	if len(letters) <= mostName {
		return name, ""
	}
	return strings.TrimSpace(string(letters[:mostName-1])) + "…", name
}
