package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/reports/planbook"
)

var interior = access.Principal{ID: "user/noor@moi.example", Name: "Noor", Role: access.RoleAgency, Entity: "moi"}

// trueBook writes and reads true workbooks, as the program's own does.
type trueBook struct{}

func (trueBook) Write(_ context.Context, to io.Writer, planning *register.Planning, entity string,
	language i18n.Language,
) error {
	in := planbook.TemplateInput{
		Language: language, Programme: "P", Entity: programme.Entity{
			Code: entity, Name: "Interior",
			NameAr: "الداخلية",
		}, Zone: qatar,
		Milestones: planning.Planned(entity), AsAt: time.Date(2016, 10, 1, 9, 0, 0, 0, qatar),
	}
	if approved := planning.Record(entity).InForce(); approved != nil {
		in.Revision = approved.Revision
	}
	for _, code := range []string{"licence", "permit", "visa"} {
		in.Services = append(in.Services, planbook.Service{Code: code, Name: code, NameAr: code})
	}
	return planbook.Write(to, in)
}

func (trueBook) Read(workbook []byte, entity string) (register.PlanSheet, error) {
	upload, err := planbook.Read(workbook, entity)
	return upload.Sheet(), err
}

// planStore holds two entities, one of them with services.
func planStore(t *testing.T) *clickhouse.DB {
	t.Helper()
	db := clickhousetest.New(t)
	clickhousetest.Catalogue(t, db, programme.DefaultSettings(), "", nil, "licence", "permit", "visa")
	_, err := db.AppendAll(t.Context(), []programme.Draft{
		{
			Family: programme.FamilyEntity, Subject: "moj", Actor: "test",
			Body: programme.Entity{Code: "moj", Name: hostile[0], NameAr: "العدل"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// filled is the template of the page with cells by the column's key and the row, 0 the first; it returns the addresses
// too.
func filled(t *testing.T, server *httptest.Server, rows ...map[string]any) (content []byte,
	cell func(key string, row int) string,
) {
	t.Helper()
	answer, body := get(t, server, "/en/submit/plan-template.xlsx")
	if answer.StatusCode != http.StatusOK || !strings.Contains(answer.Header.Get("Content-Disposition"),
		"plan-moi-en.xlsx") {
		t.Fatalf("the template: %d", answer.StatusCode)
	}
	file, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	sheet := file.GetSheetName(0)
	keys, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	cell = func(key string, row int) string {
		for i, each := range keys[4] {
			if each == key {
				address, _ := excelize.CoordinatesToCellName(i+1, row+6)
				return address
			}
		}
		t.Fatalf("no column %q", key)
		return ""
	}
	for i, row := range rows {
		for key, value := range row {
			if err := file.SetCellValue(sheet, cell(key, i), value); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), cell
}

func upload(t *testing.T, server *httptest.Server, path string, workbook []byte, comment string) (answer, string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("workbook", "plan.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(workbook)
	_ = form.WriteField("comment", comment)
	_ = form.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	return do(t, request)
}

func planStream(t *testing.T, db *clickhouse.DB) []programme.Fact {
	t.Helper()
	stream, err := db.Stream(t.Context(), programme.FamilyPlan, "moi")
	if err != nil {
		t.Fatal(err)
	}
	return stream
}

// planned are two milestones of a plan, as facts of a test.
func planned() []programme.Milestone {
	return []programme.Milestone{
		{Code: "visa-l2", Service: "visa", Level: 2, PlannedOn: civil.NewDate(2016, 11, 1), Note: hostile[2]},
		{Code: "permit-l3", Service: "permit", Level: 3, PlannedOn: civil.NewDate(2016, 12, 1)},
	}
}

// stepped puts steps into the plan's stream.
func stepped(t *testing.T, db *clickhouse.DB, actor string, steps ...programme.Plan) {
	t.Helper()
	for _, step := range steps {
		step.Entity = "moi"
		_, err := db.Decide(t.Context(), programme.FamilyPlan, "moi", func([]programme.Fact) (programme.Draft, error) {
			return programme.Draft{Actor: actor, EffectiveOn: step.ApprovedOn, Body: step}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
