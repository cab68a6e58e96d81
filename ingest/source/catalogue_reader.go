package source

import (
	"slices"
	"strings"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

// The columns of the two kinds of file; the first ones are required.
var (
	entityColumns  = []string{"code", "name", "name_ar"}
	serviceColumns = []string{
		"code", "name", "name_ar", "entity",
		"description", "description_ar", "audience", "mandatory", "channels", "depends_on", "part_of",
		"effective_on", "launched_on", "level",
	}
	requiredOfEntity, requiredOfService = entityColumns, serviceColumns[:4]
)

// catalogueReader gathers the files' rows and everything that is wrong with them.
type catalogueReader struct {
	feed   catalogueFeed
	faults faults
	// given has the place of each code in the files, by family and by the code without case.
	given      map[programme.Family]map[string]givenCode
	references []reference
	// partial says that some rows could not be read, so that a code may be missing for that reason alone.
	partial bool
}

// givenCode is a code as a row of the files writes it.
type givenCode struct {
	place
	code string
}

// reference is a cell that names an entity or service; settle takes the code as it is recorded.
type reference struct {
	place
	column, code string
	family       programme.Family
	settle       func(code string)
}

func newCatalogueReader(before recorded) *catalogueReader {
	return &catalogueReader{
		feed: catalogueFeed{before: before},
		given: map[programme.Family]map[string]givenCode{
			programme.FamilyEntity: {}, programme.FamilyService: {},
		},
	}
}

// read reads one file.
func (r *catalogueReader) read(path string, workbook Workbook) {
	files := reading{
		bounds: listBounds, workbook: workbook, faults: &r.faults,
		wanted: func(heading []string) bool { return intake.HasColumns(heading, requiredOfEntity[:2]) },
	}
	s := files.read(path)
	if s == nil {
		r.partial = true
		return
	}
	columns, family, complete := r.heading(s)
	if !complete {
		r.partial = true
		return
	}
	dates := &intake.Dates{}
	for _, row := range s.rows[1:] {
		for _, column := range []string{"effective_on", "launched_on"} {
			if at, there := columns[column]; there && at < len(row.cells) {
				dates.See(row.cells[at])
			}
		}
	}
	for _, row := range s.rows[1:] {
		each := catalogueRow{
			place:   place{file: s.file, sheet: s.sheet, row: row.number},
			cells:   row.cells,
			columns: columns,
			dayZero: s.dayZero,
			dates:   dates,
			reader:  r,
		}
		if family == programme.FamilyService {
			r.feed.services = append(r.feed.services, each.service())
			each.refer(len(r.feed.services) - 1)
		} else {
			r.feed.entities = append(r.feed.entities, each.entity())
		}
	}
}

// heading returns where each column is, whether they are of services, and whether all that are required are there.
// A column that only services have makes a services file, so that one which lacks the entity hears of that.
func (r *catalogueReader) heading(s *fileRows) (columns map[string]int, family programme.Family, complete bool) {
	head := s.rows[0]
	columns = map[string]int{}
	at := place{file: s.file, sheet: s.sheet, row: head.number}
	family = programme.FamilyEntity
	for i, text := range head.cells {
		name := intake.Column(text)
		if _, twice := columns[name]; twice {
			r.faults.add(at.cell(name, text, "column_twice"))
			continue
		}
		if name == "" {
			continue
		}
		columns[name] = i
		if slices.Contains(serviceColumns, name) && !slices.Contains(entityColumns, name) {
			family = programme.FamilyService
		}
	}
	all, required := entityColumns, requiredOfEntity
	if family == programme.FamilyService {
		all, required = serviceColumns, requiredOfService
	}
	listed := strings.Join(all, ", ")
	for _, text := range head.cells {
		if name := intake.Column(text); name != "" && !slices.Contains(all, name) {
			r.faults.add(at.cell(name, text, "unknown_column."+string(family), "columns", listed))
		}
	}
	var missing []string
	for _, name := range required {
		if _, found := columns[name]; !found {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		r.faults.add(at.fault(
			"missing_columns."+string(family), "missing", strings.Join(missing, ", "), "columns", listed))
	}
	return columns, family, len(missing) == 0
}

// checkReferences finds the cells that name an entity or service that is neither in the files nor in the store; a code
// in other capital letters means the one that there is. It is left out when some rows could not be read: it would blame
// cells for what those rows hold.
func (r *catalogueReader) checkReferences() {
	if r.partial {
		return
	}
	for _, ref := range r.references {
		existing, found := r.feed.before.like(ref.family, ref.code)
		if given, is := r.given[ref.family][programme.FoldCode(ref.code)]; is && !found {
			existing, found = given.code, true
		}
		if !found {
			r.faults.add(ref.cell(ref.column, ref.code, "unknown_"+string(ref.family)))
			continue
		}
		ref.settle(existing)
	}
}
