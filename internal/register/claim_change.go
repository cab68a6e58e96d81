package register

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"mirsad/internal/programme"
)

// Failing lists the criteria that keep a service from a level by its answers, in the order of the assessment; where any
// one of a level's criteria would do, all of them. None: the level holds.
func Failing(answers []programme.Answer, level programme.Level) []programme.Criterion {
	given := make(map[programme.Criterion]programme.Answer, len(answers))
	for _, each := range answers {
		given[each.Criterion] = each
	}
	switch {
	case given[programme.CriterionInfo].Answer != programme.AnswerYes:
		return []programme.Criterion{programme.CriterionInfo}
	case level == programme.LevelInteractive && !programme.AnyHolds(given, level):
		return programme.CriteriaOf(level)
	case level.EndToEnd() && !programme.AllHold(given):
		if open := openCriteria(given); len(open) > 0 {
			return open
		}
		return programme.CriteriaOf(programme.LevelTransactional) // all not applicable
	case level == programme.LevelIntegrated && !programme.AnyHolds(given, level):
		return programme.CriteriaOf(level)
	default:
		return nil
	}
}

// openCriteria lists the criteria of level 3 that are neither yes nor not applicable.
func openCriteria(given map[programme.Criterion]programme.Answer) []programme.Criterion {
	var open []programme.Criterion
	for _, criterion := range programme.CriteriaOf(programme.LevelTransactional) {
		if answer := given[criterion].Answer; answer != programme.AnswerYes && answer != programme.AnswerNotApplicable {
			open = append(open, criterion)
		}
	}
	return open
}

// Claim records that an entity says its service has a level, by its answers (docs/rules.md#claims): each yes has its
// evidence, linked and notify_once name other entities, and the level is what the answers reach, no more and no less.
// The same claim again, while it waits, is ErrUnchanged.
func (c Change) Claim(service programme.Service, next programme.Assessment, known Catalogue) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		next := next
		next.Kind, next.Service = programme.AssessmentClaim, service.Code
		next.Claim, next.Criterion, next.RecheckOn = "", "", 0
		var found faults
		if service.Removed {
			found.Add("service", "removed", "value", service.Code)
		}
		found.answers(next.Answers, service.Entity, known)
		found.level(&next)
		found.day("effective_on", next.EffectiveOn, true)
		found.label("comment", next.Comment, longestReason)
		if err := found.Err(); err != nil {
			return programme.Draft{}, err
		}
		claims, err := ClaimsOf(stream, nil)
		if err != nil {
			return programme.Draft{}, err
		}
		if c.Waiting(claims, next) != nil {
			return programme.Draft{}, ErrUnchanged
		}
		return programme.Draft{
			EffectiveOn: next.EffectiveOn,
			Actor:       c.Actor,
			Reason:      strings.TrimSpace(next.Comment),
			Body:        next,
		}, nil
	}
}

// Waiting returns the claim that waits and says what the same person claims again; nil for none. A level that is left
// out is the one that the answers reach.
func (c Change) Waiting(claims []Claim, next programme.Assessment) *Claim {
	if next.Level == 0 {
		next.Level = reachedBy(next.Answers)
	}
	at := slices.IndexFunc(claims, func(made Claim) bool {
		return made.State == ClaimOpen && made.Actor == c.Actor && made.Level == next.Level &&
			made.EffectiveOn == next.EffectiveOn && made.Comment == next.Comment &&
			reflect.DeepEqual(made.Answers, next.Answers)
	})
	if at < 0 {
		return nil
	}
	return &claims[at]
}

// reachedBy is the level of a claim that names none.
func reachedBy(answers []programme.Answer) programme.Level {
	return max(programme.LevelOf(answers), programme.LevelInformative)
}

// level notes a claimed level that the answers do not reach, by the criteria that fail, or exceed; none is what they
// reach.
func (f *faults) level(next *programme.Assessment) {
	reached := programme.LevelOf(next.Answers)
	if next.Level == 0 {
		next.Level = reachedBy(next.Answers)
	}
	switch {
	case !next.Level.Valid():
		f.known("level", next.Level)
	case reached > next.Level:
		f.Add("level", "answers_reach", "level", int(reached))
	case reached < next.Level:
		failing := Failing(next.Answers, next.Level)
		kind := "criterion_fails"
		if len(failing) > 1 &&
			(slices.Contains(failing, programme.CriterionForm) ||
				slices.Contains(failing, programme.CriterionProactive)) {
			kind = "no_criterion_holds" // any one of them would do
		}
		for _, criterion := range failing {
			f.Add("answers."+string(criterion), kind, "level", int(next.Level))
		}
	}
}

// answers notes what is wrong with single answers; a fault is named by its criterion.
func (f *faults) answers(answers []programme.Answer, owner string, known Catalogue) {
	if len(answers) == 0 {
		f.Add("answers", "missing")
	}
	seen := map[programme.Criterion]bool{}
	for i, each := range answers {
		if !slices.Contains(programme.Criteria(), each.Criterion) {
			f.Add(
				fmt.Sprintf("answers.%d.criterion", i), "not_one_of",
				"value", string(each.Criterion), "allowed", fmt.Sprint(programme.Criteria()),
			)
			continue
		}
		field := "answers." + string(each.Criterion)
		if seen[each.Criterion] {
			f.Add(field, "repeated", "value", string(each.Criterion))
		}
		seen[each.Criterion] = true
		f.answer(field, &answers[i], owner, known)
	}
}

func (f *faults) answer(field string, given *programme.Answer, owner string, known Catalogue) {
	if !slices.Contains(programme.Answers(), given.Answer) {
		f.Add(field+".answer", "not_one_of", "value", given.Answer, "allowed", fmt.Sprint(programme.Answers()))
		return
	}
	f.label(field+".text", given.Text, longestReason)
	switch {
	case given.URL != "" && !programme.WebAddress(given.URL):
		f.Add(field+".url", "not_an_address", "value", given.URL)
	case given.Answer == programme.AnswerYes && given.URL == "" && strings.TrimSpace(given.Text) == "":
		f.Add(field+".url", "no_evidence")
	}
	f.codes(field+".entities", given.Entities, known.hasEntity)
	if i := slices.Index(given.Entities, owner); i >= 0 {
		f.Add(fmt.Sprintf("%s.entities.%d", field, i), "itself", "value", owner)
	}
	if given.Answer == programme.AnswerYes && given.Criterion.NamesOthers() && len(given.Entities) == 0 {
		f.Add(field+".entities", "names_nobody")
	}
}
