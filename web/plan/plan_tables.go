package plan

import "mirsad/web/page"

// PlanTables are the charts about plans, by name.
func (p Pages) PlanTables() page.Tables {
	return p.Tables(map[string]func(*visit) (page.Table, error){
		"plan-timeline": page.TableFrom((*visit).planTimeline),
		"plan-months":   page.TableFrom((*visit).planMonths),
		"what-if":       page.TableFrom((*visit).whatIfChart),
	})
}
