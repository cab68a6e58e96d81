package web

import (
	"bytes"
	"encoding/csv"
	"testing"

	"mirsad/internal/csvfile"
)

func TestCellsThatLookLikeFormulasAreGuarded(t *testing.T) {
	for _, c := range []struct {
		cell cell
		want string
	}{
		{cell{Value: "=1+1"}, "'=1+1"},
		{cell{Value: "+a"}, "'+a"},
		{cell{Value: "@a"}, "'@a"},
		{cell{Value: "\ta"}, "'\ta"},
		{cell{Value: " =1"}, "' =1"},
		{cell{Value: "＝1"}, "'＝1"},
		{cell{Value: "-12"}, "'-12"}, // a name in a column of names
		{cell{Value: "-12", Number: true}, "-12"},
		{cell{Value: "-0.5", Number: true}, "-0.5"},
		{cell{Value: "a"}, "a"},
		{cell{}, ""},
	} {
		body, err := table{Head: []string{"@head", "b"}, Rows: []row{{Key: "+key", Cells: []cell{c.cell}}}}.csv()
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte(csvfile.ByteOrderMark)))).ReadAll()
		if err != nil || len(records) != 2 || records[0][0] != "'@head" || records[1][0] != "'+key" || records[1][1] != c.want {
			t.Errorf("%+v is written as %q, want %q", c.cell, records, c.want)
		}
	}
}
