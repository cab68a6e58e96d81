package audit_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"
	"time"

	"mirsad/internal/audit"
)

// auditChainOf returns a chain, "first", of so many rows.
func auditChainOf(rows int) []audit.Row {
	at := time.Date(2016, time.September, 30, 8, 0, 0, 0, time.UTC)
	chain := make([]audit.Row, rows)
	var head audit.Row
	for i := range chain {
		chain[i] = audit.Row{
			RecordedAt: at.Add(time.Duration(i) * time.Second), Request: strconv.Itoa(i), Actor: "user/a@example.qa", Role: "planner",
			Entity: "moi", Action: audit.Export, Object: "/v1/services.csv", Outcome: audit.Done,
		}
		chain[i].Follow("first", head.Seq, head.Hash)
		head = chain[i]
	}
	return chain
}

// anchored adds an anchor of a second chain behind the first.
func anchored(chain []audit.Row) []audit.Row {
	head := chain[len(chain)-1]
	detail, _ := json.Marshal(audit.AnchorDetail{When: "hour", Heads: []audit.Head{{Chain: head.Chain, Seq: head.Seq, Hash: head.Hash}}})
	anchor := audit.Row{RecordedAt: head.RecordedAt.Add(time.Hour), Actor: "system", Action: audit.Anchor, Detail: string(detail), Outcome: audit.Done}
	anchor.Follow("second", 0, audit.Hash{})
	return append(slices.Clone(chain), anchor)
}

func TestAuditFaultsAreNamed(t *testing.T) {
	for _, test := range []struct {
		why  string
		with func(rows []audit.Row) []audit.Row
		want []string
	}{
		{"untouched", func(rows []audit.Row) []audit.Row { return rows }, nil},
		{"in another order of reading", func(rows []audit.Row) []audit.Row { slices.Reverse(rows); return rows }, nil},
		{"the same row read twice", func(rows []audit.Row) []audit.Row { return append(rows, rows[2]) }, nil},
		{
			"another actor", func(rows []audit.Row) []audit.Row { rows[2].Actor = "user/b@example.qa"; return rows },
			[]string{"altered: chain first, row 3"},
		},
		{
			"another actor and a hash to match", func(rows []audit.Row) []audit.Row {
				rows[2].Actor = "user/b@example.qa"
				rows[2].Hash = rows[2].Sum()
				return rows
			}, []string{"altered: chain first, row 3"},
		},
		{
			"every row from the third on rewritten", func(rows []audit.Row) []audit.Row {
				rows[2].Actor = "user/b@example.qa"
				for i := 2; i < 6; i++ {
					rows[i].Follow("first", rows[i-1].Seq, rows[i-1].Hash)
				}
				return rows
			}, []string{"altered: chain first, row 6, shown by anchor second/1"},
		},
		{"another hash", func(rows []audit.Row) []audit.Row { rows[2].Hash[0]++; return rows }, []string{"altered: chain first, row 3"}},
		{"another link", func(rows []audit.Row) []audit.Row { rows[2].Previous[0]++; return rows }, []string{"altered: chain first, row 3"}},
		{"a row gone", func(rows []audit.Row) []audit.Row { return slices.Delete(rows, 2, 3) }, []string{"missing: chain first, row 3"}},
		{"the beginning gone", func(rows []audit.Row) []audit.Row { return rows[2:] }, []string{"missing: chain first, rows 1 to 2"}},
		{
			"a row gone, the gap closed", func(rows []audit.Row) []audit.Row {
				rows = slices.Delete(rows, 2, 3)
				for i := 2; i < 5; i++ {
					rows[i].Follow("first", rows[i-1].Seq, rows[i-1].Hash)
				}
				return rows
			}, []string{"cut: chain first, row 6, shown by anchor second/1"},
		},
		{
			"two rows swapped", func(rows []audit.Row) []audit.Row { rows[1].Seq, rows[3].Seq = rows[3].Seq, rows[1].Seq; return rows },
			[]string{"reordered: chain first, row 2 was written as row 4", "reordered: chain first, row 4 was written as row 2"},
		},
		{"the tail cut off", func(rows []audit.Row) []audit.Row { return slices.Delete(rows, 3, 6) }, []string{"cut: chain first, rows 4 to 6, shown by anchor second/1"}},
		{"the chain gone", func(rows []audit.Row) []audit.Row { return rows[6:] }, []string{"cut: chain first, rows 1 to 6, shown by anchor second/1"}},
		{
			"a row put in", func(rows []audit.Row) []audit.Row {
				added := rows[2]
				added.Actor = "user/b@example.qa"
				added.Hash = added.Sum()
				return append(rows, added)
			}, []string{"extra: chain first, row 3"},
		},
		{
			"an anchor altered, so that it hides a cut", func(rows []audit.Row) []audit.Row {
				rows[6].Detail = `{"when":"hour","heads":[]}`
				return slices.Delete(rows, 3, 6)
			}, []string{"altered: chain second, row 1"},
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			var got []string
			for _, fault := range audit.Check(test.with(anchored(auditChainOf(6)))) {
				got = append(got, fault.String())
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

// Whatever field is changed, by a byte that moves from one to the next too, the hash is another.
func TestEveryFieldIsHashed(t *testing.T) {
	row := auditChainOf(1)[0]
	seen := map[audit.Hash]string{row.Sum(): "nothing"}
	for name, change := range map[string]func(*audit.Row){
		"chain": func(r *audit.Row) { r.Chain = "x" }, "seq": func(r *audit.Row) { r.Seq++ },
		"recorded at": func(r *audit.Row) { r.RecordedAt = r.RecordedAt.Add(time.Microsecond) },
		"request":     func(r *audit.Row) { r.Request = "x" }, "actor": func(r *audit.Row) { r.Actor = "x" }, "role": func(r *audit.Row) { r.Role = "x" },
		"entity": func(r *audit.Row) { r.Entity = "x" }, "action": func(r *audit.Row) { r.Action = "x" }, "object": func(r *audit.Row) { r.Object = "x" },
		"before": func(r *audit.Row) { r.Before = "x" }, "after": func(r *audit.Row) { r.After = "x" }, "detail": func(r *audit.Row) { r.Detail = "x" },
		"outcome": func(r *audit.Row) { r.Outcome = "x" }, "reason": func(r *audit.Row) { r.Reason = "x" },
		"previous": func(r *audit.Row) { r.Previous[31] = 1 },
		"a byte moved": func(r *audit.Row) {
			r.Actor, r.Role = r.Actor+r.Role[:1], r.Role[1:]
		},
	} {
		changed := row
		change(&changed)
		if same, found := seen[changed.Sum()]; found {
			t.Errorf("%s changes the hash as %s does", name, same)
		}
		seen[changed.Sum()] = name
	}
}

// The encoding is fixed: rows written by an earlier version must still be proven by a later one.
func TestTheEncodingIsFixed(t *testing.T) {
	row := auditChainOf(1)[0]
	const want = "2fddbb5a6565ccc20356b0d4de6871d518f21ef316b5bbf7e19060b6bf5eb0b3"
	if got := row.Hash.String(); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestAuditCursor(t *testing.T) {
	row := auditChainOf(3)[2]
	cursor, err := audit.ParseCursor(row.Cursor().String())
	if err != nil || cursor != row.Cursor() {
		t.Errorf("%+v, %v", cursor, err)
	}
	for _, text := range []string{"", "x", "1.2", "1.a.b", "1.a.2.3", "1.a.2 ", "1 a 2", "01.a.2"} {
		if cursor, err := audit.ParseCursor(text); err == nil {
			t.Errorf("%q is read as %+v", text, cursor)
		}
	}
}

func BenchmarkAuditProof(b *testing.B) {
	rows := auditChainOf(10_000)
	for b.Loop() {
		if faults := audit.Check(rows); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(rows)), "ns/row")
}
