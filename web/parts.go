package web

// chartPart is what the template of a chart takes: the chart with the words around it.
type chartPart struct {
	Chart                    chart
	TableWord, CSVWord, AsAt string
}

// With gives a chart the words of the page it stands on.
func (f frame) With(c chart) chartPart {
	part := chartPart{Chart: c, TableWord: f.T("web.chart.table"), CSVWord: f.T("web.csv")}
	if f.Stamp != nil {
		part.AsAt = f.T("base.on") + " " + f.Stamp.On + " · " + f.T("base.as_at") + " " + f.Stamp.AsAt
	}
	return part
}

// levelTable is what the template of claimed and verified levels takes.
type levelTable struct {
	Caption, LevelHead, ClaimedHead, VerifiedHead string
	Rows                                          []levelRow
	Total                                         *levelTotal
}

// levelTotal is the sum of the levels, claimed and verified side by side.
type levelTotal struct {
	Label             string
	Claimed, Verified figure
}

// Plain gives levels the words of the page they stand on.
func (f frame) Plain(rows []levelRow) levelTable {
	return levelTable{
		Caption: f.T("web.levels.title"), LevelHead: f.T("web.levels.level"),
		ClaimedHead: f.T("web.claimed"), VerifiedHead: f.T("web.verified"), Rows: rows,
	}
}

// LevelTable gives levels their total as well.
func (f frame) LevelTable(rows []levelRow, c countingView) levelTable {
	t := f.Plain(rows)
	t.Total = &levelTotal{Label: f.T("web.levels.total"), Claimed: c.Claimed, Verified: c.Verified}
	return t
}

// entityPart is what the template of the entities' table takes.
type entityPart struct {
	frame

	Rows []entityRow
}

// EntityTable gives entities the words of the page they stand on.
func (f frame) EntityTable(rows []entityRow) entityPart { return entityPart{frame: f, Rows: rows} }

// servicePart is what the template of the services' table takes.
type servicePart struct {
	frame

	Rows []serviceRow
}

// ServiceTable gives services the words of the page they stand on.
func (f frame) ServiceTable(rows []serviceRow) servicePart { return servicePart{frame: f, Rows: rows} }

// milestonePart is what the template of the milestones' table takes.
type milestonePart struct {
	frame

	Rows []milestoneRow
	// Entities says that the table has a column of entities.
	Entities bool
}

// MilestoneTable gives milestones the words of the page they stand on.
func (f frame) MilestoneTable(rows []milestoneRow, entities bool) milestonePart {
	return milestonePart{frame: f, Rows: rows, Entities: entities}
}
