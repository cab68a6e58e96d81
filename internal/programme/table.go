package programme

// StoreUser is a user of the database: each part of the program has its own, with the least rights that it needs.
type StoreUser string

// The users of the database.
const (
	StoreAdmin  StoreUser = "admin"  // defines tables
	StoreIngest StoreUser = "ingest" // adds raw rows; reads what decides whether a row is new
	StoreWorker StoreUser = "worker" // recomputes rollups, closes editions
	StoreFacts  StoreUser = "facts"  // reads and adds facts, sessions, the use of tokens and the audit
	StoreWeb    StoreUser = "web"    // reads what figures are made of
)

// StoreUsers lists all users of the database.
func StoreUsers() []StoreUser {
	return []StoreUser{StoreAdmin, StoreIngest, StoreWorker, StoreFacts, StoreWeb}
}

// Table is a table of the database: what it holds and who may touch it. What figures are gathered
// from, what makes them new and which rights each user has follow from the list of Tables.
type Table struct {
	Name string
	// Family is that of the facts it holds; empty for a table of something else.
	Family Family
	// Event is the type of the CloudEvents it holds; empty for a table of something else.
	Event string
	// DrivesFigures says that a row more makes new figures. Usage events don't: the rollup of them does.
	DrivesFigures bool
	// Writers may add rows and Readers read them. StoreAdmin may do everything and is in neither.
	Writers, Readers []StoreUser
}

// Tables lists all tables of the database. Each has a migration of its own; a new family of facts or kind of event is
// one more line.
func Tables() []Table {
	figures := by(StoreWorker, StoreWeb) // those who read what figures are made of
	return []Table{
		facts(FamilyEntity, figuring, by(StoreIngest, StoreWorker, StoreWeb)),
		facts(FamilyService, figuring, by(StoreIngest, StoreWorker, StoreWeb)),
		facts(FamilyAssessment, figuring, figures),
		facts(FamilyPlan, figuring, figures),
		facts(FamilyCampaign, figuring, figures),
		// Who people and programs are is for nobody but the user that writes it.
		facts(FamilyAccount, idle, nil),
		facts(FamilySession, idle, nil),
		facts(FamilyToken, idle, nil),
		facts(FamilyLink, idle, nil),
		facts(FamilyProgramme, figuring, figures),

		{Name: "usage_event", Event: TypeUsage, Writers: by(StoreIngest), Readers: figures},
		versions("statement", TypeStatement),
		versions("rollout_event", TypeRollout),
		versions("milestone_event", TypeMilestone),
		{Name: "quarantine", Writers: by(StoreIngest), Readers: figures},
		{Name: "quarantine_closing", Writers: by(StoreIngest), Readers: figures},
		{Name: "receipt", Writers: by(StoreIngest), Readers: figures},

		{Name: "dirty_slice", Writers: by(StoreIngest, StoreWorker), Readers: figures},
		{Name: "usage_day", Writers: by(StoreWorker), Readers: figures},
		{Name: "usage_month", Writers: by(StoreWorker), Readers: figures},
		{Name: "rollup_run", Writers: by(StoreWorker), Readers: figures},
		{Name: "lease", Writers: by(StoreWorker), Readers: figures},

		{Name: "edition", Writers: by(StoreWorker), Readers: figures},
		{Name: "edition_figure", Writers: by(StoreWorker), Readers: figures},
		{Name: "edition_file", Writers: by(StoreWorker), Readers: figures},

		{Name: "audit", Writers: by(StoreFacts), Readers: by(StoreFacts)},
		{Name: "token_use", Writers: by(StoreFacts), Readers: by(StoreFacts)},
	}
}

func by(users ...StoreUser) []StoreUser { return users }

// Whether a fact of a family makes new figures.
const (
	figuring = true
	idle     = false
)

// facts is the table of a family, which others may read beside its writer.
func facts(family Family, drivesFigures bool, others []StoreUser) Table {
	return Table{
		Name: string(family) + "_fact", Family: family, DrivesFigures: drivesFigures,
		Writers: by(StoreFacts), Readers: append(by(StoreFacts), others...),
	}
}

// versions is the table of a kind of event that keeps all versions of an event. Ingestion reads it too: a new event is
// compared with the newest version.
func versions(name, event string) Table {
	return Table{
		Name: name, Event: event, DrivesFigures: true,
		Writers: by(StoreIngest), Readers: by(StoreIngest, StoreWorker, StoreWeb),
	}
}

// Families lists all families of facts.
func Families() []Family { return familiesOf(func(Table) bool { return true }) }

// FigureFamilies lists the families of facts that figures rest on.
func FigureFamilies() []Family { return familiesOf(func(t Table) bool { return t.DrivesFigures }) }

func familiesOf(chosen func(Table) bool) []Family {
	var families []Family
	for _, table := range Tables() {
		if table.Family != "" && chosen(table) {
			families = append(families, table.Family)
		}
	}
	return families
}

// EventTypes lists the types of CloudEvents that are taken.
func EventTypes() []string {
	var types []string
	for _, table := range Tables() {
		if table.Event != "" {
			types = append(types, table.Event)
		}
	}
	return types
}
