package internal

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// library holds the addresses that each document has, by its path from the root; a file that is no document has none.
type library map[string][]string

var (
	// citation is how code and texts cite: from the root of the repository.
	citation = regexp.MustCompile(`\bdocs/[A-Za-z0-9_-]+\.[a-z]+(?:#[A-Za-z0-9_-]*)?`)
	// sibling is how files of one folder cite one another without a link.
	sibling = regexp.MustCompile("(?:^|[\\s\"`(])([a-z_-]+\\.md#[A-Za-z0-9_-]*)")
	// link is a link or an image of Markdown.
	link = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	// chapter is what only a reader of another folder has.
	chapter = regexp.MustCompile(`\b\d+-[a-z-]+\.md\b`)
)

// TestEveryReferenceLeadsSomewhere follows each reference to a document, and to a heading in it, from everything that
// is written here: code, SQL, templates, rules of alerts and the documents themselves.
func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	texts := allTexts(t)
	shelf := libraryOf(texts)
	cited := 0
	for name, text := range texts {
		cited += len(citation.FindAllString(text, -1))
		for _, fault := range brokenReferences(shelf, name, text) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	if cited < 100 {
		t.Errorf("only %d citations were found", cited)
	}
}

// TestAnAddressNamesOneHeading keeps two headings of a document from having one address.
func TestAnAddressNamesOneHeading(t *testing.T) {
	for name, addresses := range libraryOf(allTexts(t)) {
		if name == "CHANGELOG.md" {
			continue // each version has the same headings
		}
		for i, address := range addresses {
			if slices.Contains(addresses[:i], address) {
				t.Errorf("%s has two headings with the address #%s", name, address)
			}
		}
	}
}

func TestABrokenReferenceIsFound(t *testing.T) {
	const docs = "docs" // so that this file cites nothing that is not there
	shelf := library{docs + "/rules.md": {"month-ended"}, docs + "/design.svg": nil, "README.md": {"two-commands"}}
	for _, c := range []struct {
		name, text string
		found      int
	}{
		{"a.go", "// (" + docs + "/rules.md#month-ended).", 0},
		{"a.sql", "-- see " + docs + "/rules.md, or " + docs + "/design.svg.", 0},
		{"a.go", "// (" + docs + "/rules.md#month-begun).", 1},
		{"a.go", "// (" + docs + "/rule.md#month-ended), " + docs + "/rule.md", 2},
		{"a.go", "// (`2-" + "rules.md`, Plans)", 1},
		{"README.md", "[the rules](" + docs + "/rules.md) [here](#two-commands) [away](https://example.org/a.md#b)", 0},
		{"README.md", "[here](#three-commands)", 1},
		{docs + "/a.md", "[up](../README.md#two-commands) ![](design.svg) [beside](rules.md#month-ended)", 0},
		{docs + "/a.md", "[up](README.md) ![](sign.svg) [beside](rules.md#months)", 3},
		{docs + "/a.yml", `runbook: "rules.md#months"`, 1},
	} {
		if got := brokenReferences(shelf, c.name, c.text); len(got) != c.found {
			t.Errorf("%s: %q: %q", c.name, c.text, got)
		}
	}
}

// TestTheDesignNamesEveryTable holds the tables of the design against those that migrations make.
func TestTheDesignNamesEveryTable(t *testing.T) {
	texts := allTexts(t)
	made := 0
	for name, text := range texts {
		if !strings.HasPrefix(name, "internal/clickhouse/migrations/") {
			continue
		}
		for _, match := range regexp.MustCompile(`CREATE TABLE IF NOT EXISTS (\w+)`).FindAllStringSubmatch(text, -1) {
			made++
			if !strings.Contains(texts["docs/design.md"], "`"+match[1]+"`") {
				t.Errorf("docs/design.md lacks the table %s of %s", match[1], name)
			}
		}
	}
	if made < 20 {
		t.Errorf("only %d tables were found", made)
	}
}

// brokenReferences returns what is wrong with the references of a text, given where it is.
func brokenReferences(shelf library, name, text string) []string {
	var faults []string
	for _, found := range chapter.FindAllString(text, -1) {
		faults = append(faults, found+" is not in this repository: cite docs/rules.md or docs/design.md")
	}
	references := citation.FindAllString(text, -1)
	folder := path.Dir(name)
	if folder == "docs" {
		for _, match := range sibling.FindAllStringSubmatch(text, -1) {
			references = append(references, path.Join(folder, match[1]))
		}
	}
	if path.Ext(name) == ".md" {
		for _, match := range link.FindAllStringSubmatch(text, -1) {
			if target := resolved(name, match[1]); target != "" && !slices.Contains(references, target) {
				references = append(references, target)
			}
		}
	}
	for _, reference := range references {
		if fault := shelf.lacks(reference); fault != "" {
			faults = append(faults, fault)
		}
	}
	return faults
}

// resolved returns the target of a link as a path from the root; empty for one that leads elsewhere.
func resolved(name, target string) string {
	switch {
	case strings.Contains(target, "://"), strings.HasPrefix(target, "mailto:"):
		return ""
	case strings.HasPrefix(target, "#"):
		return name + target
	default:
		return path.Join(path.Dir(name), target)
	}
}

// lacks says what a reference leads to that is not there; empty when it leads somewhere.
func (l library) lacks(reference string) string {
	file, address, addressed := strings.Cut(reference, "#")
	addresses, there := l[file]
	switch {
	case !there:
		return reference + " leads to no file"
	case addressed && !slices.Contains(addresses, address):
		return reference + " leads to no heading"
	default:
		return ""
	}
}

// libraryOf lists every file, and of documents the addresses of their headings.
func libraryOf(texts map[string]string) library {
	shelf := library{}
	for name, text := range texts {
		shelf[name] = nil
		if path.Ext(name) == ".md" {
			shelf[name] = headings(text)
		}
	}
	return shelf
}

// headings returns the addresses of a document's headings; lines in a fenced block are none.
func headings(text string) []string {
	var addresses []string
	fenced := false
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if title, is := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); is && line[0] == '#' && !fenced {
			addresses = append(addresses, addressOf(title))
		}
	}
	return addresses
}

// addressOf is the address that GitHub gives a heading: small letters, digits and hyphens for spaces.
func addressOf(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		default:
			return -1
		}
	}, strings.TrimSpace(title))
}

// allTexts reads everything in the repository that is text, by its path from the root; what is fetched, built or
// written by running is left out.
func allTexts(t *testing.T) map[string]string {
	t.Helper()
	const root = ".."
	left := []string{".git", "node_modules", "bin", "data", "dist", "out", ".cache", "screenshots", "testdata"}
	texts := map[string]string{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains(left, entry.Name()):
			return filepath.SkipDir
		case !entry.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil || bytes.IndexByte(content, 0) >= 0 {
			return err
		}
		relative, err := filepath.Rel(root, name)
		texts[filepath.ToSlash(relative)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}
