package source

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"mirsad/internal/programme"
)

// progress says in words how far a load is: on a terminal in one line that is rewritten, elsewhere a line every tenth.
type progress struct {
	to                    io.Writer
	name                  string
	terminal              bool
	total, sent, rejected int
	told                  int // percent
}

func newProgress(to io.Writer, name string) *progress {
	file, isFile := to.(*os.File)
	return &progress{to: to, name: name, terminal: isFile && term.IsTerminal(int(file.Fd()))}
}

// expectAll counts the events that are going to be sent.
func (p *progress) expectAll(feed Feed) error {
	if tables, are := feed.(tabled); are {
		return tables.parts(func(_ []byte, rows int) error {
			p.total += rows
			return nil
		})
	}
	return feed.Events(func(programme.CloudEvent, bool) error {
		p.total++
		return nil
	})
}

// add counts a body that was answered.
func (p *progress) add(sent, rejected int) {
	p.sent += sent
	p.rejected += rejected
	percent := 100 * p.sent / max(1, p.total)
	step, begin, end := 10, "", "\n"
	if p.terminal {
		step, begin, end = 1, "\r", ""
	}
	if percent/step == p.told/step && percent != 100 {
		return
	}
	p.told = percent
	state := fmt.Sprintf("%s: %3d %%, %d of %d events sent, %d refused", p.name, percent, p.sent, p.total, p.rejected)
	p.say(begin + state + end)
}

// end closes a terminal's line.
func (p *progress) end() {
	if p.terminal && p.sent > 0 {
		p.say("\n")
	}
}

// say writes words; that they can't be written is no reason to stop a load.
func (p *progress) say(words string) { _, _ = io.WriteString(p.to, words) }
