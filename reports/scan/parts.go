package scan

import (
	"regexp"
	"strings"
)

// xmlParts are the parts of XML that Excel, LibreOffice, Numbers and Google Sheets write, in lower case, each with the
// name of its root: a part that is not what its name says is refused. An empty root is any but those named here.
var xmlParts = []struct {
	name *regexp.Regexp
	root string
}{
	{regexp.MustCompile(`^\[content_types\]\.xml$`), "Types"},
	{
		regexp.MustCompile(`^(_rels/\.rels|` +
			`(xl|xl/worksheets|xl/drawings|xl/theme|customxml|docmetadata)/_rels/[a-z0-9]+\.(xml|vml)\.rels)$`),
		"Relationships",
	},
	{regexp.MustCompile(`^docprops/(core|app|custom)\.xml$`), ""},
	{regexp.MustCompile(`^docmetadata/labelinfo\.xml$`), ""},
	{regexp.MustCompile(`^customxml/(item|itemprops)\d{1,3}\.xml$`), ""},
	{regexp.MustCompile(`^xl/workbook\.xml$`), "workbook"},
	{regexp.MustCompile(`^xl/worksheets/sheet\d{1,3}\.xml$`), rootSheet},
	{regexp.MustCompile(`^xl/sharedstrings\.xml$`), rootStrings},
	{regexp.MustCompile(`^xl/styles\.xml$`), "styleSheet"},
	{regexp.MustCompile(`^xl/theme/theme\d{1,3}\.xml$`), "theme"},
	{regexp.MustCompile(`^xl/calcchain\.xml$`), "calcChain"},
	{regexp.MustCompile(`^xl/(metadata|persons/person\d{0,3}|featurepropertybag/featurepropertybag)\.xml$`), ""},
	{
		regexp.MustCompile(`^xl/(comments\d{1,3}|comments/comment\d{1,3}` +
			`|threadedcomments/threadedcomment\d{1,3})\.xml$`),
		"",
	},
	{regexp.MustCompile(`^xl/tables/table\d{1,3}\.xml$`), "table"},
	{regexp.MustCompile(`^xl/drawings/drawing\d{1,3}\.xml$`), "wsDr"},
	{regexp.MustCompile(`^xl/drawings/vmldrawing\d{1,3}\.vml$`), "xml"},
}

// The roots whose content is looked at more closely.
const (
	rootSheet   = "worksheet"
	rootStrings = "sst"
)

// otherParts are the ones that are not XML and that nothing here reads: pictures, the settings of printers, and what
// Excel leaves behind on some network drives.
var otherParts = regexp.MustCompile(`^(xl/printersettings/printersettings\d{1,3}\.bin|` +
	`xl/media/image\d{1,3}\.(png|jpe?g|gif)|\[trash\]/\d{4}\.dat|docprops/thumbnail\.(png|jpe?g|wmf|emf))$`)

// forbiddenParts says of parts that people do meet why they are not taken.
var forbiddenParts = []struct{ has, kind string }{
	{"vbaproject", "sheet_macros"},
	{"vbadata", "sheet_macros"},
	{"macrosheets/", "sheet_macros"},
	{"dialogsheets/", "sheet_macros"},
	{"activex/", "sheet_macros"},
	{"externallinks/", "sheet_links"},
	{"connections.xml", "sheet_links"},
	{"querytables/", "sheet_links"},
	{"encryptedpackage", "sheet_encrypted"},
	{"encryptioninfo", "sheet_encrypted"},
}

// partKind returns the kind of fault of a part's name, in lower case; "" for one that is taken.
func partKind(name string) string {
	for _, forbidden := range forbiddenParts {
		if strings.Contains(name, forbidden.has) {
			return forbidden.kind
		}
	}
	if otherParts.MatchString(name) {
		return ""
	}
	if _, known := rootOf(name); known {
		return ""
	}
	return "sheet_unknown_part"
}

// rootOf returns the root that the part must have; "" for any that has no special meaning.
func rootOf(name string) (root string, known bool) {
	for _, part := range xmlParts {
		if part.name.MatchString(name) {
			return part.root, true
		}
	}
	return "", false
}

// specialRoot reports whether a root belongs to a part of a name of its own.
func specialRoot(root string) bool {
	for _, part := range xmlParts {
		if part.root == root {
			return true
		}
	}
	return false
}
