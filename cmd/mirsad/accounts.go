package main

import (
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/config"
	"mirsad/internal/token"
)

// newAccounts returns accounts over the store for a command; the server has its own.
func newAccounts(settings config.Settings, s *store, audit *audit.Recorder) (*account.Accounts, error) {
	return account.New(account.Configuration{BaseURL: settings.BaseURL}, account.Dependencies{
		Store: s.people, Audit: audit, Logger: s.log, Now: s.now,
	})
}

// newTokens returns the tokens of the store.
func newTokens(s *store, audit *audit.Recorder) (*token.Tokens, error) {
	return token.New(token.Dependencies{Store: s.people, Uses: s.people, Audit: audit, Logger: s.log, Now: s.now})
}
