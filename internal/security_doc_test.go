package internal

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurityPagePromisesWhatIsTested holds docs/security.md against the tests and the versions it names.
func TestSecurityPagePromisesWhatIsTested(t *testing.T) {
	page, err := os.ReadFile("../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	tests := allTests(t)
	named := regexp.MustCompile("`(Test[A-Za-z0-9]+)`").FindAllStringSubmatch(string(page), -1)
	for _, match := range named {
		if !strings.Contains(tests, "\nfunc "+match[1]+"(") {
			t.Errorf("the page names %s, which is no test", match[1])
		}
	}
	if len(named) < 20 {
		t.Errorf("the page names %d tests", len(named))
	}
	for component, version := range pinned(t) {
		if !strings.Contains(string(page), "`"+component+"` | "+version+" |") {
			t.Errorf("the page lacks %s %s", component, version)
		}
	}
}

// allTests returns the text of every test file.
func allTests(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if strings.HasSuffix(name, "_test.go") {
			content, err := os.ReadFile(name)
			all.Write(content)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// pinned returns the versions of everything that the project asks for itself.
func pinned(t *testing.T) map[string]string {
	t.Helper()
	versions := map[string]string{}
	modules, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for _, match := range regexp.MustCompile(`(?m)^\t(\S+) (v\S+)$`).FindAllStringSubmatch(string(modules), -1) {
		versions[match[1]] = match[2]
	}
	for _, name := range []string{"../web/package.json", "tools/engine/package.json", "tools/proof/package.json"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var described struct {
			Dependencies    map[string]string
			DevDependencies map[string]string
		}
		if err := json.Unmarshal(content, &described); err != nil {
			t.Fatal(err)
		}
		for _, list := range []map[string]string{described.Dependencies, described.DevDependencies} {
			maps.Copy(versions, list)
		}
	}
	return versions
}
