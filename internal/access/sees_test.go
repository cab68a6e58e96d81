package access

import "testing"

// TestWhoSeesWhat holds the one rule of visibility: by default nobody sees anything.
func TestWhoSeesWhat(t *testing.T) {
	for _, each := range []struct {
		name          string
		who           Principal
		own, another  bool // moi and moj
		nobodysDetail bool // of no entity
	}{
		{"nobody", Principal{}, false, false, false},
		{"somebody with an entity and nothing else", Principal{Entity: "moi"}, true, false, false},
		{"executive", Principal{Role: RoleExecutive}, true, true, true},
		{"planner", Principal{Role: RolePlanner}, true, true, true},
		{"auditor", Principal{Role: RoleAuditor}, true, true, true},
		{"admin", Principal{Role: RoleAdmin}, true, true, true},
		{"admin with an entity", Principal{Role: RoleAdmin, Entity: "moi"}, true, true, true},
		{"planner with an entity", Principal{Role: RolePlanner, Entity: "moi"}, true, false, false},
		{"agency", Principal{Role: RoleAgency, Entity: "moi"}, true, false, false},
		{"agency without an entity", Principal{Role: RoleAgency}, false, false, false},
		{"link", Principal{Role: RoleAgency, Entity: "moi", Purpose: LinkPlan}, true, false, false},
		{"link without an entity", Principal{Role: RoleExecutive, Purpose: LinkPlan}, false, false, false},
		{"token of an entity", Principal{Scopes: []Scope{ScopeRead}, Entity: "moi"}, true, false, false},
		{"token of no entity", Principal{Scopes: []Scope{ScopeRead}}, true, true, true},
		{"token for administration", Principal{Scopes: []Scope{ScopeAdmin}, Entity: "moi"}, true, true, true},
	} {
		if got := each.who.Sees("moi"); got != each.own {
			t.Errorf("%s sees moi: %v", each.name, got)
		}
		if got := each.who.Sees("moj"); got != each.another {
			t.Errorf("%s sees moj: %v", each.name, got)
		}
		if got := each.who.Sees(""); got != each.nobodysDetail {
			t.Errorf("%s sees what is of no entity: %v", each.name, got)
		}
	}
}
