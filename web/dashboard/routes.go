package dashboard

import (
	"mirsad/internal/access"
	"mirsad/internal/route"
)

// FigureRoutes are the pages that show figures; those of an agency show its own entity's detail.
func (p Pages) FigureRoutes() []route.Route {
	everyone := access.Everyone()
	return []route.Route{
		route.Page("/{$}", p.Page("overview", (*visit).overview), everyone, route.Menu("web.menu.overview")),
		route.Page("/entities", p.Page("entities", (*visit).entities), everyone, route.Menu("web.menu.entities")),
		route.Page("/entities/{entity}", p.Page("entity", (*visit).entity), everyone),
		route.Page("/services", p.Page("services", (*visit).services), everyone, route.Menu("web.menu.services")),
		route.Page("/services/{service}", p.Page("service", (*visit).service), everyone),
		route.Page("/usage", p.Page("usage", (*visit).usage), everyone, route.Menu("web.menu.usage")),
	}
}

// QualityRoutes are the page of the quality of data.
func (p Pages) QualityRoutes() []route.Route {
	return []route.Route{
		route.Page("/quality", p.Page("quality", (*visit).quality), access.Everyone(), route.Menu("web.menu.quality")),
	}
}

// DefinitionRoutes are the page of the rules in plain words.
func (p Pages) DefinitionRoutes() []route.Route {
	return []route.Route{
		route.Page("/definitions", p.Page("definitions", (*visit).definitions), access.Everyone(),
			route.Menu("web.menu.definitions")),
	}
}

// ReportRoutes are the page of the monthly workbooks, for those who see the whole programme.
func (p Pages) ReportRoutes() []route.Route {
	readers := access.For(
		access.RoleExecutive, access.RolePlanner, access.RoleAuditor, access.RoleAdmin,
	).WholeProgramme()
	return []route.Route{
		route.Page("/reports", p.Page("reports", (*visit).reports), readers, route.Menu("web.menu.reports")),
	}
}
