package source

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
	// given has the place of each code in the files, by family.
	given      map[programme.Family]map[string]place
	references []reference
	// partial says that some rows could not be read, so that a code may be missing for that reason alone.
	partial bool
}

// reference is a cell that names an entity or service.
type reference struct {
	place
	column, code string
	family       programme.Family
}

func newCatalogueReader() *catalogueReader {
	return &catalogueReader{
		given: map[programme.Family]map[string]place{programme.FamilyEntity: {}, programme.FamilyService: {}},
	}
}

// read reads one file. Only what isn't the file's fault is an error.
func (r *catalogueReader) read(path string, workbook Workbook) error {
	s, err := readSheet(path, workbook)
	if errors.Is(err, programme.ErrInvalid) {
		r.faults.add(err)
		r.partial = true
		return nil
	}
	if err != nil {
		return err
	}
	columns, services, complete := r.heading(s)
	if !complete {
		r.partial = true
		return nil
	}
	for _, row := range s.rows[1:] {
		each := catalogueRow{
			place:   place{file: s.file, row: row.number},
			cells:   row.cells,
			columns: columns,
			dayZero: s.dayZero,
			reader:  r,
		}
		each.checkHeaded(s.rows[0].cells)
		if services {
			r.feed.services = append(r.feed.services, each.service())
		} else {
			r.feed.entities = append(r.feed.entities, each.entity())
		}
	}
	return nil
}

// heading returns where each column is, whether they are of services, and whether all that are required are there.
// A column that only services have makes a services file, so that one which lacks the entity hears of that.
func (r *catalogueReader) heading(s *fileRows) (columns map[string]int, services, complete bool) {
	head := s.rows[0]
	columns = map[string]int{}
	at := place{file: s.file, row: head.number}
	for i, text := range head.cells {
		name := strings.ToLower(text)
		if _, twice := columns[name]; twice {
			r.faults.add(at.fault(name, text, "the heading has this column already: keep one"))
			continue
		}
		if name == "" {
			continue
		}
		columns[name] = i
		services = services || (slices.Contains(serviceColumns, name) && !slices.Contains(entityColumns, name))
	}
	kind, all, required := "an entities", entityColumns, requiredOfEntity
	if services {
		kind, all, required = "a services", serviceColumns, requiredOfService
	}
	for _, text := range head.cells {
		if name := strings.ToLower(text); name != "" && !slices.Contains(all, name) {
			r.faults.add(at.fault(name, text, "take the column out: "+kind+" file has "+strings.Join(all, ", ")))
		}
	}
	var missing []string
	for _, name := range required {
		if _, found := columns[name]; !found {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		r.faults.add(fmt.Errorf("%w: file %s, row %d: the columns %s are missing; write the heading of %s file: %s",
			programme.ErrInvalid, s.file, head.number, strings.Join(missing, ", "), kind, strings.Join(all, ", ")))
	}
	return columns, services, len(missing) == 0
}

// checkReferences finds the cells that name an entity or service that is neither in the files nor in the store.
// It is left out when some rows could not be read: it would blame cells for what those rows hold.
func (r *catalogueReader) checkReferences(ctx context.Context, known Known) error {
	unknown := slices.DeleteFunc(r.references, func(ref reference) bool {
		_, found := r.given[ref.family][ref.code]
		return found
	})
	if len(unknown) == 0 || r.partial {
		return nil
	}
	stored := map[programme.Family]map[string]bool{programme.FamilyEntity: {}, programme.FamilyService: {}}
	if known != nil {
		facts, err := known(ctx)
		if err != nil {
			return fmt.Errorf("read what is known of entities and services: %w", err)
		}
		for _, fact := range facts.Streams {
			if codes := stored[fact.Family]; codes != nil {
				codes[fact.Subject] = true
			}
		}
	}
	for _, ref := range unknown {
		if !stored[ref.family][ref.code] {
			r.faults.add(
				ref.fault(
					ref.column, ref.code,
					fmt.Sprintf("no %s has this code: correct it, or give the file that lists it too", ref.family),
				),
			)
		}
	}
	return nil
}
