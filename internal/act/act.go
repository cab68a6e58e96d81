package act

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"mirsad/internal/access"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Links use up signed links.
type Links interface {
	// Use does what the reader of a signed link has confirmed, and uses the link up with it.
	Use(ctx context.Context, act link.Act, submit func(context.Context) error) error
}

// Dependencies are what acts need. A program without settings, plans or links leaves out what only those need.
type Dependencies struct {
	Register register.Register
	// Weigher says what settings would do to the counted total.
	Weigher register.Weigher
	// Links are for those who act by a signed link.
	Links Links
	// Intake takes monthly totals.
	Intake Intake
	Logger *slog.Logger
}

// Acts are everything that people record in the register.
type Acts struct {
	Settings  Settings
	Calendars Calendars
	Campaigns Campaigns
	Entities  Entities
	Services  Services
	Claims    Claims
	Plans     Plans
	// Statements are sent to the intake, which keeps them apart from the register.
	Statements Statements
}

// New returns the acts over a register.
func New(deps Dependencies) *Acts {
	r := recorder{register: deps.Register, links: deps.Links, logger: deps.Logger}
	return &Acts{
		Settings:  Settings{recorder: r, weigher: deps.Weigher},
		Calendars: Calendars{r},
		Campaigns: Campaigns{r},
		Entities:  Entities{r},
		Services:  Services{r},
		Claims:    Claims{r},
		Plans:     Plans{r},

		Statements: Statements{recorder: r, intake: deps.Intake},
	}
}

// By says who acts, and whether the act is only tried.
type By struct {
	Who access.Principal
	// Dry tries the act: its outcome is what would be, and nothing is recorded.
	Dry bool
	// Unread are the faults of what could not be read; with any of them nothing is recorded, and they are joined with
	// the faults of the content.
	Unread []programme.Fault
}

// recorder is what every act does in the same way.
type recorder struct {
	register register.Register
	links    Links
	logger   *slog.Logger
}

// step is the one fact that an act adds to a stream.
type step struct {
	family  programme.Family
	subject string
	rule    register.Deciding
	// read says why the stream can't be read; nil: the rule says it itself, and not as a fault of what is asked for.
	read func(stream []programme.Fact) error
	// link is what the act is for the reader of a signed link.
	link link.Act
}

// taken is what came of a step: the stream as it was decided on, and the fact that was added to it or, of a dry run,
// would be. An unchanged step adds none.
type taken struct {
	stream    []programme.Fact
	fact      programme.Fact
	unchanged bool
}

// take records a step, or tries it; with anything that could not be read it is tried for its other faults.
func (r recorder) take(ctx context.Context, by By, s step) (taken, error) {
	var t taken
	var err error
	if by.Dry || len(by.Unread) > 0 {
		t, err = r.try(ctx, by, s)
	} else {
		t, err = r.add(ctx, by, s)
	}
	if errors.Is(err, register.ErrUnchanged) {
		t.unchanged, err = true, nil
	}
	return t, err
}

// decide is the step's rule on a stream that can be read.
func (s *step) decide(stream []programme.Fact) (programme.Draft, error) {
	if s.read != nil {
		if err := s.read(stream); err != nil {
			return programme.Draft{}, recorded(err)
		}
	}
	return s.rule(stream)
}

// add records a step.
func (r recorder) add(ctx context.Context, by By, s step) (t taken, err error) {
	decide := func(ctx context.Context) (err error) {
		t.fact, err = r.register.Decide(ctx, s.family, s.subject, func(now []programme.Fact) (programme.Draft, error) {
			t.stream = now
			return s.decide(now)
		})
		return err
	}
	if by.Who.Purpose == "" || s.link == (link.Act{}) {
		err = decide(ctx)
	} else {
		err = r.links.Use(ctx, s.link, decide)
	}
	return t, err
}

// try makes the fact that a step would add.
func (r recorder) try(ctx context.Context, by By, s step) (taken, error) {
	stream, err := r.register.Stream(ctx, s.family, s.subject)
	if err != nil {
		return taken{}, recorded(err)
	}
	t := taken{stream: stream}
	draft, err := s.decide(stream)
	if all := programme.JoinFaults(by.Unread, err); all != nil {
		return t, all
	}
	if err != nil {
		return t, err
	}
	raw, err := json.Marshal(draft.Body)
	if err != nil {
		return t, fmt.Errorf("%w: %s", programme.ErrInvalid, err.Error())
	}
	t.fact = programme.Fact{
		Family: s.family, Subject: s.subject, Seq: newest(stream).Seq + 1, EffectiveOn: draft.EffectiveOn,
		Actor: draft.Actor, Reason: draft.Reason, Body: raw,
	}
	return t, nil
}

// newest is the fact recorded last; the zero fact of an empty stream.
func newest(stream []programme.Fact) programme.Fact {
	if len(stream) == 0 {
		return programme.Fact{}
	}
	return stream[len(stream)-1]
}

// recorded keeps a fault of what is stored from being taken for one of the request.
func recorded(err error) error {
	if errors.Is(err, programme.ErrInvalid) {
		return fmt.Errorf("read what is recorded: %s", err.Error())
	}
	return fmt.Errorf("read what is recorded: %w", err)
}

// seen refuses an object of an entity whose detail the actor does not see, as if there were none; the log and the audit
// record learn that there is.
func (r recorder) seen(ctx context.Context, who access.Principal, entity string) error {
	if who.Sees(entity) {
		return nil
	}
	access.NoteRefusal(ctx, programme.TokenOtherEntity)
	r.logger.WarnContext(ctx, "another entity's object was asked for",
		slog.String("actor", who.ID), slog.String("entity", entity))
	return fmt.Errorf("%w: it belongs to %q", programme.ErrNotFound, entity)
}
