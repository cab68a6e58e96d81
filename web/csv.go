package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// byteOrderMark lets spreadsheet programs read the file as UTF-8.
const byteOrderMark = "\ufeff"

// tables are the charts whose tables can be taken away, by name.
var tables = map[string]func(*visit) (table, error){
	"burn-up":         tableFrom((*visit).burnUp),
	"maturity":        tableFrom((*visit).maturity),
	"use":             tableFrom((*visit).use),
	"growth":          tableFrom((*visit).likeForLike),
	"take-up":         tableFrom((*visit).takeUp),
	"channels":        tableFrom((*visit).channels),
	"usage":           tableFrom((*visit).asked),
	"entities":        (*visit).entityTable,
	"plan-timeline":   tableFrom((*visit).planTimeline),
	"plan-months":     tableFrom((*visit).planMonths),
	"what-if":         tableFrom((*visit).whatIfChart),
	"entity-progress": tableFrom(ofEntity((*visit).entityProgress)),
	"entity-use":      tableFrom(ofEntity((*visit).entityUse)),
	"service-use":     tableFrom(ofService((*visit).serviceUse)),
}

func tableFrom(draw func(*visit) (chart, error)) func(*visit) (table, error) {
	return func(v *visit) (table, error) {
		c, err := draw(v)
		return c.Table, err
	}
}

func ofEntity(draw func(*visit, *figures.EntityFigures) (chart, error)) func(*visit) (chart, error) {
	return func(v *visit) (chart, error) {
		code := v.address.query.Get("entity")
		e := v.named.entities[code]
		if e == nil {
			return chart{}, v.noEntity(code)
		}
		return draw(v, e)
	}
}

func ofService(draw func(*visit, *figures.ServiceFigures) (chart, error)) func(*visit) (chart, error) {
	return func(v *visit) (chart, error) {
		code := v.address.query.Get("service")
		s := v.named.services[code]
		if s == nil {
			return chart{}, v.noService(code)
		}
		return draw(v, s)
	}
}

// csv answers a chart's table with the raw values of its figures; an unknown one is an empty cell.
func (w *Web) csv(rw http.ResponseWriter, v *visit) error {
	name, isCSV := strings.CutSuffix(v.parameter("chart"), ".csv")
	take, found := tables[name]
	if !isCSV || !found {
		return programme.ErrNotFound
	}
	if err := v.gather(); err != nil {
		return err
	}
	t, err := take(v)
	if err != nil {
		return err
	}
	body, err := t.csv()
	if err != nil {
		return err
	}
	file := fmt.Sprintf("%s_on_%s_as_at_%s.csv", name, v.figures.On, civil.DateOf(v.figures.AsAt.In(w.Zone)))
	rw.Header().Set("Content-Type", "text/csv; charset=utf-8")
	rw.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	rw.Header().Set("Cache-Control", kept)
	if notModified(rw, v.request, body) {
		return nil
	}
	_, _ = rw.Write(body) // the browser went away; nobody is left to tell
	return nil
}

func (t table) csv() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	lines := csv.NewWriter(&out)
	lines.UseCRLF = true
	records := [][]string{guarded(t.Head)}
	for _, r := range t.Rows {
		record := []string{r.Key}
		for _, c := range r.Cells {
			record = append(record, c.Value)
		}
		records = append(records, guarded(record))
	}
	if err := lines.WriteAll(records); err != nil {
		return nil, fmt.Errorf("write CSV: %w", err)
	}
	return out.Bytes(), nil
}

// guarded keeps text from being a formula in a spreadsheet program; numbers, negative ones too, stay numbers.
func guarded(record []string) []string {
	out := make([]string, len(record))
	for i, text := range record {
		out[i] = text
		if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) && !number(text) {
			out[i] = "'" + text
		}
	}
	return out
}

// number reports whether the text is a plain number, which no program reads as a formula.
func number(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789.") == ""
}
