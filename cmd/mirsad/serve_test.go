package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServeSaysWhoIsThere starts a second server on a folder, and one on a port that is taken: each says so in a line,
// before it makes a database.
func TestServeSaysWhoIsThere(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	refused := func(data string, environ []string, want ...string) {
		t.Helper()
		_, words, code := runWith(t, data, environ, "serve")
		if code == exitDone || strings.Count(strings.TrimSpace(words), "\n") > 0 {
			t.Errorf("exit %d, %q", code, words)
		}
		for _, each := range want {
			if !strings.Contains(words, each) {
				t.Errorf("%q does not say %q", words, each)
			}
		}
	}
	refused(p.data, nil, "another server runs", p.service.URL, "MIRSAD_DATA_DIR")
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close() //nolint:errcheck // the test is over
	for _, variable := range []string{"MIRSAD_LISTEN", "MIRSAD_METRICS_LISTEN"} {
		empty := t.TempDir()
		refused(empty, []string{variable + "=" + taken.Addr().String()}, variable, "address already in use")
		if _, err := os.Stat(filepath.Join(empty, "engine")); err == nil {
			t.Errorf("%s: a database was made for nothing", variable)
		}
	}
}
