package figures_test

import (
	"encoding/json"
	"errors"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// A basis is an index here, and a word for everyone else.
func TestABasisIsWrittenAsAWord(t *testing.T) {
	for basis, want := range map[figures.Basis]string{figures.Verified: `"verified"`, figures.Claimed: `"claimed"`} {
		raw, err := json.Marshal(basis)
		if err != nil || string(raw) != want {
			t.Errorf("%d is written %s, %v", basis, raw, err)
		}
		var read figures.Basis
		if err := json.Unmarshal([]byte(want), &read); err != nil || read != basis {
			t.Errorf("%s is read as %v, %v", want, read, err)
		}
	}
	var read figures.Basis
	if err := json.Unmarshal([]byte(`"hoped"`), &read); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("hoped is read as %v, %v", read, err)
	}
}
