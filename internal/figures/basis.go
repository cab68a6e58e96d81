package figures

import (
	"fmt"

	"mirsad/internal/programme"
)

// Basis says which level a count rests on; as an index it is the place of what is kept for each basis.
type Basis uint8

// The two bases of a count, and how many there are.
const (
	Verified Basis = iota
	Claimed

	// BasisCount is how many there are.
	BasisCount
)

var basisNames = [BasisCount]string{Verified: "verified", Claimed: "claimed"}

// Bases lists the two bases.
func Bases() []Basis { return []Basis{Verified, Claimed} }

// String returns the basis's name in code and API: verified or claimed.
func (b Basis) String() string { return basisNames[b] }

// ParseBasis reads a basis's name; anything else is ErrInvalid.
func ParseBasis(text string) (Basis, error) {
	for _, b := range Bases() {
		if text == b.String() {
			return b, nil
		}
	}
	return 0, fmt.Errorf("%w: basis %q is none of %v", programme.ErrInvalid, text, Bases())
}

// MarshalText writes the basis's name.
func (b Basis) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (b *Basis) UnmarshalText(text []byte) (err error) {
	*b, err = ParseBasis(string(text))
	return err
}
