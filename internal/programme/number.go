package programme

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
)

// State says whether a number is there, and why not. Missing is never zero.
type State string

// The four states, in the order in which an aggregate takes the first present.
const (
	Reported      State = "reported"
	NotProvided   State = "not_provided"
	NotRequested  State = "not_requested"
	NotApplicable State = "not_applicable"
)

// States lists the four states in their order of precedence (docs/rules.md#aggregates).
func States() []State { return []State{Reported, NotProvided, NotRequested, NotApplicable} }

// ParseState reads a state's name; anything else is ErrInvalid.
func ParseState(text string) (State, error) {
	for _, s := range States() {
		if string(s) == text {
			return s, nil
		}
	}
	return "", fmt.Errorf("%w: state %q is none of %v", ErrInvalid, text, States())
}

// Number is a value with its state; Value means something only when State is Reported.
// Its zero value is not_provided.
type Number[T int64 | float64] struct {
	Value T
	State State
}

// Count is a whole number with a state.
type Count = Number[int64]

// Ratio is a quotient, index, rate or median with a state, rounded already.
type Ratio = Number[float64]

// CountOf returns n as reported.
func CountOf[T ~int | ~int64](n T) Count { return Count{Value: int64(n), State: Reported} }

// RatioOf returns numerator ÷ denominator to 3 decimals; not_provided when the denominator is 0.
func RatioOf(numerator, denominator float64) Ratio { return quotient(numerator, denominator, 3) }

// RateOf returns numerator ÷ denominator to 1 decimal; not_provided when the denominator is 0.
func RateOf(numerator, denominator float64) Ratio { return quotient(numerator, denominator, 1) }

// quotient rounds the exact fraction once, half away from zero (docs/rules.md#rounding): a quotient in binary would lie
// beside half of the ties.
func quotient(numerator, denominator float64, decimals int) Ratio {
	if denominator == 0 {
		return Ratio{State: NotProvided}
	}
	exact := new(big.Rat).Quo(fraction(numerator), fraction(denominator))
	return Ratio{Value: roundRat(exact, decimals), State: Reported}
}

// fraction is a finite number, exactly.
func fraction(value float64) *big.Rat { return new(big.Rat).SetFloat64(value) }

// roundRat rounds half away from zero: the whole part of the size in units of the last decimal, and a half more.
func roundRat(value *big.Rat, decimals int) float64 {
	scale := new(big.Rat).SetFloat64(math.Pow10(decimals))
	if decimals < 0 {
		scale = new(big.Rat).Inv(new(big.Rat).SetFloat64(math.Pow10(-decimals)))
	}
	size := new(big.Rat).Mul(new(big.Rat).Abs(value), scale)
	size.Add(size, big.NewRat(1, 2))
	units := new(big.Int).Quo(size.Num(), size.Denom())
	rounded, _ := new(big.Rat).Quo(new(big.Rat).SetInt(units), scale).Float64()
	if value.Sign() < 0 && rounded != 0 {
		return -rounded
	}
	return rounded
}

// Round rounds a number that is not a quotient of counts: half away from zero to the given number of decimals.
func Round(value float64, decimals int) float64 {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return value
	}
	return roundRat(fraction(value), decimals)
}

// Known reports whether the number is reported.
func (n Number[T]) Known() bool { return n.State == Reported }

// MarshalJSON writes {"value": 12, "state": "reported"}; value is null in every other state.
func (n Number[T]) MarshalJSON() ([]byte, error) {
	shape := struct {
		Value *T    `json:"value"`
		State State `json:"state"`
	}{State: n.State}
	if shape.State == "" {
		shape.State = NotProvided
	}
	if n.Known() {
		shape.Value = &n.Value
	}
	return json.Marshal(shape)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Number[T]) UnmarshalJSON(data []byte) error {
	shape := struct {
		Value *T    `json:"value"`
		State State `json:"state"`
	}{}
	if err := json.Unmarshal(data, &shape); err != nil {
		return err
	}
	*n = Number[T]{State: shape.State}
	if shape.Value != nil {
		n.Value = *shape.Value
	}
	return nil
}

// Parts says how many of the expected parts of an aggregate were reported.
type Parts struct {
	Reported int `json:"reported"`
	Expected int `json:"expected"`
}
