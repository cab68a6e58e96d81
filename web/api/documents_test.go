package api

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named is a call in a document: `GET /v1/receipts/{receipt}`, or an address alone.
var named = regexp.MustCompile("`(?:(GET|POST|PUT|DELETE) )?(/v1/[^`?]*)(?:\\?[^`]*)?`")

// TestTheDocumentsNameCallsThatAreDescribed holds the calls of the README and of docs against /openapi.json.
func TestTheDocumentsNameCallsThatAreDescribed(t *testing.T) {
	described := keysOfOperations(describedOffice(t))
	documents, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, name := range append(documents, "../../README.md") {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range named.FindAllStringSubmatch(string(content), -1) {
			calls++
			if !callIn(described, match[1], match[2]) {
				t.Errorf("%s: %s is not described", name, match[0])
			}
		}
	}
	if calls < 20 {
		t.Errorf("only %d calls were found", calls)
	}
	for _, wrong := range [][2]string{
		{"GET", "/v1/receipt/{receipt}"}, {"DELETE", "/v1/programme"}, {"", "/v1/services/{service}/x/y/z"},
	} {
		if callIn(described, wrong[0], wrong[1]) {
			t.Errorf("%s %s is taken for a call", wrong[0], wrong[1])
		}
	}
}

func keysOfOperations(document map[string]any) []string {
	var keys []string
	for each := range operations(document) {
		keys = append(keys, each)
	}
	return keys
}

// callIn reports whether a call is one of those described; without a method any will do.
func callIn(described []string, method, address string) bool {
	for _, each := range described {
		has, path, _ := strings.Cut(each, " ")
		if (method == "" || method == has) && samePlace(strings.Split(path, "/"), strings.Split(address, "/")) {
			return true
		}
	}
	return false
}

// samePlace compares two addresses part by part; a parameter of the first takes anything but nothing.
func samePlace(pattern, address []string) bool {
	if len(pattern) != len(address) {
		return false
	}
	for i := range pattern {
		if parameter := strings.HasPrefix(pattern[i], "{"); pattern[i] != address[i] && (!parameter || address[i] == "") {
			return false
		}
	}
	return true
}
