package engine

import (
	"fmt"
	"slices"
	"strings"

	"mirsad/internal/programme"
)

// The users of the program; what each may do is in programme.Tables.
const (
	UserAdmin  = string(programme.StoreAdmin)
	UserIngest = string(programme.StoreIngest)
	UserWorker = string(programme.StoreWorker)
	UserFacts  = string(programme.StoreFacts)
	UserWeb    = string(programme.StoreWeb)
)

// Users lists all users of the program.
func Users() []string {
	var names []string
	for _, user := range programme.StoreUsers() {
		names = append(names, string(user))
	}
	return names
}

// grants returns the statements that give a user its rights in a database.
func grants(user, database string) []string {
	if user == UserAdmin {
		return []string{"GRANT ALL ON *.* WITH GRANT OPTION"}
	}
	var statements []string
	for _, table := range programme.Tables() {
		var rights []string
		if slices.Contains(table.Readers, programme.StoreUser(user)) {
			rights = append(rights, "SELECT")
		}
		if slices.Contains(table.Writers, programme.StoreUser(user)) {
			rights = append(rights, "INSERT")
		}
		if len(rights) > 0 {
			statements = append(
				statements, fmt.Sprintf("GRANT %s ON %s.%s", strings.Join(rights, ", "), database, table.Name),
			)
		}
	}
	if user == UserWorker {
		// The slices to recompute travel with the statement that recomputes them.
		statements = append(statements, "GRANT CREATE TEMPORARY TABLE ON *.*")
	}
	return statements
}

// readOnly says whether a user can change nothing, whatever it is granted.
func readOnly(user string) bool { return user == UserWeb }
