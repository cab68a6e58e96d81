package gather

import (
	"math"
	"math/rand/v2"
	"testing"

	"mirsad/internal/programme"
)

// Whatever is stored, no sum of it leaves what a reader of JSON reads exactly, and what is plain stays.
func TestSumsAreBounded(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 3))
	sizes := []int64{1, 1000, mostOfOne / 10, mostOfOne, mostOfOne + 1, mostOfAll, math.MaxInt64, -1, math.MinInt64}
	for range 300 {
		var use programme.Use
		plain := int64(0)
		for range 1 + random.IntN(200) {
			size := sizes[random.IntN(len(sizes))]
			if size == 1000 {
				plain += size
			}
			if random.IntN(2) == 0 {
				use.Months = append(use.Months, programme.EventSum{Uses: size, Events: 1})
			} else {
				use.Statements = append(use.Statements, programme.Statement{State: programme.Reported, Value: size})
			}
		}
		was := append([]programme.Statement(nil), use.Statements...)
		stored := use.Statements
		boundSums(&use)
		sum, kept := uint64(0), int64(0)
		for _, each := range use.Months {
			sum, kept = sum+uint64(each.Uses), kept+plainly(each.Uses)
		}
		for _, each := range use.Statements {
			sum, kept = sum+uint64(each.Value), kept+plainly(each.Value)
			if each.Value == 0 && each.State != programme.NotProvided {
				t.Fatalf("a statement is %+v", each)
			}
		}
		if sum > mostOfAll || kept != plain {
			t.Fatalf("the sum is %d, of plain numbers %d of %d are left", sum, kept, plain)
		}
		for i := range was {
			if stored[i] != was[i] {
				t.Fatal("what was read is changed")
			}
		}
	}
}

func plainly(value int64) int64 {
	if value == 1000 {
		return value
	}
	return 0
}

// As many of the largest as there may be leave 63 bits; the largest that still fit are kept.
func TestManyLargeSumsAreLeftOut(t *testing.T) {
	use := programme.Use{Months: make([]programme.EventSum, 20_000)}
	for i := range use.Months {
		use.Months[i].Uses = mostOfOne
	}
	use.Months[7].Uses = mostOfOne / 10
	if left := boundSums(&use); left != 19_999 {
		t.Errorf("%d are left out", left)
	}
	if len(use.Months) != 1 || use.Months[0].Uses != mostOfOne/10 {
		t.Errorf("%d are kept", len(use.Months))
	}
}
