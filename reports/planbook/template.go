package planbook

import (
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// Rows of the sheet to fill.
const (
	planTitleRow   = 1
	planAboutRow   = 2
	planGroupRow   = 3
	planHeadingRow = 4
	planKeyRow     = 5 // hidden
	planFirstRow   = 6
	// planRows is how many rows the sheet has at least, filled and free; freeRows how many are free at least.
	planRows = 500
	freeRows = 100
)

// TemplateInput is what the Excel template of an entity's plan is made of.
type TemplateInput struct {
	Language  i18n.Language // of the sheets' direction and names; headings have both languages
	Programme string        // its name in the language
	// Classification is printed on every page; none prints none.
	Classification string
	Entity         programme.Entity
	// Revision is the number of the plan in force, 0 without one, and Milestones what it holds.
	Revision   int
	Milestones []programme.Milestone
	// Services are the entity's services that a milestone can name.
	Services []Service
	// Others are the entities that a milestone can wait for.
	Others []programme.Entity
	// AsAt is when the plan and the lists were read, and Zone in which it is shown; none is UTC.
	AsAt time.Time
	Zone *time.Location
}

// Service is a service as the template lists it.
type Service struct {
	Code     string
	Name     string
	NameAr   string
	Verified programme.Level // 0: no verified level
}

// template is one template in the making.
type template struct {
	*sheet.Book
	in      *TemplateInput
	second  i18n.Words // the other language
	columns []planColumn
	rows    int
	cells   map[cellLook]int
	lists   map[string]string // references of the lists' values, by name
	names   map[string]string // what the lists show of a code
}

// Write writes the Excel template of a plan, filled with the milestones of the plan in force.
// The same input gives the same bytes.
func Write(out io.Writer, in TemplateInput) error {
	if in.Zone == nil {
		in.Zone = time.UTC
	}
	content, err := planWorkbook(&in)
	if err != nil {
		return fmt.Errorf("write the plan template: %w", err)
	}
	_, err = out.Write(content)
	return err
}

func planWorkbook(in *TemplateInput) ([]byte, error) {
	texts := planTexts()
	t := &template{
		Book: sheet.NewBook(texts.In(in.Language), sheet.Running{}),
		in:   in, second: texts.In(in.Language.Other()),
		rows: max(planRows, len(in.Milestones)+freeRows), columns: planColumns(dependencies(in.Milestones)),
		cells: map[cellLook]int{}, lists: map[string]string{}, names: map[string]string{},
	}
	defer t.Close()
	t.addSheets()
	t.writeLists()
	t.writeKeys()
	t.writePlanSheet()
	t.writeInstructions()
	t.protect()
	return t.finishPlan()
}

// dependencies is how many entities the milestone that waits for most of them waits for.
func dependencies(milestones []programme.Milestone) int {
	most := leastDependencies
	for i := range milestones {
		most = max(most, len(milestones[i].DependsOn))
	}
	return min(most, mostDependencies)
}

func (t *template) addSheets() {
	t.Keep(t.File.SetSheetName("Sheet1", t.T("template.sheet.plan")))
	for _, name := range []string{t.T("template.sheet.instructions"), t.T("template.sheet.lists"), planKeysSheet} {
		_, err := t.File.NewSheet(name)
		t.Keep(err)
	}
}

// both words a key in the template's language and in the other.
func (t *template) both(key, separator string) string {
	return t.T(key) + separator + t.second.T(key)
}

// writeKeys keeps what the reader knows the template by. Nobody needs to see it.
func (t *template) writeKeys() {
	rows := [][2]any{
		{"template", planMark},
		{"version", TemplateVersion},
		{"entity", t.in.Entity.Code},
		{"revision", t.in.Revision},
		{"language", string(t.in.Language)},
	}
	for i := range t.in.Milestones {
		rows = append(rows, [2]any{"milestone", t.in.Milestones[i].Code})
	}
	s := t.BareSheet(planKeysSheet, 0)
	for i, row := range rows {
		s.Set(1, i+1, row[0], sheet.Look{})
		s.Set(2, i+1, row[1], sheet.Look{Format: sheet.TextFormat})
	}
}

// writeLists fills the sheet that the drop-downs take their values from.
func (t *template) writeLists() {
	s := t.BareSheet(t.T("template.sheet.lists"), 0)
	var services, entities, levels []string
	for i := range t.in.Services {
		each := &t.in.Services[i]
		shown := each.Code + codeSeparator + t.Named(each.Name, each.NameAr, each.Code)
		if each.Verified.Valid() {
			shown += " (" + t.T("template.verified", i18n.Args{"level": int(each.Verified)}) + ")"
		}
		t.names["service."+each.Code] = shown
		services = append(services, shown)
	}
	for i := range t.in.Others {
		each := &t.in.Others[i]
		shown := each.Code + codeSeparator + t.Named(each.Name, each.NameAr, each.Code)
		t.names["entity."+each.Code] = shown
		entities = append(entities, shown)
	}
	for _, level := range programme.Levels() {
		levels = append(levels, t.levelChoice(level))
	}
	for column, list := range []struct {
		name   string
		values []string
	}{
		{"services", services},
		{"entities", entities},
		{"levels", levels},
		{"yes_no", []string{t.both("template.yes", wordSeparator), t.both("template.no", wordSeparator)}},
	} {
		s.Width(column+1, 60)
		s.Set(column+1, 1, t.both("template.list."+list.name, wordSeparator), sheet.Look{Bold: true})
		for i, value := range list.values {
			s.Set(column+1, i+2, value, sheet.Look{Format: sheet.TextFormat})
		}
		t.lists[list.name] = s.Absolute(column+1, 2, column+1, max(2, len(list.values)+1))
	}
}

// levelChoice is how a level is chosen: its number and its word in both languages.
func (t *template) levelChoice(level programme.Level) string {
	key := fmt.Sprintf("base.level.%d", level)
	return fmt.Sprintf("%d%s%s", level, codeSeparator, t.both(key, wordSeparator))
}

// protect keeps the structure as it is without a password: a person who must change it can.
func (t *template) protect() {
	plan, lists := t.T("template.sheet.plan"), t.T("template.sheet.lists")
	t.Keep(t.File.ProtectSheet(plan, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true,
		AutoFilter: true,
	}))
	for _, name := range []string{t.T("template.sheet.instructions"), lists, planKeysSheet} {
		t.Keep(t.File.ProtectSheet(name,
			&excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true}))
	}
	t.Keep(t.File.SetSheetVisible(lists, false))
	t.Keep(t.File.SetSheetVisible(planKeysSheet, false, true))
	t.Keep(t.File.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true}))
}

func (t *template) finishPlan() ([]byte, error) {
	moment := t.in.AsAt.UTC().Truncate(time.Second).Format(time.RFC3339)
	t.Keep(t.File.SetDocProps(&excelize.DocProperties{
		Title: t.T("template.title"), Subject: sheet.Clean(t.in.Programme), Creator: "Mirsad", LastModifiedBy: "Mirsad",
		Language: string(t.in.Language), Created: moment, Modified: moment, Category: sheet.Clean(t.in.Classification),
	}))
	t.Keep(t.File.SetAppProps(&excelize.AppProperties{Application: "Mirsad"}))
	t.File.SetActiveSheet(0)
	return t.Bytes()
}
