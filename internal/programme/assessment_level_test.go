package programme_test

import (
	"testing"

	"mirsad/internal/programme"
)

// answers gives each criterion named the answer before it, in pairs: yes form, no apply.
func answers(pairs ...string) []programme.Answer {
	var list []programme.Answer
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, programme.Answer{Criterion: programme.Criterion(pairs[i+1]), Answer: pairs[i]})
	}
	return list
}

// The level is the highest that holds; at level 3 the weakest criterion decides (docs/rules.md#criteria).
func TestLevelOf(t *testing.T) {
	three := answers("yes", "info", "yes", "apply", "yes", "documents", "not_applicable", "payment", "yes", "decision_remote", "yes", "delivery_remote")
	with := func(list []programme.Answer, more ...programme.Answer) []programme.Answer {
		return append(append([]programme.Answer{}, list...), more...)
	}
	moj := []string{"moj"}
	for name, test := range map[string]struct {
		answers []programme.Answer
		want    programme.Level
	}{
		"nothing":                     {nil, 0},
		"no information":              {answers("no", "info", "yes", "form"), 0},
		"information":                 {answers("yes", "info"), 1},
		"not applicable is not a yes": {answers("not_applicable", "info"), 0},
		"a form":                      {answers("yes", "info", "yes", "form"), 2},
		"status alone":                {answers("yes", "info", "yes", "status"), 2},
		"an enquiry alone":            {answers("yes", "info", "yes", "enquiry"), 2},
		"all of level 3":              {three, 3},
		"one no of level 3":           {with(three, answers("no", "payment")...), 1},
		"one unanswered of level 3":   {three[:5], 1},
		"weak at 3 with a form":       {with(three, answers("no", "payment", "yes", "form")...), 2},
		"all of 3 not applicable":     {answers("yes", "info", "not_applicable", "apply", "not_applicable", "documents", "not_applicable", "payment", "not_applicable", "decision_remote", "not_applicable", "delivery_remote"), 1},
		"proactive":                   {with(three, answers("yes", "proactive")...), 4},
		"linked with another":         {with(three, programme.Answer{Criterion: programme.CriterionLinked, Answer: programme.AnswerYes, Entities: moj}), 4},
		"linked with nobody":          {with(three, answers("yes", "linked")...), 3},
		"notifies nobody else":        {with(three, answers("yes", "notify_once")...), 3},
		"linked without level 3":      {with(answers("yes", "info"), programme.Answer{Criterion: programme.CriterionLinked, Answer: programme.AnswerYes, Entities: moj}), 1},
		"answered twice, the last":    {answers("no", "info", "yes", "info"), 1},
	} {
		if got := programme.LevelOf(test.answers); got != test.want {
			t.Errorf("%s: level %d, want %d", name, got, test.want)
		}
	}
}

// Every level has its criteria, each asked once.
func TestCriteriaOfLevels(t *testing.T) {
	seen := map[programme.Criterion]bool{}
	for level, want := range map[programme.Level]int{0: 0, 1: 1, 2: 3, 3: 5, 4: 3} {
		criteria := programme.CriteriaOf(level)
		if len(criteria) != want {
			t.Errorf("level %d has %d criteria, want %d", level, len(criteria), want)
		}
		for _, c := range criteria {
			if seen[c] {
				t.Errorf("%s is asked twice", c)
			}
			seen[c] = true
		}
	}
}
