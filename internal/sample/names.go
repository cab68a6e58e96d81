package sample

import (
	_ "embed"
	"fmt"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

//go:embed names.txt
var namesFile string

// authority is an entity of the sample with its services and its habits of planning and reporting.
type authority struct {
	programme.Entity
	audience  string
	offerings []*offering
	habits    habits
}

// offering is a service of the sample with its whole life.
type offering struct {
	programme.Service
	owner     *authority
	procedure procedure
	// object is the English name of what the procedure is applied to.
	object string
	parts  []*offering

	existing bool       // online before the programme
	planned  civil.Date // original milestone; none: unplanned
	launched civil.Date
	retired  civil.Date
	// unverified marks a launch whose claimed level nobody has verified.
	unverified bool
	steps      []step
	// staffed are the digital channels whose use is counted by hand, beside web and mobile: kiosk, assisted.
	staffed []programme.Channel
}

// partOf reports whether the offering is a part of a bundle.
func (o *offering) partOf() bool { return o.PartOf != "" }

// readNames composes the catalogue from the embedded names. A fault in them is a fault of the program, found by any
// test.
func readNames(text string) []*authority {
	var authorities []*authority
	for number, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimPrefix(line, "= "), "|")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		switch {
		case strings.HasPrefix(line, "= ") && len(fields) == 4:
			entity := programme.Entity{Code: fields[0], Name: fields[1], NameAr: fields[2]}
			authorities = append(authorities, &authority{Entity: entity, audience: fields[3]})
		case len(authorities) > 0 && len(fields) >= 3 && procedures[fields[0]] != nil:
			authorities[len(authorities)-1].offer(fields)
		default:
			panic(fmt.Sprintf("sample: names.txt, line %d can't be read: %q", number+1, line))
		}
	}
	return authorities
}

// offer adds the services of one object: fields are its kind, English, Arabic and, for a bundle, the parts.
func (a *authority) offer(fields []string) {
	for _, p := range procedures[fields[0]] {
		o := &offering{owner: a, procedure: p, object: fields[1]}
		o.Code = fmt.Sprintf("%s-%03d", a.Code, len(a.offerings)+1)
		o.Entity, o.Audience = a.Code, a.audience
		o.Name = strings.Replace(p.english, "%s", fields[1], 1)
		o.NameAr = arabicName(p.arabic, fields[2])
		if fields[0] == "bundle" {
			o.parts = a.partsOf(o.Code, fields[3])
		}
		a.offerings = append(a.offerings, o)
	}
}

// arabicName puts the object into the phrase; ل before the article contracts to لل.
func arabicName(phrase, object string) string {
	if bare, found := strings.CutPrefix(object, "ال"); found && strings.Contains(phrase, " ل%s") {
		return strings.Replace(phrase, "ل%s", "لل"+bare, 1)
	}
	return strings.Replace(phrase, "%s", object, 1)
}

// partsOf finds a bundle's parts, given as "procedure object; …", and marks them.
func (a *authority) partsOf(bundle, list string) []*offering {
	var parts []*offering
	for part := range strings.SplitSeq(list, "; ") {
		code, object, _ := strings.Cut(part, " ")
		found := a.find(code, object)
		found.PartOf = bundle
		parts = append(parts, found)
	}
	return parts
}

// find returns the service of a procedure and object.
func (a *authority) find(procedureCode, object string) *offering {
	for _, o := range a.offerings {
		if o.procedure.code == procedureCode && o.object == object {
			return o
		}
	}
	panic(fmt.Sprintf("sample: %s offers no %s %s", a.Code, procedureCode, object))
}
