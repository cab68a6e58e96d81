package internal

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// The largest that a package, a receiver and a line may be: beyond these, walls are missing and names begin to carry
// prefixes instead.
const (
	mostLines   = 4000
	mostFiles   = 30
	mostMethods = 60
	// mostWidth is what 99 of 100 lines keep to, in characters; a tab counts as four.
	mostWidth = 120
)

// notYet are the packages and receivers that are still too large, with how large they may be until they are parted. The
// numbers only go down.
var notYet = map[string]int{}

// size is what a package has without its tests.
type size struct{ lines, files int }

func TestPackagesKeepTheirSize(t *testing.T) {
	sizes := map[string]*size{}
	for name := range importsByFile(t) {
		folder := path.Dir(name)
		if sizes[folder] == nil {
			sizes[folder] = &size{}
		}
		sizes[folder].files++
		eachLine(t, name, func(string) { sizes[folder].lines++ })
	}
	for folder, s := range sizes {
		within(t, folder+" lines", s.lines, mostLines)
		within(t, folder+" files", s.files, mostFiles)
	}
}

func TestReceiversKeepTheirSize(t *testing.T) {
	methods := map[string]int{}
	for name := range importsByFile(t) {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, each := range file.Decls {
			if f, is := each.(*ast.FuncDecl); is && f.Recv != nil {
				methods[path.Dir(name)+"."+receiver(f.Recv.List[0].Type)]++
			}
		}
	}
	for name, n := range methods {
		within(t, name, n, mostMethods)
	}
}

func TestLinesKeepTheirWidth(t *testing.T) {
	all, wide := 0, 0
	for name := range importsByFile(t) {
		eachLine(t, name, func(line string) {
			all++
			if utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    ")) > mostWidth {
				wide++
			}
		})
	}
	within(t, "lines in a thousand over width", wide*1000/all, 10)
}

// within fails beyond a limit, or beyond what is allowed until a package is parted; and where the allowance is no longer
// needed.
func within(t *testing.T, name string, n, most int) {
	t.Helper()
	allowed, isAllowed := notYet[name]
	switch {
	case n > max(most, allowed):
		t.Errorf("%s: %d, at most %d", name, n, max(most, allowed))
	case isAllowed && n <= most:
		t.Errorf("%s: %d keeps to the limit of %d: take it off the list of what is not yet parted", name, n, most)
	}
}

// receiver is the name of a method's type.
func receiver(of ast.Expr) string {
	switch of := of.(type) {
	case *ast.StarExpr:
		return receiver(of.X)
	case *ast.IndexExpr:
		return receiver(of.X)
	case *ast.IndexListExpr:
		return receiver(of.X)
	case *ast.Ident:
		return of.Name
	default:
		return fmt.Sprintf("%T", of)
	}
}

func eachLine(t *testing.T, name string, visit func(line string)) {
	t.Helper()
	file, err := os.Open(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		visit(lines.Text())
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
