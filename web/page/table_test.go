package page

import (
	"bytes"
	"encoding/csv"
	"testing"

	"mirsad/internal/csvfile"
)

func TestCellsThatLookLikeFormulasAreGuarded(t *testing.T) {
	for _, c := range []struct {
		cell Cell
		want string
	}{
		{Cell{Value: "=1+1"}, "'=1+1"},
		{Cell{Value: "+a"}, "'+a"},
		{Cell{Value: "@a"}, "'@a"},
		{Cell{Value: "\ta"}, "'\ta"},
		{Cell{Value: " =1"}, "' =1"},
		{Cell{Value: "＝1"}, "'＝1"},
		{Cell{Value: "-12"}, "'-12"}, // a name in a column of names
		{Cell{Value: "-12", Number: true}, "-12"},
		{Cell{Value: "-0.5", Number: true}, "-0.5"},
		{Cell{Value: "a"}, "a"},
		{Cell{}, ""},
	} {
		body, err := Table{Head: []string{"@head", "b"}, Rows: []Row{{Key: "+key", Cells: []Cell{c.cell}}}}.CSV()
		if err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte(csvfile.ByteOrderMark)))).ReadAll()
		if err != nil || len(records) != 2 || records[0][0] != "'@head" || records[1][0] != "'+key" || records[1][1] != c.want {
			t.Errorf("%+v is written as %q, want %q", c.cell, records, c.want)
		}
	}
}
