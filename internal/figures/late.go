package figures

// LateOverDays is when a late milestone weighs: more than 30 days.
const LateOverDays = 30
