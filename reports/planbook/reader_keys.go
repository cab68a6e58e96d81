package planbook

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/reports/scan"
	"mirsad/reports/sheet"
)

// errFound ends the reading of rows where what was looked for has been found.
var errFound = errors.New("found")

// readKeys finds out from the hidden sheet whose template it is, which version and which plan it was filled with.
func (r *reader) readKeys(entity string) error {
	keys := map[string]string{}
	at := slices.IndexFunc(r.sheets, func(s scan.NamedSheet) bool { return s.Name == planKeysSheet })
	if at < 0 {
		return scan.Refuse("sheet_no_template", "")
	}
	err := sheet.EachRow(r.file, planKeysSheet, func(_ int, cells []string) error {
		if len(cells) < 2 {
			return nil
		}
		if cells[0] == "milestone" {
			r.known[visible(cells[1])] = true
		} else {
			keys[cells[0]] = cells[1]
		}
		return nil
	})
	version, versionErr := strconv.Atoi(keys["version"])
	revision, revisionErr := strconv.Atoi(keys["revision"])
	language, known := i18n.ParseLanguage(keys["language"])
	switch {
	case err != nil, keys["template"] != planMark, versionErr != nil, revisionErr != nil, revision < 0, !known:
		return scan.Refuse("sheet_no_template", "")
	case keys["entity"] != entity:
		return scan.Refuse("entity_mismatch", "", "value", sheet.Clean(keys["entity"]), "entity", entity)
	case version != TemplateVersion:
		return scan.Refuse("sheet_old_template", "", "version", version, "newest", TemplateVersion)
	}
	r.upload.Entity, r.upload.Language = entity, language
	r.upload.TemplateVersion, r.upload.Revision = version, revision
	return nil
}

// readColumn is a column of the sheet as the file has it.
type readColumn struct {
	planColumn
	at int // from 1
}

// findPlan finds the sheet to fill, whatever it is called now, by the hidden row of keys.
func (r *reader) findPlan() error {
	for _, sheet := range r.sheets {
		if sheet.Name == planKeysSheet {
			continue
		}
		found, err := r.findColumns(sheet)
		if err != nil {
			return err
		}
		if found {
			r.plan, r.upload.sheet = sheet, sheet.Name
			return r.checkColumns()
		}
	}
	return scan.Refuse("sheet_no_template", "")
}

// keyRowWithin is how far down the row of keys may be.
const keyRowWithin = 20

func (r *reader) findColumns(named scan.NamedSheet) (bool, error) {
	err := sheet.EachRow(r.file, named.Name, func(number int, cells []string) error {
		if number > keyRowWithin {
			return errFound
		}
		if slices.Contains(cells, keyService) && slices.Contains(cells, keyPlanned) &&
			slices.Contains(cells, keyLevel) {
			r.keyRow, r.columns = number, columnsOf(cells)
			return errFound
		}
		return nil
	})
	if err != nil && !errors.Is(err, errFound) {
		return false, scan.Refuse("sheet_broken", "")
	}
	return r.keyRow > 0, nil
}

// columnsOf says of each column what it takes; one without a known key has none.
func columnsOf(cells []string) []readColumn {
	byKey := map[string]planColumn{}
	for _, c := range planColumns(mostDependencies) {
		byKey[c.key] = c
	}
	list := make([]readColumn, 0, len(cells))
	for i, text := range cells {
		key := strings.TrimSpace(text)
		known, found := byKey[key]
		if !found {
			known = planColumn{key: ""}
		}
		list = append(list, readColumn{planColumn: known, at: i + 1})
	}
	return list
}

// checkColumns wants every column of the template that a milestone can't do without, once.
func (r *reader) checkColumns() error {
	seen := map[string]bool{}
	for _, c := range r.columns {
		if c.key != "" && seen[c.key] {
			return scan.Refuse("sheet_columns", "", "cell", r.address(c.at, r.keyRow))
		}
		seen[c.key] = true
	}
	for _, needed := range []string{keyCode, keyService, keyLevel, keyPlanned} {
		if !seen[needed] {
			return scan.Refuse("sheet_columns", "", "cell", r.address(1, r.keyRow))
		}
	}
	return nil
}

func (r *reader) address(column, row int) string {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return ""
	}
	return cell
}

func (r *reader) fault(field, cell, kind string, pairs ...any) {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	r.upload.Faults = append(r.upload.Faults,
		register.SheetFault{Fault: programme.Fault{Field: field, Kind: kind, Args: args}, Cell: cell})
}
