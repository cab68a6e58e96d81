package dashboard

import (
	"mirsad/internal/figures"
	"mirsad/web/page"
)

// table is the table of a chart as a visit may ask for it.
type table = func(*visit) (page.Table, error)

// DashboardTables are the dashboard's charts, by name.
func (p Pages) DashboardTables() page.Tables {
	return p.Tables(map[string]table{
		"burn-up":  ofProgress(progressCharts.burnUp),
		"maturity": ofProgress(progressCharts.maturity),
		"use":      ofUse(useCharts.use),
		"growth":   ofUse(useCharts.likeForLike),
		"take-up":  ofUse(useCharts.takeUp),
		"channels": ofUse(useCharts.channels),
		"usage":    ofUse(useCharts.asked),
		"entities": (*visit).entityTable,
		"entity-progress": ofEntity(
			progressCharts.entityProgress, func(v *visit) progressCharts { return progressCharts{v.Visit} },
		),
		"entity-use":  ofEntity(useCharts.entityUse, func(v *visit) useCharts { return useCharts{v.Visit} }),
		"service-use": ofService(useCharts.serviceUse),
	})
}

func ofProgress(draw func(progressCharts) (page.Chart, error)) table {
	return page.TableFrom(func(v *visit) (page.Chart, error) { return draw(progressCharts{v.Visit}) })
}

func ofUse(draw func(useCharts) (page.Chart, error)) table {
	return page.TableFrom(func(v *visit) (page.Chart, error) { return draw(useCharts{v.Visit}) })
}

// ofEntity is the table of a chart of the entity that the address names.
func ofEntity[C any](draw func(C, *figures.EntityFigures) (page.Chart, error), charts func(*visit) C) table {
	return page.TableFrom(func(v *visit) (page.Chart, error) {
		code := v.Address.Query.Get("entity")
		e := v.Named.Entities[code]
		if e == nil {
			return page.Chart{}, v.NoEntity(code)
		}
		return draw(charts(v), e)
	})
}

// ofService is the table of a chart of the service that the address names.
func ofService(draw func(useCharts, *figures.ServiceFigures) (page.Chart, error)) table {
	return page.TableFrom(func(v *visit) (page.Chart, error) {
		code := v.Address.Query.Get("service")
		s := v.Named.Services[code]
		if s == nil {
			return page.Chart{}, v.NoService(code)
		}
		return draw(useCharts{v.Visit}, s)
	})
}
