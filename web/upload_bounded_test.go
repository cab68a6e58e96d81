package web

import (
	"net/http"
	"testing"
	"time"
)

// faultyRows are rows of a template in which nothing is right.
func faultyRows(n int) []map[string]any {
	rows := make([]map[string]any, n)
	for i := range rows {
		rows[i] = map[string]any{
			"service": "svc 70", "name": "New", "name_ar": "جديد", "level": "nine", "planned_on": "soon", "expected_on": "maybe",
		}
	}
	return rows
}

// A workbook in which every row is wrong is answered with its first faults and the number of the others, by work that
// grows with its rows and no faster.
func TestAWorkbookOfFaultsIsAnsweredInBoundedSizeByLinearWork(t *testing.T) {
	site, _ := agencyPlans(t)
	site.person = interior
	work := func(rows int) time.Duration {
		workbook, _ := filled(t, site.server, faultyRows(rows)...)
		least := time.Hour
		for range 2 {
			began := time.Now()
			got, body := upload(t, site.server, "/en/submit", workbook, "")
			least = min(least, time.Since(began))
			if got.StatusCode != http.StatusUnprocessableEntity || len(body) > 256<<10 {
				t.Fatalf("%d rows: %d, %d bytes", rows, got.StatusCode, len(body))
			}
		}
		return least
	}
	if few, many := work(600), work(4_800); many > 24*few {
		t.Errorf("eight times the rows take %.1f times the work", float64(many)/float64(few))
	}
}
