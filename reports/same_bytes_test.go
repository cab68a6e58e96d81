package reports

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"

	"mirsad/internal/i18n"
)

func hash(t *testing.T, language i18n.Language) string {
	t.Helper()
	return fmt.Sprintf("%x", sha256.Sum256(build(t, sample(usual), language)))
}

func TestSameInputsGiveTheSameBytes(t *testing.T) {
	for _, language := range i18n.Languages() {
		want := hash(t, language)
		for n := range 15 {
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
