package reports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/i18n"
	"mirsad/reports/sheet/sheettest"
)

func hash(t *testing.T, language i18n.Language) string {
	t.Helper()
	return fmt.Sprintf("%x", sha256.Sum256(build(t, sample(usual), language)))
}

func TestSameInputsGiveTheSameBytes(t *testing.T) {
	builds := 15
	if testing.Short() {
		builds = 2
	}
	for _, language := range i18n.Languages() {
		want := hash(t, language)
		for n := range builds {
			before := runtime.GOMAXPROCS(1 + n%4)
			got := hash(t, language)
			runtime.GOMAXPROCS(before)
			if got != want {
				t.Fatalf("%s: build %d has another hash", language, n+2)
			}
		}
	}
}

// TestPrintHash is what TestTimeZoneChangesNothing runs in other time zones.
func TestPrintHash(t *testing.T) {
	if os.Getenv("MIRSAD_PRINT_HASH") == "" {
		t.Skip("only run by TestTimeZoneChangesNothing")
	}
	if _, err := fmt.Fprintln(os.Stdout, hash(t, i18n.Arabic)); err != nil {
		t.Fatal(err)
	}
}

func TestTimeZoneChangesNothing(t *testing.T) {
	seen := map[string]string{}
	for _, zone := range []string{"UTC", "Asia/Qatar", "America/Los_Angeles", "Pacific/Kiritimati"} {
		again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPrintHash$", "-test.count=1")
		again.Env = append(os.Environ(), "TZ="+zone, "MIRSAD_PRINT_HASH=1")
		out, err := again.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		seen[string(out[:64])] = zone
	}
	if len(seen) != 1 {
		t.Errorf("hashes by time zone: %v", seen)
	}
}

// stubAnchors answers with one anchor, or none.
type stubAnchors struct {
	anchor audit.Anchored
	by     time.Time
}

func (s *stubAnchors) LastAnchor(_ context.Context, by time.Time) (audit.Anchored, bool, error) {
	s.by = by
	return s.anchor, s.anchor.Seq > 0, nil
}

func TestTheLastAnchorBeforeTheAsAtIsPrinted(t *testing.T) {
	figures := sample(small)
	r, _ := newReports(t, figures)
	anchors := &stubAnchors{}
	r.Anchors = anchors
	printed := func(language i18n.Language) (content []byte, text string) {
		content, err := r.Highlights(t.Context(), september, language, 0)
		if err != nil {
			t.Fatal(err)
		}
		return content, sheettest.Cells(t, content)
	}
	none, text := printed(i18n.English)
	if !strings.Contains(text, "No anchor yet") || !anchors.by.Equal(figures.AsAt) {
		t.Errorf("without an anchor, asked by %s", anchors.by)
	}
	_, text = printed(i18n.Arabic)
	if !strings.Contains(text, "لا توجد نقطة تثبيت بعد") {
		t.Error("without an anchor in Arabic")
	}
	anchors.anchor = audit.Anchored{
		Head:       audit.Head{Chain: "CHAIN", Seq: 42, Hash: sha256.Sum256([]byte("anchor"))},
		RecordedAt: time.Date(2016, 10, 2, 14, 0, 0, 0, time.FixedZone("", 3*60*60)),
	}
	first, text := printed(i18n.English)
	for _, want := range []string{
		"Entry 42 of chain CHAIN", "2016-10-02T11:00:00Z", anchors.anchor.Hash.String(),
		"verify --anchor " + anchors.anchor.Hash.String(),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not printed", want)
		}
	}
	if again, _ := printed(i18n.English); !bytes.Equal(first, again) || bytes.Equal(first, none) {
		t.Error("the same anchor gives other bytes, or another the same")
	}
	edition := Edition{Month: september, Language: i18n.English}
	if with, err := r.anchored(t.Context(), figures, edition); err != nil ||
		r.tag(figures, with) == r.tag(figures, edition) {
		t.Errorf("the tag knows nothing of the anchor, %v", err)
	}
	later := *figures
	later.Usage.Month++
	if r.tag(&later, edition) == r.tag(figures, edition) {
		t.Error("the tag knows nothing of the month that has ended since")
	}
}
