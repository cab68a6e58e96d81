package reading

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mirsad/internal/programme"
)

// What was recorded a moment ago by another process is found, and what is made up costs the store few questions.
func TestWhatIsUnknownIsReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &shelf{facts: []programme.Fact{{Subject: "a"}}}
		r, _ := counted(s)
		r.Now = time.Now
		if _, err := r.Current(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-time.After(time.Millisecond) // of the bubble
		s.facts = append(s.facts, programme.Fact{Subject: "b"})
		if got, err := r.Newer(t.Context()); err != nil || got["b"] != 1 {
			t.Errorf("just recorded: %v, %v", got, err)
		}
		<-time.After(time.Millisecond)
		before := s.questions
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if got, err := r.Newer(t.Context()); err != nil || got["b"] != 1 {
					t.Errorf("%v, %v", got, err)
				}
			})
		}
		all.Wait()
		if asked := s.questions - before; asked < 1 || asked > 2 {
			t.Errorf("%d questions for a hundred that ask", asked)
		}
		<-time.After(time.Millisecond)
		s.away = programme.ErrUnavailable
		if got, err := r.Newer(t.Context()); err != nil || got["a"] != 1 {
			t.Errorf("while the store is away: %v, %v", got, err)
		}
	})
}
