package programme

// Entity is a ministry or authority.
type Entity struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameAr string `json:"name_ar"`
}

// Service is what an entity offers.
type Service struct {
	Code          string `json:"code"`
	Name          string `json:"name"`
	NameAr        string `json:"name_ar"`
	Entity        string `json:"entity"`
	Description   string `json:"description,omitempty"`
	DescriptionAr string `json:"description_ar,omitempty"`
	// Audience is the group that it serves, such as citizens, residents, business, government, visitors.
	Audience  string    `json:"audience,omitempty"`
	Mandatory bool      `json:"mandatory,omitempty"`
	Channels  []Channel `json:"channels,omitempty"`
	// DependsOn lists the other entities whose part the service needs.
	DependsOn []string `json:"depends_on,omitempty"`
	// PartOf is the code of the bundle this service is a part of.
	PartOf string `json:"part_of,omitempty"`
	// Succeeds lists the codes of the services this one replaces; with them it is one unit.
	Succeeds []string `json:"succeeds,omitempty"`
	// CountsApart is the planner's reason why it counts beside the other successors of its unit; none means it doesn't.
	CountsApart string `json:"counts_apart,omitempty"`
	// Removed marks a service taken out of the catalogue from the fact's effective date.
	Removed bool `json:"removed,omitempty"`
}
