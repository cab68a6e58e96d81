package programme_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Facts come from the store, from backups and from several servers: their order says nothing.
func TestTheOrderInWhichFactsComeChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var facts []programme.Fact
	for i := range 60 {
		subject, seq := string('a'+rune(i%3)), uint32(i/6+1)
		facts = append(facts, said(subject, seq, strconv.Itoa(i), int64(random.IntN(4)), fmt.Sprint("text ", i)))
	}
	want, err := programme.ReadFamily[words](facts, programme.FamilyEntity, programme.NoEnd)
	if err != nil || len(want) != 30 {
		t.Fatalf("%d facts stay, %v; want one for each place", len(want), err)
	}
	for range 5 {
		random.Shuffle(len(facts), reflect.Swapper(facts))
		got, err := programme.ReadFamily[words](facts, programme.FamilyEntity, programme.NoEnd)
		if err != nil || !slices.Equal(texts(got), texts(want)) {
			t.Fatalf("%v, %v; want %v", texts(got), err, texts(want))
		}
	}
}

func TestTheOrderInWhichRolloutsComeChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var rollouts []programme.Rollout
	for range 80 {
		rollouts = append(rollouts, programme.Rollout{
			ID: strconv.Itoa(random.IntN(20)), Entity: []string{"moi", "moj"}[random.IntN(2)],
			Service: string('a' + rune(random.IntN(3))), Action: programme.Actions()[random.IntN(6)],
			Level: programme.Level(random.IntN(5)), EffectiveOn: civil.Date(1 + random.IntN(9)), RecordedAt: at(int64(random.IntN(3))),
		})
	}
	want := programme.CurrentRollouts(rollouts, programme.NoEnd)
	for range 5 {
		random.Shuffle(len(rollouts), reflect.Swapper(rollouts))
		if got := programme.CurrentRollouts(rollouts, programme.NoEnd); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\nwant %+v", got, want)
		}
	}
}

// allOf answers yes to every criterion of the levels up to one; linked and notify_once name another entity.
func allOf(level programme.Level) map[programme.Criterion]programme.Answer {
	given := map[programme.Criterion]programme.Answer{}
	for _, each := range programme.Levels() {
		for _, criterion := range programme.CriteriaOf(each) {
			answer := programme.Answer{Criterion: criterion, Answer: programme.AnswerNo}
			if each <= level {
				answer.Answer = programme.AnswerYes
			}
			if criterion.NamesOthers() {
				answer.Entities = []string{"moj"}
			}
			given[criterion] = answer
		}
	}
	return given
}

// levelWith is the level by answers of which one is changed.
func levelWith(given map[programme.Criterion]programme.Answer, criterion programme.Criterion, answer string) programme.Level {
	var list []programme.Answer
	for _, each := range given {
		if each.Criterion == criterion {
			each.Answer = answer
		}
		list = append(list, each)
	}
	return programme.LevelOf(list)
}

func TestEachCriterionWeighs(t *testing.T) {
	for _, criterion := range programme.CriteriaOf(programme.LevelTransactional) {
		for answer, want := range map[string]programme.Level{
			programme.AnswerYes: 4, programme.AnswerNotApplicable: 4, programme.AnswerNo: 2, "": 2, "maybe": 2,
		} {
			if got := levelWith(allOf(4), criterion, answer); got != want {
				t.Errorf("%s answered %q: level %d, want %d", criterion, answer, got, want)
			}
		}
	}
	for level, below := range map[programme.Level]programme.Level{programme.LevelInteractive: 1, programme.LevelIntegrated: 3} {
		for _, criterion := range programme.CriteriaOf(level) {
			if got := levelWith(allOf(below), criterion, programme.AnswerYes); got != level {
				t.Errorf("%s alone makes level %d, want %d", criterion, got, level)
			}
			if got := levelWith(allOf(below), criterion, programme.AnswerNotApplicable); got != below {
				t.Errorf("%s that is not applicable makes level %d, want %d", criterion, got, below)
			}
		}
	}
	for _, answer := range []string{programme.AnswerNo, programme.AnswerNotApplicable, ""} {
		if got := levelWith(allOf(4), programme.CriterionInfo, answer); got != 0 {
			t.Errorf("without information it has level %d", got)
		}
	}
}

func TestAClaimWithoutALevelTakesThatOfItsAnswers(t *testing.T) {
	for _, level := range programme.Levels() {
		made := step("c", "moi", 5, claims(0, 9))
		for _, each := range allOf(level) {
			made.Body.Answers = append(made.Body.Answers, each)
		}
		if got, is := programme.ClaimOf(&made); !is || got.Level != level || got.ID != "c" || got.Actor != "moi" || !got.RecordedAt.Equal(at(5)) {
			t.Errorf("level %d: %+v, %v", level, got, is)
		}
		made.Body.Level = 1
		if got, _ := programme.ClaimOf(&made); got.Level != 1 {
			t.Errorf("a level that is named is %d", got.Level)
		}
	}
}

func TestWhoDecidedBeforeIsKnownInFull(t *testing.T) {
	decided := programme.Fact{
		Family: programme.FamilyAssessment, Subject: "visa", Seq: 7, Actor: "user/p", Reason: "seen",
		RecordedAt: time.Date(2016, 5, 1, 12, 0, 0, 0, time.FixedZone("Asia/Qatar", 3*60*60)),
	}
	err := programme.DecidedBy(decided)
	by, is := errors.AsType[*programme.DecidedError](err)
	want := programme.DecidedError{
		Family: decided.Family, Subject: "visa", Seq: 7, Actor: "user/p", At: decided.RecordedAt, Reason: "seen",
	}
	if !is || *by != want {
		t.Errorf("%+v, want %+v", by, want)
	}
	if err.Error() != "already decided: by user/p at 2016-05-01T09:00:00Z" {
		t.Errorf("%v: a moment is told in UTC", err)
	}
}

func TestWhatIsNoNumberIsNotRead(t *testing.T) {
	for _, text := range []string{`{"value":"12","state":"reported"}`, `{"value":1.5,"state":"reported"}`, `7`, `"reported"`} {
		var read programme.Count
		if err := json.Unmarshal([]byte(text), &read); err == nil {
			t.Errorf("%s is read as %+v", text, read)
		}
	}
	var ratio programme.Ratio
	if err := json.Unmarshal([]byte(`{"value":1.5,"state":"reported"}`), &ratio); err != nil || ratio.Value != 1.5 || !ratio.Known() {
		t.Errorf("%+v, %v", ratio, err)
	}
}
