package office

import (
	"encoding/json"
	"strconv"
	"strings"

	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// shownVersions is how many versions a page lists; the API lists them all.
const shownVersions = 50

// versionRow is one version of a record: who, when, why, and what it changed.
type versionRow struct {
	Version string
	At      string
	Actor   string
	Reason  string
	Changes []changeRow
}

// changeRow is a field that changed; the arrow points as the page is read.
type changeRow struct{ Field, Before, Arrow, After string }

// historyWords word what changed from version to version.
type historyWords struct{ *page.Visit }

// versions words a stream's versions, the newest first.
func (v historyWords) versions(stream []programme.Fact) []versionRow {
	versions := register.VersionsOf(stream)
	rows := make([]versionRow, 0, min(len(versions), shownVersions))
	for _, each := range versions[:min(len(versions), shownVersions)] {
		rows = append(rows, versionRow{
			Version: strconv.FormatUint(uint64(each.Version), 10), At: v.Instant(each.RecordedAt, v.Zone),
			Actor: v.ActorName(each.Actor), Reason: v.reason(each.Reason), Changes: v.changes(each.Difference),
		})
	}
	return rows
}

// reason is a reason as it was given; the one that the program gives itself is in the page's language.
func (v historyWords) reason(given string) string {
	if given == register.FirstStart {
		return v.T("admin.reason.first_start")
	}
	return given
}

func (v historyWords) changes(differences []register.Difference) []changeRow {
	rows := make([]changeRow, 0, len(differences))
	for _, each := range differences {
		rows = append(rows, changeRow{
			Field: v.FieldName(each.Field), Before: v.plain(each.Before), Arrow: v.T("admin.arrow"),
			After: v.plain(each.After),
		})
	}
	return rows
}

// longestShown is the length to which a value in a list of changes is cut, in characters.
const longestShown = 160

// plain words a value of a record: nothing as a dash, yes and no, dates as they are stored.
func (v historyWords) plain(value any) string {
	switch each := value.(type) {
	case nil:
		return v.Count(programme.Count{})
	case bool:
		return v.T("admin.bool." + strconv.FormatBool(each))
	case string:
		return shortened(each)
	case float64:
		return strconv.FormatFloat(each, 'f', -1, 64)
	case []any:
		parts := make([]string, len(each))
		for i := range each {
			parts[i] = v.plain(each[i])
		}
		return shortened(strings.Join(parts, v.T("base.comma")))
	default:
		text, err := json.Marshal(each)
		if err != nil {
			return ""
		}
		return shortened(string(text))
	}
}

func shortened(text string) string {
	runes := []rune(text)
	if len(runes) <= longestShown {
		return text
	}
	return string(runes[:longestShown]) + "…"
}
