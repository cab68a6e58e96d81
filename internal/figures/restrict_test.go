package figures_test

import (
	"reflect"
	"slices"
	"testing"

	"mirsad/internal/figures"
)

// only lets a reader see some entities and no other.
func only(entities ...string) func(string) bool {
	return func(entity string) bool { return slices.Contains(entities, entity) }
}

// twoEntities is figures in which everything that has detail by entity has one line of moi and one of moj.
func twoEntities() *figures.Figures {
	f := &figures.Figures{Verified: figures.Progress{Goal: 1000, Counted: 9}, Coverage: figures.Coverage{Services: 2}}
	f.Usage.Growth.Concentration.Largest = "s-moj"
	f.Attention.BehindPlan = 2
	for _, entity := range []string{"moi", "moj"} {
		service := "s-" + entity
		f.Entities = append(f.Entities, figures.EntityFigures{Code: entity})
		f.Services = append(f.Services, figures.ServiceFigures{Code: service, Entity: entity})
		f.Usage.Top = append(f.Usage.Top, figures.TopService{Service: service})
		f.Attention.Late = append(f.Attention.Late, figures.LateMilestone{Entity: entity, Service: service})
		f.Attention.Dormant = append(f.Attention.Dormant, service)
		f.Attention.Silent = append(f.Attention.Silent, service)
		f.Attention.ClaimedNotVerified = append(f.Attention.ClaimedNotVerified, service)
		f.Attention.LateEntities = append(f.Attention.LateEntities, entity)
		f.Plans.Approved = append(f.Plans.Approved, figures.ApprovedMilestone{Entity: entity})
		f.Plans.Milestones = append(f.Plans.Milestones, figures.MilestoneFigures{Entity: entity, Service: service})
		f.Plans.Platforms = append(f.Plans.Platforms, figures.PlatformFigures{Entity: entity})
		f.Plans.Entities = append(f.Plans.Entities, figures.EntityPlan{Entity: entity})
	}
	return f
}

// named lists of whom each list with detail is, by the entity or service that each line names.
func named(f *figures.Figures) map[string][]string {
	lists := map[string][]string{
		"dormant": f.Attention.Dormant, "silent": f.Attention.Silent, "late entities": f.Attention.LateEntities,
		"claimed, not verified": f.Attention.ClaimedNotVerified, "largest": {f.Usage.Growth.Concentration.Largest},
	}
	add := func(list, name string) { lists[list] = append(lists[list], name) }
	for i := range f.Entities {
		add("entities", f.Entities[i].Code)
	}
	for i := range f.Services {
		add("services", f.Services[i].Code)
	}
	for _, each := range f.Usage.Top {
		add("top", each.Service)
	}
	for _, each := range f.Attention.Late {
		add("late", each.Entity)
	}
	for _, each := range f.Plans.Approved {
		add("approved", each.Entity)
	}
	for i := range f.Plans.Milestones {
		add("milestones", f.Plans.Milestones[i].Entity)
	}
	for _, each := range f.Plans.Platforms {
		add("platforms", each.Entity)
	}
	for i := range f.Plans.Entities {
		add("plans of entities", f.Plans.Entities[i].Entity)
	}
	return lists
}

var (
	listsOfEntities = []string{
		"entities", "late entities", "late", "approved", "milestones", "platforms", "plans of entities",
	}
	listsOfServices = []string{"services", "top", "dormant", "silent", "claimed, not verified"}
)

func TestAReaderSeesTheDetailOfTheirOwnEntities(t *testing.T) {
	for name, test := range map[string]struct {
		sees []string
		want []string
	}{
		"both":    {[]string{"moi", "moj"}, []string{"moi", "moj"}},
		"one":     {[]string{"moi"}, []string{"moi"}},
		"another": {[]string{"moj"}, []string{"moj"}},
		"none":    {nil, nil},
	} {
		lists := named(twoEntities().Of(only(test.sees...)))
		for _, list := range listsOfEntities {
			if !slices.Equal(lists[list], test.want) {
				t.Errorf("%s: %s are %v, want %v", name, list, lists[list], test.want)
			}
		}
		var services []string
		for _, entity := range test.want {
			services = append(services, "s-"+entity)
		}
		for _, list := range listsOfServices {
			if !slices.Equal(lists[list], services) {
				t.Errorf("%s: %s are %v, want %v", name, list, lists[list], services)
			}
		}
	}
}

func TestTheLargestServiceIsNamedToThoseWhoSeeIt(t *testing.T) {
	for entity, want := range map[string]string{"moj": "s-moj", "moi": ""} {
		if got := twoEntities().Of(only(entity)).Usage.Growth.Concentration.Largest; got != want {
			t.Errorf("%s reads that the largest is %q, want %q", entity, got, want)
		}
	}
}

func TestAServiceOutsideTheCatalogueIsOfNobody(t *testing.T) {
	f := twoEntities()
	f.Attention.Silent = append(f.Attention.Silent, "s-gone")
	if got := f.Of(only("moi", "moj")).Attention.Silent; slices.Contains(got, "s-gone") {
		t.Errorf("%v are silent", got)
	}
}

func TestTheProgrammesTotalsStayForEveryReader(t *testing.T) {
	whole := twoEntities()
	seen := whole.Of(only())
	if seen.Verified.Counted != 9 || seen.Verified.Goal != 1000 || seen.Coverage.Services != 2 {
		t.Errorf("a reader without entities has %+v and %+v", seen.Verified, seen.Coverage)
	}
	if seen.Attention.BehindPlan != 2 {
		t.Errorf("%d entities are behind plan, want 2", seen.Attention.BehindPlan)
	}
}

// Figures are shared by all readers: what one may see takes nothing from another.
func TestOnesPartLeavesTheWholeAsItWas(t *testing.T) {
	whole := twoEntities()
	whole.Of(only("moi"))
	if !reflect.DeepEqual(whole, twoEntities()) {
		t.Errorf("the whole is now %+v", whole)
	}
}

// A list without lines is [] in JSON, not null.
func TestAPartIsNeverNull(t *testing.T) {
	seen := (&figures.Figures{}).Of(only())
	if seen.Entities == nil || seen.Services == nil || seen.Usage.Top == nil || seen.Plans.Milestones == nil ||
		seen.Attention.Late == nil || seen.Attention.Dormant == nil || seen.Attention.LateEntities == nil {
		t.Errorf("%+v", seen)
	}
}
