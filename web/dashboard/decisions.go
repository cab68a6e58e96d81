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

// decisions are the five lists of the overview, each worst first.
func (v *visit) decisions() []decision {
	a := &v.Figures.Attention
	late := decision{
		Title: v.T("web.decision.late.title"), Meaning: v.T("web.decision.late.meaning"),
		Number: v.Whole("attention.late", len(a.Late)),
		All:    page.Link{Text: v.T("web.decision.all", page.Args("n", len(a.Late))), Address: v.Address.To("/services", "status", "all", "attention", "late")},
	}
	for _, m := range a.Late[:min(len(a.Late), decisionItems)] {
		late.Items = append(late.Items, v.lateItem(m))
	}
	lists := []decision{
		late,
		v.attention("dormant", a.Dormant, v.completedDetail),
		v.attention("silent", a.Silent, v.silentDetail),
		v.attention("without_numbers", a.WithoutNumbers, v.silentDetail),
		v.attention("claimed_not_verified", a.ClaimedNotVerified, v.claimedDetail),
	}
	for i := range lists {
		if len(lists[i].Items) == 0 {
			lists[i].None = v.T("web.decision.none")
		}
	}
	return lists
}

func (v *visit) lateItem(m figures.LateMilestone) decisionItem {
	return decisionItem{
		Service: v.ServiceLink(m.Service), Entity: v.EntityLink(m.Entity),
		Detail: v.T("web.decision.late.detail", page.Args("n", m.Days, "level", v.LevelName(m.Level), "date", v.Date(m.PlannedOn))),
	}
}

// attention makes the list of a kind of attention from service codes.
func (v *visit) attention(kind string, codes []string, detail func(*figures.ServiceFigures) string) decision {
	d := decision{
		Title: v.T("web.decision." + kind + ".title"), Meaning: v.T("web.decision." + kind + ".meaning"),
		Number: v.Whole("attention."+kind, len(codes)),
		All:    page.Link{Text: v.T("web.decision.all", page.Args("n", len(codes))), Address: v.Address.To("/services", "status", "all", "attention", kind)},
	}
	for _, code := range codes[:min(len(codes), decisionItems)] {
		item := decisionItem{Service: v.ServiceLink(code)}
		if s := v.Named.Services[code]; s != nil {
			item.Entity, item.Detail = v.EntityLink(s.Entity), detail(s)
		}
		d.Items = append(d.Items, item)
	}
	return d
}

func (v *visit) completedDetail(s *figures.ServiceFigures) string {
	if !s.Completed.Known() {
		return v.T("web.decision.use_unknown")
	}
	return v.T("web.decision.dormant.detail", page.Args("n", s.Completed.Value, "date", v.Date(s.LaunchedOn)))
}

func (v *visit) silentDetail(s *figures.ServiceFigures) string {
	return v.T("web.decision.silent.detail", page.Args("date", v.Date(s.LaunchedOn)))
}

func (v *visit) claimedDetail(s *figures.ServiceFigures) string {
	return v.T("web.decision.claimed_not_verified.detail",
		page.Args("claimed", v.LevelName(s.LevelClaimed), "verified", v.LevelName(s.LevelVerified)))
}
