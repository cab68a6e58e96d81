package dashboard

import (
	"mirsad/internal/figures"
	"mirsad/web/page"
)

// decision is a list of what needs one: its number, what it means, the worst of it.
type decision struct {
	Title, Meaning string
	Number         page.Figure
	Items          []decisionItem
	All            page.Link
	// None says that there is nothing to decide.
	None string
}

// decisionItem is one service that needs a decision.
type decisionItem struct {
	Service, Entity page.Link
	Detail          string
}

// decisionItems is how many of each list the overview names.
const decisionItems = 5

// decisionLists are what needs a decision, in lists.
type decisionLists struct{ *page.Visit }

// all are the five lists of the overview, each worst first.
func (l decisionLists) all() []decision {
	a := &l.Figures.Attention
	late := decision{
		Title: l.T("web.decision.late.title"), Meaning: l.T("web.decision.late.meaning"),
		Number: l.Whole("attention.late", len(a.Late)),
		All: page.Link{
			Text:    l.T("web.decision.all", page.Args("n", len(a.Late))),
			Address: l.Address.To("/services", "status", "all", "attention", "late"),
		},
	}
	for _, m := range a.Late[:min(len(a.Late), decisionItems)] {
		late.Items = append(late.Items, l.lateItem(m))
	}
	lists := []decision{
		late,
		l.attention("dormant", a.Dormant, l.completedDetail),
		l.attention("silent", a.Silent, l.silentDetail),
		l.attention("without_numbers", a.WithoutNumbers, l.silentDetail),
		l.attention("claimed_not_verified", a.ClaimedNotVerified, l.claimedDetail),
	}
	for i := range lists {
		if len(lists[i].Items) == 0 {
			lists[i].None = l.T("web.decision.none")
		}
	}
	return lists
}

func (l decisionLists) lateItem(m figures.LateMilestone) decisionItem {
	return decisionItem{
		Service: l.ServiceLink(m.Service), Entity: l.EntityLink(m.Entity),
		Detail: l.T(
			"web.decision.late.detail",
			page.Args("n", m.Days, "level", l.LevelName(m.Level), "date", l.Date(m.PlannedOn)),
		),
	}
}

// attention makes the list of a kind of attention from service codes.
func (l decisionLists) attention(kind string, codes []string, detail func(*figures.ServiceFigures) string) decision {
	d := decision{
		Title: l.T("web.decision." + kind + ".title"), Meaning: l.T("web.decision." + kind + ".meaning"),
		Number: l.Whole("attention."+kind, len(codes)),
		All: page.Link{
			Text:    l.T("web.decision.all", page.Args("n", len(codes))),
			Address: l.Address.To("/services", "status", "all", "attention", kind),
		},
	}
	for _, code := range codes[:min(len(codes), decisionItems)] {
		item := decisionItem{Service: l.ServiceLink(code)}
		if s := l.Named.Services[code]; s != nil {
			item.Entity, item.Detail = l.EntityLink(s.Entity), detail(s)
		}
		d.Items = append(d.Items, item)
	}
	return d
}

func (l decisionLists) completedDetail(s *figures.ServiceFigures) string {
	if !s.Completed.Known() {
		return l.T("web.decision.use_unknown")
	}
	return l.T("web.decision.dormant.detail", page.Args("n", s.Completed.Value, "date", l.Date(s.LaunchedOn)))
}

func (l decisionLists) silentDetail(s *figures.ServiceFigures) string {
	return l.T("web.decision.silent.detail", page.Args("date", l.Date(s.LaunchedOn)))
}

func (l decisionLists) claimedDetail(s *figures.ServiceFigures) string {
	return l.T("web.decision.claimed_not_verified.detail",
		page.Args("claimed", l.LevelName(s.LevelClaimed), "verified", l.LevelName(s.LevelVerified)))
}
