package audit_test

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/audit/audittest"
)

// A command's record ends with an anchor, however little it holds; one that holds nothing has none.
func TestARecordThatWasNotStartedEndsWithAnAnchor(t *testing.T) {
	for rows := range 3 {
		store := &audittest.Memory{}
		recorder := recorderOver(t, store)
		for range rows {
			recorder.Record(t.Context(), audit.Entry{Action: audit.Export})
		}
		if err := recorder.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		all := store.All()
		switch {
		case rows == 0 && len(all) == 0:
		case rows > 0 && len(all) == rows+1 && all[rows].Action == audit.Anchor && len(audit.Check(all)) == 0:
		default:
			t.Errorf("%d rows: %+v", rows, all)
		}
	}
}

// So many different refusals are remembered at most; what is beyond is counted as dropped.
func TestRefusalsRememberedAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &audittest.Memory{}
		recorder := recorderOver(t, store)
		refuse := func(n int) {
			recorder.Refused(t.Context(), audit.Entry{Action: audit.Request, Object: strconv.Itoa(n), Reason: "forbidden"})
		}
		const remembered = 10_000
		for n := range remembered {
			if refuse(n); n%100 == 99 {
				recorder.Settle(t.Context())
				<-time.After(time.Second)
			}
		}
		refuse(remembered)
		recorder.Settle(t.Context())
		if rows := len(store.Written()); rows != remembered {
			t.Errorf("%d rows", rows)
		}
		<-time.After(time.Minute)
		recorder.TellRefusals()
		refuse(remembered + 1)
		recorder.Settle(t.Context())
		rows := store.Written()
		if len(rows) != remembered+2 || rows[remembered].Action != audit.Dropped || rows[remembered].Detail != `{"rows":1}` {
			t.Errorf("%d rows, %+v", len(rows), rows[len(rows)-1])
		}
	})
}

// A row at no place at all is a fault.
func TestARowAtPlaceZeroIsAFault(t *testing.T) {
	store := &audittest.Memory{}
	recorder := recorderOver(t, store)
	recorder.Record(t.Context(), audit.Entry{Action: audit.Export})
	recorder.Settle(t.Context())
	row := store.All()[0]
	row.Seq = 0
	if len(audit.Check([]audit.Row{row})) == 0 {
		t.Error("it is taken")
	}
}
