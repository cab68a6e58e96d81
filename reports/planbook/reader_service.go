package planbook

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// readService reads which service the row is about: one of the list, or a proposed one by its names.
func (r *planRow) readService() {
	name, nameAr := r.text(keyName, longestPlanName), r.text(keyNameAr, longestPlanName)
	cell, chosen := r.filled(keyService)
	proposed := name != "" || nameAr != ""
	switch {
	case chosen && proposed && strings.Contains(cell.text, strings.TrimSpace(codeSeparator)):
		r.wrong(keyService, "sheet_listed_and_new")
		return
	case chosen:
		code, is := readCode(cell.text)
		if r.m.Service = code; !is {
			r.wrong(keyService, "sheet_not_listed")
		}
	case !proposed && r.cells[keyName].text == "" && r.cells[keyNameAr].text == "":
		r.missing(keyService)
	}
	if !proposed {
		return
	}
	for key, text := range map[string]string{keyName: name, keyNameAr: nameAr} {
		if text == "" && r.cells[key].text == "" {
			r.missing(key)
		}
	}
	r.m.Proposed = &programme.ProposedService{Name: name, NameAr: nameAr}
	if !chosen && !r.cells[keyService].blocked {
		r.m.Service = proposedCode(r.upload.Entity, name, nameAr)
	}
}

// longestSlug is how much of a name its code repeats.
const longestSlug = 40

// proposedCode makes the code of a proposed service from its name, the same each time: what can be read of the English
// name, and four digits that tell names apart which read alike.
func proposedCode(entity, name, nameAr string) string {
	from := name
	if from == "" {
		from = nameAr
	}
	sum := sha256.Sum256([]byte(entity + "\n" + intake.Fold(from)))
	parts := []string{"new"}
	if slug := slugOf(name); slug != "" {
		parts = append(parts, slug)
	}
	return strings.Join(append(parts, hex.EncodeToString(sum[:2])), "-")
}

// slugOf keeps a name's letters a to z and digits, in words of whole letters.
func slugOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name),
		func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	slug := ""
	for _, word := range words {
		if len(slug)+1+len(word) > longestSlug {
			break
		}
		slug = strings.TrimPrefix(slug+"-"+word, "-")
	}
	return slug
}

// makeCodes gives new milestones the code of their service and level, with a number where that is taken. A milestone
// whose service could not be read has none: the upload has a fault then.
func (r *reader) makeCodes() {
	for i := range r.upload.Milestones {
		m := &r.upload.Milestones[i]
		if m.Code != "" || m.Service == "" {
			continue
		}
		base := "m-" + sheet.Shorten(m.Service, 80) + "-" + strconv.Itoa(int(m.Level))
		m.Code = base
		for n := 2; r.used[m.Code] || r.known[m.Code]; n++ {
			m.Code = base + "-" + strconv.Itoa(n)
		}
		r.used[m.Code] = true
	}
}
