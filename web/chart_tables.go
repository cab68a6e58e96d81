package web

import (
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

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
