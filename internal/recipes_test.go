package internal

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mostOf is how many files each recipe may take at most, tests apart.
var mostOf = map[string]int{
	"A figure": 8, "A finding about data": 5, "A page that reads": 6, "A page that records": 10, "A kind of event": 9, "An importer": 6,
}

var (
	recipeHeading = regexp.MustCompile(`(?m)^### (.+) \((\d+) files\)$`)
	recipeFile    = regexp.MustCompile("(?m)^- `([^`]+)`")
	placeholder   = regexp.MustCompile(`<[a-z]+>`)
)

// Each recipe of CONTRIBUTING.md takes as many files as it says and no more than it may, and whoever follows it finds a
// file like each of them.
func TestRecipesTakeAsManyFilesAsTheySay(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	headings := recipeHeading.FindAllStringSubmatchIndex(text, -1)
	if len(headings) != len(mostOf) {
		t.Errorf("%d recipes, want %d", len(headings), len(mostOf))
	}
	for i, at := range headings {
		end := len(text)
		if i+1 < len(headings) {
			end = headings[i+1][0]
		}
		name := text[at[2]:at[3]]
		said, _ := strconv.Atoi(text[at[4]:at[5]])
		files := recipeFile.FindAllStringSubmatch(text[at[1]:end], -1)
		if most, known := mostOf[name]; !known || len(files) > most || len(files) != said {
			t.Errorf("%s: %d files, says %d, at most %d", name, len(files), said, most)
		}
		for _, file := range files {
			like := placeholder.ReplaceAllString(file[1], "*")
			if found, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(like))); err != nil || len(found) == 0 {
				t.Errorf("%s: there is no file like %s", name, file[1])
			}
		}
		if !strings.Contains(text[at[1]:end], ": ") {
			t.Errorf("%s says of no file what goes into it", name)
		}
	}
}
