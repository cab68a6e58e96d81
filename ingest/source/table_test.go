package source

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

func TestFaultsNameFileRowColumnAndRemedy(t *testing.T) {
	const points, numbers = ",N,N,N,N,N,N", ",1,1,1,1,1"
	for name, test := range map[string]struct {
		format string
		files  []string
		want   []string
	}{
		"unknown format":   {"xml", []string{"a"}, []string{`"xml"`, "catalogue, gc-services, hukoomi-directory, uk-transactions"}},
		"no file":          {gcName, nil, []string{"name at least one"}},
		"missing file":     {ukName, []string{filepath.Join(t.TempDir(), "no.csv")}, []string{"no.csv", "does not exist", "check its name"}},
		"empty file":       {ukName, []string{writeFile(t, "a.csv", "")}, []string{"a.csv: it is empty"}},
		"heading alone":    {ukName, []string{writeFile(t, "a.csv", ukHeading+"\n")}, []string{"a.csv: it has a heading but no row"}},
		"missing columns":  {ukName, []string{writeFile(t, "a.csv", "agency,slug\nx,y\n")}, []string{"a.csv", "service_name, quarter_start", "format named"}},
		"other format":     {gcName, []string{ukFile(t, "A,B,C,d,2012-07-01,1,1")}, []string{"volumes.csv, row 1: the columns fiscal_yr"}},
		"short row":        {ukName, []string{ukFile(t, "A,B")}, []string{"volumes.csv, row 2, column slug", "fill it in"}},
		"quarter":          {ukName, []string{ukFile(t, "A,B,C,d,2012-07-02,1,1")}, []string{"row 2", "quarter_start", "2012-07-02", "first day of a quarter"}},
		"negative":         {ukName, []string{ukFile(t, "A,B,C,d,2012-07-01,1,1", "A,B,C,d,2012-10-01,1,-1")}, []string{"row 3", "digital_transactions", "below zero"}},
		"empty slug":       {ukName, []string{ukFile(t, "A,B,C,,2012-07-01,1,1")}, []string{"row 2", "slug", "fill it in"}},
		"quarter twice":    {ukName, []string{ukFile(t, "A,B,C,d,2012-07-01,1,1", "A,B,C,d,2012-07-01,2,1")}, []string{"row 3", "keep one"}},
		"point":            {gcName, []string{gcFile(t, "2018-2019,1,A,B,N,N,maybe,N,N,N"+numbers)}, []string{"row 2", "e_application", "maybe", "Y, N or NA"}},
		"fiscal year":      {gcName, []string{gcFile(t, "2018-2020,1,A,B"+points+numbers)}, []string{"row 2", "fiscal_yr", "2018-2019"}},
		"applications":     {gcName, []string{gcFile(t, "2018-2019,1,A,B"+points+",many,1,1,1,1")}, []string{"row 2", "online_applications", "many"}},
		"no department":    {gcName, []string{gcFile(t, "2018-2019,1,A,"+points+numbers)}, []string{"row 2", "department_name_en"}},
		"service twice":    {gcName, []string{gcFile(t, "2018-2019,1,A,B"+points+numbers, "2018-2019,1,A,B"+points+numbers)}, []string{"row 3", "service_id", "keep one"}},
		"quotes left open": {gcName, []string{gcFile(t, `2018-2019,1,"A,B`)}, []string{"inventory.csv", "row 2: its quotes"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), test.format, test.files, Means{})
			if !errors.Is(err, programme.ErrInvalid) {
				t.Fatalf("error %v; want ErrInvalid", err)
			}
			for _, part := range test.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q lacks %q", err, part)
				}
			}
		})
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Canada Revenue Agency":                       "canada-revenue-agency",
		"Navy Command - Queen's Harbour Master (QHM)": "navy-command-queens-harbour-master-qhm",
		"  Élections & Référendums  ":                 "elections-referendums",
		"Planning Portal / Ministry of Housing, etc.": "planning-portal-ministry-of-housing-etc",
	} {
		if got := slug(name); got != want {
			t.Errorf("%q; want %q", got, want)
		}
	}
}
