package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/config"
)

type userCommands struct {
	Create  userCreate  `cmd:"" help:"Create a person; the password is asked for, or read from standard input."`
	List    userList    `cmd:"" help:"List people."`
	Disable userDisable `cmd:"" help:"Disable a person and end their sessions."`
	Enable  userEnable  `cmd:"" help:"Bring back a disabled person of the identity provider."`
}

type userCreate struct {
	Email  string `required:"" help:"E-mail address, which is the sign-in."`
	Name   string `help:"Name; the e-mail address when empty."`
	Role   string `required:"" enum:"executive,planner,agency,auditor,admin" help:"executive, planner, agency, auditor or admin."`
	Entity string `help:"The entity an agency person belongs to."`
	// KeepPassword is for people who type a password of their own.
	KeepPassword bool `help:"The person chose the password; otherwise it is changed at first use."`
}

// Run creates the person.
func (c userCreate) Run(ctx context.Context, settings config.Settings, std streams) error {
	password, err := readPassword(std)
	if err != nil {
		return err
	}
	name := c.Name
	if name == "" {
		name = c.Email
	}
	return withAccounts(ctx, settings, std, func(accounts *account.Accounts) error {
		var options []account.UserOption
		if c.KeepPassword {
			options = append(options, account.KeepsPassword())
		}
		user, err := accounts.CreateUser(ctx, c.Email, name, access.Role(c.Role), c.Entity, password, options...)
		if err != nil {
			return err
		}
		words := ""
		if user.MustChange {
			words = ", and chooses another password at first use"
		}
		std.tell("%s may sign in as %s%s\n", user.Email, user.Role, words)
		return nil
	})
}

// readPassword asks on a terminal, without showing what is typed; elsewhere it reads one line.
func readPassword(std streams) (string, error) {
	if file, isFile := std.in.(*os.File); isFile && term.IsTerminal(int(file.Fd())) {
		std.tell("Password: ")
		typed, err := term.ReadPassword(int(file.Fd()))
		std.tell("\n")
		return string(typed), err
	}
	line, err := bufio.NewReader(std.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type userList struct{}

// Run prints every person.
func (userList) Run(ctx context.Context, settings config.Settings, std streams) error {
	return withAccounts(ctx, settings, std, func(accounts *account.Accounts) error {
		users, err := accounts.ListUsers(ctx)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, user := range users {
			state := "active"
			if user.Disabled {
				state = "disabled"
			}
			id := ""
			if !user.Local() {
				id = user.ID
			}
			rows = append(rows, []string{user.Email, string(user.Role), user.Entity, state, id})
		}
		return writeTable(std.out, rows)
	})
}

type userDisable struct {
	Email string `required:"" help:"E-mail address, or the id that user list shows."`
}

// Run disables the person.
func (c userDisable) Run(ctx context.Context, settings config.Settings, std streams) error {
	return withAccounts(ctx, settings, std, func(accounts *account.Accounts) error {
		_, err := accounts.DisableUser(ctx, c.Email)
		return err
	})
}

type userEnable struct {
	Email string `required:"" help:"E-mail address, or the id that user list shows."`
}

// Run brings the person back; a local one is created again, with another password.
func (c userEnable) Run(ctx context.Context, settings config.Settings, std streams) error {
	return withAccounts(ctx, settings, std, func(accounts *account.Accounts) error {
		_, err := accounts.EnableUser(ctx, c.Email)
		return err
	})
}
