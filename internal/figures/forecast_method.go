package figures

// Methods of a forecast, worded by i18n: forecast.method.<code>.
const (
	// MethodMonteCarlo draws each open milestone's delay from its entity's history, shrunk to the programme's.
	MethodMonteCarlo = "monte_carlo"
	// MethodTooLittleHistory says that fewer than 12 milestones are finished.
	MethodTooLittleHistory = "too_little_history"
	// MethodTargetPassed says that the target date is not in the future.
	MethodTargetPassed = "target_passed"
)
