package source

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// hukoomiPrefix begins the codes of everything in the directory.
const hukoomiPrefix = "qa-"

// hukoomiService is a row of the directory; several rows may want the same code.
type hukoomiService struct {
	programme.Service
	address  string // of its English page
	created  civil.Date
	launched bool
}

// hukoomiReader gathers the rows and everything that is wrong with them.
type hukoomiReader struct {
	before   recorded
	entities map[string]programme.Entity
	services []hukoomiService
	faults   faults
}

func (r *hukoomiReader) row(t *table) {
	provider := t.required("service_provider_english")
	title := t.required("title_english")
	entity, _ := r.before.code(programme.FamilyEntity, hukoomiPrefix+slug(provider))
	if provider != "" && entity == hukoomiPrefix {
		t.blame("service_provider_english", "no_latin_provider")
	}
	address := t.cell("page_url_english")
	code, _ := r.before.code(programme.FamilyService, hukoomiPrefix+cmp.Or(lastPathElement(address), slug(title)))
	if title != "" && code == hukoomiPrefix {
		t.blame("title_english", "no_latin_title")
	}
	mode, known := hukoomiModes[strings.ToLower(t.cell("service_mode"))]
	if !known {
		t.blame("service_mode", "not_a_mode")
	}
	s := hukoomiService{
		Service: programme.Service{
			Code:     code,
			Name:     title,
			NameAr:   cmp.Or(t.cell("title_arabic"), title),
			Entity:   entity,
			Channels: mode.channels,
		},
		address: address, created: r.created(t, mode.launched), launched: mode.launched,
	}
	t.check(register.CheckService(&s.Service), map[string]string{"name": "title_english", "name_ar": "title_arabic"})
	t.check(register.CheckEntity(programme.Entity{Code: entity, Name: provider, NameAr: t.cell("service_provider_arabic")}),
		map[string]string{"name": "service_provider_english", "name_ar": "service_provider_arabic"})
	r.services = append(r.services, s)
	r.provider(programme.Entity{Code: entity, Name: provider, NameAr: t.cell("service_provider_arabic")})
}

// provider keeps the first name of an entity in each language.
func (r *hukoomiReader) provider(e programme.Entity) {
	first, found := r.entities[e.Code]
	if !found {
		first = e
	}
	first.NameAr = cmp.Or(first.NameAr, e.NameAr)
	r.entities[e.Code] = first
}

// created reads created_date; only a launch needs it.
func (r *hukoomiReader) created(t *table, needed bool) civil.Date {
	text := t.cell("created_date")
	if text == "" && !needed {
		return 0
	}
	day, reason := t.dates.Day(text)
	if reason == "" && (day < earliestDay || day > latestDay) {
		reason = intake.NotDate
	}
	if reason != "" {
		t.blame("created_date", "intake."+string(reason), "text", shortened(text))
		return 0
	}
	return day
}

// lastPathElement returns the slug of an address's last path element, empty when there is none.
func lastPathElement(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return slug(path.Base(parsed.Path)) // the base of no path is "." or "/", whose slug is empty
}

// withHukoomiCodes gives every service a code of its own. Of several that want the same one, the page made first gets
// it and the others a number, so that the codes don't depend on the order of the rows and stay when later rows are
// added. Rows that say the same in everything are one service.
func withHukoomiCodes(services []hukoomiService) []hukoomiService {
	slices.SortFunc(services, compareHukoomi)
	services = slices.CompactFunc(services, func(a, b hukoomiService) bool { return compareHukoomi(a, b) == 0 })
	taken := map[string]bool{}
	for _, s := range services {
		taken[s.Code] = true
	}
	wanted := ""
	for i := range services {
		s := &services[i]
		if s.Code != wanted {
			wanted = s.Code
			continue
		}
		for n := 2; taken[s.Code]; n++ {
			s.Code = fmt.Sprintf("%s-%d", wanted, n)
		}
		taken[s.Code] = true
	}
	slices.SortFunc(services, func(a, b hukoomiService) int { return cmp.Compare(a.Code, b.Code) })
	return services
}

// compareHukoomi orders services by the code they want and then by everything the directory says of them.
func compareHukoomi(a, b hukoomiService) int {
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.created, b.created), cmp.Compare(a.Entity, b.Entity),
		cmp.Compare(a.Name, b.Name), cmp.Compare(a.NameAr, b.NameAr), cmp.Compare(a.address, b.address),
		slices.Compare(a.Channels, b.Channels))
}
