package access

// Sees reports whether the principal sees an entity's detail. It is the one rule of visibility: pages, API, receipts
// and the guard ask it. The programme's totals are not detail: everyone who may use a route sees them.
func (p Principal) Sees(entity string) bool {
	return p.SeesAll() || (entity != "" && p.Entity == entity)
}

// SeesAll reports whether the principal sees every entity's detail: administrators, and people and tokens that are
// bound to no entity. An agency's people and the readers of signed links see at most their own entity's, and someone
// without an entity among them sees none.
func (p Principal) SeesAll() bool {
	switch {
	case p.Admin():
		return true
	case p.Entity != "", p.Purpose != "", p.Role == RoleAgency:
		return false
	default:
		return p.Role != "" || len(p.Scopes) > 0
	}
}
