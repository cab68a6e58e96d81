package dashboard

import (
	"mirsad/internal/figures"
	"mirsad/web/page"
)

// DashboardTables are the dashboard's charts, by name.
func (p Pages) DashboardTables() page.Tables {
	return p.Tables(map[string]func(*visit) (page.Table, error){
		"burn-up":         page.TableFrom((*visit).burnUp),
		"maturity":        page.TableFrom((*visit).maturity),
		"use":             page.TableFrom((*visit).use),
		"growth":          page.TableFrom((*visit).likeForLike),
		"take-up":         page.TableFrom((*visit).takeUp),
		"channels":        page.TableFrom((*visit).channels),
		"usage":           page.TableFrom((*visit).asked),
		"entities":        (*visit).entityTable,
		"entity-progress": page.TableFrom(ofEntity((*visit).entityProgress)),
		"entity-use":      page.TableFrom(ofEntity((*visit).entityUse)),
		"service-use":     page.TableFrom(ofService((*visit).serviceUse)),
	})
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
