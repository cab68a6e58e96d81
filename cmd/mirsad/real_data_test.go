package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// publicData returns the folder of real public data, which no commit holds.
func publicData(t *testing.T) string {
	t.Helper()
	for _, folder := range []string{os.Getenv("MIRSAD_DATA"), "../../../shared/data"} {
		if _, err := os.Stat(filepath.Join(folder, "README.md")); folder != "" && err == nil {
			return folder
		}
	}
	missing(t, "no public data: set MIRSAD_DATA to its folder")
	return ""
}

// number is a figure as the API writes it.
type number struct {
	Value *float64 `json:"value"`
	State string   `json:"state"`
}

func (n number) is(want float64) bool { return n.Value != nil && *n.Value == want }

func (n number) String() string {
	if n.Value == nil {
		return n.State
	}
	return fmt.Sprint(*n.Value)
}

// growth is the answer of /v1/usage/growth.
type growth struct {
	Naive          number `json:"naive"`
	LikeForLike    number `json:"like_for_like"`
	ServicesInBoth int    `json:"services_in_both"`
	Total          number `json:"total"`
	PreviousTotal  number `json:"previous_total"`
	Decomposition  struct {
		Existing int64 `json:"existing"`
		New      int64 `json:"new"`
		Lost     int64 `json:"lost"`
	} `json:"decomposition"`
}

const ukQuarter = "/v1/usage/growth?period=2017-Q2&measure=completed&channels=digital"

// TestRealDataInFiguresOut loads two public inventories on an empty folder, twice, and asks for figures
// that were worked out by hand from the files.
func TestRealDataInFiguresOut(t *testing.T) {
	t.Parallel()
	data := publicData(t)
	canada := filepath.Join(data, "canada-service-inventory")
	years := []string{filepath.Join(canada, "2018-2019_services.csv"), filepath.Join(canada, "2019-2020_services.csv")}
	uk := filepath.Join(data, "uk-transactions", "derived_quarterly_long.csv")

	p := serve(t, t.TempDir())
	for _, round := range []string{"first", "again"} {
		t.Log(round, p.must(append([]string{"import", "gc-services"}, years...)...))
		t.Log(round, p.must("import", "uk-transactions", uk))
		p.settle()
		checkCanada(t, p)
		checkUK(t, p)
		checkRefusals(t, p)
	}
	p.mustAgree()
}

func checkCanada(t *testing.T, p *program) {
	t.Helper()
	for on, want := range map[string][4]int{"2019-03-31": {697, 277, 276, 0}, "2020-03-31": {668, 295, 268, 0}} {
		var list struct {
			Items []struct {
				Code          string `json:"code"`
				LevelClaimed  int    `json:"level_claimed"`
				LevelVerified int    `json:"level_verified"`
			} `json:"items"`
			Next string `json:"next"`
		}
		p.get("/v1/services?on="+on, &list)
		var levels [4]int
		for _, item := range list.Items {
			if item.LevelVerified < 1 || item.LevelVerified != item.LevelClaimed {
				t.Errorf("on %s: %s is at claimed %d, verified %d", on, item.Code, item.LevelClaimed, item.LevelVerified)
				continue
			}
			levels[item.LevelVerified-1]++
		}
		if levels != want || list.Next != "" {
			t.Errorf("on %s: %d services by level %v (next %q), want %v", on, len(list.Items), levels, list.Next, want)
		}
	}
}

func checkUK(t *testing.T, p *program) {
	t.Helper()
	var g growth
	p.get(ukQuarter, &g)
	if !g.Naive.is(-0.756) || !g.LikeForLike.is(-0.256) || g.ServicesInBoth != 474 {
		t.Errorf("naive %v, like for like %v over %d services; want −0.756, −0.256, 474", g.Naive, g.LikeForLike, g.ServicesInBoth)
	}
	change := int64(*g.Total.Value) - int64(*g.PreviousTotal.Value)
	parts := g.Decomposition.Existing + g.Decomposition.New + g.Decomposition.Lost
	if change != parts {
		t.Errorf("the parts sum to %d, the change is %d", parts, change)
	}
}

// checkRefusals finds the 22 digital volumes above their totals in quarantine, each with its receipt.
func checkRefusals(t *testing.T, p *program) {
	t.Helper()
	var list struct {
		Items []struct {
			Receipt string `json:"receipt"`
			ID      string `json:"id"`
			Code    string `json:"code"`
		} `json:"items"`
	}
	p.get("/v1/quarantine?limit=200", &list)
	distinct := map[string]bool{}
	for _, item := range list.Items {
		if item.Code != "digital_exceeds_total" {
			t.Errorf("%s was refused as %s", item.ID, item.Code)
			continue
		}
		distinct[item.ID] = true
		var receipt struct {
			Receipt  string `json:"receipt"`
			Rejected []struct {
				ID string `json:"id"`
			} `json:"rejected"`
		}
		p.get("/v1/receipts/"+item.Receipt, &receipt)
		if receipt.Receipt != item.Receipt || len(receipt.Rejected) == 0 {
			t.Errorf("the receipt %s of %s says %+v", item.Receipt, item.ID, receipt)
		}
	}
	if len(distinct) != 22 {
		t.Errorf("%d rows are refused, want 22", len(distinct))
	}
}
