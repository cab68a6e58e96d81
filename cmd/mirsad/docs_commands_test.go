package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	// written is a command in a document: in a line of code or within a sentence.
	written = regexp.MustCompile("(?m)(?:^    bin/|`(?:bin/)?)mirsad ([a-z][^`\n]*)")
	// remark is what follows a command on its line.
	remark = regexp.MustCompile(`\s+#.*$`)
)

// TestTheDocumentsNameCommandsThatExist reads every command that a document shows as the program reads its own. What a
// sentence leaves out, such as a value, is no fault; a command or flag that there is not is one.
func TestTheDocumentsNameCommandsThatExist(t *testing.T) {
	documents, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range append(documents, "../../README.md") {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range written.FindAllStringSubmatch(string(content), -1) {
			seen++
			if fault := unknownCommand(t, remark.ReplaceAllString(match[1], "")); fault != "" {
				t.Errorf("%s: mirsad %s: %s", name, match[1], fault)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d commands were found", seen)
	}
	for _, wrong := range []string{
		"serv", "token make", "verify --hash x", "user create --email a --rank admin", "import usage.csv x",
	} {
		if unknownCommand(t, wrong) == "" {
			t.Errorf("mirsad %s is taken for a command", wrong)
		}
	}
}

// TestOnlyTheAgenciesPageHasExamples keeps blocks out of other documents that no test would send.
func TestOnlyTheAgenciesPageHasExamples(t *testing.T) {
	documents, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(documents, "../../README.md", "../../CONTRIBUTING.md") {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Base(name) == "agencies.md" {
			continue
		}
		if _, faults := examplesOf(string(content), "text"); len(faults) > 0 {
			t.Errorf("%s: %s", name, strings.Join(faults, "\n"))
		}
	}
}

// unknownCommand says what of a command line the program does not know; empty when it knows all of it.
func unknownCommand(t *testing.T, line string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "any.csv")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var cli commands
	parser, err := newParser(&cli, nil, streams{out: io.Discard, words: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	filledIn := strings.NewReplacer("FORMAT", "usage-csv", "FILE…", file, "HASH", strings.Repeat("0", 64),
		"https://…", "https://example.org", " …", " any")
	args := strings.Fields(filledIn.Replace(line))
	for i, arg := range args {
		if strings.HasSuffix(arg, ".csv") {
			args[i] = file
		}
	}
	_, err = parser.Parse(args)
	for _, incomplete := range []string{"expected", "missing"} {
		if err != nil && strings.Contains(err.Error(), incomplete) && !strings.Contains(err.Error(), "unexpected") {
			return ""
		}
	}
	if err != nil {
		return err.Error()
	}
	return ""
}
