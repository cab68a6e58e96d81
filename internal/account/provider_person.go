package account

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/programme"
)

// RoleGroup gives a role to the people of a group of the provider.
type RoleGroup struct {
	Role  access.Role
	Group string
}

// ParseRoleGroups reads role=group pairs with commas between them; every fault is named at once, as ErrInvalid.
func ParseRoleGroups(text string) ([]RoleGroup, error) {
	var groups []RoleGroup
	var faults []error
	for pair := range strings.SplitSeq(text, ",") {
		name, group, _ := strings.Cut(pair, "=")
		role, err := access.ParseRole(strings.TrimSpace(name))
		if group = strings.TrimSpace(group); err == nil && group == "" {
			err = fmt.Errorf("%w: %q gives a role to no group: write role=group", programme.ErrInvalid, pair)
		}
		faults = append(faults, err)
		groups = append(groups, RoleGroup{Role: role, Group: group})
	}
	return groups, errors.Join(faults...)
}

// identity is what the provider vouches for. Only issuer and subject say who it is: an e-mail address may be given
// to somebody else, or be anyone's word.
type identity struct {
	issuer, subject string
	name, email     string
	groups          []string
	entities        []string
}

// providerMark begins the id of a person of the provider; no e-mail address looks like it.
const providerMark = "oidc:"

// id names the person's stream of facts.
func (i identity) id() string {
	hash := sha256.Sum256([]byte(i.issuer + "\x00" + i.subject))
	return providerMark + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(hash[:20]))
}

func (p *provider) identityOf(subject string, claims map[string]any) identity {
	who := identity{issuer: p.Issuer, subject: subject, groups: claimTexts(claims, p.RoleClaim)}
	if p.EntityClaim != "" {
		who.entities = claimTexts(claims, p.EntityClaim)
	}
	text := func(name string) string { value, _ := claims[name].(string); return plainName(value) }
	if address, err := normalAddress(text("email")); err == nil {
		who.email = address
	}
	for _, name := range []string{text("name"), text("preferred_username"), who.email, plainName(subject)} {
		if who.name = name; name != "" {
			break
		}
	}
	return who
}

// plainName makes a stranger's text fit for a page and a log: without control characters, and of bounded length.
func plainName(text string) string {
	text = strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == utf8.RuneError {
			return -1
		}
		return c
	}, text))
	for len(text) > longestName {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// claim returns a claim by its name, or by the way to it within objects; nil when there is none.
func claim(claims map[string]any, name string) any {
	if value, found := claims[name]; found {
		return value
	}
	first, rest, deeper := strings.Cut(name, ".")
	if inner, is := claims[first].(map[string]any); deeper && is {
		return claim(inner, rest)
	}
	return nil
}

// claimTexts returns the texts of a claim that is one text or a list of them.
func claimTexts(claims map[string]any, name string) []string {
	switch value := claim(claims, name).(type) {
	case string:
		return []string{value}
	case []any:
		var texts []string
		for _, each := range value {
			if text, is := each.(string); is {
				texts = append(texts, text)
			}
		}
		return texts
	}
	return nil
}

// mapped returns the role and the entity that the provider's claims give; ErrNoRole when they give none.
func (p *provider) mapped(who identity) (access.Role, string, error) {
	at := slices.IndexFunc(p.Roles, func(each RoleGroup) bool { return slices.Contains(who.groups, each.Group) })
	if at < 0 {
		return "", "", fmt.Errorf("%w: none of the groups", ErrNoRole)
	}
	role := p.Roles[at].Role
	if role != access.RoleAgency {
		return role, "", nil
	}
	if len(who.entities) != 1 || who.entities[0] == "" || access.CheckEntity(who.entities[0]) != nil {
		return "", "", fmt.Errorf("%w: an agency person of %d entities", ErrNoRole, len(who.entities))
	}
	return role, who.entities[0], nil
}

// admitTries bounds how often two sign-ins of one person may cross.
const admitTries = 3

// admit returns the person's account: made at the first sign-in, brought up to what the provider says at every one.
// A person without a role any more keeps an account that may do nothing, and its sessions end.
func (a *Accounts) admit(ctx context.Context, who identity) (person, error) {
	for try := 1; ; try++ {
		before, found, err := a.readPerson(ctx, who.id())
		if err != nil {
			return person{}, err
		}
		if found && before.Disabled {
			return person{}, ErrAccountDisabled
		}
		role, entity, refusal := a.provider.mapped(who)
		if refusal != nil && !found {
			return person{}, refusal
		}
		after := userFact{User: User{
			ID:        who.id(),
			Email:     who.email,
			Name:      who.name,
			Role:      role,
			Entity:    entity,
			Issuer:    who.issuer,
			Subject:   who.subject,
			ChangedAt: before.ChangedAt,
		}}
		if found && after == before.userFact {
			return before, refusal
		}
		action := audit.UserCreate
		if found {
			action = audit.UserChange
		}
		_, err = a.appendUserAs(ctx, "oidc/sign-in", action, before, after)
		if err != nil && (!errors.Is(err, programme.ErrAlreadyDecided) || try == admitTries) {
			return person{}, err
		}
		if refusal != nil && err == nil {
			return person{}, refusal
		}
	}
}
