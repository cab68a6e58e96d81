package gather_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"testing"
)

// The oracle is a second program, in another language, written from docs/rules.md alone: it recomputes figures from the
// raw rows, and every number that it gives is compared with this program's.
const oracle = "../tools/oracle/main.mjs"

// consultation is the oracle at work on the raw rows of a store.
type consultation struct {
	questions *json.Encoder
	answers   *json.Decoder
	words     bytes.Buffer // what it says when it fails
	end       func() error
}

// agree asks both programs, question by question, and fails with what differs.
func (w *recordedWorld) agree(t *testing.T, questions []question) {
	t.Helper()
	asked := w.consult(t)
	var c comparison
	for i := range questions {
		q := &questions[i]
		program := plain(t, q.ask(t)) // which may add to what is asked
		c.all(q.ID, asked.answer(t, q), program)
	}
	if err := asked.end(); err != nil {
		t.Fatalf("the oracle: %v\n%s", err, asked.words.String())
	}
	t.Logf("the oracle and the program agree on %d of %d figures", c.compared-len(c.differences), c.compared)
	for i, each := range c.differences {
		if i == 40 && os.Getenv("ORACLE_ALL") == "" {
			t.Errorf("… and %d more", len(c.differences)-i)
			break
		}
		t.Error(each)
	}
}

// consult starts the oracle with the store's raw rows; they are kept in ORACLE_DIR, where that is set.
func (w *recordedWorld) consult(t *testing.T) *consultation {
	t.Helper()
	node, err := exec.LookPath("node")
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip("the oracle needs node")
	}
	if err != nil {
		t.Fatal(err)
	}
	folder := os.Getenv("ORACLE_DIR")
	if folder == "" {
		folder = t.TempDir()
	}
	rows := w.rows.write(t, folder, w.zone.String())
	//nolint:gosec // node, and files of the test
	command := exec.CommandContext(t.Context(), node, "--max-old-space-size=3000", oracle, rows)
	var asked consultation
	command.Stderr = &asked.words
	questions, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	answers, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	asked.questions, asked.answers = json.NewEncoder(questions), json.NewDecoder(answers)
	asked.end = func() error {
		_ = questions.Close()               // it has ended when it failed
		_, _ = io.Copy(io.Discard, answers) // there is nothing after the last answer
		return command.Wait()
	}
	return &asked
}

// answer is the oracle's to a question.
func (a *consultation) answer(t *testing.T, q *question) any {
	t.Helper()
	var answer any
	err := a.questions.Encode(q)
	if err == nil {
		err = a.answers.Decode(&answer)
	}
	if err != nil {
		t.Fatalf("the oracle: %s: %v, %v\n%s", q.ID, err, a.end(), a.words.String())
	}
	return answer
}

// plain is a value as JSON has it.
func plain(t *testing.T, value any) any {
	t.Helper()
	content, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var read any
	if err := json.Unmarshal(content, &read); err != nil {
		t.Fatal(err)
	}
	return read
}
