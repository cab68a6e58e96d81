package programme

// The criteria of the maturity assessment; their codes are fixed.
const (
	CriterionInfo           Criterion = "info"
	CriterionStatus         Criterion = "status"
	CriterionEnquiry        Criterion = "enquiry"
	CriterionForm           Criterion = "form"
	CriterionApply          Criterion = "apply"
	CriterionDocuments      Criterion = "documents"
	CriterionPayment        Criterion = "payment"
	CriterionDecisionRemote Criterion = "decision_remote"
	CriterionDeliveryRemote Criterion = "delivery_remote"
	CriterionLinked         Criterion = "linked"
	CriterionNotifyOnce     Criterion = "notify_once"
	CriterionProactive      Criterion = "proactive"
)

// The answers to a criterion.
const (
	AnswerYes           = "yes"
	AnswerNo            = "no"
	AnswerNotApplicable = "not_applicable"
)

// CriteriaOf lists the criteria that decide a level, in the order of the assessment.
func CriteriaOf(level Level) []Criterion {
	switch level {
	case LevelInformative:
		return []Criterion{CriterionInfo}
	case LevelInteractive:
		return []Criterion{CriterionStatus, CriterionEnquiry, CriterionForm}
	case LevelTransactional:
		return []Criterion{
			CriterionApply, CriterionDocuments, CriterionPayment, CriterionDecisionRemote, CriterionDeliveryRemote,
		}
	case LevelIntegrated:
		return []Criterion{CriterionLinked, CriterionNotifyOnce, CriterionProactive}
	default:
		return nil
	}
}

// LevelOf returns the highest level that holds by the answers, 0 for none (docs/rules.md#criteria).
// A criterion answered twice counts as last answered; one that is not answered counts as no.
func LevelOf(answers []Answer) Level {
	given := make(map[Criterion]Answer, len(answers))
	for _, a := range answers {
		given[a.Criterion] = a
	}
	if given[CriterionInfo].Answer != AnswerYes {
		return 0
	}
	switch {
	case AllHold(given) && AnyHolds(given, LevelIntegrated):
		return LevelIntegrated
	case AllHold(given):
		return LevelTransactional
	case AnyHolds(given, LevelInteractive):
		return LevelInteractive
	default:
		return LevelInformative
	}
}

// AllHold is level 3: every criterion yes or not applicable, not all not applicable. The weakest decides.
func AllHold(given map[Criterion]Answer) bool {
	yes := false
	for _, criterion := range CriteriaOf(LevelTransactional) {
		switch given[criterion].Answer {
		case AnswerYes:
			yes = true
		case AnswerNotApplicable:
		default:
			return false
		}
	}
	return yes
}

// AnyHolds is levels 2 and 4: any criterion yes, and linked and notify_once only with another entity named.
func AnyHolds(given map[Criterion]Answer, level Level) bool {
	for _, criterion := range CriteriaOf(level) {
		answer := given[criterion]
		if answer.Answer != AnswerYes {
			continue
		}
		needsOther := criterion == CriterionLinked || criterion == CriterionNotifyOnce
		if !needsOther || len(answer.Entities) > 0 {
			return true
		}
	}
	return false
}

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
