package gather

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Streams reads the facts about one subject.
type Streams interface {
	Stream(ctx context.Context, family programme.Family, subject string) ([]programme.Fact, error)
}

const (
	// settingsEvery is the time between two readings of the settings in the background.
	settingsEvery = 10 * time.Second
	// settingsWithin bounds one reading, settingsPatience how long somebody waits for one.
	settingsWithin, settingsPatience = 10 * time.Second, 500 * time.Millisecond
)

// InForce knows the programme's settings in force. While the store is away or hangs it answers the last it knew: events
// are taken in all the same. It is safe for use by many goroutines.
type InForce struct {
	store Streams
	log   *slog.Logger
	now   func() time.Time

	mu      sync.Mutex
	known   programme.Settings
	asked   time.Time     // when the last reading was begun
	readAt  time.Time     // when the last reading that succeeded was begun; zero: none has
	reading chan struct{} // closed when the reading under way has ended; nil: none is
	late    bool          // the reading under way was waited for in vain: nobody waits for it again
}

// NewInForce returns the settings of a store; until they are read, they are the defaults.
func NewInForce(store Streams, log *slog.Logger, now func() time.Time) *InForce {
	return &InForce{store: store, log: log, now: now, known: programme.DefaultSettings()}
}

// Read waits for a reading, ten seconds at most; ErrUnavailable when nothing was ever read.
func (s *InForce) Read(ctx context.Context) error {
	<-s.begin(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.readAt.IsZero() {
		return fmt.Errorf("%w: the programme's settings can't be read", programme.ErrUnavailable)
	}
	return nil
}

// Run reads the settings at once and then every ten seconds, until ctx ends.
func (s *InForce) Run(ctx context.Context) {
	again := time.NewTicker(settingsEvery)
	defer again.Stop()
	for {
		s.begin(ctx)
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}

// Known returns the settings that were read last; it never waits.
func (s *InForce) Known() programme.Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known
}

// Age returns how long ago what is known was read; since the zero time when nothing was.
func (s *InForce) Age() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now().Sub(s.readAt)
}

// Within returns the settings read no longer ago than that, for who has just changed them; it waits half a second for a
// store that is slow, and then answers the last that is known.
func (s *InForce) Within(ctx context.Context, after time.Duration) programme.Settings {
	s.mu.Lock()
	enough := s.late || (!s.asked.IsZero() && s.now().Sub(s.asked) < after)
	s.mu.Unlock()
	if !enough {
		s.await(s.begin(ctx))
	}
	return s.Known()
}

// await waits for a reading as long as patience lasts.
func (s *InForce) await(reading <-chan struct{}) {
	tooLong := time.NewTimer(settingsPatience)
	defer tooLong.Stop()
	select {
	case <-reading:
	case <-tooLong.C:
		s.mu.Lock()
		s.late = s.reading != nil
		s.mu.Unlock()
	}
}

// begin starts a reading unless one is under way, and returns a channel that is closed when it has ended.
func (s *InForce) begin(ctx context.Context) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reading == nil {
		s.asked, s.reading = s.now(), make(chan struct{})
		go s.read(context.WithoutCancel(ctx), s.asked, s.reading)
	}
	return s.reading
}

func (s *InForce) read(ctx context.Context, at time.Time, ended chan<- struct{}) {
	limited, stop := context.WithTimeout(ctx, settingsWithin)
	defer stop()
	var settings programme.Settings
	stream, err := s.store.Stream(limited, programme.FamilyProgramme, programme.ProgrammeSubject)
	if err == nil {
		settings, err = register.SettingsOf(stream)
	}
	if err != nil {
		s.log.WarnContext(ctx, "programme settings not read", slog.Any("error", err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		s.known, s.readAt = settings, at
	}
	s.reading, s.late = nil, false
	close(ended)
}
