package planbook

import (
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/reports/scan"
	"mirsad/reports/sheet"
)

// Upload is what a filled template holds.
type Upload struct {
	Entity          string
	TemplateVersion int
	// Revision is the number of the plan that was in force when the template was made; 0: none was.
	Revision int
	Language i18n.Language
	// Milestones has one for each filled row, in the order of the rows. Where a cell could not be read the milestone
	// has nothing in its place, and Faults tells why.
	Milestones []programme.Milestone
	// Faults are all of the cells that could not be read, in the order of the sheet.
	Faults []register.SheetFault

	sheet string
	cells map[string]string // addresses by field
}

// Sheet returns what the template holds without what only its making has to do with.
func (u *Upload) Sheet() register.PlanSheet {
	return register.PlanSheet{Milestones: u.Milestones, Faults: u.Faults, Revision: u.Revision, Address: u.Cell}
}

// Cell is the address of the cell that a field of a milestone came from: D9 for milestones.3.planned_on. A field that
// has no cell of its own is where the nearest field around it is, and what is no milestone's at all is nowhere: "".
func (u *Upload) Cell(field string) string {
	for field != "" {
		if cell, found := u.cells[field]; found {
			return cell
		}
		at := strings.LastIndexByte(field, '.')
		if at < 0 {
			return ""
		}
		field = field[:at]
	}
	return ""
}

// planOptions are the library's own limits, behind those of the scan. One limit for a part and for all keeps it from
// temporary files.
func planOptions() excelize.Options {
	most := int64(scan.Plan().Inflated)
	return excelize.Options{RawCellValue: true, UnzipSizeLimit: most, UnzipXMLSizeLimit: most}
}

// Read reads a filled template of an entity's plan. A file that is no such template, that another entity's template was
// made into, or that could harm or mislead is refused whole, with a *programme.FaultsError of the field workbook or of
// a cell; cells that can't be read are all faults of the upload.
func Read(workbook []byte, entity string) (upload Upload, err error) {
	book, err := scan.Open(workbook, scan.Plan())
	if err != nil {
		return Upload{}, err
	}
	sheets, err := book.Sheets()
	if err != nil {
		return Upload{}, err
	}
	defer func() { // the library has panicked on files before
		if recover() != nil {
			upload, err = Upload{}, scan.Refuse("sheet_broken", "")
		}
	}()
	file, err := excelize.OpenReader(bytes.NewReader(workbook), planOptions())
	if err != nil {
		return Upload{}, scan.Refuse("sheet_broken", "")
	}
	defer file.Close() //nolint:errcheck // only read
	r := &reader{
		file: file, sheets: sheets, upload: Upload{cells: map[string]string{}}, known: map[string]bool{},
		used: map[string]bool{}, extra: map[int]bool{}, hiddenRows: map[int]bool{}, hiddenColumns: map[int]bool{},
	}
	if err := r.read(entity); err != nil {
		return Upload{}, err
	}
	return r.upload, nil
}

// reader reads one workbook.
type reader struct {
	file   *excelize.File
	sheets []scan.NamedSheet
	upload Upload
	plan   scan.NamedSheet

	dayZero                   civil.Date
	keyRow                    int
	columns                   []readColumn
	formulas                  map[string]bool // addresses of the plan's sheet, until they are reported
	merged                    []mergedCells
	hiddenRows, hiddenColumns map[int]bool    // that have been reported
	extra                     map[int]bool    // columns of no meaning that have been reported
	known                     map[string]bool // codes of the plan in force, as the template has them
	used                      map[string]bool // codes of the rows read so far
}

func (r *reader) read(entity string) error {
	if err := r.readKeys(entity); err != nil {
		return err
	}
	if err := r.findPlan(); err != nil {
		return err
	}
	if err := r.findDayZero(); err != nil {
		return err
	}
	r.findBlocked()
	if err := r.eachPlanRow(r.row); err != nil {
		return err
	}
	r.tellFormulas()
	r.makeCodes()
	r.sortFaults()
	if len(r.upload.Milestones) == 0 && len(r.upload.Faults) == 0 {
		return scan.Refuse("sheet_empty", "")
	}
	return nil
}

// eachPlanRow calls each for the rows of the plan's sheet, from the first.
func (r *reader) eachPlanRow(each func(number int, cells []string)) error {
	return sheet.EachRow(r.file, r.plan.Name, func(number int, cells []string) error {
		if most := scan.Plan().Rows; number > most {
			return scan.Refuse("sheet_too_long", "", "most", most)
		}
		each(number, cells)
		return nil
	})
}

func (r *reader) findDayZero() (err error) {
	r.dayZero, err = scan.DayZero(r.file)
	return err
}
