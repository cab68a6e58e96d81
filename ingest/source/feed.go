package source

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mirsad/internal/programme"
)

// Feed is what one import brings.
type Feed interface {
	// Name is the format's name.
	Name() string
	// Catalogue returns the facts that the events need to be known first.
	Catalogue() ([]programme.Draft, error)
	// Events yields every event in a fixed order; verify asks that a level it claims is verified in the same act,
	// as an administrator's import does. It ends with the first error of yield.
	Events(yield func(event programme.CloudEvent, verify bool) error) error
}

// Known answers what the store already holds, for formats whose files build on one another: the facts of families
// entity and service, and the rollouts. It must include everything accepted so far; see Loader.Settled.
type Known func(ctx context.Context) (programme.Facts, error)

// Means is what reading files may draw on.
type Means struct {
	// Known may be nil when the store is empty.
	Known Known
	// Stated may be nil when the store is empty.
	Stated Stated
	// Workbook may be nil; then a format that people keep in Excel takes CSV only.
	Workbook Workbook
	// ConfirmYears takes a year, or a quarter, that has under half of the services that it should.
	ConfirmYears bool
}

// opener reads a format's files.
type opener func(ctx context.Context, files []string, means Means) (Feed, error)

// formats is the registry: a format's name and how its files are opened.
var formats = map[string]opener{
	catalogueName: openCatalogue,
	gcName:        openGCServices,
	hukoomiName:   openHukoomiDirectory,
	usageCSVName:  openUsageCSV,
	ukName:        openUKTransactions,
}

// Formats lists the names of the formats that Open reads, in alphabetical order.
func Formats() []string {
	names := make([]string, 0, len(formats))
	for name := range formats {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Open reads the files of a format whole and checks every cell that matters, so that a fault is found before
// anything is sent. A fault is programme.ErrInvalid with the file, the row, the column and the remedy.
func Open(ctx context.Context, format string, files []string, means Means) (Feed, error) {
	open, found := formats[format]
	if !found {
		return nil, fmt.Errorf(
			"%w: format %q is not known; use one of %s", programme.ErrInvalid, format, strings.Join(Formats(), ", "),
		)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%w: no file is given; name at least one %s file", programme.ErrInvalid, format)
	}
	return open(ctx, files, means)
}
