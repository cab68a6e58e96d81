// Package internal holds the test of the architecture: which package may import which, and why.
package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A rule forbids imports: packages under From, unless under Except, never import what begins with To.
type rule struct {
	from   string
	except string
	to     []string
	// pure is the one package below those that does no I/O.
	pure   string
	reason string
}

const module = "mirsad/"

var rules = []rule{
	{from: "internal/civil", to: impure(), reason: "days and months know nothing else"},
	{from: "internal/programme", to: impure("internal/civil"), pure: "net/url", reason: "the vocabulary is pure and looks at nobody"},
	{from: "internal/usage", to: impure("internal/civil", "internal/programme"), reason: "the index of use knows no services, only their codes"},
	{from: "internal/forecast", to: impure("internal/civil", "internal/programme"), reason: "a forecast is numbers: it never reads the programme"},
	{from: "internal/figures", except: "internal/figures/figurestest", to: impure("internal/civil", "internal/programme", "internal/usage", "internal/forecast"), reason: "figures are pure and never look into a draft"},
	{from: "internal/register", to: impure("internal/civil", "internal/programme"), reason: "what changes the record computes no figure"},
	{from: "internal/clickhouse", to: []string{module + "ingest", module + "reports", module + "web", module + "cmd"}, reason: "the store is below the services"},
	{from: "ingest", to: []string{module + "reports", module + "web", module + "internal/clickhouse"}, reason: "siblings do not import one another; cmd injects the store"},
	{from: "reports", to: []string{module + "ingest", module + "web", module + "internal/clickhouse"}, reason: "siblings do not import one another; cmd injects the store"},
	{from: "web", to: []string{module + "ingest", module + "reports", module + "internal/clickhouse"}, reason: "siblings do not import one another; cmd injects the store"},
	{from: "internal", except: "internal/clickhouse", to: []string{"github.com/ClickHouse/"}, reason: "only internal/clickhouse speaks to the driver"},
	{from: "cmd", to: []string{"github.com/ClickHouse/", "github.com/go-chi/"}, reason: "cmd wires components and holds no logic"},
	{from: "", except: "reports", to: []string{"github.com/xuri/excelize"}, reason: "only reports writes workbooks"},
	{from: "", except: "web/charts", to: []string{"github.com/go-echarts"}, reason: "only web/charts builds options"},
	{from: "internal/mail", to: []string{module + "internal/account", module + "internal/clickhouse", module + "internal/config", module + "internal/httpserver", module + "ingest"}, reason: "mail delivers what others word"},
	{from: "", except: "internal/mail", to: []string{"github.com/wneessen/go-mail"}, reason: "only internal/mail speaks SMTP"},
	{from: "internal", to: []string{module + "cmd", module + "reports", module + "web"}, reason: "imports run one way: cmd → services → internal"},
}

func TestImportsRunOneWay(t *testing.T) {
	for file, imports := range importsByFile(t) {
		for _, r := range rules {
			if !under(file, r.from) || (r.except != "" && under(file, r.except)) {
				continue
			}
			for _, imported := range imports {
				if imported != r.pure && forbidden(imported, r.to) && !strings.HasPrefix(imported, module+r.from) {
					t.Errorf("%s imports %s: %s", file, imported, r.reason)
				}
			}
		}
	}
}

func TestPackagesStayFewAndShallow(t *testing.T) {
	packages := map[string]bool{}
	for file := range importsByFile(t) {
		packages[path.Dir(file)] = true
	}
	if len(packages) > 21 {
		t.Errorf("%d packages: the design speaks of 14 to 18", len(packages))
	}
	for name := range packages {
		if strings.Count(name, "/") > 2 {
			t.Errorf("%s is more than three deep", name)
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
