package web

import (
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// tables are the charts whose tables can be taken away, by name.
var tables = map[string]func(*visit) (page.Table, error){
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

func tableFrom(draw func(*visit) (page.Chart, error)) func(*visit) (page.Table, error) {
	return func(v *visit) (page.Table, error) {
		c, err := draw(v)
		return c.Table, err
	}
}

func ofEntity(draw func(*visit, *figures.EntityFigures) (page.Chart, error)) func(*visit) (page.Chart, error) {
	return func(v *visit) (page.Chart, error) {
		code := v.Address.Query.Get("entity")
		e := v.Named.Entities[code]
		if e == nil {
			return page.Chart{}, v.NoEntity(code)
		}
		return draw(v, e)
	}
}

func ofService(draw func(*visit, *figures.ServiceFigures) (page.Chart, error)) func(*visit) (page.Chart, error) {
	return func(v *visit) (page.Chart, error) {
		code := v.Address.Query.Get("service")
		s := v.Named.Services[code]
		if s == nil {
			return page.Chart{}, v.NoService(code)
		}
		return draw(v, s)
	}
}

// csv answers a chart's table with the raw values of its figures; an unknown one is an empty cell.
func (w *Web) csv(rw http.ResponseWriter, v *visit) error {
	name, isCSV := strings.CutSuffix(v.Parameter("chart"), ".csv")
	take, found := tables[name]
	if !isCSV || !found {
		return programme.ErrNotFound
	}
	if err := v.Gather(); err != nil {
		return err
	}
	t, err := take(v)
	if err != nil {
		return err
	}
	body, err := t.Csv()
	if err != nil {
		return err
	}
	file := fmt.Sprintf("%s_on_%s_as_at_%s.csv", name, v.Figures.On, civil.DateOf(v.Figures.AsAt.In(w.Zone)))
	rw.Header().Set("Content-Type", "text/csv; charset=utf-8")
	rw.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	rw.Header().Set("Cache-Control", page.Kept)
	if page.NotModified(rw, v.Request, body) {
		return nil
	}
	_, _ = rw.Write(body) // the browser went away; nobody is left to tell
	return nil
}
