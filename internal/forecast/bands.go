package forecast

import "mirsad/internal/programme"

// Bands are percentiles of a forecast count: half of the futures end between P25 and P75, four of five between P10 and
// P90.
type Bands struct {
	P10 programme.Count `json:"p10"`
	P25 programme.Count `json:"p25"`
	P50 programme.Count `json:"p50"`
	P75 programme.Count `json:"p75"`
	P90 programme.Count `json:"p90"`
}

// BandsIn is bands without values.
func BandsIn(state programme.State) Bands {
	none := programme.Count{State: state}
	return Bands{P10: none, P25: none, P50: none, P75: none, P90: none}
}
