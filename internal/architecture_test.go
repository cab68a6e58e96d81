// Package internal holds the tests of the architecture: which package may import which, and why.
package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "mirsad/"

// floors are the packages of the house, the lowest first: a package imports only from floors below its own, and so
// siblings never import one another. cmd wires them all.
var floors = [][]string{
	{"internal/browsertest", "internal/civil", "internal/clocktest", "internal/csvfile", "ingest/spool", "ingest/spool/spooltest"},
	{"internal/programme", "internal/civil/civiltest", "internal/intake"},
	{
		"internal/usage", "internal/forecast", "internal/register", "internal/access", "internal/i18n", "internal/engine",
		"internal/intake/intaketest", "internal/bench", "internal/reading", "internal/queue", "internal/wait", "web/charts", "web/templates", "web/static",
	},
	{"internal/figures", "internal/httpserver", "internal/mail", "ingest/schemas", "reports/sheet"},
	{"internal/catalogue", "internal/route", "internal/secret", "reports/sheet/sheettest", "reports/scan", "ingest/rows"},
	{"internal/adoption", "ingest/source", "ingest/refusal", "ingest/fair", "ingest/owners"},
	{"internal/reckon"},
	{"internal/gather", "internal/audit", "internal/reckon/reckontest"},
	{
		"internal/account", "internal/token", "internal/link", "internal/guard", "internal/clickhouse",
		"internal/audit/audittest",
	},
	{"internal/account/accounttest", "internal/clickhouse/clickhousetest", "internal/act"},
	{"internal/config", "internal/sample", "ingest", "reports", "reports/planbook", "web/page", "web/api"},
	{"web/dashboard", "web/plan", "web/claim", "web/statement", "web/office", "web/signin"},
	{"web"},
	{"cmd/mirsad"},
}

// A wall forbids what a floor alone would allow.
type wall struct {
	// from and except are folders: packages under from, unless under except, never import what to names.
	from   string
	except string
	to     []string
	reason string
}

// computing are the packages that compute figures or read what they rest on: who shows figures is handed them.
var computing = []string{
	"internal/clickhouse", "internal/gather", "internal/catalogue", "internal/adoption", "internal/reckon",
}

var walls = []wall{
	{from: "internal/gather", to: own("internal/clickhouse"), reason: "gather takes a small interface; cmd hands it the store"},
	{from: "internal/account", to: own("internal/clickhouse"), reason: "account takes a small interface; cmd hands it the store"},
	{from: "internal/token", to: own("internal/clickhouse"), reason: "tokens take a small interface; cmd hands them the store"},
	{from: "internal/link", to: own("internal/clickhouse"), reason: "links take a small interface; cmd hands them the store"},
	{from: "ingest", to: own("internal/clickhouse", "internal/figures"), reason: "ingestion writes; cmd hands it the store"},
	{from: "reports", to: own(computing...), reason: "reports take a small interface; cmd hands them figures"},
	{from: "web", to: own(computing...), reason: "pages take small interfaces; cmd hands them figures"},
	{from: "internal/act", to: own("internal/clickhouse", "internal/gather"), reason: "acts take small interfaces; cmd hands them the store"},
	{from: "internal/register", to: own("internal/usage", "internal/forecast"), reason: "what changes the record computes no figure"},
	{from: "internal/audit", to: own("internal/register", "internal/figures"), reason: "the record of acts knows no plan and no figure"},
	{from: "internal/access", to: own("internal/register", "internal/i18n"), reason: "who may what is decided without words"},
	{from: "internal/mail", to: own("internal/register", "internal/audit"), reason: "mail delivers what others word"},
	{from: "", except: "internal/clickhouse", to: []string{"github.com/ClickHouse/"}, reason: "only internal/clickhouse speaks to the driver"},
	{from: "", except: "reports", to: []string{"github.com/xuri/excelize"}, reason: "only reports writes workbooks"},
	{from: "", except: "web/charts", to: []string{"github.com/go-echarts"}, reason: "only web/charts builds options"},
	{from: "", except: "internal/mail", to: []string{"github.com/wneessen/go-mail"}, reason: "only internal/mail speaks SMTP"},
	{from: "cmd", to: []string{"github.com/go-chi/"}, reason: "cmd wires components and holds no logic"},
}

// pure are the packages without I/O and without a library but gonum: what they compute needs no other proof than a test.
var pure = []string{
	"internal/civil", "internal/programme", "internal/usage", "internal/forecast", "internal/figures",
	"internal/catalogue", "internal/adoption", "internal/reckon", "internal/register",
}

func own(packages ...string) []string {
	paths := make([]string, 0, len(packages))
	for _, each := range packages {
		paths = append(paths, module+each)
	}
	return paths
}

func TestImportsGoDownTheFloors(t *testing.T) {
	floor := map[string]int{}
	for at, packages := range floors {
		for _, each := range packages {
			floor[each] = at
		}
	}
	for file, imports := range importsByFile(t) {
		folder := path.Dir(file)
		at, known := floor[folder]
		if !known && folder != "internal" {
			t.Errorf("%s: package %s is on no floor", file, folder)
			continue
		}
		for _, imported := range imports {
			below, isOwn := strings.CutPrefix(imported, module)
			if isOwn && floor[below] >= at {
				t.Errorf("%s imports %s, which is not on a floor below it", file, below)
			}
		}
	}
}

func TestWallsHold(t *testing.T) {
	for file, imports := range importsByFile(t) {
		for _, each := range walls {
			if !under(file, each.from) || (each.except != "" && under(file, each.except)) {
				continue
			}
			for _, imported := range imports {
				if forbidden(imported, each.to) && path.Dir(file) != "internal/clickhouse/clickhousetest" {
					t.Errorf("%s imports %s: %s", file, imported, each.reason)
				}
			}
		}
	}
}

func TestTheDomainIsPure(t *testing.T) {
	outside := []string{"github.com/", "golang.org/", "database/", "net", "os"}
	for file, imports := range importsByFile(t) {
		if !slices.Contains(pure, path.Dir(file)) {
			continue
		}
		for _, imported := range imports {
			if imported != "net/url" && forbidden(imported, outside) {
				t.Errorf("%s imports %s: the domain is the standard library without I/O, and gonum", file, imported)
			}
		}
	}
}

func TestPackagesStayShallow(t *testing.T) {
	for file := range importsByFile(t) {
		if strings.Count(path.Dir(file), "/") > 2 {
			t.Errorf("%s is more than three deep", file)
		}
	}
}

func under(file, folder string) bool { return folder == "" || strings.HasPrefix(file, folder+"/") }

// forbidden matches whole path elements, so that "net" forbids net/http and not "network/x".
func forbidden(imported string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if imported == prefix || strings.HasPrefix(imported, strings.TrimSuffix(prefix, "/")+"/") {
			return true
		}
	}
	return false
}

// importsByFile reads the imports of every non-test Go file of the module, by slash-separated path.
func importsByFile(t *testing.T) map[string][]string {
	t.Helper()
	const root = ".."
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "tools") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		slashed := filepath.ToSlash(relative)
		found[slashed] = []string{}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[slashed] = append(found[slashed], imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
