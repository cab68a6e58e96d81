package sample

import "mirsad/internal/access"

// Person is a sign-in of the sample; the command that loads the sample gives it a password.
type Person struct {
	Email  string
	Name   string
	NameAr string
	Role   access.Role
	Entity string // the entity of an agency person
}

// People returns one person for each role.
func (p *Programme) People() []Person {
	return []Person{
		{"executive@sample.mirsad", "Sample executive", "مسؤول تنفيذي (تجريبي)", access.RoleExecutive, ""},
		{"planner@sample.mirsad", "Sample planner", "مسؤول تخطيط (تجريبي)", access.RolePlanner, ""},
		{"agency@sample.mirsad", "Sample agency officer", "ممثل جهة حكومية (تجريبي)", access.RoleAgency, "moi"},
		{"auditor@sample.mirsad", "Sample auditor", "مدقق (تجريبي)", access.RoleAuditor, ""},
		{"admin@sample.mirsad", "Sample administrator", "مدير النظام (تجريبي)", access.RoleAdmin, ""},
	}
}
