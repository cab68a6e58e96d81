package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAShortCatalogueFileTakesNothingAway imports a list, looks at what a shorter one would change and then imports it,
// by the command and beside a running server.
func TestAShortCatalogueFileTakesNothingAway(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	folder := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	entities := file("e.csv", "code,name,name_ar\nmoi,Interior,الداخلية\n")
	whole := file("s.csv", "code,name,name_ar,entity,audience,mandatory,channels,part_of,launched_on,level\n"+
		"bu-0,Bundle,حزمة,moi,citizens,yes,web,,2007-07-01,2\nbu-1,Part one,جزء,moi,citizens,yes,web,bu-0,2015-02-01,2\n")
	short := file("short.csv", "code;name;name_ar;entity\nbu-1;Part 1;جزء ١;MOI\n")
	told := p.must("import", "catalogue", entities, whole)
	if !strings.Contains(told, "3 added to the catalogue") || !strings.Contains(told, "2 accepted, 0 refused") {
		t.Errorf("the whole list: %s", told)
	}
	dry := p.must("import", "catalogue", "--dry-run", short)
	for _, part := range []string{"0 added to the catalogue, 1 changed, 1 left", "service bu-1", `name: "Part one" → "Part 1"`, "service bu-0"} {
		if !strings.Contains(dry, part) {
			t.Errorf("no %q in\n%s", part, dry)
		}
	}
	type service struct {
		Name      string `json:"name"`
		Audience  string `json:"audience"`
		Mandatory bool   `json:"mandatory"`
		PartOf    string `json:"part_of"`
	}
	read := func() (s service) {
		p.get("/v1/services/bu-1", &s)
		return s
	}
	if got := read(); got.Name != "Part one" {
		t.Errorf("a dry run has recorded %+v", got)
	}
	p.must("import", "catalogue", short)
	eventually(t, "the short file's name alone", func() bool { return read() == service{"Part 1", "citizens", true, "bu-0"} })
	if again := p.must("import", "catalogue", short); !strings.Contains(again, "0 added to the catalogue, 0 changed") {
		t.Errorf("again: %s", again)
	}
}
