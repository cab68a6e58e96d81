package main

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// sdkScript sends an event in every way that the SDK of CloudEvents for JavaScript has, and prints the answers.
const sdkScript = `
const { CloudEvent, HTTP, Mode, emitterFor } = require(process.env.SDK);
const event = (id, data, more) => new CloudEvent({
  id, source: "/moi/sdk", type: "mirsad.usage.v1", subject: "moi-1", time: "2016-09-30T09:00:00+03:00",
  datacontenttype: "application/json", data, ...more });
const data = { channel: "web", stage: "complete", count: 2 };
const bytes = Buffer.from(JSON.stringify(data));
const answers = {};
async function send(name, { headers, body }) {
  const answer = await fetch(process.env.EVENTS_URL, { method: "POST", body, headers:
    { ...headers, authorization: "Bearer " + process.env.EVENTS_TOKEN } });
  answers[name] = { status: answer.status, ...await answer.json() };
}
(async () => {
  await send("binary", HTTP.binary(event("1", data)));
  await send("binary, an id beyond ASCII", HTTP.binary(event(encodeURIComponent("٢"), data)));
  await send("binary, data of bytes", HTTP.binary(event("3", bytes)));
  await send("binary, another JSON type", HTTP.binary(event("4", data, { datacontenttype: "application/vnd.moi+json" })));
  await send("binary, an extension", HTTP.binary(event("5", data, { traceparent: "00-0af7651916cd43dd-01" })));
  await send("structured", HTTP.structured(event("6", data)));
  await send("structured, data of bytes", HTTP.structured(event("7", bytes)));
  await send("batch", { headers: { "content-type": "application/cloudevents-batch+json" },
    body: JSON.stringify([event("8", data), event("9", data)]) });
  for (const mode of [Mode.BINARY, Mode.STRUCTURED])
    await emitterFor((message) => send("emitter, " + mode, message), { mode })(event("10" + mode, data));
  await send("binary, a fault", HTTP.binary(event("11", { ...data, count: -1 })));
  console.log(JSON.stringify(answers));
})();
`

// What programs send with the SDK arrives in all its modes, the one it uses by default included.
func TestTheSDKOfCloudEventsIsUnderstood(t *testing.T) {
	t.Parallel()
	sdk, err := filepath.Abs("../../internal/tools/proof/node_modules/cloudevents")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(sdk); err != nil {
		missing(t, "no SDK of CloudEvents; make proof-tools fetches it")
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "no node")
	}
	p := serveCatalogue(t)
	before, folder := p.totals(), t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "send.cjs"), []byte(sdkScript), 0o600); err != nil {
		t.Fatal(err)
	}
	settings := []string{
		"SDK=" + sdk, "EVENTS_URL=" + p.service.URL + "/v1/events", "EVENTS_TOKEN=" + p.token("--scope", "events", "--entity", "moi"),
	}
	answers := map[string]struct {
		Status, Accepted int
		Rejected         []struct{ Code, Field string }
	}{}
	if err := json.Unmarshal([]byte(outside(t, folder, settings, "node", "send.cjs")), &answers); err != nil {
		t.Fatal(err)
	}
	sent := 0
	for name, answer := range answers {
		want := 1
		if name == "batch" {
			want = 2
		}
		if strings.HasSuffix(name, "a fault") {
			if answer.Status != http.StatusAccepted || len(answer.Rejected) != 1 || answer.Rejected[0].Field != "data.count" {
				t.Errorf("%s: %+v", name, answer)
			}
			continue
		}
		if answer.Status != http.StatusAccepted || answer.Accepted != want || len(answer.Rejected) != 0 {
			t.Errorf("%s: %+v", name, answer)
		}
		sent += want
	}
	p.settle()
	if after := p.mustAgree(); sent != 11 || after.Identities != before.Identities+int64(sent) || after.Uses != before.Uses+2*int64(sent) {
		t.Errorf("%d events sent, %+v, then %+v", sent, before, after)
	}
}

// A sender that asks first whether it may deliver is told so, as webhooks of CloudEvents have it.
func TestASenderMayAskFirst(t *testing.T) {
	t.Parallel()
	p := serveCatalogue(t)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, p.service.URL+"/v1/events", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("WebHook-Request-Origin", "sender.example")
	request.Header.Set("WebHook-Request-Rate", "120")
	answer, err := p.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	for name, want := range map[string]string{
		"Allow": "OPTIONS, POST", "WebHook-Allowed-Origin": "*", "WebHook-Allowed-Rate": "6000000",
	} {
		if got := answer.Header.Get(name); answer.StatusCode != http.StatusOK || got != want {
			t.Errorf("%d, %s: %q, want %q", answer.StatusCode, name, got, want)
		}
	}
}
