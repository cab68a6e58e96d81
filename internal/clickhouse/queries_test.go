package clickhouse

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mirsad/internal/engine"
	"mirsad/internal/programme"
)

// quoted finds names such as "facts.Stream" in the source.
var quoted = regexp.MustCompile(`"([a-z]+\.[A-Z][A-Za-z]+)"`)

func TestEveryQuestionIsAskedAndEveryNameHasAFile(t *testing.T) {
	texts, err := loadQueries()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range quoted.FindAllStringSubmatch(string(source), -1) {
			asked[match[1]] = true
			if texts[match[1]] == "" {
				t.Errorf("%s asks %s, which has no file in queries", file, match[1])
			}
		}
	}
	for name := range texts {
		if !asked[name] {
			t.Errorf("nobody asks queries/%s.sql", name)
		}
	}
}

func TestMigrationsAreRepeatableAndHoldOneStatementEach(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d migrations, %v", len(files), err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		repeatable := strings.Contains(text, "IF NOT EXISTS") || strings.Contains(text, "IF EXISTS") ||
			strings.Contains(text, "\nINSERT INTO") // into tables where the same row twice is one
		if strings.Count(text, ";\n") != 1 || !repeatable {
			t.Errorf("%s is not one statement that can be said twice", file)
		}
	}
}

func TestPartsAreTheEnginesUsers(t *testing.T) {
	users := engine.Users()
	for i, p := range programme.StoreUsers() {
		if i >= len(users) || users[i] != string(p) {
			t.Errorf("part %s is not among the engine's users %v", p, users)
		}
	}
}
