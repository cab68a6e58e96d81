package planbook

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

func TestThePlanTemplateKeepsTheOpenXMLRules(t *testing.T) {
	for _, language := range i18n.Languages() {
		empty := planInput(t, language)
		empty.Milestones, empty.Services, empty.Others, empty.Classification, empty.Revision = nil, nil, nil, "", 0
		for name, in := range map[string]TemplateInput{
			"filled": planInput(t, language), "hostile": hostilePlan(t, language), "empty": empty,
		} {
			t.Run(name+" "+string(language), func(t *testing.T) {
				sheettest.KeepsOpenXML(t, planTemplateFile(t, in))
			})
		}
	}
}

// hostilePlan has the corpus for every name and note.
func hostilePlan(tb testing.TB, language i18n.Language) TemplateInput {
	tb.Helper()
	in := planInput(tb, language)
	in.Programme, in.Classification, in.Entity.Name, in.Entity.NameAr = sheettest.Corpus[14],
		sheettest.Corpus[10]+sheettest.Corpus[7], sheettest.Corpus[0], sheettest.Corpus[19]
	for i := range in.Services {
		in.Services[i].Name, in.Services[i].NameAr = sheettest.Corpus[i%len(sheettest.Corpus)],
			sheettest.Corpus[(i+9)%len(sheettest.Corpus)]
	}
	for i := range in.Others {
		in.Others[i].Name, in.Others[i].NameAr = sheettest.Corpus[(i+5)%len(sheettest.Corpus)],
			sheettest.Corpus[(i+11)%len(sheettest.Corpus)]
	}
	for i := range in.Milestones {
		in.Milestones[i].Note = sheet.Shorten(sheettest.Corpus[i], longestPlanText)
	}
	return in
}

func TestEnteredTextOfAPlanStaysText(t *testing.T) {
	for _, language := range i18n.Languages() {
		content := planTemplateFile(t, hostilePlan(t, language))
		for name, part := range sheettest.Parts(t, content) {
			if strings.Contains(part, "⟦") || strings.Contains(part, "\u202e") ||
				strings.Contains(part, `TargetMode="External"`) {
				t.Errorf("%s: %s has a missing word, a turned direction or a link", language, name)
			}
			if strings.HasPrefix(name, "xl/worksheets/sheet") &&
				(strings.Contains(part, "<f>") || strings.Contains(part, "<f ")) {
				t.Errorf("%s: %s computes", language, name)
			}
		}
		if upload := readPlan(t, content); len(upload.Faults) > 0 || len(upload.Milestones) != 10 {
			t.Errorf("%s: %d milestones, %s", language, len(upload.Milestones), toldFaults(&upload))
		}
	}
}

func TestAPlanSavedByLibreOfficeReadsTheSame(t *testing.T) {
	files := map[string][]byte{}
	for _, language := range i18n.Languages() {
		in := planInput(t, language)
		files[string(language)+".xlsx"] = fillPlan(t, planTemplateFile(t, in), map[string]any{
			cellAt(t, "service", 12): "S0001", cellAt(t, "level", 12): 3, cellAt(t, "planned_on", 12): 42643,
			cellAt(t, "note", 12): "ملاحظة & note",
		})
	}
	folder := sheettest.LibreOffice(t, "xlsx:Calc MS Excel 2007 XML", files)
	for name, content := range files {
		resaved, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		before, after := readPlan(t, content), readPlan(t, resaved)
		if got, want := asJSON(t, after.Milestones), asJSON(t, before.Milestones); got != want ||
			len(before.Milestones) != 11 {
			t.Errorf("%s\n got %s\nwant %s", name, got, want)
		}
		if got := toldFaults(&after); got != "" {
			t.Errorf("%s: faults %s", name, got)
		}
	}
}

func TestLibreOfficeRendersThePlanTemplate(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		sheettest.MissingTool(t, "no pdftotext: run make proof-tools")
	}
	files := map[string][]byte{}
	for _, language := range i18n.Languages() {
		files[string(language)+".xlsx"] = planTemplateFile(t, planInput(t, language))
	}
	folder := sheettest.LibreOffice(t, "pdf", files)
	for _, language := range i18n.Languages() {
		text, err := exec.CommandContext(t.Context(), "pdftotext", "-layout",
			filepath.Join(folder, string(language)+".pdf"), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		shown, words := sheettest.FoldSpace(string(text)), planTexts().In(language)
		for _, key := range []string{
			"template.title", "template.group.target", "template.instructions.title",
			"template.column.level", "template.column.reason",
		} {
			if heading := words.T(key); !strings.Contains(shown, sheettest.FoldSpace(heading)) {
				t.Errorf("%s: no page shows %q", language, heading)
			}
		}
		if strings.Contains(shown, "###") || strings.Contains(shown, planMark) ||
			strings.Count(string(text), "\f") != 5 {
			t.Errorf("%s: ### or what is hidden stands on a page, or not five pages but %d", language,
				strings.Count(string(text), "\f"))
		}
	}
}
