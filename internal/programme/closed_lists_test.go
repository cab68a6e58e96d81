package programme_test

import (
	"errors"
	"slices"
	"testing"

	"mirsad/internal/programme"
)

// Every word of a closed list reads as itself, and nothing else does.
func TestWordsOfClosedLists(t *testing.T) {
	check(t, programme.Channels(), programme.ParseChannel)
	check(t, programme.Stages(), programme.ParseStage)
	check(t, programme.Measures(), programme.ParseMeasure)
	check(t, programme.States(), programme.ParseState)
	if !slices.Equal(programme.DigitalChannels(), []programme.Channel{programme.ChannelWeb, programme.ChannelMobile, programme.ChannelKiosk, programme.ChannelAssisted}) || programme.ChannelPost.Digital() || !programme.ChannelKiosk.Digital() {
		t.Error("web, mobile, kiosk and assisted are digital, the others aren't")
	}
	if n := len(programme.RefusalCodes()); n != 16 {
		t.Errorf("%d codes of refusal, want those of docs/agencies.md#the-answer", n)
	}
	if n := len(programme.Families()); n != 10 {
		t.Errorf("%d families of facts", n)
	}
}

func check[T ~string](t *testing.T, list []T, parse func(string) (T, error)) {
	t.Helper()
	for _, word := range list {
		if got, err := parse(string(word)); err != nil || got != word {
			t.Errorf("%s reads as %s, %v", word, got, err)
		}
	}
	if got, err := parse("nonsense"); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("nonsense reads as %s, %v", got, err)
	}
}

// A stage adds to its measure; abandoning adds to none.
func TestMeasureOfAStage(t *testing.T) {
	for stage, want := range map[programme.Stage]programme.Measure{
		programme.StageView: programme.MeasureViews, programme.StageStart: programme.MeasureStarted, programme.StageSubmit: programme.MeasureSubmitted, programme.StageComplete: programme.MeasureCompleted, programme.StageAbandon: "",
	} {
		if got := stage.Measure(); got != want {
			t.Errorf("%s adds to %q, want %q", stage, got, want)
		}
	}
	for i, m := range programme.Measures() {
		if m.Index() != programme.MeasureIndex(i) {
			t.Errorf("%s is at %d", m, m.Index())
		}
	}
	for i, c := range programme.Channels() {
		if c.Index() != programme.ChannelIndex(i) {
			t.Errorf("%s is at %d", c, c.Index())
		}
	}
}
