package engine

import "strconv"

// Limits are what one query of a user may take; zero means no bound but the engine's.
type Limits struct {
	// Seconds is how long it may run, MemoryShare which part of the engine's memory it may hold: one nth.
	Seconds, MemoryShare int
	// ReadRows and ResultRows bound what it reads and answers, Queries how many of the user's run at once.
	ReadRows, ResultRows int64
	Queries              int
	// Fixed keeps the user from raising its limits: it may set lower ones.
	Fixed bool
}

// The most that pages and API ask for today is the use of 1,400 services by day over some years: 12 million rows of an
// answer, a tenth of a billion read.
const (
	webReadRows   = 1_000_000_000
	webResultRows = 50_000_000
	// webQueries are those of three processes with their twenty connections each: eight for figures, four for accounts,
	// eight for everything else.
	webQueries = 60
	// storeSeconds is as long as the program waits for an answer: nobody reads what comes later.
	storeSeconds = 300
	webSeconds   = 30
)

// LimitsOf returns the limits of a user's queries. The administrator's have none but memory: a migration takes as long
// as it takes.
func LimitsOf(user string) Limits {
	switch user {
	case UserIngest, UserWorker:
		return Limits{Seconds: storeSeconds, MemoryShare: queryMemoryShare}
	case UserFacts:
		return Limits{Seconds: storeSeconds, MemoryShare: 4} // facts are small
	case UserWeb:
		return Limits{
			Seconds:     webSeconds,
			MemoryShare: 3,
			ReadRows:    webReadRows,
			ResultRows:  webResultRows,
			Queries:     webQueries,
			Fixed:       true,
		}
	default:
		return Limits{MemoryShare: queryMemoryShare}
	}
}

// limit is a setting of the engine.
type limit struct {
	Name, Value string
	// Most is whether a query may set less; otherwise, where the limits are fixed, it may not set it at all.
	Most bool
}

// settings returns the limits as the engine's settings. What goes beyond one is stopped with an error, never cut short.
func (l Limits) settings(memoryBytes int64) []limit {
	var list []limit
	for _, each := range []struct {
		name, mode string
		value      int64
	}{
		{"max_execution_time", "timeout_overflow_mode", int64(l.Seconds)},
		{"max_memory_usage", "", memoryBytes / int64(l.MemoryShare)},
		{"max_rows_to_read", "read_overflow_mode", l.ReadRows},
		{"max_result_rows", "result_overflow_mode", l.ResultRows},
		{"max_concurrent_queries_for_user", "", int64(l.Queries)},
	} {
		if each.value == 0 {
			continue
		}
		list = append(list, limit{Name: each.name, Value: strconv.FormatInt(each.value, 10), Most: true})
		if each.mode != "" {
			list = append(list, limit{Name: each.mode, Value: "throw"})
		}
	}
	return list
}
