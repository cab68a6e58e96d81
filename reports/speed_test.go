package reports

import (
	"bytes"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet/sheettest"
)

// full is the size that the workbook is promised for.
var full = knobs{entities: 40, services: 1500, months: 36}

func TestTheFullWorkbookIsQuickAndSmall(t *testing.T) {
	figures := sample(full)
	r, _ := newReports(t, figures)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	content, err := r.Render(figures, Edition{Month: september, Language: i18n.Arabic})
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	allocated := (after.TotalAlloc - before.TotalAlloc) >> 20
	t.Logf("%v, %d MiB allocated in all, %d KiB", took, allocated, len(content)>>10)
	if took > 2*time.Second || allocated > 150 {
		t.Errorf("%v and %d MiB", took, allocated)
	}
}

func BenchmarkHighlights(b *testing.B) {
	figures := sample(full)
	r, _ := newReports(b, figures)
	for b.Loop() {
		if _, err := r.Render(figures, Edition{Month: september, Language: i18n.English}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBare writes the same cells bare with the library's stream writer: what BenchmarkHighlights is held against.
func BenchmarkBare(b *testing.B) {
	book := sheettest.Open(b, build(b, sample(full), i18n.English))
	sheets := map[string][][]any{}
	for _, sheet := range book.GetSheetList() {
		sheets[sheet] = bareRows(b, book, sheet)
	}
	for b.Loop() {
		bare(b, sheets)
	}
}

func bareRows(b *testing.B, book *excelize.File, sheet string) [][]any {
	b.Helper()
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	list := make([][]any, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			list[i] = append(list[i], cell)
		}
	}
	return list
}

func bare(b *testing.B, sheets map[string][][]any) {
	b.Helper()
	file := excelize.NewFile()
	for sheet, rows := range sheets {
		if _, err := file.NewSheet(sheet); err != nil {
			b.Fatal(err)
		}
		stream, err := file.NewStreamWriter(sheet)
		if err != nil {
			b.Fatal(err)
		}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := stream.SetRow(cell, row); err != nil {
				b.Fatal(err)
			}
		}
		if err := stream.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	if err := file.Write(&bytes.Buffer{}); err != nil {
		b.Fatal(err)
	}
}
