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
	"mirsad/reports/sheet/sheettest"
)

func build(tb testing.TB, figures *figures.Figures, language i18n.Language) []byte {
	tb.Helper()
	r, _ := newReports(tb, figures)
	content, err := r.Highlights(context.Background(), september, language, 0)
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

func TestWorkbookKeepsTheOpenXMLRules(t *testing.T) {
	empty := &figures.Figures{Stamp: figures.Stamp{On: september.Last()}, Programme: programme.DefaultSettings()}
	for name, figures := range map[string]*figures.Figures{
		"sample": sample(usual), "hostile": hostile(),
		"empty": empty,
	} {
		for _, language := range i18n.Languages() {
			t.Run(name+" "+string(language), func(t *testing.T) {
				sheettest.KeepsOpenXML(t, build(t, figures, language))
			})
		}
	}
}

func TestLibreOfficeRendersEverySheet(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: needs LibreOffice")
	}
	for _, tool := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(tool); err != nil {
			sheettest.MissingTool(t, "no "+tool+": run make proof-tools")
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
	arguments := append([]string{
		"-env:UserInstallation=file://" + filepath.Join(folder, "profile"), "--headless",
		"--convert-to", "pdf", "--outdir", folder,
	}, files...)
	if out, err := exec.CommandContext(t.Context(), "soffice", arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, language := range i18n.Languages() {
		text, err := exec.CommandContext(t.Context(), "pdftotext", "-layout",
			filepath.Join(folder, string(language)+".pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		shown := sheettest.FoldSpace(string(text))
		words := bundle.In(language)
		for _, key := range []string{
			"reports.title", "reports.maturity.title", "reports.entities.title",
			"reports.usage.title", "reports.definitions.title", "reports.data.title", "base.sample",
		} {
			if heading := words.T(key); !strings.Contains(shown, sheettest.FoldSpace(heading)) {
				t.Errorf("%s: no page shows %q", language, heading)
			}
		}
		if strings.Contains(shown, "###") || bytes.Contains(text, []byte("#REF")) ||
			bytes.Contains(text, []byte("#NAME")) {
			t.Errorf("%s: a page shows ### or a formula's error", language)
		}
	}
}
