package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// change replaces a few bytes of a file.
type change struct {
	pkg        string // its folder as given, such as ./internal/usage
	file       string // below the root
	line       int
	at, length int    // of the bytes that are replaced
	old, with  string // what is replaced, and by what
	source     string // the line before the change
}

func (c change) String() string {
	return fmt.Sprintf("%s:%d: %s → %s in: %s", c.file, c.line, c.old, c.with, c.source)
}

// key names a change by the text of its line, so that it holds while lines above it come and go.
func (c change) key() string { return c.file + " | " + c.old + " → " + c.with + " | " + c.source }

// swaps are the operators that are exchanged.
var swaps = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LAND: token.LOR, token.LOR: token.LAND,
	token.ADD: token.SUB, token.SUB: token.ADD, token.MUL: token.QUO, token.QUO: token.MUL,
}

// changesOf lists every change to the packages' own code, in the order of the source.
func changesOf(root string, packages []string) ([]change, error) {
	var all []change
	for _, pkg := range packages {
		files, err := filepath.Glob(filepath.Join(root, pkg, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := filepath.Rel(root, path)
			if err != nil {
				return nil, err
			}
			content, err := os.ReadFile(path) //nolint:gosec // a file of the module
			if err != nil {
				return nil, err
			}
			found, err := changesIn(pkg, file, content)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("nothing to change in %v", packages)
	}
	return all, nil
}

// finder collects the changes of one file.
type finder struct {
	pkg, file string
	content   []byte
	lines     []string
	set       *token.FileSet
	found     []change
}

func changesIn(pkg, file string, content []byte) ([]change, error) {
	f := finder{pkg: pkg, file: file, content: content, lines: strings.Split(string(content), "\n"), set: token.NewFileSet()}
	parsed, err := parser.ParseFile(f.set, file, content, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(parsed, f.visit)
	return f.found, nil
}

// add notes a change of what is between two positions.
func (f *finder) add(from, to token.Pos, with string) {
	begin, end := f.set.Position(from), f.set.Position(to)
	f.found = append(f.found, change{
		pkg: f.pkg, file: f.file, line: begin.Line, at: begin.Offset, length: end.Offset - begin.Offset,
		old: string(f.content[begin.Offset:end.Offset]), with: with, source: strings.TrimSpace(f.lines[begin.Line-1]),
	})
}

// visit looks at one node; what is declared as a constant or a type is left alone.
func (f *finder) visit(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.GenDecl:
		return n.Tok == token.VAR
	case *ast.BinaryExpr:
		if other, found := swaps[n.Op]; found {
			f.add(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), other.String())
		}
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			f.add(n.OpPos, n.OpPos+1, "")
		}
	case *ast.Ident:
		switch n.Name {
		case "true":
			f.add(n.Pos(), n.End(), "false")
		case "false":
			f.add(n.Pos(), n.End(), "true")
		}
	case *ast.BasicLit:
		f.number(n)
	case *ast.IncDecStmt:
		f.add(n.TokPos, n.TokPos+2, map[token.Token]string{token.INC: "--", token.DEC: "++"}[n.Tok])
	case *ast.IfStmt:
		f.condition(n)
	case *ast.BranchStmt:
		if n.Tok == token.BREAK || n.Tok == token.CONTINUE {
			f.add(n.Pos(), n.End(), "")
		}
	}
	return true
}

// condition makes an if hold always, and never; its variables stay in use.
func (f *finder) condition(n *ast.IfStmt) {
	cond := n.Cond
	text := string(f.content[f.set.Position(cond.Pos()).Offset:f.set.Position(cond.End()).Offset])
	f.add(cond.Pos(), cond.End(), "true || ("+text+")")
	f.add(cond.Pos(), cond.End(), "false && ("+text+")")
}

// number makes a small whole number another.
func (f *finder) number(n *ast.BasicLit) {
	if n.Kind != token.INT {
		return
	}
	with := map[string]string{"0": "1", "1": "0", "2": "3"}[n.Value]
	if with == "" {
		with = n.Value + "+1"
	}
	f.add(n.Pos(), n.End(), with)
}
