package programme

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Criteria lists every criterion in the order of the assessment.
func Criteria() []Criterion {
	var all []Criterion
	for _, level := range Levels() {
		all = append(all, CriteriaOf(level)...)
	}
	return all
}

// Answers lists the answers to a criterion.
func Answers() []string { return []string{AnswerYes, AnswerNo, AnswerNotApplicable} }

// NamesOthers reports whether yes to the criterion names at least one other entity.
func (c Criterion) NamesOthers() bool { return c == CriterionLinked || c == CriterionNotifyOnce }

// Failing lists the criteria that keep a service from a level by its answers, in the order of the assessment; where any
// one of a level's criteria would do, all of them. None: the level holds.
func Failing(answers []Answer, level Level) []Criterion {
	given := make(map[Criterion]Answer, len(answers))
	for _, each := range answers {
		given[each.Criterion] = each
	}
	switch {
	case given[CriterionInfo].Answer != AnswerYes:
		return []Criterion{CriterionInfo}
	case level == LevelInteractive && !anyHolds(given, level):
		return CriteriaOf(level)
	case level.EndToEnd() && !allHold(given):
		if open := openCriteria(given); len(open) > 0 {
			return open
		}
		return CriteriaOf(LevelTransactional) // all not applicable
	case level == LevelIntegrated && !anyHolds(given, level):
		return CriteriaOf(level)
	default:
		return nil
	}
}

// openCriteria lists the criteria of level 3 that are neither yes nor not applicable.
func openCriteria(given map[Criterion]Answer) []Criterion {
	var open []Criterion
	for _, criterion := range CriteriaOf(LevelTransactional) {
		if answer := given[criterion].Answer; answer != AnswerYes && answer != AnswerNotApplicable {
			open = append(open, criterion)
		}
	}
	return open
}

// Claim records that an entity says its service has a level, by its answers (`2-rules.md`, Levels and assessment): each
// yes has its evidence, linked and notify_once name other entities, and the level is what the answers reach, no more and
// no less. The same claim again, while it waits, is ErrUnchanged.
func (c Change) Claim(service Service, next Assessment, known Catalogue) Deciding {
	return func(stream []Fact) (Draft, error) {
		next := next
		next.Kind, next.Service, next.Claim, next.Criterion, next.RecheckOn = AssessmentClaim, service.Code, "", "", 0
		var found faults
		if service.Removed {
			found.Add("service", "removed", "value", service.Code)
		}
		found.answers(next.Answers, service.Entity, known)
		found.level(&next)
		found.day("effective_on", next.EffectiveOn, true)
		found.label("comment", next.Comment, longestReason)
		if err := found.Err(); err != nil {
			return Draft{}, err
		}
		switch again, err := c.claimedAlready(stream, next); {
		case err != nil:
			return Draft{}, err
		case again:
			return Draft{}, ErrUnchanged
		}
		return Draft{EffectiveOn: next.EffectiveOn, Actor: c.Actor, Reason: strings.TrimSpace(next.Comment), Body: next}, nil
	}
}

// claimedAlready reports whether a claim that waits says the same.
func (c Change) claimedAlready(stream []Fact, next Assessment) (bool, error) {
	claims, err := ClaimsOf(stream, nil)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(claims, func(made Claim) bool {
		return made.State == ClaimOpen && made.Actor == c.Actor && made.Level == next.Level && made.EffectiveOn == next.EffectiveOn &&
			made.Comment == next.Comment && reflect.DeepEqual(made.Answers, next.Answers)
	}), nil
}

// level notes a claimed level that the answers do not reach, by the criteria that fail, or exceed; none is what they reach.
func (f *faults) level(next *Assessment) {
	reached := LevelOf(next.Answers)
	if next.Level == 0 {
		next.Level = max(reached, LevelInformative)
	}
	switch {
	case !next.Level.Valid():
		f.Add("level", "out_of_range", "least", 1, "most", 4)
	case reached > next.Level:
		f.Add("level", "answers_reach", "level", int(reached))
	case reached < next.Level:
		failing := Failing(next.Answers, next.Level)
		kind := "criterion_fails"
		if len(failing) > 1 && (slices.Contains(failing, CriterionForm) || slices.Contains(failing, CriterionProactive)) {
			kind = "no_criterion_holds" // any one of them would do
		}
		for _, criterion := range failing {
			f.Add("answers."+string(criterion), kind, "level", int(next.Level))
		}
	}
}

// answers notes what is wrong with single answers; a fault is named by its criterion.
func (f *faults) answers(answers []Answer, owner string, known Catalogue) {
	if len(answers) == 0 {
		f.Add("answers", "missing")
	}
	seen := map[Criterion]bool{}
	for i, each := range answers {
		if !slices.Contains(Criteria(), each.Criterion) {
			f.Add(fmt.Sprintf("answers.%d.criterion", i), "not_one_of", "value", string(each.Criterion), "allowed", fmt.Sprint(Criteria()))
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

func (f *faults) answer(field string, given *Answer, owner string, known Catalogue) {
	if !slices.Contains(Answers(), given.Answer) {
		f.Add(field+".answer", "not_one_of", "value", given.Answer, "allowed", fmt.Sprint(Answers()))
		return
	}
	f.label(field+".text", given.Text, longestReason)
	switch {
	case given.URL != "" && !webAddress(given.URL):
		f.Add(field+".url", "not_an_address", "value", given.URL)
	case given.Answer == AnswerYes && given.URL == "" && strings.TrimSpace(given.Text) == "":
		f.Add(field+".url", "no_evidence")
	}
	f.codes(field+".entities", given.Entities, known.hasEntity)
	if i := slices.Index(given.Entities, owner); i >= 0 {
		f.Add(fmt.Sprintf("%s.entities.%d", field, i), "itself", "value", owner)
	}
	if given.Answer == AnswerYes && given.Criterion.NamesOthers() && len(given.Entities) == 0 {
		f.Add(field+".entities", "names_nobody")
	}
}

// longestAddress is the longest address of evidence, in bytes.
const longestAddress = 2000

// webAddress reports whether a text is an address that a planner can open: of the web, with a host, without spaces.
func webAddress(text string) bool {
	rest, secure := strings.CutPrefix(text, "https://")
	if !secure {
		var plain bool
		if rest, plain = strings.CutPrefix(text, "http://"); !plain {
			return false
		}
	}
	host, _, _ := strings.Cut(rest, "/")
	odd := func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("\"<>\\`", r)
	}
	return strings.Trim(host, ".:@?#") != "" && len(text) <= longestAddress && utf8.ValidString(text) && !strings.ContainsFunc(text, odd)
}
