package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"mirsad/internal/access"
	"mirsad/internal/programme"
	"mirsad/internal/queue"
)

const (
	shortestPassword = 12
	longestPassword  = 256
	passwordMemory   = 64 << 10 // KiB
	passwordPasses   = 1
	passwordThreads  = 1
	saltBytes        = 16
	keyBytes         = 32
	// A stored hash may ask for no more than this, wherever it came from.
	mostMemory = 1 << 20 // KiB
	mostPasses = 16
)

// Each check takes its whole memory, and a crowd at the sign-in must not take the machine's: strangers and people who
// are known each have one turn at a time, and few wait for it. One client waits behind its own tries.
var (
	strangersTurns = queue.Configuration{Room: 1, Own: 1, Waiting: 30, OwnWaiting: 3, Patience: 10 * time.Second}
	knownTurns     = queue.Configuration{Room: 1, Own: 1, Waiting: 30, OwnWaiting: 3, Patience: 20 * time.Second}
)

// passwordTurn says in which queue a password waits, and under which name.
type passwordTurn struct {
	known bool
	name  string
}

// turnOf is the turn of who changes a password: a person or an operator has one of the known.
func turnOf(ctx context.Context) passwordTurn {
	if _, visits := visitorOf(ctx); visits {
		if _, known := access.PrincipalFrom(ctx); !known {
			return passwordTurn{name: clientOf(ctx)}
		}
	}
	return passwordTurn{known: true, name: access.Actor(ctx)}
}

// passwords hashes and checks passwords with argon2id, in turns.
type passwords struct {
	memory, passes   uint32
	strangers, known *queue.Queue
	// nobody is checked for an unknown address, so that it takes as long as a wrong password.
	nobody string
}

func newPasswords(memory, passes uint32) *passwords {
	if memory == 0 {
		memory = passwordMemory
	}
	if passes == 0 {
		passes = passwordPasses
	}
	p := &passwords{memory: memory, passes: passes, strangers: queue.New(strangersTurns), known: queue.New(knownTurns)}
	p.nobody = p.form(randomBytes(saltBytes), randomBytes(keyBytes))
	return p
}

// hash returns the password's argon2id hash in PHC form, with a new salt.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	leave, err := p.enter(ctx, turnOf(ctx))
	if err != nil {
		return "", err
	}
	defer leave()
	salt := randomBytes(saltBytes)
	return p.form(salt, derive(password, salt, p.memory, p.passes)), nil
}

func (p *passwords) form(salt, key []byte) string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf(
		"$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, passwordThreads, encode(salt),
		encode(key),
	)
}

// matches reports whether the password has the hash; an error means that it could not be tried.
func (p *passwords) matches(ctx context.Context, turn passwordTurn, password, hash string) (bool, error) {
	leave, err := p.enter(ctx, turn)
	if err != nil {
		return false, err
	}
	defer leave()
	return p.check(password, hash)
}

// check is matches in a turn that the caller has.
func (p *passwords) check(password, hash string) (bool, error) {
	var version int
	var memory, passes uint32
	var threads uint8
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("%w: a stored password hash is not argon2id", programme.ErrUnavailable)
	}
	_, versionErr := fmt.Sscanf(parts[2], "v=%d", &version)
	_, costErr := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &threads)
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	want, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	for _, err := range []error{versionErr, costErr, saltErr, keyErr} {
		if err != nil {
			return false, fmt.Errorf("%w: a stored password hash can't be read: %w", programme.ErrUnavailable, err)
		}
	}
	if version != argon2.Version || threads != passwordThreads || memory > mostMemory || passes == 0 ||
		passes > mostPasses || len(want) != keyBytes {
		return false, fmt.Errorf(
			"%w: a stored password hash has parameters that are not ours", programme.ErrUnavailable,
		)
	}
	got := derive(password, salt, memory, passes)
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// enter waits for a turn and returns how to give it back.
func (p *passwords) enter(ctx context.Context, turn passwordTurn) (leave func(), err error) {
	row := p.strangers
	if turn.known {
		row = p.known
	}
	if leave, err = row.Enter(ctx, turn.name, 1); err != nil {
		return nil, fmt.Errorf("%w: check a password: %w", programme.ErrUnavailable, err)
	}
	return leave, nil
}

func derive(password string, salt []byte, memory, passes uint32) []byte {
	return argon2.IDKey([]byte(password), salt, passes, memory, passwordThreads, keyBytes)
}

// checkPassword refuses what is short, or made of what everybody knows of the person.
func checkPassword(password string, user User) error {
	if len([]rune(password)) < shortestPassword || len(password) > longestPassword {
		return fmt.Errorf(
			"%w: a password has %d characters or more, and at most %d bytes", programme.ErrInvalid, shortestPassword,
			longestPassword,
		)
	}
	lower := strings.ToLower(password)
	local, _, _ := strings.Cut(user.Email, "@")
	for _, known := range []string{user.Email, local, strings.ToLower(user.Name)} {
		if known != "" && strings.ReplaceAll(lower, known, "") == "" {
			return fmt.Errorf("%w: the password is the person's name or address", programme.ErrInvalid)
		}
	}
	if strings.Trim(lower, lower[:1]) == "" {
		return fmt.Errorf("%w: the password repeats one character", programme.ErrInvalid)
	}
	return nil
}
