package main

import (
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestAlertsSpeakOfWhatIsMeasured holds docs/alerts.yml against the metrics of the running program and the runbook.
func TestAlertsSpeakOfWhatIsMeasured(t *testing.T) {
	t.Parallel()
	rules, err := os.ReadFile("../../docs/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	runbook, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	p := serve(t, t.TempDir())
	answer, err := p.client.Get(p.service.Metrics)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	exposed, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	metrics := regexp.MustCompile(`mirsad_[a-z_]+`).FindAllString(string(rules), -1)
	for _, metric := range metrics {
		if !regexp.MustCompile(`(?m)^` + metric + `[{ ]`).Match(exposed) {
			t.Errorf("no metric %s", metric)
		}
	}
	alerts := regexp.MustCompile(`alert: (\w+)`).FindAllStringSubmatch(string(rules), -1)
	for _, alert := range alerts {
		if !strings.Contains(string(runbook), "\n### "+alert[1]+"\n") || !strings.Contains(string(rules), `"operating.md#`+strings.ToLower(alert[1])+`"`) {
			t.Errorf("%s has no line in the runbook, or doesn't lead there", alert[1])
		}
	}
	if len(alerts) < 8 || len(metrics) < 8 {
		t.Errorf("%d alerts on %d metrics", len(alerts), len(metrics))
	}
	if promtool, err := exec.LookPath("promtool"); err == nil {
		if words, err := exec.CommandContext(t.Context(), promtool, "check", "rules", "../../docs/alerts.yml").CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, words)
		}
	}
}
